//! What is open: the one definition of every figure that is as of now, as a view over the documents.

use sea_orm::DbBackend;

/// Documents of one kind that wait.
struct Leg {
    kind: &'static str,
    /// The table, and which of its rows.
    from: &'static str,
    since: &'static str,
    model: Option<&'static str>,
    financier: Option<&'static str>,
    currency: &'static str,
    amount: &'static str,
    estimated: &'static str,
    uncoloured: &'static str,
}

const LEG: Leg = Leg {
    kind: "",
    from: "",
    since: "",
    model: None,
    financier: None,
    currency: "o.currency",
    amount: "0",
    estimated: "0",
    uncoloured: "0",
};

const LEGS: [Leg; 7] = [
    // A unit on its way is still its sender's.
    Leg {
        kind: "STOCK",
        from: "bike_unit o where o.deleted_at is null and o.status in ('AVAILABLE', 'RESERVED', 'DAMAGED', 'IN_TRANSIT')",
        since: "o.received_on",
        model: Some("o.model_id"),
        amount: "coalesce(o.landed_cost_minor, o.list_price_minor)",
        estimated: "case when o.landed_cost_minor is null then 1 else 0 end",
        uncoloured: "case when o.colour is null then 1 else 0 end",
        ..LEG
    },
    // The balance of an advance is due when its vehicle is.
    Leg {
        kind: "CUSTOMER_RECEIVABLE",
        from: "bill o where o.balance_minor > 0 and o.status in ('PENDING', 'COMPLETED')",
        since: "case when o.status = 'PENDING' then coalesce(o.estimated_delivery_on, o.bill_date) else o.bill_date end",
        model: Some("o.model_id"),
        amount: "o.balance_minor",
        ..LEG
    },
    Leg {
        kind: "CUSTOMER_CREDIT",
        from: "bill o where o.balance_minor < 0",
        since: "o.bill_date",
        model: Some("o.model_id"),
        amount: "o.balance_minor",
        ..LEG
    },
    Leg {
        kind: "FINANCIER_RECEIVABLE",
        from: "bill o where o.financier_balance_minor > 0 and o.status = 'COMPLETED'",
        since: "o.bill_date",
        model: Some("o.model_id"),
        financier: Some("o.finance_company_id"),
        amount: "o.financier_balance_minor",
        ..LEG
    },
    Leg {
        kind: "DELIVERY",
        from: "bill o where o.status = 'PENDING' and o.estimated_delivery_on is not null",
        since: "o.estimated_delivery_on",
        model: Some("o.model_id"),
        amount: "o.balance_minor",
        ..LEG
    },
    Leg {
        kind: "REGISTRATION",
        from: "rmv_case o where o.status not in ('PLATE_RECEIVED', 'CLOSED')",
        since: "o.due_on",
        currency: "''",
        ..LEG
    },
    Leg {
        kind: "TRANSFER",
        from: "stock_transfer o where o.status = 'IN_TRANSIT' and o.side = 'SENDING'",
        since: "coalesce(o.sent_on, o.requested_on)",
        currency: "''",
        ..LEG
    },
];

/// Which kinds of open items the rows of a table can be.
pub(crate) fn kinds(table: &'static str) -> impl Iterator<Item = &'static str> {
    LEGS.iter().filter(move |leg| super::is_of(leg.from, table)).map(|leg| leg.kind)
}

pub(super) fn select(backend: DbBackend) -> String {
    let legs: Vec<_> = LEGS.iter().map(|leg| leg.select(backend)).collect();
    legs.join("\nunion all\n")
}

impl Leg {
    fn select(&self, backend: DbBackend) -> String {
        let Self { kind, from, since, model, financier, currency, amount, estimated, uncoloured } = self;
        let (no_id, text, number) = match backend {
            DbBackend::Postgres => ("null::uuid", "::text", "::bigint"),
            _ => ("null", "", ""),
        };
        let (model, financier) = (model.unwrap_or(no_id), financier.unwrap_or(no_id));
        format!(
            "select o.dealership_id as dealership_id, o.id as id, o.branch_id as branch_id, '{kind}'{text} as kind, \
             {since} as since, {model} as model_id, {financier} as finance_company_id, {currency}{text} as currency, \
             ({amount}){number} as amount_minor, ({estimated}){number} as estimated, ({uncoloured}){number} as uncoloured \
             from {from}"
        )
    }
}

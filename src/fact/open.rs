//! What is open: the one definition of every figure that is as of now, as a view over the documents.

use entity::open_item;
use sea_orm::{ActiveEnum, DbBackend, DbErr, EntityTrait};

use super::word::Test::{self, AboveZero, Absent, All, BelowZero, In, NotIn, Present};
use super::word::Value::{self, First, If, Nothing, Of, Text};
use super::word::{Row, ZERO, one_if};
use super::{condition, number};

/// Documents of one kind that wait; a row of the table is `o`.
struct Leg {
    kind: &'static str,
    table: &'static str,
    which: Test,
    since: Value,
    model: Value,
    financier: Value,
    currency: Value,
    amount: Value,
    estimated: Value,
    uncoloured: Value,
}

const LEG: Leg = Leg {
    kind: "",
    table: "",
    which: All(&[]),
    since: ZERO,
    model: Nothing("uuid"),
    financier: Nothing("uuid"),
    currency: Of("o.currency"),
    amount: ZERO,
    estimated: ZERO,
    uncoloured: ZERO,
};

const BILLED: Value = Of("o.bill_date");

const LEGS: [Leg; 7] = [
    // A unit on its way is still its sender's.
    Leg {
        kind: "STOCK",
        table: "bike_unit",
        which: All(&[Absent("o.deleted_at"), In("o.status", &["AVAILABLE", "RESERVED", "DAMAGED", "IN_TRANSIT"])]),
        since: Of("o.received_on"),
        model: Of("o.model_id"),
        amount: First(&[Of("o.landed_cost_minor"), Of("o.list_price_minor")]),
        estimated: one_if(Absent("o.landed_cost_minor")),
        uncoloured: one_if(Absent("o.colour")),
        ..LEG
    },
    // The balance of an advance is due when its vehicle is.
    Leg {
        kind: "CUSTOMER_RECEIVABLE",
        table: "bill",
        which: All(&[AboveZero("o.balance_minor"), In("o.status", &["PENDING", "COMPLETED"])]),
        since: If(In("o.status", &["PENDING"]), &First(&[Of("o.estimated_delivery_on"), BILLED]), &BILLED),
        model: Of("o.model_id"),
        amount: Of("o.balance_minor"),
        ..LEG
    },
    Leg {
        kind: "CUSTOMER_CREDIT",
        table: "bill",
        which: BelowZero("o.balance_minor"),
        since: BILLED,
        model: Of("o.model_id"),
        amount: Of("o.balance_minor"),
        ..LEG
    },
    Leg {
        kind: "FINANCIER_RECEIVABLE",
        table: "bill",
        which: All(&[AboveZero("o.financier_balance_minor"), In("o.status", &["COMPLETED"])]),
        since: BILLED,
        model: Of("o.model_id"),
        financier: Of("o.finance_company_id"),
        amount: Of("o.financier_balance_minor"),
        ..LEG
    },
    Leg {
        kind: "DELIVERY",
        table: "bill",
        which: All(&[In("o.status", &["PENDING"]), Present("o.estimated_delivery_on")]),
        since: Of("o.estimated_delivery_on"),
        model: Of("o.model_id"),
        amount: Of("o.balance_minor"),
        ..LEG
    },
    Leg {
        kind: "REGISTRATION",
        table: "rmv_case",
        which: NotIn("o.status", &["PLATE_RECEIVED", "CLOSED"]),
        since: Of("o.due_on"),
        currency: Text(""),
        ..LEG
    },
    Leg {
        kind: "TRANSFER",
        table: "stock_transfer",
        which: All(&[In("o.status", &["IN_TRANSIT"]), In("o.side", &["SENDING"])]),
        since: First(&[Of("o.sent_on"), Of("o.requested_on")]),
        currency: Text(""),
        ..LEG
    },
];

/// Whether the rows of a table can be open items.
pub(super) fn counts(table: &str) -> bool {
    LEGS.iter().any(|leg| leg.table == table)
}

/// The open items that a row is, as their view has them.
///
/// # Errors
/// As [`facts`](super::facts).
pub fn items<E: EntityTrait>(row: &E::Model) -> Result<Vec<open_item::Model>, DbErr> {
    let (table, row) = (E::default(), Row::of::<E>(row));
    let legs = LEGS.iter().filter(|leg| leg.table == table.table_name());
    legs.filter_map(|leg| leg.item(&row).transpose()).collect()
}

pub(super) fn select(backend: DbBackend) -> String {
    let legs: Vec<_> = LEGS.iter().map(|leg| leg.select(backend)).collect();
    legs.join("\nunion all\n")
}

impl Leg {
    fn select(&self, backend: DbBackend) -> String {
        let Self { kind, table, which, since, model, financier, currency, amount, estimated, uncoloured } = self;
        let text = if backend == DbBackend::Postgres { "::text" } else { "" };
        let [since, model, financier, currency] = [since, model, financier, currency].map(|value| value.sql(backend));
        let numbers = [amount, estimated, uncoloured].map(|value| number(&value.sql(backend), backend));
        let [amount, estimated, uncoloured] = numbers;
        format!(
            "select o.dealership_id as dealership_id, o.id as id, o.branch_id as branch_id, '{kind}'{text} as kind, \
             {since} as since, {model} as model_id, {financier} as finance_company_id, {currency}{text} as currency, \
             {amount} as amount_minor, {estimated} as estimated, {uncoloured} as uncoloured \
             from {table} o{}",
            condition(which)
        )
    }

    /// The open item that a row is, if it is one.
    fn item(&self, row: &Row<'_>) -> Result<Option<open_item::Model>, DbErr> {
        if !self.which.holds(row)? {
            return Ok(None);
        }
        Ok(Some(open_item::Model {
            dealership_id: row.id(&Of("dealership_id"))?,
            id: row.id(&Of("id"))?,
            branch_id: row.id(&Of("branch_id"))?,
            kind: open_item::Kind::try_from_value(&self.kind.to_owned())?,
            since: row.day(&self.since)?,
            model_id: row.id_if(&self.model)?,
            finance_company_id: row.id_if(&self.financier)?,
            currency: row.text(&self.currency)?,
            amount_minor: row.number(&self.amount)?,
            estimated: row.number(&self.estimated)?,
            uncoloured: row.number(&self.uncoloured)?,
        }))
    }
}

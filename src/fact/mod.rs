//! What counts: the one definition of every additive measure, as a view over the documents.
//!
//! A fact is a row of a document with the day it counts for and what it adds to each measure. Rollups are sums of facts, a
//! figure's rows are its facts. A sale counts on its own day and is counted back on the day of its credit note, so the
//! figures of a month that is over stay what they were. What happened to an advance or a quotation counts for the day it
//! was taken or made: of those, so many were converted.
//!
//! Beside the facts, `open` defines what waits for its end: stock, receivables, promises.

mod open;

use entity::measures::Measures;
use sea_orm::DbBackend;

/// Which version of the definitions below, and of the formulas in `kpi::measure`, figures were made by.
pub const VERSION: i32 = 1;

/// Documents of one kind, and what each adds.
struct Leg {
    kind: &'static str,
    /// Tables, and which of their rows.
    from: &'static str,
    /// The table whose row it is; `kpi_fact.id` is that row's.
    row: &'static str,
    day: &'static str,
    /// The table with the keys of a sale, and those it has, in the order of [`KEYS`].
    keys: (&'static str, &'static [&'static str]),
    adds: &'static [(&'static str, &'static str)],
    /// Counts against what it names.
    negative: bool,
}

const KEYS: [&str; 4] = ["model_id", "salesperson_id", "sale_type", "finance_company_id"];

/// What a sale adds; `b` is its bill.
const SALE: &[(&str, &str)] = &[
    ("revenue_minor", "b.vehicle_price_minor"),
    ("costed_units", "case when b.landed_cost_minor is null then 0 else 1 end"),
    ("costed_revenue_minor", "case when b.landed_cost_minor is null then 0 else b.vehicle_price_minor end"),
    ("cost_minor", "coalesce(b.landed_cost_minor, 0)"),
    ("leasing_units", "case when b.sale_type = 'LEASING' then 1 else 0 end"),
    ("leased_minor", "coalesce(b.leased_minor, 0)"),
    ("leased_price_minor", "case when b.leased_minor is null then 0 else b.vehicle_price_minor end"),
    ("above_cap_units", "case when b.above_ltv_cap then 1 else 0 end"),
    ("stocked_units", "case when b.unit_received_on is null then 0 else 1 end"),
    ("unitless", "case when b.unit_id is null then 1 else 0 end"),
    ("chassisless", "case when b.chassis_number is null then 1 else 0 end"),
    // A unit entered after its sale was in stock for no day.
    ("stock_days", "case when b.unit_received_on < b.bill_date then {stock_days} else 0 end"),
];

const LEGS: [Leg; 7] = [
    Leg {
        kind: "SALE",
        from: "bill b where b.status in ('COMPLETED', 'CREDITED')",
        row: "b",
        day: "b.bill_date",
        keys: ("b", &KEYS),
        adds: SALE,
        negative: false,
    },
    Leg {
        kind: "TAKEN_BACK",
        from: "credit_note c join bill b on b.dealership_id = c.dealership_id and b.id = c.bill_id",
        row: "c",
        day: "c.credited_on",
        keys: ("b", &KEYS),
        adds: SALE,
        negative: true,
    },
    Leg {
        kind: "PAYMENT",
        from: "payment p",
        row: "p",
        day: "p.paid_on",
        keys: ("", &[]),
        adds: &[
            ("payments", "1"),
            ("collected_cash_minor", "case when p.method = 'CASH' then p.amount_minor else 0 end"),
            ("collected_card_minor", "case when p.method = 'CARD' then p.amount_minor else 0 end"),
            ("collected_transfer_minor", "case when p.method = 'TRANSFER' then p.amount_minor else 0 end"),
            ("collected_cheque_minor", "case when p.method = 'CHEQUE' then p.amount_minor else 0 end"),
            ("collected_financier_minor", "case when p.method = 'FINANCIER' then p.amount_minor else 0 end"),
            ("collected_unknown_minor", "case when p.method = 'UNKNOWN' then p.amount_minor else 0 end"),
        ],
        negative: false,
    },
    Leg {
        kind: "ADVANCE",
        from: "bill b where b.is_advance",
        row: "b",
        day: "b.bill_date",
        keys: ("", &[]),
        adds: &[
            ("advances_taken", "1"),
            ("advances_converted", "case when b.status = 'CONVERTED' then 1 else 0 end"),
            ("advances_cancelled", "case when b.status = 'CANCELLED' then 1 else 0 end"),
            (
                "conversion_days",
                "case when b.status = 'CONVERTED' and b.converted_on is not null then {conversion_days} else 0 end",
            ),
        ],
        negative: false,
    },
    Leg {
        kind: "QUOTATION",
        from: "quotation q where q.kind = 'QUOTATION' and q.status in ('ACCEPTED', 'REJECTED', 'CONVERTED')",
        row: "q",
        day: "q.quoted_on",
        keys: ("", &[]),
        adds: &[
            ("quotations_decided", "1"),
            ("quotations_decided_minor", "q.total_minor"),
            ("quotations_converted", "case when q.status = 'CONVERTED' then 1 else 0 end"),
            ("quotations_converted_minor", "case when q.status = 'CONVERTED' then q.total_minor else 0 end"),
        ],
        negative: false,
    },
    Leg {
        kind: "OFFER",
        from: "sales_quotation q where q.status in ('ACCEPTED', 'REJECTED', 'CONVERTED')",
        row: "q",
        day: "q.quoted_on",
        keys: ("", &[]),
        adds: &[
            ("offers_decided", "1"),
            ("offers_decided_minor", "q.total_minor"),
            ("offers_converted", "case when q.status = 'CONVERTED' then 1 else 0 end"),
            ("offers_converted_minor", "case when q.status = 'CONVERTED' then q.total_minor else 0 end"),
        ],
        negative: false,
    },
    // Where the unit is now: a transfer takes its receipt along, a removal takes it away.
    Leg {
        kind: "RECEIPT",
        from: "bike_unit u where u.deleted_at is null",
        row: "u",
        day: "u.received_on",
        keys: ("u", &["model_id"]),
        adds: &[("units_received", "1")],
        negative: false,
    },
];

/// A view that this module defines.
pub(crate) struct View {
    /// Its name.
    pub(crate) name: &'static str,
    select: fn(DbBackend) -> String,
}

/// All of them.
pub(crate) const VIEWS: [View; 2] =
    [View { name: "kpi_fact", select }, View { name: "open_item", select: open::select }];

/// Which kinds of facts the rows of a table can be.
pub(crate) fn kinds(table: &'static str) -> impl Iterator<Item = &'static str> {
    LEGS.iter().filter(move |leg| is_of(leg.from, table)).map(|leg| leg.kind)
}

/// Whether the rows that a leg is from are, first of all, a table's.
fn is_of(from: &str, table: &str) -> bool {
    from.split(' ').next() == Some(table)
}

pub(crate) use open::kinds as open_kinds;

impl View {
    /// The statements that make it, or make it anew.
    pub(crate) fn fitting(&self, backend: DbBackend) -> String {
        let (name, select) = (self.name, (self.select)(backend));
        match backend {
            // As whoever asks: the policies of the tables below are the view's. PostgreSQL keeps a view in its own words;
            // the comment keeps it in ours.
            DbBackend::Postgres => format!(
                "drop view if exists {name};\ncreate view {name} with (security_invoker = true) as\n{select};\n\
                 comment on view {name} is $${select}$$;\n"
            ),
            _ => format!("drop view if exists {name};\ncreate view {name} as\n{select};\n"),
        }
    }

    /// Asks for the words that it was made with, by [`View::is_fit`] to be compared with today's.
    pub(crate) fn words(&self, backend: DbBackend) -> String {
        let name = self.name;
        match backend {
            DbBackend::Postgres => format!("select obj_description(to_regclass('{name}'), 'pg_class')"),
            _ => format!("select sql from sqlite_master where type = 'view' and name = '{name}'"),
        }
    }

    /// Whether it was made with today's words.
    pub(crate) fn is_fit(&self, words: &str, backend: DbBackend) -> bool {
        words.ends_with(&(self.select)(backend))
    }
}

fn select(backend: DbBackend) -> String {
    let legs: Vec<_> = LEGS.iter().map(|leg| leg.select(backend)).collect();
    legs.join("\nunion all\n")
        .replace("{stock_days}", &days("b.unit_received_on", "b.bill_date", backend))
        .replace("{conversion_days}", &days("b.bill_date", "b.converted_on", backend))
}

impl Leg {
    fn select(&self, backend: DbBackend) -> String {
        let Self { kind, from, row, day, keys: (sale, keys), .. } = self;
        let mut columns = vec![
            format!("{row}.dealership_id as dealership_id"),
            format!("{row}.id as id"),
            format!("{row}.branch_id as branch_id"),
            format!("'{kind}' as kind"),
            format!("{day} as day"),
        ];
        for name in KEYS {
            columns.push(match (keys.contains(&name), backend, name) {
                (true, ..) => format!("{sale}.{name} as {name}"),
                (false, DbBackend::Postgres, "sale_type") => format!("null::text as {name}"),
                (false, DbBackend::Postgres, _) => format!("null::uuid as {name}"),
                (false, ..) => format!("null as {name}"),
            });
        }
        columns.push(format!("{row}.currency as currency"));
        for column in Measures::COLUMNS {
            columns.push(format!("{} as {column}", self.value(column, backend)));
        }
        format!("select {} from {from}", columns.join(", "))
    }

    fn value(&self, column: &str, backend: DbBackend) -> String {
        let number = |value: &str| match backend {
            DbBackend::Postgres => format!("({value})::bigint"),
            _ => value.to_owned(),
        };
        let added = self.adds.iter().find(|(name, _)| *name == column).map(|(_, value)| *value);
        let counted = match (self.kind, column) {
            ("SALE", "sold") | ("TAKEN_BACK", "taken_back") => Some("1"),
            _ => None,
        };
        match (counted, added) {
            (Some(one), _) => number(one),
            (None, Some(value)) if self.negative => number(&format!("-({value})")),
            (None, Some(value)) => number(value),
            (None, None) => number("0"),
        }
    }
}

/// The days between two days, as the database counts them.
fn days(from: &str, to: &str, backend: DbBackend) -> String {
    match backend {
        DbBackend::Postgres => format!("({to} - {from})"),
        _ => format!("cast(julianday({to}) - julianday({from}) as integer)"),
    }
}

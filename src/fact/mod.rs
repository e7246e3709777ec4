//! What counts: the one definition of every additive measure, as a view over the documents.
//!
//! A fact is a row of a document with the day it counts for and what it adds to each measure. Rollups are sums of facts, a
//! figure's rows are its facts. A sale counts on its own day and is counted back on the day of its credit note, so the
//! figures of a month that is over stay what they were. What happened to an advance or a quotation counts for the day it
//! was taken or made: of those, so many were converted.
//!
//! What a change counts as is worked out by the same words on the rows it writes (`facts`, `items`): no question to the
//! database. Beside the facts, `open` defines what waits for its end: stock, receivables, promises.

mod open;
mod word;

use entity::kind::SaleType;
use entity::kpi_fact;
use entity::measures::Measures;
use sea_orm::{ActiveEnum, DbBackend, DbErr, EntityTrait};

use word::Test::{self, Absent, All, Before, In, Present, True};
use word::Value::{self, Days, First, If, Of};
use word::{ONE, Row, ZERO, one_if};

/// Which version of the definitions below, and of the formulas in `kpi::measure`, figures were made by.
pub const VERSION: i32 = 1;

/// Documents of one kind, and what each adds.
struct Leg {
    kind: &'static str,
    /// The table whose row it is, and what it is called here; `kpi_fact.id` is that row's.
    table: &'static str,
    row: &'static str,
    /// What else a row needs to be counted.
    join: Option<&'static str>,
    /// Which of the rows.
    which: Test,
    day: Value,
    /// What the table with the keys of a sale is called here, and those it has, in the order of [`KEYS`].
    keys: (&'static str, &'static [&'static str]),
    /// What counts the documents themselves.
    counted: &'static str,
    adds: &'static [(&'static str, Value)],
    /// Counts against what it names.
    negative: bool,
}

const LEG: Leg = Leg {
    kind: "",
    table: "",
    row: "",
    join: None,
    which: All(&[]),
    day: ZERO,
    keys: ("", &[]),
    counted: "",
    adds: &[],
    negative: false,
};

/// Keys of a sale, and PostgreSQL's types of them.
const KEYS: [(&str, &str); 4] =
    [("model_id", "uuid"), ("salesperson_id", "uuid"), ("sale_type", "text"), ("finance_company_id", "uuid")];

const KEYS_OF_SALES: &[&str] = &["model_id", "salesperson_id", "sale_type", "finance_company_id"];

const PRICE: Value = Of("b.vehicle_price_minor");
const AMOUNT: Value = Of("p.amount_minor");
const TOTAL: Value = Of("q.total_minor");
const COST: &str = "b.landed_cost_minor";
const DECIDED: Test = In("q.status", &["ACCEPTED", "REJECTED", "CONVERTED"]);
const IS_CONVERTED: Test = In("q.status", &["CONVERTED"]);

/// What a sale adds; `b` is its bill.
const SALE: &[(&str, Value)] = &[
    ("revenue_minor", PRICE),
    ("costed_units", one_if(Present(COST))),
    ("costed_revenue_minor", If(Present(COST), &PRICE, &ZERO)),
    ("cost_minor", First(&[Of(COST), ZERO])),
    ("leasing_units", one_if(In("b.sale_type", &["LEASING"]))),
    ("leased_minor", First(&[Of("b.leased_minor"), ZERO])),
    ("leased_price_minor", If(Present("b.leased_minor"), &PRICE, &ZERO)),
    ("above_cap_units", one_if(True("b.above_ltv_cap"))),
    ("stocked_units", one_if(Present("b.unit_received_on"))),
    ("unitless", one_if(Absent("b.unit_id"))),
    ("chassisless", one_if(Absent("b.chassis_number"))),
    // A unit entered after its sale was in stock for no day.
    ("stock_days", If(Before("b.unit_received_on", "b.bill_date"), &Days("b.unit_received_on", "b.bill_date"), &ZERO)),
];

const LEGS: [Leg; 7] = [
    Leg {
        kind: "SALE",
        table: "bill",
        row: "b",
        which: In("b.status", &["COMPLETED", "CREDITED"]),
        day: Of("b.bill_date"),
        keys: ("b", KEYS_OF_SALES),
        counted: "sold",
        adds: SALE,
        ..LEG
    },
    Leg {
        kind: "TAKEN_BACK",
        table: "credit_note",
        row: "c",
        join: Some("bill b on b.dealership_id = c.dealership_id and b.id = c.bill_id"),
        day: Of("c.credited_on"),
        keys: ("b", KEYS_OF_SALES),
        counted: "taken_back",
        adds: SALE,
        negative: true,
        ..LEG
    },
    Leg {
        kind: "PAYMENT",
        table: "payment",
        row: "p",
        day: Of("p.paid_on"),
        counted: "payments",
        adds: &[
            ("collected_cash_minor", If(In("p.method", &["CASH"]), &AMOUNT, &ZERO)),
            ("collected_card_minor", If(In("p.method", &["CARD"]), &AMOUNT, &ZERO)),
            ("collected_transfer_minor", If(In("p.method", &["TRANSFER"]), &AMOUNT, &ZERO)),
            ("collected_cheque_minor", If(In("p.method", &["CHEQUE"]), &AMOUNT, &ZERO)),
            ("collected_financier_minor", If(In("p.method", &["FINANCIER"]), &AMOUNT, &ZERO)),
            ("collected_unknown_minor", If(In("p.method", &["UNKNOWN"]), &AMOUNT, &ZERO)),
        ],
        ..LEG
    },
    Leg {
        kind: "ADVANCE",
        table: "bill",
        row: "b",
        which: True("b.is_advance"),
        day: Of("b.bill_date"),
        counted: "advances_taken",
        adds: &[
            ("advances_converted", one_if(In("b.status", &["CONVERTED"]))),
            ("advances_cancelled", one_if(In("b.status", &["CANCELLED"]))),
            (
                "conversion_days",
                If(
                    All(&[In("b.status", &["CONVERTED"]), Present("b.converted_on")]),
                    &Days("b.bill_date", "b.converted_on"),
                    &ZERO,
                ),
            ),
        ],
        ..LEG
    },
    Leg {
        kind: "QUOTATION",
        table: "quotation",
        row: "q",
        which: All(&[In("q.kind", &["QUOTATION"]), DECIDED]),
        day: Of("q.quoted_on"),
        counted: "quotations_decided",
        adds: &[
            ("quotations_decided_minor", TOTAL),
            ("quotations_converted", one_if(IS_CONVERTED)),
            ("quotations_converted_minor", If(IS_CONVERTED, &TOTAL, &ZERO)),
        ],
        ..LEG
    },
    Leg {
        kind: "OFFER",
        table: "sales_quotation",
        row: "q",
        which: DECIDED,
        day: Of("q.quoted_on"),
        counted: "offers_decided",
        adds: &[
            ("offers_decided_minor", TOTAL),
            ("offers_converted", one_if(IS_CONVERTED)),
            ("offers_converted_minor", If(IS_CONVERTED, &TOTAL, &ZERO)),
        ],
        ..LEG
    },
    // Where the unit is now: a transfer takes its receipt along, a removal takes it away.
    Leg {
        kind: "RECEIPT",
        table: "bike_unit",
        row: "u",
        which: Absent("u.deleted_at"),
        day: Of("u.received_on"),
        keys: ("u", &["model_id"]),
        counted: "units_received",
        ..LEG
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

/// Whether the rows of a table count, as facts or as open items.
pub(crate) fn counts(table: &str) -> bool {
    LEGS.iter().any(|leg| leg.table == table) || open::counts(table)
}

/// The kinds of facts that rows of a table are by what other rows hold, which only the database has at hand.
pub(crate) fn joined_kinds(table: &str) -> impl Iterator<Item = &'static str> {
    LEGS.iter().filter(move |leg| leg.table == table && leg.join.is_some()).map(|leg| leg.kind)
}

/// The facts that a row is by itself, as its view has them.
///
/// # Errors
/// When a leg's words do not fit the row: a mistake in them.
pub fn facts<E: EntityTrait>(row: &E::Model) -> Result<Vec<kpi_fact::Model>, DbErr> {
    let (table, row) = (E::default(), Row::of::<E>(row));
    let legs = LEGS.iter().filter(|leg| leg.table == table.table_name() && leg.join.is_none());
    legs.filter_map(|leg| leg.fact(&row).transpose()).collect()
}

pub use open::items;

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
}

impl Leg {
    fn select(&self, backend: DbBackend) -> String {
        let Self { kind, table, row, .. } = self;
        let mut columns = vec![
            format!("{row}.dealership_id as dealership_id"),
            format!("{row}.id as id"),
            format!("{row}.branch_id as branch_id"),
            format!("'{kind}' as kind"),
            format!("{} as day", self.day.sql(backend)),
        ];
        for (name, type_) in KEYS {
            columns.push(match self.keys.1.contains(&name) {
                true => format!("{}.{name} as {name}", self.keys.0),
                false => format!("{} as {name}", Value::Nothing(type_).sql(backend)),
            });
        }
        columns.push(format!("{row}.currency as currency"));
        for column in Measures::COLUMNS {
            columns.push(format!("{} as {column}", self.sum(column, backend)));
        }
        let join = self.join.map(|join| format!(" join {join}")).unwrap_or_default();
        format!("select {} from {table} {row}{join}{}", columns.join(", "), condition(&self.which))
    }

    fn sum(&self, column: &str, backend: DbBackend) -> String {
        let sum = match self.added(column) {
            Some((value, true)) => format!("-({})", value.sql(backend)),
            Some((value, false)) => value.sql(backend),
            None => ZERO.sql(backend),
        };
        number(&sum, backend)
    }

    /// What is added to a column, and whether it counts against it.
    fn added(&self, column: &str) -> Option<(&Value, bool)> {
        let added = self.adds.iter().find(|(name, _)| *name == column).map(|(_, value)| (value, self.negative));
        if self.counted == column { Some((&ONE, false)) } else { added }
    }

    /// The fact that a row is, if it is one.
    fn fact(&self, row: &Row<'_>) -> Result<Option<kpi_fact::Model>, DbErr> {
        if !self.which.holds(row)? {
            return Ok(None);
        }
        let key = |name: &'static str| if self.keys.1.contains(&name) { Of(name) } else { Value::Nothing("uuid") };
        let sale_type = row.text_if(&key("sale_type"))?;
        let cell = kpi_fact::Cell {
            dealership_id: row.id(&Of("dealership_id"))?,
            id: row.id(&Of("id"))?,
            branch_id: row.id(&Of("branch_id"))?,
            kind: kpi_fact::Kind::try_from_value(&self.kind.to_owned())?,
            day: row.day(&self.day)?,
            model_id: row.id_if(&key("model_id"))?,
            salesperson_id: row.id_if(&key("salesperson_id"))?,
            sale_type: sale_type.map(|kind| SaleType::try_from_value(&kind)).transpose()?,
            finance_company_id: row.id_if(&key("finance_company_id"))?,
            currency: row.text(&Of("currency"))?,
        };
        let mut sums = Vec::with_capacity(Measures::COLUMNS.len());
        for column in Measures::COLUMNS {
            sums.push(match self.added(column) {
                Some((value, true)) => -row.number(value)?,
                Some((value, false)) => row.number(value)?,
                None => 0,
            });
        }
        Ok(Some(kpi_fact::Model::of(cell, &Measures::of(sums))))
    }
}

fn condition(which: &Test) -> String {
    let which = which.sql();
    if which.is_empty() { which } else { format!(" where {which}") }
}

fn number(value: &str, backend: DbBackend) -> String {
    match backend {
        DbBackend::Postgres => format!("({value})::bigint"),
        _ => value.to_owned(),
    }
}

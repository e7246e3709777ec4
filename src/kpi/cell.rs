//! The cells of the rollups, and how facts and open items fall into them.

use std::collections::BTreeMap;

use chrono::{Datelike, NaiveDate, NaiveTime};
use entity::kpi_breakdown::Dimension;
use entity::kpi_fact::{self, Kind};
use entity::measures::Measures;
use entity::tenant::Tenant;
use entity::{kpi_breakdown, kpi_day, kpi_month, kpi_open, open_item};
use sea_orm::ActiveEnum;
use uuid::Uuid;

use crate::id;

/// What a branch's facts and open items add up to, cell by cell.
#[derive(Debug, Default)]
pub(super) struct Cells {
    days: Sums<kpi_day::Model>,
    months: Sums<kpi_month::Model>,
    breakdowns: Sums<kpi_breakdown::Model>,
    opens: Sums<kpi_open::Model>,
}

/// Rows in the order of their ids: whoever writes several takes them in this order, so that two who do never wait for each
/// other.
pub(super) type Sums<M> = BTreeMap<Uuid, M>;

/// What is counted of some rows.
#[derive(Debug, Default)]
pub(super) struct Counted {
    pub(super) facts: Vec<kpi_fact::Model>,
    pub(super) open: Vec<open_item::Model>,
}

/// What a row counts as before a change, and after it; not yet while it is not changed.
#[derive(Debug, Default)]
pub(super) struct Change {
    pub(super) before: Counted,
    pub(super) after: Option<Counted>,
}

/// A table of cells: one for each branch and period, and one for all of a dealership that adds these up.
pub(super) trait Rollup: Tenant<Model: Clone> {
    /// The column with the day or month of a cell.
    const PERIOD: Self::Column;
    /// The columns that are added up.
    const COLUMNS: &'static [&'static str];

    /// The cells that belong here.
    fn of(cells: &mut Cells) -> &mut Sums<Self::Model>;

    /// A row's cell.
    fn cell(row: &Self::Model) -> Uuid;

    /// What a row's columns hold, in their order.
    fn values(row: &Self::Model) -> Vec<i64>;

    /// The same cell with other values.
    fn with(row: &Self::Model, values: &[i64]) -> Self::Model;

    /// The dealership's cell that a branch's cell is added to, with its values.
    fn total(row: &Self::Model) -> Self::Model;
}

impl Cells {
    /// Counts rows.
    pub(super) fn of(counted: &Counted) -> Self {
        let mut cells = Self::default();
        cells.count(counted, 1);
        cells
    }

    /// Counts new rows, and changed ones against what they were before; leaves out cells in which nothing changes.
    pub(super) fn between(new: &Counted, changes: &[Change]) -> Self {
        let mut cells = Self::of(new);
        for Change { before, after } in changes {
            cells.count(before, -1);
            after.iter().for_each(|after| cells.count(after, 1));
        }
        changed::<kpi_day::Entity>(&mut cells);
        changed::<kpi_month::Entity>(&mut cells);
        changed::<kpi_breakdown::Entity>(&mut cells);
        changed::<kpi_open::Entity>(&mut cells);
        cells
    }

    fn count(&mut self, counted: &Counted, sign: i64) {
        for fact in &counted.facts {
            let adds = if sign < 0 { -fact.measures() } else { fact.measures() };
            add::<kpi_day::Entity>(&mut self.days, kpi_day::Model::of(day(fact), &adds));
            add::<kpi_month::Entity>(&mut self.months, kpi_month::Model::of(month(fact), &adds));
            for dimension in dimensions(fact.kind) {
                let cell = kpi_breakdown::Model::of(breakdown(fact, *dimension), &adds);
                add::<kpi_breakdown::Entity>(&mut self.breakdowns, cell);
            }
        }
        for item in &counted.open {
            add::<kpi_open::Entity>(&mut self.opens, open(item, sign));
        }
    }
}

/// The dealership's cells that branches' cells are added to.
pub(super) fn totals<'a, E: Rollup>(rows: impl IntoIterator<Item = &'a E::Model>) -> Sums<E::Model>
where
    E::Model: 'a,
{
    let mut totals = Sums::new();
    rows.into_iter().for_each(|row| add::<E>(&mut totals, E::total(row)));
    totals
}

fn add<E: Rollup>(sums: &mut Sums<E::Model>, row: E::Model) {
    let sum = match sums.get(&E::cell(&row)) {
        None => row,
        Some(sum) => {
            let values: Vec<_> = E::values(sum).iter().zip(E::values(&row)).map(|(sum, more)| sum + more).collect();
            E::with(sum, &values)
        }
    };
    sums.insert(E::cell(&sum), sum);
}

fn changed<E: Rollup>(cells: &mut Cells) {
    E::of(cells).retain(|_, row| E::values(row).iter().any(|value| *value != 0));
}

macro_rules! rollup {
    ($table:ident, $cells:ident, $period:ident, $columns:expr, $total:ident) => {
        impl Rollup for $table::Entity {
            const PERIOD: $table::Column = $table::Column::$period;
            const COLUMNS: &'static [&'static str] = $columns;

            fn of(cells: &mut Cells) -> &mut Sums<$table::Model> {
                &mut cells.$cells
            }

            fn cell(row: &$table::Model) -> Uuid {
                row.id
            }

            fn values(row: &$table::Model) -> Vec<i64> {
                row.values()
            }

            fn with(row: &$table::Model, values: &[i64]) -> $table::Model {
                row.with(values)
            }

            fn total(row: &$table::Model) -> $table::Model {
                $table::Model { id: $total(row), branch_id: None, ..row.clone() }
            }
        }
    };
}

const SALES: &[&str] = Measures::COLUMNS.split_at(Measures::OF_SALES).0;

rollup!(kpi_day, days, Day, Measures::COLUMNS, day_total);
rollup!(kpi_month, months, Month, Measures::COLUMNS, month_total);
rollup!(kpi_breakdown, breakdowns, Month, SALES, breakdown_total);
rollup!(kpi_open, opens, Since, kpi_open::Model::COLUMNS, open_total);

/// The first day of a day's month.
pub(super) fn month_of(day: NaiveDate) -> NaiveDate {
    day.with_day(1).unwrap_or(day)
}

fn dimensions(kind: Kind) -> &'static [Dimension] {
    match kind {
        Kind::Sale | Kind::TakenBack => &[Dimension::Model, Dimension::Salesperson, Dimension::Financier],
        Kind::Receipt => &[Dimension::Model],
        Kind::Payment | Kind::Advance | Kind::Quotation | Kind::Offer => &[],
    }
}

fn day(fact: &kpi_fact::Model) -> kpi_day::Cell {
    kpi_day::Cell {
        dealership_id: fact.dealership_id,
        id: cell_id(fact.branch_id, &fact.currency, fact.day, &[b"day"]),
        branch_id: Some(fact.branch_id),
        day: fact.day,
        currency: fact.currency.clone(),
    }
}

fn day_total(row: &kpi_day::Model) -> Uuid {
    cell_id(row.dealership_id, &row.currency, row.day, &[b"day"])
}

fn month(fact: &kpi_fact::Model) -> kpi_month::Cell {
    let month = month_of(fact.day);
    kpi_month::Cell {
        dealership_id: fact.dealership_id,
        id: cell_id(fact.branch_id, &fact.currency, month, &[b"month"]),
        branch_id: Some(fact.branch_id),
        month,
        currency: fact.currency.clone(),
    }
}

fn month_total(row: &kpi_month::Model) -> Uuid {
    cell_id(row.dealership_id, &row.currency, row.month, &[b"month"])
}

fn breakdown(fact: &kpi_fact::Model, dimension: Dimension) -> kpi_breakdown::Cell {
    let only = |own: Dimension, id: Option<Uuid>| id.filter(|_| own == dimension);
    let cell = kpi_breakdown::Cell {
        dealership_id: fact.dealership_id,
        id: Uuid::nil(),
        branch_id: Some(fact.branch_id),
        month: month_of(fact.day),
        dimension,
        model_id: only(Dimension::Model, fact.model_id),
        salesperson_id: only(Dimension::Salesperson, fact.salesperson_id),
        sale_type: fact.sale_type.filter(|_| dimension == Dimension::Financier),
        finance_company_id: only(Dimension::Financier, fact.finance_company_id),
        currency: fact.currency.clone(),
    };
    let row = kpi_breakdown::Model::of(cell.clone(), &Measures::default());
    kpi_breakdown::Cell { id: breakdown_id(fact.branch_id, &row), ..cell }
}

fn breakdown_total(row: &kpi_breakdown::Model) -> Uuid {
    breakdown_id(row.dealership_id, row)
}

fn breakdown_id(owner: Uuid, row: &kpi_breakdown::Model) -> Uuid {
    // One of the three at most; without one it is the cell of sales that name none.
    let named = row.model_id.or(row.salesperson_id).or(row.finance_company_id).unwrap_or_default();
    let kind = row.sale_type.map_or(String::new(), |kind| kind.to_value());
    let parts = [row.dimension.to_value().as_bytes(), named.as_bytes(), kind.as_bytes()].map(<[u8]>::to_vec);
    cell_id(owner, &row.currency, row.month, &[&parts[0], &parts[1], &parts[2]])
}

fn open(item: &open_item::Model, sign: i64) -> kpi_open::Model {
    let kind = item.kind.to_value();
    kpi_open::Model {
        dealership_id: item.dealership_id,
        id: cell_id(item.branch_id, &item.currency, item.since, &[b"open", kind.as_bytes()]),
        branch_id: Some(item.branch_id),
        kind: item.kind,
        since: item.since,
        currency: item.currency.clone(),
        items: sign,
        amount_minor: sign * item.amount_minor,
        estimated: sign * item.estimated,
        uncoloured: sign * item.uncoloured,
    }
}

fn open_total(row: &kpi_open::Model) -> Uuid {
    let kind = row.kind.to_value();
    cell_id(row.dealership_id, &row.currency, row.since, &[b"open", kind.as_bytes()])
}

/// The same cell of a branch or a dealership has the same id, whoever writes it first.
fn cell_id(owner: Uuid, currency: &str, since: NaiveDate, parts: &[&[u8]]) -> Uuid {
    let at = since.and_time(NaiveTime::MIN).and_utc();
    id::derived(at, &[&[owner.as_bytes().as_slice(), currency.as_bytes()], parts].concat())
}

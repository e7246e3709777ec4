//! The cells of the rollups, and how facts fall into them.

use std::collections::BTreeMap;

use chrono::{Datelike, NaiveDate, NaiveTime};
use entity::kpi_breakdown::Dimension;
use entity::kpi_fact::{self, Kind};
use entity::measures::Measures;
use entity::tenant::Tenant;
use entity::{kpi_breakdown, kpi_day, kpi_month};
use sea_orm::ActiveEnum;
use uuid::Uuid;

use crate::id;

/// What facts add up to, cell by cell, in the order of the cells' ids: whoever writes several takes them in this order, so
/// that two who do never wait for each other.
#[derive(Debug, Default)]
pub(super) struct Cells {
    pub(super) days: BTreeMap<Uuid, (kpi_day::Cell, Measures)>,
    pub(super) months: BTreeMap<Uuid, (kpi_month::Cell, Measures)>,
    pub(super) breakdowns: BTreeMap<Uuid, (kpi_breakdown::Cell, Measures)>,
}

impl Cells {
    /// Counts facts.
    pub(super) fn of(facts: &[kpi_fact::Model]) -> Self {
        let mut cells = Self::default();
        facts.iter().for_each(|fact| cells.count(fact, fact.measures()));
        cells
    }

    /// Counts facts, and against those that were so before; leaves out cells in which nothing changes.
    pub(super) fn between(before: &[kpi_fact::Model], after: &[kpi_fact::Model]) -> Self {
        let mut cells = Self::of(after);
        before.iter().for_each(|fact| cells.count(fact, -fact.measures()));
        let nothing = Measures::default();
        cells.days.retain(|_, (_, adds)| *adds != nothing);
        cells.months.retain(|_, (_, adds)| *adds != nothing);
        cells.breakdowns.retain(|_, (_, adds)| *adds != nothing);
        cells
    }

    fn count(&mut self, fact: &kpi_fact::Model, adds: Measures) {
        let day = day(fact);
        self.days.entry(day.id).or_insert((day, Measures::default())).1 += adds;
        let month = month(fact);
        self.months.entry(month.id).or_insert((month, Measures::default())).1 += adds;
        for breakdown in dimensions(fact.kind).iter().map(|dimension| breakdown(fact, *dimension)) {
            self.breakdowns.entry(breakdown.id).or_insert((breakdown, Measures::default())).1 += adds;
        }
    }
}

/// A table of cells.
pub(super) trait Rollup: Tenant {
    /// The column with the day or month of a cell.
    const PERIOD: Self::Column;

    /// Takes the rows of the cells that belong here.
    fn rows(cells: &mut Cells) -> Vec<Self::Model>;

    /// A row's id, and what it adds up to.
    fn sum(row: &Self::Model) -> (Uuid, Measures);
}

macro_rules! rollup {
    ($table:ident, $cells:ident, $period:ident) => {
        impl Rollup for $table::Entity {
            const PERIOD: $table::Column = $table::Column::$period;

            fn rows(cells: &mut Cells) -> Vec<$table::Model> {
                let cells = std::mem::take(&mut cells.$cells);
                cells.into_values().map(|(cell, sum)| $table::Model::of(cell, &sum)).collect()
            }

            fn sum(row: &$table::Model) -> (Uuid, Measures) {
                (row.id, row.measures())
            }
        }
    };
}

rollup!(kpi_day, days, Day);
rollup!(kpi_month, months, Month);
rollup!(kpi_breakdown, breakdowns, Month);

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
        id: cell_id(fact, fact.day, &[b"day"]),
        branch_id: fact.branch_id,
        day: fact.day,
        currency: fact.currency.clone(),
    }
}

fn month(fact: &kpi_fact::Model) -> kpi_month::Cell {
    let month = month_of(fact.day);
    kpi_month::Cell {
        dealership_id: fact.dealership_id,
        id: cell_id(fact, month, &[b"month"]),
        branch_id: fact.branch_id,
        month,
        currency: fact.currency.clone(),
    }
}

fn breakdown(fact: &kpi_fact::Model, dimension: Dimension) -> kpi_breakdown::Cell {
    let month = month_of(fact.day);
    let only = |own: Dimension, id: Option<Uuid>| id.filter(|_| own == dimension);
    let model_id = only(Dimension::Model, fact.model_id);
    let salesperson_id = only(Dimension::Salesperson, fact.salesperson_id);
    let finance_company_id = only(Dimension::Financier, fact.finance_company_id);
    let sale_type = fact.sale_type.filter(|_| dimension == Dimension::Financier);
    // One of the three at most; without one it is the cell of sales that name none.
    let named = model_id.or(salesperson_id).or(finance_company_id).unwrap_or_default();
    let kind = sale_type.map_or(String::new(), |kind| kind.to_value());
    kpi_breakdown::Cell {
        dealership_id: fact.dealership_id,
        id: cell_id(fact, month, &[dimension.to_value().as_bytes(), named.as_bytes(), kind.as_bytes()]),
        branch_id: fact.branch_id,
        month,
        dimension,
        model_id,
        salesperson_id,
        sale_type,
        finance_company_id,
        currency: fact.currency.clone(),
    }
}

/// The same cell has the same id, whoever writes it first.
fn cell_id(fact: &kpi_fact::Model, since: NaiveDate, parts: &[&[u8]]) -> Uuid {
    let at = since.and_time(NaiveTime::MIN).and_utc();
    id::derived(at, &[&[fact.branch_id.as_bytes().as_slice(), fact.currency.as_bytes()], parts].concat())
}

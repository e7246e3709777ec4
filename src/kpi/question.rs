//! What is asked of the figures, and which tables answer it.

use chrono::NaiveDate;
use entity::kind::SaleType;
use entity::kpi_breakdown::Dimension;
use uuid::Uuid;

use super::measure::{Definition, Measure, Splits};
use super::range::{Compared, Range, Step};
use crate::error::{Error, Result};
use crate::scope::Scope;

/// Most measures of a question.
const MOST_MEASURES: usize = 12;

/// Figures to be added up.
#[derive(Clone, Debug)]
pub struct Question {
    /// For which days.
    pub range: Range,
    /// By which stretch of time.
    pub step: Option<Step>,
    /// By what else.
    pub by: Vec<By>,
    /// Of which sales.
    pub filter: Filter,
    /// Which figures, at least one.
    pub measures: Vec<Measure>,
    /// Beside those of another range.
    pub compared: Option<Compared>,
    /// A day that no dealership is beyond: hardly anything that counts is later, so that days to come cost nothing.
    pub today: NaiveDate,
}

/// By what figures are told apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum By {
    /// Dealership.
    Dealership,
    /// Branch.
    Branch,
    /// Model.
    Model,
    /// Cash or leasing.
    SaleType,
    /// Seller.
    Salesperson,
    /// Leasing company.
    Financier,
}

/// What figures are narrowed to; absent parts do not narrow.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    /// Of this dealership.
    pub dealership: Option<Uuid>,
    /// Of this branch.
    pub branch: Option<Uuid>,
    /// Of this model.
    pub model: Option<Uuid>,
    /// Of this kind.
    pub sale_type: Option<SaleType>,
    /// Of this seller.
    pub salesperson: Option<Uuid>,
    /// Financed by this company.
    pub finance_company: Option<Uuid>,
}

/// The tables that answer a question.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Source {
    /// Months, and days at the edges.
    Rollups,
    /// Days.
    Days,
    /// Months told apart by one dimension, and facts at the edges.
    Breakdown(Dimension),
    /// Facts alone: told apart by what no rollup keeps together.
    Facts,
}

impl Filter {
    /// What it narrows by, beside the place.
    fn dimensions(&self) -> impl Iterator<Item = By> {
        let parts = [
            self.model.map(|_| By::Model),
            self.sale_type.map(|_| By::SaleType),
            self.salesperson.map(|_| By::Salesperson),
            self.finance_company.map(|_| By::Financier),
        ];
        parts.into_iter().flatten()
    }
}

impl Question {
    /// # Errors
    /// `BAD_USER_INPUT` when a figure cannot be told apart so; `FORBIDDEN` when the role may not see one.
    pub(super) fn check(&self, scope: &Scope) -> Result<()> {
        if !(1..=MOST_MEASURES).contains(&self.measures.len()) {
            return Err(Error::bad_input("measures", format!("Ask for 1 to {MOST_MEASURES} measures.")));
        }
        let dimensions = self.dimensions();
        for measure in &self.measures {
            let definition = measure.definition();
            scope.require(definition.permission)?;
            let can = |by: &By| match definition.splits {
                Splits::Sales => true,
                Splits::Model => *by == By::Model,
                Splits::Nothing => false,
            };
            if !dimensions.iter().all(can) {
                let message = format!("“{}” is not known by that: ask for it by place and time.", definition.title);
                return Err(Error::bad_input("measures", message));
            }
        }
        Ok(())
    }

    /// By what sales are told apart or narrowed, beside place and time.
    fn dimensions(&self) -> Vec<By> {
        let by = self.by.iter().copied().filter(|by| !matches!(by, By::Dealership | By::Branch));
        let mut all: Vec<_> = by.chain(self.filter.dimensions()).collect();
        all.sort_unstable();
        all.dedup();
        all
    }

    /// Whether its groups lie in one dealership each: whatever has an id belongs to one.
    pub(super) fn is_by_dealership(&self) -> bool {
        self.by.iter().any(|by| *by != By::SaleType)
    }

    /// Whether it is about branches; else what adds up whole dealerships serves.
    pub(super) fn needs_branches(&self, scope: &Scope) -> bool {
        self.by.contains(&By::Branch) || self.filter.branch.is_some() || scope.reach_branch().is_some()
    }

    /// Whether each cell of the rollup by that step is a group of its own, so that there is nothing to add up.
    pub(super) fn tells_cells_apart(&self, scope: &Scope, range: Range, step: Step) -> bool {
        let of_cells: &[By] = match self.source() {
            Source::Rollups | Source::Days => &[],
            Source::Breakdown(Dimension::Model) => &[By::Model],
            Source::Breakdown(Dimension::Salesperson) => &[By::Salesperson],
            Source::Breakdown(Dimension::Financier) => &[By::SaleType, By::Financier],
            Source::Facts => return false,
        };
        let one_place = self.needs_branches(scope)
            || self.is_by_dealership()
            || self.filter.dealership.is_some()
            || scope.dealership().is_ok();
        let one_time = self.step == Some(step) || step.first(range.from) == step.first(range.to);
        one_place && one_time && of_cells.iter().all(|by| self.dimensions().contains(by))
    }

    pub(super) fn source(&self) -> Source {
        let is_fine = matches!(self.step, Some(Step::Day | Step::Week));
        match (&self.dimensions()[..], is_fine) {
            ([], true) => Source::Days,
            ([], false) => Source::Rollups,
            ([By::Model], false) => Source::Breakdown(Dimension::Model),
            ([By::Salesperson], false) => Source::Breakdown(Dimension::Salesperson),
            ([By::SaleType | By::Financier] | [By::SaleType, By::Financier], false) => {
                Source::Breakdown(Dimension::Financier)
            }
            _ => Source::Facts,
        }
    }

    /// The columns that its measures are made from, each once.
    pub(super) fn columns(&self) -> Vec<&'static str> {
        let definitions = self.measures.iter().map(|measure| measure.definition());
        let mut columns: Vec<_> = definitions.flat_map(Definition::columns).collect();
        columns.sort_unstable();
        columns.dedup();
        columns
    }

    /// The columns that count the rows its measures may be made from, each once.
    pub(super) fn counters(&self) -> Vec<&'static str> {
        let rows = self.measures.iter().flat_map(|measure| measure.definition().rows);
        let mut columns: Vec<_> = rows.map(|(column, _)| *column).collect();
        columns.sort_unstable();
        columns.dedup();
        columns
    }
}

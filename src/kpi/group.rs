//! A group of facts: what they have in common, and what they add up to.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use uuid::Uuid;

use super::question::By;

/// What a group has in common; absent parts are not told apart, or not known.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Key {
    /// First day of its stretch of time.
    pub period: Option<NaiveDate>,
    /// Dealership.
    pub dealership: Option<Uuid>,
    /// Branch.
    pub branch: Option<Uuid>,
    /// Model.
    pub model: Option<Uuid>,
    /// Cash or leasing.
    pub sale_type: Option<String>,
    /// Membership of the seller.
    pub salesperson: Option<Uuid>,
    /// Leasing company.
    pub finance_company: Option<Uuid>,
}

impl Key {
    /// The id by which it is told apart; none for those that name none.
    pub(super) fn id(&self, by: By) -> Option<Uuid> {
        match by {
            By::Dealership => self.dealership,
            By::Branch => self.branch,
            By::Model => self.model,
            By::Salesperson => self.salesperson,
            By::Financier => self.finance_company,
            By::SaleType => None,
        }
    }
}

/// Groups by key and currency.
pub(super) type Groups = BTreeMap<(Key, String), Pair>;

/// The sums of a group, and of its counterpart in the range that it is compared with: columns in the question's order.
pub(super) struct Pair {
    pub(super) now: Vec<i64>,
    pub(super) before: Vec<i64>,
}

impl Pair {
    pub(super) fn nothing(columns: &[&str]) -> Self {
        Self { now: vec![0; columns.len()], before: vec![0; columns.len()] }
    }

    pub(super) fn is_nothing(&self) -> bool {
        self.now.iter().chain(&self.before).all(|sum| *sum == 0)
    }
}

/// The column by which facts and cells are told apart.
pub(super) fn column(by: By) -> &'static str {
    match by {
        By::Dealership => "dealership_id",
        By::Branch => "branch_id",
        By::Model => "model_id",
        By::SaleType => "sale_type",
        By::Salesperson => "salesperson_id",
        By::Financier => "finance_company_id",
    }
}

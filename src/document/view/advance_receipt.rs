use chrono::NaiveDate;

use super::Sale;

/// A receipt for money taken before a bike is handed over.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AdvanceReceipt {
    /// Number of the bill.
    pub number: String,
    /// Day of the bill.
    pub issued_on: NaiveDate,
    /// Branch that took the money.
    pub branch_name: String,
    /// What the buyer pays in advance.
    pub advance_minor: i64,
    /// Day on which the bike should be ready.
    pub estimated_delivery_on: Option<NaiveDate>,
    /// What will be sold.
    pub sale: Sale,
}

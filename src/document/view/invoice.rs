use chrono::NaiveDate;

use super::Sale;

/// A bill without tax lines: its prices include what taxes there are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Invoice {
    /// Number of the bill.
    pub number: String,
    /// Day of the bill.
    pub issued_on: NaiveDate,
    /// Day of delivery, where it is known.
    pub delivered_on: Option<NaiveDate>,
    /// Branch that sold it.
    pub branch_name: String,
    /// How it was or will be paid, in words, e.g. `Cash` or `Leasing`.
    pub payment_mode: String,
    /// What was sold.
    pub sale: Sale,
}

use chrono::NaiveDate;

use super::{Party, Tax, Vehicle};

/// A bill taken back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CreditNote {
    /// Number of the credit note.
    pub number: String,
    /// Day of the credit note.
    pub issued_on: NaiveDate,
    /// Branch that issued it.
    pub branch_name: String,
    /// Number of the bill that it takes back.
    pub bill_number: String,
    /// Day of that bill.
    pub billed_on: NaiveDate,
    /// Taxpayer identification number of the dealership, where the bill was a tax invoice.
    pub supplier_tin: Option<String>,
    /// Who is credited.
    pub buyer: Party,
    /// What had been sold.
    pub vehicle: Vehicle,
    /// Why.
    pub reason: String,
    /// Currency of every amount.
    pub currency: String,
    /// What is credited, taxes included.
    pub amount_minor: i64,
    /// Taxes within it, where the bill was a tax invoice.
    pub tax: Option<Tax>,
    /// The bike came back into stock.
    pub unit_returned: bool,
}

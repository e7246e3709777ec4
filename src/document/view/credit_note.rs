use chrono::NaiveDate;

use super::{Sale, Tax};

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
    /// Why.
    pub reason: String,
    /// What had been sold, as the bill has it; its payments and its balance are not printed.
    pub sale: Sale,
    /// What the buyer is credited.
    pub amount_minor: i64,
    /// Taxes within the vehicle's price, where the bill was a tax invoice.
    pub tax: Option<Tax>,
    /// The bike came back into stock.
    pub unit_returned: bool,
}

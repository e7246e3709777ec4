use chrono::NaiveDate;

use super::{Sale, Tax};

/// A bill of a supplier registered for VAT (VAT Act s. 20; Gazettes 2463/05 and 2481/22).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TaxInvoice {
    /// Serial, e.g. `26JAN_BR03_1`.
    pub number: String,
    /// Day of the invoice.
    pub issued_on: NaiveDate,
    /// Day of the supply: delivery, or the invoice's where nothing else is known.
    pub supplied_on: NaiveDate,
    /// Where it was supplied: the branch.
    pub place_of_supply: String,
    /// Taxpayer identification number of the dealership.
    pub supplier_tin: String,
    /// How it was or will be paid, in words, e.g. `Cash` or `Leasing`.
    pub payment_mode: String,
    /// What was sold.
    pub sale: Sale,
    /// Taxes within the vehicle's price.
    pub tax: Tax,
}

use std::fmt;

use chrono::{NaiveDate, NaiveDateTime};

/// The sales of a period that leasing companies finance.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FinancierReport {
    /// First day of the period.
    pub from: NaiveDate,
    /// Last day of the period.
    pub to: NaiveDate,
    /// When it was drawn up, in the dealership's zone.
    pub drawn_up_at: NaiveDateTime,
    /// Which branches it covers, in words, e.g. `All branches`.
    pub reach: String,
    /// Whose report it is, e.g. who asked for it.
    pub prepared_for: Option<String>,
    /// Currency of every amount.
    pub currency: String,
    /// The leasing companies, in the order in which they are printed.
    pub financiers: Vec<FinancierSales>,
}

/// What one leasing company finances.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FinancierSales {
    /// The leasing company.
    pub name: String,
    /// Its sales, in order.
    pub sales: Vec<FinancedSale>,
}

/// A sale with a leased share.
#[derive(Clone, PartialEq, Eq)]
pub struct FinancedSale {
    /// Number of the bill.
    pub bill_number: String,
    /// Day of the bill.
    pub billed_on: NaiveDate,
    /// Branch that sold it.
    pub branch_name: String,
    /// Who bought it.
    pub customer_name: String,
    /// Model.
    pub model_name: String,
    /// Chassis number, where it is known.
    pub chassis_number: Option<String>,
    /// Price of the vehicle.
    pub vehicle_price_minor: i64,
    /// Part of the price that the customer paid.
    pub down_payment_minor: i64,
    /// Part of the price that is leased.
    pub leased_minor: i64,
    /// What the leasing company paid so far.
    pub disbursed_minor: i64,
}

/// Nothing of the person.
impl fmt::Debug for FinancedSale {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("FinancedSale").field("bill_number", &self.bill_number).finish_non_exhaustive()
    }
}

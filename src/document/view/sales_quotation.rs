use chrono::NaiveDate;

use super::{Party, Vehicle};

/// An offer of one bike to one customer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SalesQuotation {
    /// Number of the quotation.
    pub number: String,
    /// Day of the quotation.
    pub quoted_on: NaiveDate,
    /// Last day the offer holds.
    pub valid_until: NaiveDate,
    /// Branch that offers.
    pub branch_name: String,
    /// Who is offered it.
    pub customer: Party,
    /// The bike.
    pub vehicle: Vehicle,
    /// Who would pay the leased share.
    pub financier: Option<Party>,
    /// Who offers it.
    pub salesperson: Option<String>,
    /// How it would be paid, in words, e.g. `Cash` or `Leasing`.
    pub payment_mode: String,
    /// Currency of every amount.
    pub currency: String,
    /// Price of the vehicle, taxes included.
    pub vehicle_price_minor: i64,
    /// Charge of the registrar. Zero where nothing is registered.
    pub rmv_charge_minor: i64,
    /// Part of the price that the customer of a leased vehicle pays.
    pub down_payment_minor: Option<i64>,
    /// Part of the price that the financier pays.
    pub leased_minor: Option<i64>,
    /// What the customer would pay the dealership.
    pub total_minor: i64,
    /// Further terms.
    pub remarks: Option<String>,
}

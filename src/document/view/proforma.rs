use chrono::NaiveDate;

use super::{Party, Vehicle};

/// What a bike would cost, addressed to the leasing company that is asked to finance it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Proforma {
    /// Number of the proforma.
    pub number: String,
    /// Day of the proforma.
    pub issued_on: NaiveDate,
    /// Last day it holds.
    pub valid_until: Option<NaiveDate>,
    /// Branch that issued it.
    pub branch_name: String,
    /// The leasing company.
    pub financier: Party,
    /// Who would ride the bike.
    pub customer: Party,
    /// The bike.
    pub vehicle: Vehicle,
    /// Who would sell it.
    pub salesperson: Option<String>,
    /// Currency of every amount.
    pub currency: String,
    /// Price of the vehicle, taxes included.
    pub vehicle_price_minor: i64,
    /// Charge of the registrar. Zero where nothing is registered.
    pub rmv_charge_minor: i64,
    /// Part of the price that the customer pays.
    pub down_payment_minor: i64,
    /// Part of the price that is to be leased.
    pub leased_minor: i64,
    /// Further terms.
    pub remarks: Option<String>,
}

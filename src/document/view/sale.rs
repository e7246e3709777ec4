use chrono::NaiveDate;

use super::{Party, Vehicle};

/// A sale as its bill has it: one bike, one buyer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sale {
    /// Who buys.
    pub buyer: Party,
    /// What is bought.
    pub vehicle: Vehicle,
    /// Who pays the leased share.
    pub financier: Option<Party>,
    /// Who sold it.
    pub salesperson: Option<String>,
    /// Currency of every amount.
    pub currency: String,
    /// Price of the vehicle, taxes included.
    pub vehicle_price_minor: i64,
    /// Collected for the registrar; no turnover of the dealership. Zero where nothing is registered.
    pub rmv_charge_minor: i64,
    /// Part of the price that the buyer of a leased vehicle pays.
    pub down_payment_minor: Option<i64>,
    /// Part of the price that the financier pays.
    pub leased_minor: Option<i64>,
    /// What the buyer pays the dealership.
    pub total_minor: i64,
    /// What was paid so far, in order; negative where money was given back.
    pub payments: Vec<Payment>,
    /// What the buyer still owes.
    pub balance_minor: i64,
}

/// Money received.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Payment {
    /// Day on which it came in.
    pub paid_on: NaiveDate,
    /// How, in words, e.g. `Bank transfer`.
    pub method: String,
    /// Number of the cheque, slip or transfer.
    pub reference: Option<String>,
    /// Amount; negative where it was given back.
    pub amount_minor: i64,
}

//! What the registrar charges until a dealership says otherwise.

use chrono::{DateTime, NaiveDate, Utc};
use entity::kind::{SaleType, VehicleClass};
use entity::tariff::Model;
use uuid::Uuid;

use crate::id;

/// The currency of the charges below.
pub const CURRENCY: &str = "LKR";

/// Sri Lanka's registrar, in cents: vehicles of a kind that is not registered cost nothing.
const CHARGES: [(VehicleClass, SaleType, i64); 4] = [
    (VehicleClass::EMotorcycle, SaleType::Cash, 1_300_000),
    (VehicleClass::EMotorcycle, SaleType::Leasing, 1_350_000),
    (VehicleClass::EMotorbicycle, SaleType::Cash, 0),
    (VehicleClass::ETricycle, SaleType::Cash, 0),
];

/// The first tariffs of a dealership in Sri Lanka, made at `now` and in force from a day on.
pub fn first(dealership_id: Uuid, valid_from: NaiveDate, now: DateTime<Utc>) -> Vec<Model> {
    let row = |(vehicle_class, sale_type, rmv_charge_minor)| Model {
        dealership_id,
        id: id::fresh(now),
        vehicle_class,
        sale_type,
        rmv_charge_minor,
        currency: CURRENCY.to_owned(),
        valid_from,
        valid_to: None,
        ltv_cap_bp: None,
        created_at: now,
    };
    CHARGES.map(row).to_vec()
}

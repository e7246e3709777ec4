//! A dated charge: rules of money are rows, not constants.

use sea_orm::entity::prelude::*;

use crate::kind::{SaleType, VehicleClass};
use crate::positioned::Positioned;

/// One row of `tariff`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, Positioned)]
#[sea_orm(table_name = "tariff")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub dealership_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub vehicle_class: VehicleClass,
    pub sale_type: SaleType,
    pub rmv_charge_minor: i64,
    pub currency: String,
    pub valid_from: Date,
    /// Last day, absent while in force.
    pub valid_to: Option<Date>,
    /// Leased share of the price, in hundredths of a percent, above which a bill is flagged; never blocked.
    pub ltv_cap_bp: Option<i32>,
    pub created_at: DateTimeUtc,
}

/// Relations are resolved by loaders inside a scope, never by joins of sea-orm's own.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

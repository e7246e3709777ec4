//! A model in the dealership's catalogue.

use sea_orm::entity::prelude::*;

use crate::kind::VehicleClass;
use crate::positioned::Positioned;

/// One row of `bike_model`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, Positioned)]
#[sea_orm(table_name = "bike_model")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub dealership_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub name: String,
    /// The search form of `name`; unique in the dealership.
    pub name_key: String,
    pub vehicle_class: VehicleClass,
    pub list_price_minor: i64,
    pub currency: String,
    pub leasable: bool,
    /// No longer sold.
    pub retired_at: Option<DateTimeUtc>,
    pub created_at: DateTimeUtc,
    pub updated_at: DateTimeUtc,
}

/// Relations are resolved by loaders inside a scope, never by joins of sea-orm's own.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

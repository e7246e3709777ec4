//! One bike, known by its chassis.

use sea_orm::entity::prelude::*;

use crate::positioned::Positioned;

/// Where a unit stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "Text")]
pub enum Status {
    #[sea_orm(string_value = "AVAILABLE")]
    Available,
    #[sea_orm(string_value = "RESERVED")]
    Reserved,
    #[sea_orm(string_value = "SOLD")]
    Sold,
    #[sea_orm(string_value = "DAMAGED")]
    Damaged,
    /// Sent to another branch, not yet received there.
    #[sea_orm(string_value = "IN_TRANSIT")]
    InTransit,
}

/// One row of `bike_unit`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, Positioned)]
#[sea_orm(table_name = "bike_unit")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub dealership_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub branch_id: Uuid,
    pub model_id: Uuid,
    pub chassis_number: String,
    pub chassis_key: String,
    pub motor_number: String,
    pub motor_key: String,
    pub colour: Option<String>,
    pub model_year: Option<i16>,
    pub status: Status,
    /// Absent where unknown: never guessed, KPIs count such units apart.
    pub landed_cost_minor: Option<i64>,
    /// The model's list price when it came in: what stock is valued at where the cost is unknown.
    pub list_price_minor: i64,
    pub currency: String,
    pub received_at: DateTimeUtc,
    /// The dealership's local day of `received_at`.
    pub received_on: Date,
    pub sold_on: Option<Date>,
    pub notes: Option<String>,
    /// Soft delete.
    pub deleted_at: Option<DateTimeUtc>,
    pub deleted_reason: Option<String>,
    pub created_at: DateTimeUtc,
    pub updated_at: DateTimeUtc,
}

/// Relations are resolved by loaders inside a scope, never by joins of sea-orm's own.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

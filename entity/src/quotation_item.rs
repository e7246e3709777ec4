//! A line of a quotation.

use sea_orm::entity::prelude::*;

use crate::positioned::Positioned;

/// One row of `quotation_item`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, Positioned)]
#[sea_orm(table_name = "quotation_item")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub dealership_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub branch_id: Uuid,
    pub quotation_id: Uuid,
    /// Counted from 1.
    pub position: i32,
    pub description: String,
    /// Thousandths: labour is sold by the half hour.
    pub quantity_milli: i64,
    pub rate_minor: i64,
    pub amount_minor: i64,
}

/// Relations are resolved by loaders inside a scope, never by joins of sea-orm's own.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

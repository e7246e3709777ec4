//! The next number of a gap-free series.

use sea_orm::entity::prelude::*;

use crate::positioned::Positioned;

/// One row of `counter`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, Positioned)]
#[sea_orm(table_name = "counter")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub dealership_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub branch_id: Uuid,
    /// Which series, e.g. `BILL`.
    pub document: String,
    /// The month it belongs to, `YYMMM`.
    pub period: String,
    pub next_value: i64,
}

/// Relations are resolved by loaders inside a scope, never by joins of sea-orm's own.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

//! How the numbers of a kind of document are written, from a day on.

use sea_orm::entity::prelude::*;

use crate::positioned::Positioned;

/// One row of `number_pattern`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, Positioned)]
#[sea_orm(table_name = "number_pattern")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub dealership_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// Which series, e.g. `BILL`.
    pub document: String,
    /// E.g. `{YY}{MMM}_{BRANCH}_{N}`.
    pub pattern: String,
    pub valid_from: Date,
    pub created_at: DateTimeUtc,
}

/// Relations are resolved by loaders inside a scope, never by joins of sea-orm's own.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

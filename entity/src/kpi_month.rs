//! What a branch did in a month, added up from facts.

use sea_orm::entity::prelude::*;

crate::measures::with_measures!(measured("kpi_month", Option<Uuid>, {
    /// First day of the month.
    month: Date,
}));

/// Relations are resolved by loaders inside a scope, never by joins of sea-orm's own.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

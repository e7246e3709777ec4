//! What a branch did in a day, added up from facts.

use sea_orm::entity::prelude::*;

crate::measures::with_measures!(measured("kpi_day", Option<Uuid>, {
    day: Date,
}));

/// Relations are resolved by loaders inside a scope, never by joins of sea-orm's own.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

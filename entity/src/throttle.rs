//! How often something that must not be guessed was tried lately: one row for each account, device or address.

use sea_orm::entity::prelude::*;

use crate::positioned::Positioned;

/// One row of `throttle`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, Positioned)]
#[sea_orm(table_name = "throttle")]
pub struct Model {
    /// Keyed digest of what is counted: neither addresses nor e-mail addresses are kept.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub attempts: i32,
    /// From when on the next attempt is let through.
    pub open_at: DateTimeUtc,
    /// From when on the row counts no more, as if it were not there.
    pub forgotten_at: DateTimeUtc,
}

/// Relations are resolved by loaders inside a scope, never by joins of sea-orm's own.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

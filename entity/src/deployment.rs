//! What one installation knows of itself; a single row.

use sea_orm::entity::prelude::*;

use crate::positioned::Positioned;

/// One row of `deployment`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, Positioned)]
#[sea_orm(table_name = "deployment")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: i16,
    /// Digest that only the right master key reproduces: a wrong key is refused before it writes a field nobody can read.
    pub key_check: Vec<u8>,
    pub created_at: DateTimeUtc,
}

/// Relations are resolved by loaders inside a scope, never by joins of sea-orm's own.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

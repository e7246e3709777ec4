//! A key that signs access tokens.

use sea_orm::entity::prelude::*;

use crate::positioned::Positioned;

/// One row of `signing_key`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, Positioned)]
#[sea_orm(table_name = "signing_key")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The Ed25519 seed, sealed.
    pub seed: Vec<u8>,
    /// From when it signs; it is published and trusted before.
    pub signs_from: DateTimeUtc,
    /// From when it is trusted no longer; absent for the newest.
    pub ends_at: Option<DateTimeUtc>,
    pub created_at: DateTimeUtc,
}

/// Relations are resolved by loaders inside a scope, never by joins of sea-orm's own.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

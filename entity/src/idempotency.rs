//! A change that was asked for under a key, and its answer: the same request again changes nothing.

use sea_orm::entity::prelude::*;

use crate::positioned::Positioned;

/// One row of `idempotency`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, Positioned)]
#[sea_orm(table_name = "idempotency")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub dealership_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub user_id: Uuid,
    pub operation: String,
    /// Keyed digest of the caller's key.
    pub key_digest: Vec<u8>,
    /// Keyed digest of the input.
    pub fingerprint: Vec<u8>,
    /// JSON of the outcome: ids and codes, nothing personal.
    pub answer: String,
    pub created_at: DateTimeUtc,
}

/// Relations are resolved by loaders inside a scope, never by joins of sea-orm's own.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

//! Id tokens that somebody has signed in with, kept until they have expired: each is good for one sign-in.

use sea_orm::entity::prelude::*;

use crate::positioned::Positioned;

/// One row of `seen_token`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, Positioned)]
#[sea_orm(table_name = "seen_token")]
pub struct Model {
    /// SHA-256 of what the provider signed.
    #[sea_orm(primary_key, auto_increment = false)]
    pub digest: Vec<u8>,
    /// When it would be refused for its age.
    pub expires_at: DateTimeUtc,
}

/// Relations are resolved by loaders inside a scope, never by joins of sea-orm's own.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

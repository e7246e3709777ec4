//! Whom an account is to an outside identity provider.

use sea_orm::entity::prelude::*;

use crate::positioned::Positioned;

/// One row of `outside_identity`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, Positioned)]
#[sea_orm(table_name = "outside_identity")]
pub struct Model {
    /// The provider, as its tokens name it.
    #[sea_orm(primary_key, auto_increment = false)]
    pub issuer: String,
    /// The person, as this provider's tokens name them, whatever becomes of their address.
    #[sea_orm(primary_key, auto_increment = false)]
    pub subject: String,
    pub user_id: Uuid,
    pub linked_at: DateTimeUtc,
    pub last_seen_at: DateTimeUtc,
}

/// Relations are resolved by loaders inside a scope, never by joins of sea-orm's own.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

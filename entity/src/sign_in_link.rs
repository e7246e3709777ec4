//! A secret that opens one account once: an invitation, a forgotten password, the very first account.

use sea_orm::entity::prelude::*;

use crate::kind::LinkKind;
use crate::positioned::Positioned;

/// One row of `sign_in_link`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, Positioned)]
#[sea_orm(table_name = "sign_in_link")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub kind: LinkKind,
    /// Absent for the very first account, which does not exist yet.
    pub user_id: Option<Uuid>,
    /// SHA-256 of the secret, which has 256 bits.
    pub digest: Vec<u8>,
    pub expires_at: DateTimeUtc,
    pub used_at: Option<DateTimeUtc>,
    pub created_at: DateTimeUtc,
}

/// Relations are resolved by loaders inside a scope, never by joins of sea-orm's own.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

//! A person signed in on one device: the family of its refresh tokens.

use sea_orm::entity::prelude::*;

use crate::kind::SessionEnd;
use crate::positioned::Positioned;

/// One row of `user_session`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, Positioned)]
#[sea_orm(table_name = "user_session")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub user_id: Uuid,
    /// Key of this family's refresh tokens, sealed; no token is kept, each is made of this key and its number.
    pub refresh_key: Vec<u8>,
    /// The number of the refresh token that holds now.
    pub generation: i32,
    /// When it began to hold.
    pub rotated_at: DateTimeUtc,
    /// Ways in, apart by blanks, as RFC 8176 names them, e.g. `pwd otp`.
    pub authenticated_by: String,
    /// When the person last proved who they are.
    pub authenticated_at: DateTimeUtc,
    /// What the client says it is.
    pub agent: Option<String>,
    /// Network last seen from: `/24` of IPv4, `/48` of IPv6.
    pub network: Option<String>,
    /// The end that no refresh puts off.
    pub ends_at: DateTimeUtc,
    pub ended_at: Option<DateTimeUtc>,
    pub ended_because: Option<SessionEnd>,
    pub created_at: DateTimeUtc,
}

/// Relations are resolved by loaders inside a scope, never by joins of sea-orm's own.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

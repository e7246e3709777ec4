//! An authenticator app that shows one-time codes (RFC 6238).

use sea_orm::entity::prelude::*;

use crate::positioned::Positioned;

/// One row of `second_factor`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, Positioned)]
#[sea_orm(table_name = "second_factor")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub user_id: Uuid,
    /// The shared secret, sealed.
    pub secret: Vec<u8>,
    /// The time step of the last code that was accepted; only later ones are.
    pub last_step: i64,
    /// When the person proved that the app shows the right codes; it counts from then on.
    pub confirmed_at: Option<DateTimeUtc>,
    pub ended_at: Option<DateTimeUtc>,
    pub created_at: DateTimeUtc,
}

/// Relations are resolved by loaders inside a scope, never by joins of sea-orm's own.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

//! A code that stands in once for a lost authenticator app.

use sea_orm::entity::prelude::*;

use crate::positioned::Positioned;

/// One row of `recovery_code`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, Positioned)]
#[sea_orm(table_name = "recovery_code")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub second_factor_id: Uuid,
    /// Its place among its fellows, which its text begins with: one hash is compared for each try.
    pub position: i16,
    /// Argon2id in PHC form.
    pub code_hash: String,
    pub used_at: Option<DateTimeUtc>,
    /// When fresh codes took its place.
    pub ended_at: Option<DateTimeUtc>,
    pub created_at: DateTimeUtc,
}

/// Relations are resolved by loaders inside a scope, never by joins of sea-orm's own.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

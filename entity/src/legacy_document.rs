//! The journal of an import: each source document once, whole, sealed.

use sea_orm::entity::prelude::*;

use crate::positioned::Positioned;

/// One row of `legacy_document`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, Positioned)]
#[sea_orm(table_name = "legacy_document")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub dealership_id: Uuid,
    /// The id of the row made from it.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub collection: String,
    pub legacy_id: String,
    /// SHA-256 of the document: a later dump that differs is told apart.
    pub digest: Vec<u8>,
    /// Sealed source line.
    pub document: Vec<u8>,
    pub imported_at: DateTimeUtc,
}

/// Relations are resolved by loaders inside a scope, never by joins of sea-orm's own.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

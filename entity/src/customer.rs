//! A customer of a branch. Identity is sealed; `*_index` columns are keyed digests for equality.

use sea_orm::entity::prelude::*;

use crate::positioned::Positioned;

/// One row of `customer`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, Positioned)]
#[sea_orm(table_name = "customer")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub dealership_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub branch_id: Uuid,
    pub name: String,
    pub name_key: String,
    /// Sealed.
    pub nic: Option<Vec<u8>>,
    /// Blind index of the NIC in its twelve-digit form.
    pub nic_index: Option<Vec<u8>>,
    /// Sealed; E.164 where the source could be read so.
    pub phone: Option<Vec<u8>>,
    pub phone_index: Option<Vec<u8>>,
    /// Sealed.
    pub address: Option<Vec<u8>>,
    pub created_at: DateTimeUtc,
    pub updated_at: DateTimeUtc,
}

/// Relations are resolved by loaders inside a scope, never by joins of sea-orm's own.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

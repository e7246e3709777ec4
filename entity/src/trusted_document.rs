//! A GraphQL document that the operator trusts.

use sea_orm::entity::prelude::*;

use crate::positioned::Positioned;

/// One row of `trusted_document`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, Positioned)]
#[sea_orm(table_name = "trusted_document")]
pub struct Model {
    /// SHA-256 of the text, in small hexadecimal digits.
    #[sea_orm(primary_key, auto_increment = false)]
    pub hash: String,
    /// What clients may call it: the latest of a name is meant.
    pub name: String,
    pub text: String,
    pub added_at: DateTimeUtc,
}

/// Relations are resolved by loaders inside a scope, never by joins of sea-orm's own.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

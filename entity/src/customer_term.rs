//! The words of a customer's name, so that any of them finds the customer by an index range.

use sea_orm::entity::prelude::*;

use crate::positioned::Positioned;

/// One row of `customer_term`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, Positioned)]
#[sea_orm(table_name = "customer_term")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub dealership_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub branch_id: Uuid,
    pub customer_id: Uuid,
    /// One word in search form.
    pub term: String,
}

/// Relations are resolved by loaders inside a scope, never by joins of sea-orm's own.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

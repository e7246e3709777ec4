//! Who the dealership is to the tax office, and the rates in force: dated, as the law changes.

use sea_orm::entity::prelude::*;

use crate::positioned::Positioned;

/// One row of `tax_profile`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, Positioned)]
#[sea_orm(table_name = "tax_profile")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub dealership_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// Taxpayer number. Without one, bills are plain invoices.
    pub tin: Option<String>,
    /// Value added tax, in hundredths of a percent.
    pub vat_bp: i32,
    /// Social security contribution levy, in hundredths of a percent.
    pub sscl_bp: i32,
    /// First day; it ends with the next profile.
    pub valid_from: Date,
    pub created_at: DateTimeUtc,
}

/// Relations are resolved by loaders inside a scope, never by joins of sea-orm's own.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

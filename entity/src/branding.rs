//! How documents and screens look; resolved field by field: person, branch, dealership, system.

use sea_orm::entity::prelude::*;

use crate::positioned::Positioned;

/// One row of `branding`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, Positioned)]
#[sea_orm(table_name = "branding")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub dealership_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub branch_id: Option<Uuid>,
    pub user_id: Option<Uuid>,
    pub dealer_name: Option<String>,
    pub logo_url: Option<String>,
    /// `#rrggbb`.
    pub primary_color: Option<String>,
    pub address_line1: Option<String>,
    pub address_line2: Option<String>,
    pub brand_partner: Option<String>,
    pub footer_note: Option<String>,
    /// Where an uploaded logo lies; of a dealership or a branch, never of a person.
    pub logo_key: Option<String>,
    /// E.164 where it could be read so, else as written.
    pub phone: Option<String>,
    pub email: Option<String>,
    pub created_at: DateTimeUtc,
    pub updated_at: DateTimeUtc,
}

/// Relations are resolved by loaders inside a scope, never by joins of sea-orm's own.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

//! Somebody who asked about a bike.

use sea_orm::entity::prelude::*;

use crate::positioned::Positioned;

/// Where an enquiry stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "Text")]
pub enum Status {
    #[sea_orm(string_value = "OPEN")]
    Open,
    /// A sales quotation was made.
    #[sea_orm(string_value = "QUOTED")]
    Quoted,
    /// Ended in a bill.
    #[sea_orm(string_value = "WON")]
    Won,
    #[sea_orm(string_value = "LOST")]
    Lost,
}

/// One row of `enquiry`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, Positioned)]
#[sea_orm(table_name = "enquiry")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub dealership_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub branch_id: Uuid,
    pub status: Status,
    pub asked_at: DateTimeUtc,
    pub asked_on: Date,
    pub name: String,
    /// Sealed JSON `{nic, phone, address}`.
    pub contact: Option<Vec<u8>>,
    pub model_id: Option<Uuid>,
    pub notes: Option<String>,
    pub lost_reason: Option<String>,
    pub salesperson_id: Option<Uuid>,
    pub created_at: DateTimeUtc,
    pub updated_at: DateTimeUtc,
}

/// Relations are resolved by loaders inside a scope, never by joins of sea-orm's own.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

//! A bill taken back: bills are never changed once issued.

use sea_orm::entity::prelude::*;

use crate::positioned::Positioned;

/// One row of `credit_note`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, Positioned)]
#[sea_orm(table_name = "credit_note")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub dealership_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub branch_id: Uuid,
    pub credit_number: String,
    pub bill_id: Uuid,
    pub credited_at: DateTimeUtc,
    /// The dealership's local day of `credited_at`; fixed once set.
    pub credited_on: Date,
    pub reason: String,
    pub currency: String,
    /// The whole total of the bill.
    pub amount_minor: i64,
    pub vat_minor: Option<i64>,
    pub sscl_minor: Option<i64>,
    /// The unit came back into stock.
    pub unit_returned: bool,
    pub issued_by_id: Option<Uuid>,
    pub created_at: DateTimeUtc,
}

/// Relations are resolved by loaders inside a scope, never by joins of sea-orm's own.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

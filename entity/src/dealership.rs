//! A dealership: the tenant.

use sea_orm::entity::prelude::*;

use crate::positioned::Positioned;

/// One row of `dealership`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, Positioned)]
#[sea_orm(table_name = "dealership")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// Short name in addresses and on the command line, unique, e.g. `tmr-main`.
    pub code: String,
    pub name: String,
    /// ISO 4217 code of every amount of this dealership.
    pub currency: String,
    /// IANA zone in which its days begin, e.g. `Asia/Colombo`.
    pub time_zone: String,
    /// Below the list price by so many hundredths of a percent, sales staff need nobody's approval.
    pub discount_limit_bp: i32,
    /// The month, 1 to 12, with whose first day its fiscal year begins.
    pub fiscal_year_month: i16,
    /// Raised by whoever changes a row of `tenant::STEADY` or `tenant::RULES`.
    pub revision: i64,
    /// The day of its first sale of a three-wheeler; fixed once set.
    pub tricycle_sold_on: Option<Date>,
    pub created_at: DateTimeUtc,
    /// Whether key figures are shown to nobody who signed in without a second factor.
    pub reports_need_second_factor: bool,
}

/// Relations are resolved by loaders inside a scope, never by joins of sea-orm's own.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

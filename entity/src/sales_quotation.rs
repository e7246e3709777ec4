//! An offer of one bike to one customer, before there is a bill.

use sea_orm::entity::prelude::*;

use crate::kind::{SaleType, VehicleClass};
use crate::positioned::Positioned;

/// Where an offer stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "Text")]
pub enum Status {
    #[sea_orm(string_value = "DRAFT")]
    Draft,
    #[sea_orm(string_value = "SENT")]
    Sent,
    #[sea_orm(string_value = "ACCEPTED")]
    Accepted,
    #[sea_orm(string_value = "REJECTED")]
    Rejected,
    /// A bill was made of it, once.
    #[sea_orm(string_value = "CONVERTED")]
    Converted,
}

/// One row of `sales_quotation`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, Positioned)]
#[sea_orm(table_name = "sales_quotation")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub dealership_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub branch_id: Uuid,
    pub quotation_number: String,
    pub number_key: String,
    pub status: Status,
    pub quoted_at: DateTimeUtc,
    pub quoted_on: Date,
    /// Last day the offer holds.
    pub valid_until: Date,
    pub enquiry_id: Option<Uuid>,
    pub customer_id: Uuid,
    pub customer_name: String,
    /// Sealed JSON `{nic, phone, address}` as written on the document.
    pub buyer: Option<Vec<u8>>,
    pub salesperson_id: Option<Uuid>,
    pub model_id: Uuid,
    pub model_name: String,
    pub vehicle_class: VehicleClass,
    pub sale_type: SaleType,
    pub currency: String,
    pub vehicle_price_minor: i64,
    pub rmv_charge_minor: i64,
    pub down_payment_minor: Option<i64>,
    pub leased_minor: Option<i64>,
    pub total_minor: i64,
    pub finance_company_id: Option<Uuid>,
    pub proforma_number: Option<String>,
    pub proforma_on: Option<Date>,
    pub remarks: Option<String>,
    /// The bill made of it, once only.
    pub bill_id: Option<Uuid>,
    pub created_at: DateTimeUtc,
    pub updated_at: DateTimeUtc,
}

/// Relations are resolved by loaders inside a scope, never by joins of sea-orm's own.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

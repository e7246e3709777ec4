//! A bill: what one customer owes for one bike.

use sea_orm::entity::prelude::*;

use crate::kind::{SaleType, Source, VehicleClass};

/// Where a bill stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "Text")]
pub enum Status {
    /// An advance whose balance is open.
    #[sea_orm(string_value = "PENDING")]
    Pending,
    #[sea_orm(string_value = "COMPLETED")]
    Completed,
    #[sea_orm(string_value = "CANCELLED")]
    Cancelled,
    /// An advance that a completed bill has replaced.
    #[sea_orm(string_value = "CONVERTED")]
    Converted,
}

/// One row of `bill`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "bill")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub dealership_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub branch_id: Uuid,
    pub bill_number: String,
    /// The search form of `bill_number`.
    pub number_key: String,
    pub billed_at: DateTimeUtc,
    /// The dealership's local day of `billed_at`; fixed once set.
    pub bill_date: Date,
    pub status: Status,
    pub sale_type: SaleType,
    pub vehicle_class: VehicleClass,
    /// Taken as an advance: the unit is reserved, the balance follows.
    pub is_advance: bool,
    pub first_tricycle_sale: bool,
    pub customer_id: Uuid,
    /// As written on the bill.
    pub customer_name: String,
    /// Sealed JSON `{nic, phone, address}` as written on the bill.
    pub buyer: Option<Vec<u8>>,
    /// Membership of the seller.
    pub salesperson_id: Option<Uuid>,
    pub model_id: Option<Uuid>,
    /// As written on the bill.
    pub model_name: String,
    pub unit_id: Option<Uuid>,
    pub chassis_number: Option<String>,
    pub chassis_key: Option<String>,
    pub motor_number: Option<String>,
    pub motor_key: Option<String>,
    pub currency: String,
    pub vehicle_price_minor: i64,
    pub rmv_charge_minor: i64,
    pub down_payment_minor: Option<i64>,
    /// `max(vehicle price - down payment, 0)` of a leasing bill.
    pub leased_minor: Option<i64>,
    pub advance_minor: Option<i64>,
    /// What the customer pays the dealer.
    pub total_minor: i64,
    /// `total - payments` of a live bill; zero once cancelled or converted.
    pub balance_minor: i64,
    pub estimated_delivery_on: Option<Date>,
    pub finance_company_id: Option<Uuid>,
    pub proforma_number: Option<String>,
    pub proforma_on: Option<Date>,
    /// The converted advance that this bill completes; its only link, read in both directions.
    pub advance_bill_id: Option<Uuid>,
    pub source: Source,
    pub created_at: DateTimeUtc,
    pub updated_at: DateTimeUtc,
}

/// Relations are resolved by loaders inside a scope, never by joins of sea-orm's own.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

//! A bill: what one customer owes for one bike.

use sea_orm::entity::prelude::*;

use crate::kind::{SaleType, Source, VehicleClass};
use crate::positioned::Positioned;

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
    /// A sale taken back by a credit note.
    #[sea_orm(string_value = "CREDITED")]
    Credited,
}

/// One row of `bill`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, Positioned)]
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
    /// What is due less what was paid, the financier's payments apart. Due is the total of a live bill, else nothing: what
    /// was paid on a bill that no longer stands is owed back until it is refunded.
    pub balance_minor: i64,
    /// `leased - disbursed` of a bill that stands; what the financier still owes. Absent without a leased share.
    pub financier_balance_minor: Option<i64>,
    /// The leased share lies above the cap in force on the day; a flag, never a refusal.
    pub above_ltv_cap: bool,
    /// VAT within the vehicle price; absent where the source did not say.
    pub vat_minor: Option<i64>,
    /// SSCL within the vehicle price; absent where the source did not say.
    pub sscl_minor: Option<i64>,
    /// The dealership's taxpayer number in force on the day; absent on a plain invoice.
    pub supplier_tin: Option<String>,
    pub purchaser_tin: Option<String>,
    pub estimated_delivery_on: Option<Date>,
    pub delivered_on: Option<Date>,
    /// The dealership's local day of the cancellation; fixed once set.
    pub cancelled_on: Option<Date>,
    pub cancelled_reason: Option<String>,
    pub finance_company_id: Option<Uuid>,
    pub proforma_number: Option<String>,
    pub proforma_on: Option<Date>,
    /// What the sold unit cost landed, as known on the day of the sale; absent where unknown.
    pub landed_cost_minor: Option<i64>,
    /// The day from which the sold unit was in stock.
    pub unit_received_on: Option<Date>,
    /// The day on which another bill completed this advance.
    pub converted_on: Option<Date>,
    /// The converted advance that this bill completes; its only link, read in both directions.
    pub advance_bill_id: Option<Uuid>,
    pub source: Source,
    pub created_at: DateTimeUtc,
    pub updated_at: DateTimeUtc,
}

impl Column {
    /// What the key of a leasing company is shown of a bill: nothing of the customer.
    pub const TO_PARTNER: [Self; 13] = [
        Self::DealershipId,
        Self::Id,
        Self::BranchId,
        Self::BillNumber,
        Self::BillDate,
        Self::Status,
        Self::ChassisKey,
        Self::FinanceCompanyId,
        Self::Currency,
        Self::VehiclePriceMinor,
        Self::DownPaymentMinor,
        Self::LeasedMinor,
        Self::FinancierBalanceMinor,
    ];
}

/// Relations are resolved by loaders inside a scope, never by joins of sea-orm's own.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

//! The registration of a sold vehicle with the registrar of motor vehicles (RMV).

use sea_orm::entity::prelude::*;

use crate::positioned::Positioned;

/// How far a registration is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "Text")]
pub enum Status {
    /// Papers are being collected.
    #[sea_orm(string_value = "OPENED")]
    Opened,
    #[sea_orm(string_value = "DOCUMENTS_READY")]
    DocumentsReady,
    #[sea_orm(string_value = "SUBMITTED")]
    Submitted,
    #[sea_orm(string_value = "NUMBER_ISSUED")]
    NumberIssued,
    #[sea_orm(string_value = "BOOK_RECEIVED")]
    BookReceived,
    /// Done.
    #[sea_orm(string_value = "PLATE_RECEIVED")]
    PlateReceived,
    /// The sale was taken back.
    #[sea_orm(string_value = "CLOSED")]
    Closed,
}

/// One row of `rmv_case`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, Positioned)]
#[sea_orm(table_name = "rmv_case")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub dealership_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub branch_id: Uuid,
    pub bill_id: Uuid,
    /// The bill's, by which a leasing company's key finds its own.
    pub finance_company_id: Option<Uuid>,
    pub status: Status,
    pub opened_on: Date,
    /// The day promised to the customer.
    pub due_on: Date,
    pub documents_ready_on: Option<Date>,
    pub submitted_on: Option<Date>,
    pub number_issued_on: Option<Date>,
    pub book_received_on: Option<Date>,
    pub plate_received_on: Option<Date>,
    pub closed_on: Option<Date>,
    pub registration_number: Option<String>,
    pub created_at: DateTimeUtc,
    pub updated_at: DateTimeUtc,
}

impl Column {
    /// What the key of a leasing company is shown of a registration.
    pub const TO_PARTNER: [Self; 6] =
        [Self::DealershipId, Self::Id, Self::BranchId, Self::BillId, Self::FinanceCompanyId, Self::Status];
}

/// Relations are resolved by loaders inside a scope, never by joins of sea-orm's own.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

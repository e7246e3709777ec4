//! A repair or insurance-claim estimate, or the invoice made from one.

use sea_orm::entity::prelude::*;

use crate::positioned::Positioned;

/// Which document it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "Text")]
pub enum Kind {
    #[sea_orm(string_value = "QUOTATION")]
    Quotation,
    #[sea_orm(string_value = "INVOICE")]
    Invoice,
}

/// Where a quotation stands.
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
    #[sea_orm(string_value = "CONVERTED")]
    Converted,
}

/// One row of `quotation`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, Positioned)]
#[sea_orm(table_name = "quotation")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub dealership_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub branch_id: Uuid,
    pub quotation_number: String,
    pub number_key: String,
    pub kind: Kind,
    pub status: Status,
    pub quoted_at: DateTimeUtc,
    pub quoted_on: Date,
    pub customer_id: Uuid,
    pub customer_name: String,
    /// Sealed JSON `{nic, phone, address}` as written on the document.
    pub buyer: Option<Vec<u8>>,
    pub registration_number: Option<String>,
    pub accident_on: Option<Date>,
    pub claim_number: Option<String>,
    pub insurance_company: Option<String>,
    pub currency: String,
    pub total_minor: i64,
    pub remarks: Option<String>,
    pub salesperson_id: Option<Uuid>,
    /// The quotation that this invoice was made from, once only.
    pub converted_from_id: Option<Uuid>,
    pub created_at: DateTimeUtc,
    pub updated_at: DateTimeUtc,
}

/// Relations are resolved by loaders inside a scope, never by joins of sea-orm's own.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

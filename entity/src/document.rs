//! A document that was made: a file that stays as it is, and what was said on it.

use sea_orm::entity::prelude::*;

use crate::positioned::Positioned;

/// What is printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "Text")]
pub enum Kind {
    /// A bill of a dealership registered for VAT.
    #[sea_orm(string_value = "TAX_INVOICE")]
    TaxInvoice,
    /// A bill of any other.
    #[sea_orm(string_value = "INVOICE")]
    Invoice,
    /// A bill that was taken as an advance.
    #[sea_orm(string_value = "ADVANCE_RECEIPT")]
    AdvanceReceipt,
    #[sea_orm(string_value = "CREDIT_NOTE")]
    CreditNote,
    /// Of a bill, or of an offer.
    #[sea_orm(string_value = "PROFORMA")]
    Proforma,
    #[sea_orm(string_value = "SALES_QUOTATION")]
    SalesQuotation,
    #[sea_orm(string_value = "CLAIM_QUOTATION")]
    ClaimQuotation,
    #[sea_orm(string_value = "CLAIM_INVOICE")]
    ClaimInvoice,
    #[sea_orm(string_value = "STOCK_REPORT")]
    StockReport,
    #[sea_orm(string_value = "FINANCIER_REPORT")]
    FinancierReport,
    /// The bills of a month, in one file.
    #[sea_orm(string_value = "ARCHIVE")]
    Archive,
}

/// One row of `document`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, Positioned)]
#[sea_orm(table_name = "document")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub dealership_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// Absent where it is about all of the dealership, which no branch sees.
    pub branch_id: Option<Uuid>,
    pub kind: Kind,
    /// As printed; of a report, what it is about.
    pub number: String,
    /// The day printed on it.
    pub issued_on: Date,
    /// What it comes to, where it comes to something: a sale to what the customer pays, a proforma to what is to be leased.
    pub total_minor: Option<i64>,
    pub currency: String,
    /// The row that it is of, which has one original of a kind; its own id where it may be made any number of times.
    pub subject_id: Uuid,
    pub bill_id: Option<Uuid>,
    pub credit_note_id: Option<Uuid>,
    pub quotation_id: Option<Uuid>,
    pub sales_quotation_id: Option<Uuid>,
    /// The job that made it.
    pub job_id: Option<Uuid>,
    /// The layout it is set in.
    pub template_version: i32,
    /// A reprint: every page says `COPY ONLY`.
    pub is_copy: bool,
    /// Tells what bikes cost.
    pub shows_cost: bool,
    /// The key of its file.
    pub file: String,
    pub bytes: i64,
    /// Membership of whoever had it made; absent for head office and for the installation itself.
    pub created_by_id: Option<Uuid>,
    pub created_at: DateTimeUtc,
}

/// Relations are resolved by loaders inside a scope, never by joins of sea-orm's own.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

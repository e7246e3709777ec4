//! What is counted: a view over the documents, one row for each thing that counts.

use sea_orm::entity::prelude::*;

use crate::kind::SaleType;

/// What happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "Text")]
pub enum Kind {
    /// A sale; its id is the bill's.
    #[sea_orm(string_value = "SALE")]
    Sale,
    /// A sale taken back; its id is the credit note's.
    #[sea_orm(string_value = "TAKEN_BACK")]
    TakenBack,
    /// Money received or given back.
    #[sea_orm(string_value = "PAYMENT")]
    Payment,
    /// An advance taken; its id is the bill's.
    #[sea_orm(string_value = "ADVANCE")]
    Advance,
    /// A repair or claim quotation that was decided.
    #[sea_orm(string_value = "QUOTATION")]
    Quotation,
    /// A sales quotation that was decided.
    #[sea_orm(string_value = "OFFER")]
    Offer,
    /// A unit received.
    #[sea_orm(string_value = "RECEIPT")]
    Receipt,
}

crate::measures::with_measures!(measured("kpi_fact", Uuid, {
    kind: Kind,
    /// The dealership's local day it counts for.
    day: Date,
    model_id: Option<Uuid>,
    /// Membership of the seller.
    salesperson_id: Option<Uuid>,
    sale_type: Option<SaleType>,
    finance_company_id: Option<Uuid>,
}));

/// Relations are resolved by loaders inside a scope, never by joins of sea-orm's own.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

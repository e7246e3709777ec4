//! What is open now: a view over the documents, one row for each thing that waits for its end.

use sea_orm::entity::prelude::*;

use crate::positioned::Positioned;

/// What waits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "Text")]
pub enum Kind {
    /// A unit in stock, since its receipt; its amount is its cost.
    #[sea_orm(string_value = "STOCK")]
    Stock,
    /// What a customer owes, since it was due.
    #[sea_orm(string_value = "CUSTOMER_RECEIVABLE")]
    CustomerReceivable,
    /// What is owed to a customer, below zero; since its bill.
    #[sea_orm(string_value = "CUSTOMER_CREDIT")]
    CustomerCredit,
    /// What a leasing company has not paid out, since the sale.
    #[sea_orm(string_value = "FINANCIER_RECEIVABLE")]
    FinancierReceivable,
    /// An advance whose vehicle is to be delivered, since the promised day.
    #[sea_orm(string_value = "DELIVERY")]
    Delivery,
    /// A registration that is not done, since the promised day.
    #[sea_orm(string_value = "REGISTRATION")]
    Registration,
    /// A unit on its way to another branch, since it was sent; counted where it comes from.
    #[sea_orm(string_value = "TRANSFER")]
    Transfer,
}

/// One row; its id is that of the unit, the bill, the registration or the transfer.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, Positioned)]
#[sea_orm(table_name = "open_item")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub dealership_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub branch_id: Uuid,
    pub kind: Kind,
    /// The dealership's local day from which it is counted how old it is; it may lie ahead.
    pub since: Date,
    pub model_id: Option<Uuid>,
    pub finance_company_id: Option<Uuid>,
    /// ISO 4217 code of the amount; empty where there is none.
    pub currency: String,
    pub amount_minor: i64,
    /// 1 for a unit whose cost is not known: its amount is the list price.
    pub estimated: i64,
    /// 1 for a unit whose colour is not known.
    pub uncoloured: i64,
}

/// Relations are resolved by loaders inside a scope, never by joins of sea-orm's own.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

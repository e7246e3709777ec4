//! A branch's sales of a month by model, by salesperson and by financier, added up from facts.

use sea_orm::entity::prelude::*;

use crate::kind::SaleType;

/// By what the sales are told apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "Text")]
pub enum Dimension {
    #[sea_orm(string_value = "MODEL")]
    Model,
    #[sea_orm(string_value = "SALESPERSON")]
    Salesperson,
    /// By sale type and leasing company.
    #[sea_orm(string_value = "FINANCIER")]
    Financier,
}

crate::measures::with_measures!(measured_sales("kpi_breakdown", Option<Uuid>, {
    /// First day of the month.
    month: Date,
    dimension: Dimension,
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

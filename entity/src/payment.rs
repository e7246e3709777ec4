//! Money received against a bill.

use sea_orm::entity::prelude::*;

use crate::positioned::Positioned;

/// How money came in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "Text")]
pub enum Method {
    #[sea_orm(string_value = "CASH")]
    Cash,
    #[sea_orm(string_value = "CARD")]
    Card,
    #[sea_orm(string_value = "TRANSFER")]
    Transfer,
    #[sea_orm(string_value = "CHEQUE")]
    Cheque,
    #[sea_orm(string_value = "FINANCIER")]
    Financier,
    /// The source did not say.
    #[sea_orm(string_value = "UNKNOWN")]
    Unknown,
}

/// How sure an amount is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "Text")]
pub enum Basis {
    /// Taken and entered.
    #[sea_orm(string_value = "RECORDED")]
    Recorded,
    /// Concluded from an imported bill; the old system kept no payments.
    #[sea_orm(string_value = "ESTIMATED")]
    Estimated,
}

/// One row of `payment`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, Positioned)]
#[sea_orm(table_name = "payment")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub dealership_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub branch_id: Uuid,
    /// The bill it counts towards.
    pub bill_id: Uuid,
    /// The bill at which it was taken: an advance's payment carries over to the bill that completes it.
    pub received_bill_id: Uuid,
    pub paid_at: DateTimeUtc,
    pub paid_on: Date,
    pub method: Method,
    /// Negative when money is given back.
    pub amount_minor: i64,
    pub currency: String,
    pub basis: Basis,
    /// Number of the cheque, slip or transfer.
    pub reference: Option<String>,
    /// Membership of whoever took it.
    pub taken_by_id: Option<Uuid>,
    /// The payment that this one takes back: the same amount with the other sign.
    pub reverses_id: Option<Uuid>,
    pub created_at: DateTimeUtc,
}

/// Relations are resolved by loaders inside a scope, never by joins of sea-orm's own.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

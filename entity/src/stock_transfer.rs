//! One side of the move of a unit between two branches: each branch has a row of its own, so each sees it.

use sea_orm::entity::prelude::*;

use crate::positioned::Positioned;

/// Which side of a transfer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "Text")]
pub enum Side {
    /// The branch that gives the unit; the side that counts.
    #[sea_orm(string_value = "SENDING")]
    Sending,
    #[sea_orm(string_value = "RECEIVING")]
    Receiving,
}

/// Where a transfer stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "Text")]
pub enum Status {
    #[sea_orm(string_value = "REQUESTED")]
    Requested,
    #[sea_orm(string_value = "IN_TRANSIT")]
    InTransit,
    #[sea_orm(string_value = "RECEIVED")]
    Received,
    #[sea_orm(string_value = "CANCELLED")]
    Cancelled,
}

/// One row of `stock_transfer`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, Positioned)]
#[sea_orm(table_name = "stock_transfer")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub dealership_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The branch whose side this is.
    pub branch_id: Uuid,
    /// The same on both sides.
    pub transfer_id: Uuid,
    pub side: Side,
    pub other_branch_id: Uuid,
    /// As when requested: the row of the other branch is out of reach of this one's staff.
    pub other_branch_code: String,
    pub unit_id: Uuid,
    /// As when requested: the receiving branch does not see the unit itself before it arrives.
    pub model_name: String,
    pub chassis_number: String,
    pub status: Status,
    pub requested_at: DateTimeUtc,
    pub requested_on: Date,
    pub sent_on: Option<Date>,
    pub received_on: Option<Date>,
    pub cancelled_on: Option<Date>,
    pub notes: Option<String>,
    pub created_at: DateTimeUtc,
    pub updated_at: DateTimeUtc,
}

/// Relations are resolved by loaders inside a scope, never by joins of sea-orm's own.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

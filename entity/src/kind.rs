//! Kinds that several tables share. States and kinds are text in the database: an enum type there is
//! not leakproof, so row-level security would keep its index from being used.

use sea_orm::entity::prelude::*;

/// How the registrar classes a vehicle; decides its charges.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "Text")]
pub enum VehicleClass {
    /// Registered with the RMV.
    #[sea_orm(string_value = "E_MOTORCYCLE")]
    EMotorcycle,
    /// An e-bicycle; not registered.
    #[sea_orm(string_value = "E_MOTORBICYCLE")]
    EMotorbicycle,
    #[sea_orm(string_value = "E_TRICYCLE")]
    ETricycle,
}

/// How a sale is financed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "Text")]
pub enum SaleType {
    #[sea_orm(string_value = "CASH")]
    Cash,
    #[sea_orm(string_value = "LEASING")]
    Leasing,
}

/// What a person does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "Text")]
pub enum Role {
    #[sea_orm(string_value = "HQ_ADMIN")]
    HqAdmin,
    #[sea_orm(string_value = "HQ_ANALYST")]
    HqAnalyst,
    #[sea_orm(string_value = "DEALER_ADMIN")]
    DealerAdmin,
    #[sea_orm(string_value = "BRANCH_MANAGER")]
    BranchManager,
    #[sea_orm(string_value = "SALES")]
    Sales,
    #[sea_orm(string_value = "INVENTORY")]
    Inventory,
    #[sea_orm(string_value = "SERVICE")]
    Service,
    #[sea_orm(string_value = "AUDITOR")]
    Auditor,
}

/// Where a row came from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "Text")]
pub enum Source {
    #[sea_orm(string_value = "LIVE")]
    Live,
    #[sea_orm(string_value = "IMPORTED")]
    Imported,
}

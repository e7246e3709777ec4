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

/// Why a signed-in device was signed out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "Text")]
pub enum SessionEnd {
    #[sea_orm(string_value = "SIGNED_OUT")]
    SignedOut,
    /// From another of the person's devices.
    #[sea_orm(string_value = "ENDED_BY_OWNER")]
    EndedByOwner,
    #[sea_orm(string_value = "ENDED_BY_ADMINISTRATOR")]
    EndedByAdministrator,
    /// The password or the second factor became another one.
    #[sea_orm(string_value = "CREDENTIAL_CHANGED")]
    CredentialChanged,
    /// A refresh token was used that another had taken the place of: somebody has a copy.
    #[sea_orm(string_value = "REUSED")]
    Reused,
}

/// What a link that works once is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "Text")]
pub enum LinkKind {
    /// A first password.
    #[sea_orm(string_value = "INVITATION")]
    Invitation,
    /// Another password.
    #[sea_orm(string_value = "RESET")]
    Reset,
    /// The installation's first administrator.
    #[sea_orm(string_value = "SETUP")]
    Setup,
}

/// What a message is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "Text")]
pub enum MailKind {
    #[sea_orm(string_value = "INVITATION")]
    Invitation,
    #[sea_orm(string_value = "RESET")]
    Reset,
    #[sea_orm(string_value = "PASSWORD_CHANGED")]
    PasswordChanged,
    #[sea_orm(string_value = "SECOND_FACTOR_CHANGED")]
    SecondFactorChanged,
    #[sea_orm(string_value = "BILL")]
    Bill,
}

/// What became of a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "Text")]
pub enum MailState {
    #[sea_orm(string_value = "WAITING")]
    Waiting,
    /// The whole of it is on its way to the server. Where that ends without an answer, only the server knows.
    #[sea_orm(string_value = "SENDING")]
    Sending,
    #[sea_orm(string_value = "SENT")]
    Sent,
    /// The server will never take it.
    #[sea_orm(string_value = "REFUSED")]
    Refused,
    /// It was not sent in time, or not after all attempts.
    #[sea_orm(string_value = "GIVEN_UP")]
    GivenUp,
    /// The server was given it and said nothing: it may have arrived, so it is not sent again.
    #[sea_orm(string_value = "UNKNOWN")]
    Unknown,
}

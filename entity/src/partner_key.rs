//! A key by which a leasing company's programs ask about the bills it finances.

use sea_orm::entity::prelude::*;

use crate::positioned::Positioned;

/// Something a key may be used for. In clear and one by one: there is no value for everything.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "Text")]
pub enum KeyScope {
    /// How far a financed bill and its registration are, and what is due.
    #[sea_orm(string_value = "bill_status:read")]
    BillStatusRead,
}

/// One row of `partner_key`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, Positioned)]
#[sea_orm(table_name = "partner_key")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub dealership_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// Whose key it is.
    pub finance_company_id: Uuid,
    pub name: String,
    /// The part of the key's text by which it is found; random, so that no two are equal.
    pub key_id: String,
    /// SHA-256 of the whole text, which is kept nowhere.
    pub key_hash: Vec<u8>,
    /// By which people tell one key from another.
    pub last_four: String,
    /// The values of [`KeyScope`] it has, apart by spaces.
    pub scopes: String,
    /// Networks it may be used from, as CIDR apart by spaces; empty: any.
    pub networks: String,
    /// Limited to the branches of `partner_key_branch`.
    pub of_branches: bool,
    pub expires_at: DateTimeUtc,
    /// Membership of whoever made it.
    pub created_by_id: Option<Uuid>,
    pub created_at: DateTimeUtc,
    /// At most once a minute.
    pub last_used_at: Option<DateTimeUtc>,
    /// Where that was: the /24 of an IPv4 address, the /48 of an IPv6 one.
    pub last_used_network: Option<String>,
    pub revoked_at: Option<DateTimeUtc>,
    /// Membership of whoever revoked it.
    pub revoked_by_id: Option<Uuid>,
    pub revoked_reason: Option<String>,
    /// The key that takes its place.
    pub successor_id: Option<Uuid>,
}

/// Relations are resolved by loaders inside a scope, never by joins of sea-orm's own.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

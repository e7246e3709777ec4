//! A person who can sign in; shared, because one person may serve several dealerships.

use sea_orm::Iterable;
use sea_orm::entity::prelude::*;

use crate::kind::Role;
use crate::positioned::Positioned;

/// One row of `user_account`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, Positioned)]
#[sea_orm(table_name = "user_account")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub email: String,
    /// The address in lower case; unique.
    pub email_key: String,
    pub name: String,
    /// Argon2id in PHC form; absent until the person has chosen a password.
    pub password_hash: Option<String>,
    /// A role over every dealership of the installation (HQ only).
    pub group_role: Option<Role>,
    /// Sealed JSON `{nic, phone, address}`.
    pub personal: Option<Vec<u8>>,
    pub disabled_at: Option<DateTimeUtc>,
    pub created_at: DateTimeUtc,
}

impl Column {
    /// What colleagues may be shown of a person. What passwords are checked against is read by the installation alone.
    pub fn shown() -> impl Iterator<Item = Self> {
        Self::iter().filter(|column| !matches!(column, Self::PasswordHash))
    }
}

/// Relations are resolved by loaders inside a scope, never by joins of sea-orm's own.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

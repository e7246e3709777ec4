//! What a user is in a dealership: one role, over one branch or all of them.

use sea_orm::entity::prelude::*;

use crate::kind::Role;
use crate::positioned::Positioned;

/// One row of `membership`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, Positioned)]
#[sea_orm(table_name = "membership")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub dealership_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// Absent: every branch of the dealership.
    pub branch_id: Option<Uuid>,
    pub user_id: Uuid,
    pub role: Role,
    pub ended_at: Option<DateTimeUtc>,
    pub created_at: DateTimeUtc,
    /// What the dealership calls the person; absent where it never said, and the account's name counts.
    pub name: Option<String>,
    /// The outside identity provider whose word it follows; absent where people gave it.
    pub provider: Option<String>,
}

/// Relations are resolved by loaders inside a scope, never by joins of sea-orm's own.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

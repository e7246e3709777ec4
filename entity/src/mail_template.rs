//! Words that a dealership has of its own for letters of a kind. Each change adds a row; the last one holds.

use sea_orm::entity::prelude::*;

use crate::kind::MailKind;
use crate::positioned::Positioned;

/// One row of `mail_template`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, Positioned)]
#[sea_orm(table_name = "mail_template")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub dealership_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub kind: MailKind,
    /// Absent, as the body is then: the program's own words from now on.
    pub subject: Option<String>,
    pub body: Option<String>,
    pub created_at: DateTimeUtc,
}

/// Relations are resolved by loaders inside a scope, never by joins of sea-orm's own.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

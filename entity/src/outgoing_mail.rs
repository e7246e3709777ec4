//! A message to a person that is to be sent.

use sea_orm::entity::prelude::*;

use crate::kind::MailKind;

/// One row of `outgoing_mail`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "outgoing_mail")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub user_id: Uuid,
    pub kind: MailKind,
    /// Sealed JSON of what the message says, secrets of links included.
    pub body: Vec<u8>,
    pub sent_at: Option<DateTimeUtc>,
    pub created_at: DateTimeUtc,
}

/// Relations are resolved by loaders inside a scope, never by joins of sea-orm's own.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

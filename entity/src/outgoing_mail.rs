//! A message to a person that is to be sent, and what became of it.

use sea_orm::entity::prelude::*;

use crate::kind::{MailKind, MailState};
use crate::positioned::Positioned;

/// One row of `outgoing_mail`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, Positioned)]
#[sea_orm(table_name = "outgoing_mail")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// Whose account it is about, and whose address it goes to; absent for customers.
    pub user_id: Option<Uuid>,
    /// In whose name it is written; absent for the installation.
    pub dealership_id: Option<Uuid>,
    pub kind: MailKind,
    /// What it is written because of: nothing is written twice because of the same.
    pub cause: Option<String>,
    /// Sealed JSON of what the message says, secrets of links and addresses of customers included.
    pub body: Vec<u8>,
    pub state: MailState,
    /// How often a server was asked to take it.
    pub attempts: i32,
    /// Whoever is sending it, and until when that may take.
    pub claim: Option<Uuid>,
    pub claimed_until: Option<DateTimeUtc>,
    /// Codes of the server's last answer, e.g. `550 5.1.1`; never its words.
    pub answer: Option<String>,
    /// When it is of no use any more.
    pub good_until: Option<DateTimeUtc>,
    pub sent_at: Option<DateTimeUtc>,
    pub created_at: DateTimeUtc,
}

/// Relations are resolved by loaders inside a scope, never by joins of sea-orm's own.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

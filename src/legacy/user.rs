//! `users`: people, and what they are in the dealership. Old password hashes are not taken over.

use std::collections::{HashMap, HashSet};

use chrono::{DateTime, Utc};
use entity::kind::Role;
use entity::{membership, user};
use uuid::Uuid;

use super::document::Document;
use super::ground::Ground;
use super::journal::Journal;
use super::load::Rows;
use super::note::{Notes, Rejection, required};
use super::page;
use super::personal::{self, Fields};
use crate::crypto::Place;
use crate::database::Tx;
use crate::error::Result;
use crate::identity;

const PERSONAL: Fields = Fields { nic: "nic", phone: "phoneNumber", address: "address" };

/// Makes accounts and memberships.
pub(super) struct Users<'a> {
    ground: &'a Ground<'a>,
    /// Accounts of the installation by their address in lower case.
    accounts: HashMap<String, Uuid>,
    /// Accounts that this dump has named already.
    named: HashSet<Uuid>,
    users: Vec<user::Model>,
    memberships: Vec<membership::Model>,
}

impl<'a> Users<'a> {
    pub(super) async fn open(ground: &'a Ground<'a>, tx: &Tx) -> Result<Self> {
        let mut accounts = HashMap::new();
        let query = tx.scope().select_accounts()?;
        page::each(
            tx,
            query,
            user::Column::Id,
            |row| row.id,
            |row| {
                accounts.insert(row.email_key, row.id);
            },
        )
        .await?;
        Ok(Self { ground, accounts, named: HashSet::new(), users: Vec::new(), memberships: Vec::new() })
    }

    /// The account with this address: the one there is, never changed, or a new one.
    fn account(
        &mut self,
        document: &Document<'_>,
        (email, created_at, updated_at): (String, DateTime<Utc>, DateTime<Utc>),
        notes: &mut Notes,
    ) -> Uuid {
        let locked = document.flag("accountLocked").unwrap_or(false);
        let email_key = identity::email_key(&email);
        if let Some(known) = self.accounts.get(&email_key).copied() {
            if locked {
                notes.repair("accountLocked", "left as it is", "the account was here already");
            }
            if !self.named.insert(known) {
                notes.repair("email", "a second membership of one account", "another document has the same address");
            }
            return known;
        }
        let id = crate::id::derived(created_at, &[b"user_account", email_key.as_bytes()]);
        let identity = personal::identity(document, &PERSONAL, self.ground.passphrases, notes);
        let place = Place { dealership: Uuid::nil(), table: "user_account", column: "personal", row: id };
        self.users.push(user::Model {
            id,
            name: document.text("name").unwrap_or_else(|| email.clone()),
            email,
            email_key: email_key.clone(),
            password_hash: None,
            group_role: None,
            personal: (!personal::is_empty(&identity)).then(|| identity.seal(self.ground.keys, place)),
            disabled_at: locked.then_some(updated_at),
            created_at,
        });
        self.accounts.insert(email_key, id);
        self.named.insert(id);
        id
    }
}

impl Rows for Users<'_> {
    fn take(&mut self, document: &Document<'_>, notes: &mut Notes) -> Result<Uuid, Rejection> {
        let email = required(document.text("email"), "email")?;
        let (created_at, updated_at) = required(document.times(None), "createdAt")?;
        let admin = match document.text("role").map(|role| role.to_lowercase()).as_deref() {
            Some("admin") => true,
            Some("user") => false,
            _ => {
                notes.repair("role", "taken as user", "is neither admin nor user");
                false
            }
        };
        let user_id = self.account(document, (email, created_at, updated_at), notes);
        let id = self.ground.id(created_at, &["users", &notes.origin.id]);
        self.memberships.push(membership::Model {
            dealership_id: self.ground.dealership,
            id,
            branch_id: (!admin).then_some(self.ground.branch),
            user_id,
            role: if admin { Role::DealerAdmin } else { Role::Sales },
            ended_at: None,
            created_at,
            name: document.text("name"),
            provider: None,
        });
        Ok(id)
    }

    async fn write(&mut self, tx: &Tx) -> Result<()> {
        tx.insert_shared::<user::Entity>(std::mem::take(&mut self.users)).await?;
        tx.insert::<membership::Entity>(std::mem::take(&mut self.memberships)).await
    }
}

/// The imported people, by their old ids.
pub(super) struct Staff<'a> {
    journal: &'a Journal,
    users: HashMap<Uuid, Uuid>,
}

impl<'a> Staff<'a> {
    pub(super) async fn open(journal: &'a Journal, tx: &Tx) -> Result<Self> {
        let mut users = HashMap::new();
        let query = tx.select::<membership::Entity>();
        page::each(
            tx,
            query,
            membership::Column::Id,
            |row| row.id,
            |row| {
                users.insert(row.id, row.user_id);
            },
        )
        .await?;
        Ok(Self { journal, users })
    }

    /// The membership that `field` refers to; noted and absent when it is nobody's.
    pub(super) fn membership(&self, document: &Document<'_>, field: &'static str, notes: &mut Notes) -> Option<Uuid> {
        let legacy_id = document.reference(field)?;
        let found = self.journal.row(&legacy_id).filter(|id| self.users.contains_key(id));
        if found.is_none() {
            notes.repair(field, "left out", "refers to a user who is not there");
        }
        found
    }

    /// The account that `field` refers to; noted and absent when it is nobody's.
    pub(super) fn user(&self, document: &Document<'_>, field: &'static str, notes: &mut Notes) -> Option<Uuid> {
        self.membership(document, field, notes).map(|membership| self.users[&membership])
    }
}

//! Keys of leasing companies: made, replaced, revoked. What a key may is never changed: another key is made.
//!
//! A key reaches a dealership, so whoever acts in one branch of it keeps none: it would reach further than they do.

mod create;
mod end;

pub use create::{CreatePartnerKey, Limits};
pub use end::{RevokePartnerKey, RotatePartnerKey};

use chrono::{DateTime, Months, Utc};
use entity::finance_company;
use entity::partner_key::{Entity, Model};
use secrecy::SecretString;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{Check, Desk, Event};
use crate::auth::KeyText;
use crate::error::{Refusal, RefusalCode, Result};
use crate::store::load::Key;

/// Months that a key lives at most.
const LONGEST_LIFE: Months = Months::new(24);

/// A key that was made.
#[derive(Serialize, Deserialize)]
pub struct Issued {
    /// Which.
    pub key: Key,
    /// Its text, for whoever asked first: it is kept nowhere, so the same request again is answered without it.
    #[serde(skip)]
    pub text: Option<SecretString>,
}

/// What there is to say of a key that is being made.
struct Draft {
    finance_company_id: Uuid,
    name: String,
    scopes: String,
    networks: String,
    /// Absent: all of them.
    branches: Option<Vec<Uuid>>,
    expires_at: DateTime<Utc>,
}

impl Draft {
    /// Writes the key.
    async fn issue(self, desk: &Desk<'_>) -> Result<(Model, SecretString)> {
        use entity::partner_key_branch as limit;
        let text = KeyText::generate();
        let Self { finance_company_id, name, scopes, networks, branches, expires_at } = self;
        let row = Model {
            dealership_id: desk.dealership_id()?,
            id: desk.fresh_id(),
            finance_company_id,
            name,
            key_id: text.key_id().to_owned(),
            key_hash: text.hash().to_vec(),
            last_four: text.last_four().to_owned(),
            scopes,
            networks,
            of_branches: branches.is_some(),
            expires_at,
            created_by_id: desk.membership(None)?,
            created_at: desk.now,
            last_used_at: None,
            last_used_network: None,
            revoked_at: None,
            revoked_by_id: None,
            revoked_reason: None,
            successor_id: None,
        };
        let of_branch = |branch_id| limit::Model {
            dealership_id: row.dealership_id,
            id: desk.fresh_id(),
            partner_key_id: row.id,
            branch_id,
        };
        let limits = branches.into_iter().flatten().map(of_branch).collect();
        desk.insert::<Entity>(vec![row.clone()]).await?;
        desk.insert::<limit::Entity>(limits).await?;
        Ok((row, text.into_secret()))
    }
}

/// # Errors
/// A refusal to somebody who acts in one branch.
fn acts_in_all_branches(desk: &Desk<'_>) -> Result<()> {
    match desk.asker().reach_branch() {
        None => Ok(()),
        Some(_) => {
            let message = "Keys are kept for the whole dealership, and you act in one branch of it.";
            Err(Refusal::new(RefusalCode::Invalid, "", message).into())
        }
    }
}

/// # Errors
/// A refusal of `field` for a company that the dealership works with no longer.
fn is_worked_with(company: &finance_company::Model, field: &str) -> Result<()> {
    match company.retired_at {
        None => Ok(()),
        Some(_) => Err(Refusal::new(RefusalCode::Invalid, field, "This company is retired.").into()),
    }
}

/// The end of a key's life.
fn checked_end(desk: &Desk<'_>, check: &mut Check, expires_at: DateTime<Utc>) {
    let latest = desk.now.checked_add_months(LONGEST_LIFE);
    if expires_at <= desk.now {
        check.refuse(RefusalCode::OutOfRange, "expiresAt", "This is over already.");
    } else if latest.is_none_or(|latest| expires_at > latest) {
        check.refuse(RefusalCode::OutOfRange, "expiresAt", "A key lives two years at most.");
    }
}

fn key(row: &Model) -> Key {
    Key { dealership: row.dealership_id, id: row.id }
}

/// Names the key by what does not open anything.
fn event<'a>(action: &'static str, row: &Model) -> Event<'a> {
    let summary = format!("{} ({}, …{})", row.name, row.key_id, row.last_four);
    Event { action, table: "partner_key", row: row.id, branch: None, summary }
}

//! Making, replacing and revoking keys of leasing companies.

use async_graphql::{Context, ID, InputObject, Object, SimpleObject};
use chrono::{DateTime, Utc};
use secrecy::ExposeSecret;

use super::super::change::{Changed, UserError, named, payload};
use super::super::context::{Cx, cx};
use super::super::eager::Eager;
use super::super::global_id::Tag;
use super::super::requires::requires;
use super::{PartnerKey, PartnerKeyScope};
use crate::auth;
use crate::error::Result;
use crate::permission::Permission;
use crate::service::partner_key::{CreatePartnerKey, Issued, Limits, RevokePartnerKey, RotatePartnerKey};
use crate::store::load::Key;

/// A key to make.
#[derive(InputObject)]
pub(in crate::graphql) struct CreatePartnerKeyInput {
    /// Fresh for each key, 8 to 64 characters: the same request twice makes one. Its text is in the first answer only.
    idempotency_key: String,
    /// Whose it is to be.
    finance_company: ID,
    /// What people call it; 120 characters at most.
    name: String,
    /// What it may be used for; one at least.
    scopes: Vec<PartnerKeyScope>,
    /// The branches whose bills it may be used for; left out: all of them. 50 at most.
    branches: Option<Vec<ID>>,
    /// The networks it may be used from, e.g. `203.0.113.0/24`, or single addresses; left out: from anywhere. 50 at most.
    networks: Option<Vec<String>>,
    /// When it stops; two years ahead at most.
    expires_at: DateTime<Utc>,
}

/// A key to replace by another one of the same limits.
#[derive(InputObject)]
pub(in crate::graphql) struct RotatePartnerKeyInput {
    /// Fresh for each key, 8 to 64 characters: the same request twice makes one. Its text is in the first answer only.
    idempotency_key: String,
    /// Which.
    partner_key: ID,
    /// Days for which it lives on beside the new one, 0 to 30; 7 if left out. It never lives longer than it would have.
    overlap_days: Option<i32>,
    /// When the new one stops, two years ahead at most; left out: it lives as long as the old one was made for.
    expires_at: Option<DateTime<Utc>>,
}

/// A key to take back.
#[derive(InputObject)]
pub(in crate::graphql) struct RevokePartnerKeyInput {
    /// Which.
    partner_key: ID,
    /// Why; 200 characters at most.
    reason: String,
}

payload! {
    /// What became of a key.
    PartnerKeyPayload {
        /// The key; null when it was refused.
        partner_key: PartnerKey
    }
}

/// What became of a key that was to be made.
#[derive(SimpleObject)]
pub(in crate::graphql) struct IssuedPartnerKeyPayload {
    /// The new key; null when it was refused.
    partner_key: Option<Eager<PartnerKey>>,
    /// Its text, for the leasing company alone. It is kept nowhere: null when the same request is asked again.
    secret: Option<String>,
    /// Why it was refused; empty when it was done.
    user_errors: Vec<UserError>,
}

impl IssuedPartnerKeyPayload {
    async fn of(cx: &Cx, changed: Changed<Issued>) -> Result<Self> {
        let (key, text) = match changed {
            Ok(Issued { key, text }) => (Ok(key), text),
            Err(refused) => (Err(refused), None),
        };
        let (partner_key, user_errors) = cx.changed(key).await?;
        Ok(Self { partner_key, secret: text.map(|text| text.expose_secret().to_owned()), user_errors })
    }
}

impl CreatePartnerKeyInput {
    fn resolve(self) -> Result<CreatePartnerKey> {
        let Self { idempotency_key: _, finance_company, name, scopes, branches, networks, expires_at } = self;
        let branch = |(at, id): (usize, &ID)| named(Tag::Branch, &format!("branches.{at}"), id);
        let branches = branches.map(|ids| ids.iter().enumerate().map(branch).collect::<Result<_>>()).transpose()?;
        Ok(CreatePartnerKey {
            finance_company: named(Tag::FinanceCompany, "financeCompany", &finance_company)?,
            name,
            limits: Limits {
                scopes: scopes.into_iter().map(Into::into).collect(),
                branches,
                networks: networks.unwrap_or_default(),
            },
            expires_at,
        })
    }
}

impl RotatePartnerKeyInput {
    fn resolve(self) -> Result<RotatePartnerKey> {
        let Self { idempotency_key: _, partner_key, overlap_days, expires_at } = self;
        Ok(RotatePartnerKey { partner_key: the_key(&partner_key)?, overlap_days, expires_at })
    }
}

impl RevokePartnerKeyInput {
    fn resolve(self) -> Result<RevokePartnerKey> {
        let Self { partner_key, reason } = self;
        Ok(RevokePartnerKey { partner_key: the_key(&partner_key)?, reason })
    }
}

fn the_key(id: &ID) -> Result<Key> {
    named(Tag::PartnerKey, "partnerKey", id)
}

/// The request of somebody who may keep keys and gave a second factor lately.
fn keeper<'a>(ctx: &Context<'a>) -> Result<&'a Cx> {
    let cx = cx(ctx);
    cx.scope()?.require(Permission::KeepPartnerKeys)?;
    cx.step_up().map(|()| cx)
}

#[derive(Default)]
pub(in crate::graphql) struct PartnerKeyMutation;

#[Object]
impl PartnerKeyMutation {
    /// Makes a key for a leasing company's programs. Its text is in this answer and nowhere else: hand it over by a safe
    /// way, or lose it.
    #[graphql(directive = requires::apply("mfa".to_owned(), Some(auth::FRESH)))]
    async fn create_partner_key(
        &self,
        ctx: &Context<'_>,
        input: CreatePartnerKeyInput,
    ) -> async_graphql::Result<IssuedPartnerKeyPayload> {
        let (cx, key) = (keeper(ctx)?, input.idempotency_key.clone());
        Ok(IssuedPartnerKeyPayload::of(cx, cx.change(input.resolve(), Some(&key)).await?).await?)
    }

    /// Makes another key of the same limits in a key's place. Both hold until the overlap is over; the answer is the new
    /// one's, with its text.
    #[graphql(directive = requires::apply("mfa".to_owned(), Some(auth::FRESH)))]
    async fn rotate_partner_key(
        &self,
        ctx: &Context<'_>,
        input: RotatePartnerKeyInput,
    ) -> async_graphql::Result<IssuedPartnerKeyPayload> {
        let (cx, key) = (keeper(ctx)?, input.idempotency_key.clone());
        Ok(IssuedPartnerKeyPayload::of(cx, cx.change(input.resolve(), Some(&key)).await?).await?)
    }

    /// Takes a key back: from now on it opens nothing. A key that took its place goes on.
    #[graphql(directive = requires::apply("mfa".to_owned(), Some(auth::FRESH)))]
    async fn revoke_partner_key(
        &self,
        ctx: &Context<'_>,
        input: RevokePartnerKeyInput,
    ) -> async_graphql::Result<PartnerKeyPayload> {
        let cx = keeper(ctx)?;
        Ok(PartnerKeyPayload::of(cx, cx.change(input.resolve(), None).await?).await?)
    }
}

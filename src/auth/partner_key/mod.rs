//! A leasing company's key → [`Scope`].

mod text;

pub use text::KeyText;

use std::net::IpAddr;
use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use entity::partner_key::{Column, Entity, KeyScope, Model};
use entity::{finance_company, partner_key_branch};
use sea_orm::sea_query::{Condition, Expr};
use sea_orm::{ColumnTrait, QueryFilter, QueryOrder};
use uuid::Uuid;

use super::visitor::network;
use crate::app::App;
use crate::database::Tx;
use crate::error::{Error, Result};
use crate::scope::{Reach, Scope};
use crate::store::partner_key::{is_allowed_from, is_live, scopes};

/// How often a use is noted.
const NOTED_EVERY: TimeDelta = TimeDelta::minutes(1);

/// How long a request waits for its use to be noted.
const PATIENCE: Duration = Duration::from_secs(1);

/// A program of a leasing company's whose key was verified just now.
pub struct Partner {
    scope: Scope,
    key: Model,
}

impl Partner {
    /// How far the key reaches.
    pub fn scope(&self) -> &Scope {
        &self.scope
    }

    /// The key's row.
    pub fn key(&self) -> &Model {
        &self.key
    }

    /// Fails with `FORBIDDEN` unless the key has a scope.
    pub fn require(&self, scope: KeyScope) -> Result<()> {
        if scopes(&self.key).contains(&scope) { Ok(()) } else { Err(Error::Forbidden) }
    }
}

/// The partner who holds the key with this text and asks from this address, with the key as it is now.
///
/// # Errors
/// `UNAUTHENTICATED`, whatever is wrong.
pub async fn authenticate_partner(app: &App, text: &str, address: Option<IpAddr>) -> Result<Partner> {
    let text = KeyText::parse(text).ok_or(Error::Unauthenticated)?;
    // An IPv4 address may come written as IPv6.
    let address = address.map(|address| address.to_canonical());
    let now = app.now();
    let partner = find(app, &text, address, now).await?.ok_or(Error::Unauthenticated)?;
    note_use(app, &partner.key, address, now).await;
    Ok(partner)
}

async fn find(app: &App, text: &KeyText, address: Option<IpAddr>, now: DateTime<Utc>) -> Result<Option<Partner>> {
    let tx = app.read(Scope::system("authenticate a partner")).await?;
    let found = tx.all(tx.select::<Entity>().filter(Column::KeyId.eq(text.key_id()))).await?;
    let key = found.into_iter().find(|key| text.is_kept_as(&key.key_hash));
    let Some(key) = key.filter(|key| is_live(key, now) && is_allowed_from(key, address)) else { return Ok(None) };
    let company = tx
        .select::<finance_company::Entity>()
        .filter(finance_company::Column::DealershipId.eq(key.dealership_id))
        .filter(finance_company::Column::Id.eq(key.finance_company_id))
        .filter(finance_company::Column::RetiredAt.is_null());
    if tx.one(company).await?.is_none() {
        return Ok(None);
    }
    let scope = Scope::of_partner(key.id, key.finance_company_id, reach(&tx, &key).await?);
    Ok(Some(Partner { scope, key }))
}

async fn reach(tx: &Tx, key: &Model) -> Result<Reach> {
    use partner_key_branch::Column;
    let dealership = key.dealership_id;
    if !key.of_branches {
        return Ok(Reach::Dealership(dealership));
    }
    let limits = tx
        .select::<partner_key_branch::Entity>()
        .filter(Column::DealershipId.eq(dealership))
        .filter(Column::PartnerKeyId.eq(key.id))
        .order_by_asc(Column::BranchId);
    let branches: Vec<Uuid> = tx.all(limits).await?.into_iter().map(|limit| limit.branch_id).collect();
    Ok(match branches[..] {
        [branch] => Reach::Branch { dealership, branch },
        _ => Reach::Branches { dealership, branches },
    })
}

/// Notes that a key was used, apart from the request: a use that cannot be noted is let go.
async fn note_use(app: &App, key: &Model, address: Option<IpAddr>, now: DateTime<Utc>) {
    let is_noted = key.last_used_at.is_some_and(|at| at <= now && now < at + NOTED_EVERY);
    if is_noted {
        return;
    }
    match tokio::time::timeout(PATIENCE, write_use(app, key, address, now)).await {
        Ok(Ok(())) => {}
        Ok(Err(error)) => tracing::warn!(code = error.code(), "the use of a partner's key could not be noted"),
        Err(_) => tracing::warn!("the use of a partner's key could not be noted in time"),
    }
}

async fn write_use(app: &App, key: &Model, address: Option<IpAddr>, now: DateTime<Utc>) -> Result<()> {
    let tx = app.write(Scope::system("a partner's key was used").within(key.dealership_id)?).await?;
    // Many may come here at once: one of them writes.
    let is_due = Condition::any()
        .add(Column::LastUsedAt.is_null())
        .add(Column::LastUsedAt.lte(now - NOTED_EVERY))
        .add(Column::LastUsedAt.gt(now));
    let used = tx
        .scope()
        .update::<Entity>()
        .filter(Column::DealershipId.eq(key.dealership_id))
        .filter(Column::Id.eq(key.id))
        .filter(is_due)
        .col_expr(Column::LastUsedAt, Expr::value(now))
        .col_expr(Column::LastUsedNetwork, Expr::value(address.map(network)));
    tx.update(used).await?;
    tx.commit().await
}

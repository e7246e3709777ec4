//! Keys of leasing companies.

use std::net::IpAddr;

use chrono::{DateTime, Utc};
use entity::partner_key::{Column, Entity, KeyScope, Model};
use entity::{branch, dealership, finance_company};
use ipnet::IpNet;
use sea_orm::{ActiveEnum, ColumnTrait, QueryFilter, QueryOrder, Select};
use uuid::Uuid;

use super::narrowed;
use crate::database::Tx;
use crate::error::{Error, Result};

/// Which keys; absent parts do not narrow.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    /// Of this dealership.
    pub dealership: Option<Uuid>,
    /// Of this leasing company.
    pub finance_company: Option<Uuid>,
    /// Revoked, or not.
    pub revoked: Option<bool>,
}

/// Where a key stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// It opens what it was made for.
    Live,
    /// Another one has taken its place; it still does until it expires.
    Rotated,
    /// Its time is over.
    Expired,
    /// It was taken back.
    Revoked,
}

/// The keys of the scope that `filter` names.
pub fn query(tx: &Tx, filter: &Filter) -> Select<Entity> {
    let query = narrowed::<Entity>(tx, filter.dealership, None);
    let query = match filter.finance_company {
        Some(id) => query.filter(Column::FinanceCompanyId.eq(id)),
        None => query,
    };
    match filter.revoked {
        Some(true) => query.filter(Column::RevokedAt.is_not_null()),
        Some(false) => query.filter(Column::RevokedAt.is_null()),
        None => query,
    }
}

/// What a key's holder knows its reach by.
pub struct Names {
    /// Code of the dealership.
    pub dealership_code: String,
    /// Name of the leasing company.
    pub finance_company: String,
    /// Codes of the branches it reaches.
    pub branch_codes: Vec<String>,
}

/// The names of what a partner's own scope reaches.
pub async fn names(tx: &Tx) -> Result<Names> {
    let dealership = tx.one(tx.select::<dealership::Entity>()).await?.ok_or(Error::NotFound)?;
    let company = tx.one(tx.select::<finance_company::Entity>()).await?.ok_or(Error::NotFound)?;
    let branches = tx.all(tx.select::<branch::Entity>().order_by_asc(branch::Column::Code)).await?;
    Ok(Names {
        dealership_code: dealership.code,
        finance_company: company.name,
        branch_codes: branches.into_iter().map(|branch| branch.code).collect(),
    })
}

/// Where a key stands at a time.
pub fn state(key: &Model, now: DateTime<Utc>) -> State {
    match (key.revoked_at, key.successor_id) {
        (Some(_), _) => State::Revoked,
        (None, _) if key.expires_at <= now => State::Expired,
        (None, Some(_)) => State::Rotated,
        (None, None) => State::Live,
    }
}

/// Whether a key opens anything at a time.
pub fn is_live(key: &Model, now: DateTime<Utc>) -> bool {
    matches!(state(key, now), State::Live | State::Rotated)
}

/// Whether a key may be used from an address; one that is limited to networks never from an unknown one.
pub fn is_allowed_from(key: &Model, address: Option<IpAddr>) -> bool {
    let mut networks = key.networks.split_whitespace().map(str::parse::<IpNet>).peekable();
    let is_within = |network: Result<IpNet, _>| match (network, address) {
        (Ok(network), Some(address)) => network.contains(&address),
        _ => false,
    };
    networks.peek().is_none() || networks.any(is_within)
}

/// What a key may be used for.
pub fn scopes(key: &Model) -> Vec<KeyScope> {
    let scope = |text: &str| KeyScope::try_from_value(&text.to_owned()).ok();
    key.scopes.split_whitespace().filter_map(scope).collect()
}

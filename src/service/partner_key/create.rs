//! A leasing company gets a key.

use chrono::{DateTime, SubsecRound, Utc};
use entity::branch;
use entity::finance_company;
use entity::partner_key::KeyScope;
use ipnet::IpNet;
use sea_orm::ActiveEnum;
use serde::Serialize;
use std::collections::BTreeSet;
use std::net::IpAddr;
use uuid::Uuid;

use super::{Draft, Issued, acts_in_all_branches, checked_end, event, is_worked_with, key};
use crate::error::{Error, RefusalCode, Result};
use crate::permission::Permission;
use crate::service::idempotency::all_as_kept;
use crate::service::{Change, Check, Desk};
use crate::store::load::Key;

/// Most characters of a key's name.
const NAME_LENGTH: usize = 120;

/// Most branches or networks that a key names.
const MAX_LIMITS: usize = 50;

/// What a key may be used for, and from where.
#[derive(Clone, Debug, Serialize)]
pub struct Limits {
    /// For what; one at least.
    #[serde(serialize_with = "all_as_kept")]
    pub scopes: Vec<KeyScope>,
    /// For bills of these branches; absent: of all.
    pub branches: Option<Vec<Key>>,
    /// From these networks (CIDR) or addresses; empty: from anywhere.
    pub networks: Vec<String>,
}

/// Makes a key.
#[derive(Debug, Serialize)]
pub struct CreatePartnerKey {
    /// For this company.
    pub finance_company: Key,
    /// What people call it.
    pub name: String,
    /// What it may be used for, and from where.
    pub limits: Limits,
    /// When it stops; two years ahead at most.
    pub expires_at: DateTime<Utc>,
}

impl Change for CreatePartnerKey {
    type Outcome = Issued;
    const NAME: &'static str = "createPartnerKey";
    const PERMISSION: Permission = Permission::KeepPartnerKeys;

    async fn apply(&self, desk: &Desk<'_>) -> Result<Issued> {
        acts_in_all_branches(desk)?;
        let expires_at = self.expires_at.trunc_subsecs(3);
        let mut check = Check::default();
        let name = check.line("name", &self.name, NAME_LENGTH);
        let scopes = self.limits.scopes(&mut check);
        let networks = self.limits.networks(&mut check);
        self.limits.count_branches(&mut check);
        checked_end(desk, &mut check, expires_at);
        check.done()?;
        let company = desk.find::<finance_company::Entity>("financeCompany", self.finance_company).await?;
        is_worked_with(&company, "financeCompany")?;
        let branches = self.limits.branches(desk).await?;
        let draft = Draft { finance_company_id: company.id, name, scopes, networks, branches, expires_at };
        let (row, text) = draft.issue(desk).await?;
        desk.audit(event("partner_key_created", &row))?;
        Ok(Issued { key: key(&row), text: Some(text) })
    }
}

impl Limits {
    fn scopes(&self, check: &mut Check) -> String {
        let scopes: BTreeSet<_> = self.scopes.iter().map(KeyScope::to_value).collect();
        if scopes.is_empty() {
            check.refuse(RefusalCode::Required, "scopes", "Please name what the key is for.");
        }
        in_one(scopes)
    }

    fn networks(&self, check: &mut Check) -> String {
        if self.networks.len() > MAX_LIMITS {
            check.refuse(RefusalCode::OutOfRange, "networks", format!("Please name {MAX_LIMITS} networks at most."));
            return String::new();
        }
        let mut networks = BTreeSet::new();
        for (at, text) in self.networks.iter().enumerate() {
            match network(text) {
                Some(network) => drop(networks.insert(network.to_string())),
                None => {
                    let message = "This is no network. Write it like 203.0.113.0/24 or 2001:db8::/48.";
                    check.refuse(RefusalCode::Invalid, &format!("networks.{at}"), message);
                }
            }
        }
        in_one(networks)
    }

    fn count_branches(&self, check: &mut Check) {
        match self.branches.as_ref().map_or(1, Vec::len) {
            0 => check.refuse(RefusalCode::Required, "branches", "Name a branch at least, or leave this out for all."),
            count if count > MAX_LIMITS => {
                check.refuse(
                    RefusalCode::OutOfRange,
                    "branches",
                    format!("Please name {MAX_LIMITS} branches at most."),
                );
            }
            _ => {}
        }
    }

    async fn branches(&self, desk: &Desk<'_>) -> Result<Option<Vec<Uuid>>> {
        let Some(keys) = &self.branches else { return Ok(None) };
        let mut branches = BTreeSet::new();
        for (at, key) in keys.iter().enumerate() {
            branches.insert(desk.find::<branch::Entity>(&format!("branches.{at}"), *key).await?.id);
        }
        Ok::<_, Error>(Some(branches.into_iter().collect()))
    }
}

/// A network, or an address as the network of it alone; bits behind the prefix do not count.
fn network(text: &str) -> Option<IpNet> {
    let text = text.trim();
    let network = text.parse::<IpNet>().or_else(|_| text.parse::<IpAddr>().map(IpNet::from));
    network.ok().map(|network| network.trunc())
}

fn in_one(values: BTreeSet<String>) -> String {
    values.into_iter().collect::<Vec<_>>().join(" ")
}

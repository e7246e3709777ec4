//! A key makes room for another one, or is taken back.

use chrono::{DateTime, SubsecRound, TimeDelta, Utc};
use entity::partner_key::{Entity, Model};
use entity::{finance_company, partner_key_branch};
use sea_orm::{ColumnTrait, QueryFilter};
use serde::Serialize;
use uuid::Uuid;

use super::{Draft, Issued, acts_in_all_branches, checked_end, event, is_worked_with, key};
use crate::error::{Refusal, RefusalCode, Result};
use crate::permission::Permission;
use crate::service::{Change, Check, Desk};
use crate::store::load::Key;
use crate::store::partner_key::{State, state};

/// Days for which a replaced key lives on, unless it is said otherwise.
const OVERLAP: i32 = 7;

/// Most days for which a replaced key lives on.
const MAX_OVERLAP: i32 = 30;

/// Most characters of a reason.
const REASON_LENGTH: usize = 200;

/// Puts another key of the same limits in a key's place.
#[derive(Debug, Serialize)]
pub struct RotatePartnerKey {
    /// Which.
    pub partner_key: Key,
    /// Days for which it lives on beside the new one, 0 to 30; 7 if absent. It never lives longer than it would have.
    pub overlap_days: Option<i32>,
    /// When the new one stops, two years ahead at most; if absent, it lives as long as the old one was made for.
    pub expires_at: Option<DateTime<Utc>>,
}

/// Takes a key back, at once.
#[derive(Debug, Serialize)]
pub struct RevokePartnerKey {
    /// Which.
    pub partner_key: Key,
    /// Why.
    pub reason: String,
}

impl Change for RotatePartnerKey {
    type Outcome = Issued;
    const NAME: &'static str = "rotatePartnerKey";
    const PERMISSION: Permission = Permission::KeepPartnerKeys;

    async fn apply(&self, desk: &Desk<'_>) -> Result<Issued> {
        acts_in_all_branches(desk)?;
        let mut check = Check::default();
        let overlap = check.count("overlapDays", self.overlap_days.unwrap_or(OVERLAP), 0..=MAX_OVERLAP);
        if let Some(expires_at) = self.expires_at {
            checked_end(desk, &mut check, expires_at);
        }
        check.done()?;
        let old = desk.find_locked::<Entity>("partnerKey", self.partner_key).await?;
        is_live(&old, desk.now)?;
        let of = Key { dealership: old.dealership_id, id: old.finance_company_id };
        is_worked_with(&desk.find::<finance_company::Entity>("partnerKey", of).await?, "partnerKey")?;
        let expires_at = self.expires_at.unwrap_or(desk.now + (old.expires_at - old.created_at));
        let draft = Draft {
            finance_company_id: old.finance_company_id,
            name: old.name.clone(),
            scopes: old.scopes.clone(),
            networks: old.networks.clone(),
            branches: branches(desk, &old).await?,
            expires_at: expires_at.trunc_subsecs(3),
        };
        let (new, text) = draft.issue(desk).await?;
        desk.audit(event("partner_key_rotated", &old))?;
        desk.audit(event("partner_key_created", &new))?;
        let until = old.expires_at.min(desk.now + TimeDelta::days(overlap.into()));
        desk.save::<Entity>(Model { expires_at: until, successor_id: Some(new.id), ..old }).await?;
        Ok(Issued { key: key(&new), text: Some(text) })
    }
}

impl Change for RevokePartnerKey {
    type Outcome = Key;
    const NAME: &'static str = "revokePartnerKey";
    const PERMISSION: Permission = Permission::KeepPartnerKeys;

    async fn apply(&self, desk: &Desk<'_>) -> Result<Key> {
        acts_in_all_branches(desk)?;
        let mut check = Check::default();
        let reason = check.line("reason", &self.reason, REASON_LENGTH);
        check.done()?;
        let row = desk.find_locked::<Entity>("partnerKey", self.partner_key).await?;
        if row.revoked_at.is_some() {
            return Err(settled("This key is revoked already.").into());
        }
        desk.audit(event("partner_key_revoked", &row))?;
        let (revoked_at, revoked_by_id) = (Some(desk.now), desk.membership(None)?);
        desk.save::<Entity>(Model { revoked_at, revoked_by_id, revoked_reason: Some(reason), ..row }).await?;
        Ok(self.partner_key)
    }
}

/// # Errors
/// `INVALID_TRANSITION` for a key that has a successor, or opens nothing any more.
fn is_live(row: &Model, now: DateTime<Utc>) -> Result<()> {
    let refused = |message| Err(settled(message).into());
    match state(row, now) {
        State::Live => Ok(()),
        State::Rotated => refused("Another key has taken this one's place already."),
        State::Expired => refused("This key has expired: make a new one."),
        State::Revoked => refused("This key is revoked: make a new one."),
    }
}

fn settled(message: &'static str) -> Refusal {
    Refusal::new(RefusalCode::InvalidTransition, "partnerKey", message)
}

/// The branches a key is limited to.
async fn branches(desk: &Desk<'_>, row: &Model) -> Result<Option<Vec<Uuid>>> {
    use partner_key_branch::{Column, Entity};
    if !row.of_branches {
        return Ok(None);
    }
    let limits = desk.tx.select::<Entity>().filter(Column::DealershipId.eq(row.dealership_id));
    let limits = desk.tx.all(limits.filter(Column::PartnerKeyId.eq(row.id))).await?;
    Ok(Some(limits.into_iter().map(|limit| limit.branch_id).collect()))
}

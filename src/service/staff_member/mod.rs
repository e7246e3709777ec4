//! Staff: invited, given another role or branch, let go. A membership is not rewritten: it ends and another begins, so
//! whatever names it keeps saying what its person was then.
//!
//! Every change locks the dealership first: what it counts, administrators that remain and equal memberships, stays so
//! until it is done, and two administrators cannot let one another go.

mod invite;
mod moved;
mod signed_out;

pub use invite::{InviteStaff, Invited};
pub use moved::{ChangeMembership, EndMembership};
pub use signed_out::EndStaffSessions;

use entity::branch;
use entity::kind::Role;
use entity::membership::{Column, Entity, Model};
use sea_orm::{ActiveEnum, ColumnTrait, QueryFilter, QueryTrait, Select};
use serde::Serialize;
use uuid::Uuid;

use super::idempotency::as_kept;
use super::{Desk, Event, not_found};
use crate::error::{Refusal, RefusalCode, Result};
use crate::permission::is_of_branch;
use crate::scope::Actor;
use crate::store::load::Key;

/// What somebody is to be.
#[derive(Clone, Debug, Serialize)]
pub struct Post {
    /// In this role.
    #[serde(serialize_with = "as_kept")]
    pub role: Role,
    /// At this branch; needed where the role is a branch's and the asker acts in all of them.
    pub branch: Option<Key>,
}

/// A post that the asker may give.
struct Given {
    role: Role,
    branch: Option<branch::Model>,
}

impl Post {
    /// # Errors
    /// Refusals: the role is not the asker's to give, or the branch does not go with it.
    async fn checked(&self, desk: &Desk<'_>) -> Result<Given> {
        let role = self.role;
        let refused = |field, message| Err(Refusal::new(RefusalCode::Invalid, field, message).into());
        if !may_give(desk.asker().role(), role) {
            return refused("role", "This role is not yours to give.");
        }
        if is_of_branch(role) {
            return Ok(Given { role, branch: Some(desk.branch(self.branch).await?) });
        }
        match (self.branch, desk.asker().reach_branch()) {
            (Some(_), _) => refused("branch", "This role is for all branches: leave the branch out."),
            (None, Some(_)) => refused("role", "This role is for all branches, and you act in one."),
            (None, None) => Ok(Given { role, branch: None }),
        }
    }
}

impl Given {
    fn branch_id(&self) -> Option<Uuid> {
        self.branch.as_ref().map(|branch| branch.id)
    }

    /// Refuses what the person is already.
    async fn must_be_new(&self, desk: &Desk<'_>, user: Uuid, field: &str) -> Result<()> {
        let equal = live(desk, self.role)?.filter(Column::UserId.eq(user));
        let equal = match self.branch_id() {
            Some(branch) => equal.filter(Column::BranchId.eq(branch)),
            None => equal.filter(Column::BranchId.is_null()),
        };
        match desk.tx.one(equal).await? {
            None => Ok(()),
            Some(_) => Err(Refusal::new(RefusalCode::Taken, field, "This person has this role there already.").into()),
        }
    }

    /// The membership that this makes of a person.
    fn membership(&self, desk: &Desk<'_>, user_id: Uuid, name: Option<String>) -> Result<Model> {
        Ok(Model {
            dealership_id: desk.dealership_id()?,
            id: desk.fresh_id(),
            branch_id: self.branch_id(),
            user_id,
            role: self.role,
            ended_at: None,
            created_at: desk.now,
            name,
            provider: None,
        })
    }

    /// In words, without the person.
    fn in_words(&self) -> String {
        match &self.branch {
            Some(branch) => format!("{} {}", self.role.to_value(), branch.code),
            None => self.role.to_value(),
        }
    }
}

/// HQ's own roles are given by the operator; nobody gives what is as high as his own, but for HQ, which makes principals.
fn may_give(giver: Option<Role>, role: Role) -> bool {
    match role {
        Role::HqAdmin | Role::HqAnalyst => false,
        Role::DealerAdmin => giver == Some(Role::HqAdmin),
        Role::BranchManager | Role::Sales | Role::Inventory | Role::Service | Role::Auditor => true,
    }
}

/// The membership that is to end, if the asker may end it.
///
/// # Errors
/// Refusals: it is out of reach, ended already, HQ's, the asker's own as administrator, or the last administrator's.
async fn ending(desk: &Desk<'_>, key: Key) -> Result<Model> {
    desk.lock_dealership().await?;
    let row = desk.find_locked::<Entity>("staffMember", key).await?;
    if desk.asker().reach_branch().is_some_and(|own| row.branch_id != Some(own)) {
        return Err(not_found("staffMember").into());
    }
    let refused = |message| Err(Refusal::new(RefusalCode::InvalidTransition, "staffMember", message).into());
    if row.ended_at.is_some() {
        return refused("This membership has ended already.");
    }
    match row.role {
        Role::HqAdmin | Role::HqAnalyst => refused("This membership is head office's to end."),
        Role::DealerAdmin if is_acting_as(desk, &row) => {
            refused("This is your own membership as administrator: another administrator has to end it.")
        }
        Role::DealerAdmin if is_the_last(desk, &row).await? => {
            refused("The dealership would have no administrator left: give somebody else the role first.")
        }
        _ => Ok(row),
    }
}

/// Whether the membership is what the asker acts as.
fn is_acting_as(desk: &Desk<'_>, row: &Model) -> bool {
    *desk.asker().actor() == Actor::User(row.user_id) && desk.asker().role() == Some(row.role)
}

async fn is_the_last(desk: &Desk<'_>, row: &Model) -> Result<bool> {
    let others = live(desk, row.role)?.filter(Column::UserId.ne(row.user_id));
    Ok(desk.tx.count(others.into_query()).await? == 0)
}

/// The dealership's memberships in a role that have not ended.
fn live(desk: &Desk<'_>, role: Role) -> Result<Select<Entity>> {
    let own = desk.tx.select::<Entity>().filter(Column::DealershipId.eq(desk.dealership_id()?));
    Ok(own.filter(Column::Role.eq(role)).filter(Column::EndedAt.is_null()))
}

fn key(row: &Model) -> Key {
    Key { dealership: row.dealership_id, id: row.id }
}

fn event<'a>(action: &'static str, row: &Model, summary: String) -> Event<'a> {
    Event { action, table: "membership", row: row.id, branch: row.branch_id, summary }
}

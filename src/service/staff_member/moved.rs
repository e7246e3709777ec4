//! Somebody gets another role or branch, or leaves.

use entity::membership::{Entity, Model};
use sea_orm::ActiveEnum;
use serde::Serialize;

use super::{Post, ending, event, key};
use crate::error::Result;
use crate::permission::Permission;
use crate::service::{Change, Desk};
use crate::store::load::Key;

/// Gives a member of staff another role or branch.
#[derive(Debug, Serialize)]
pub struct ChangeMembership {
    /// What ends.
    pub staff_member: Key,
    /// What begins.
    pub post: Post,
}

/// Lets a member of staff go: within five seconds they reach nothing here any more.
#[derive(Debug, Serialize)]
pub struct EndMembership {
    /// What ends.
    pub staff_member: Key,
}

impl Change for ChangeMembership {
    type Outcome = Key;
    const NAME: &'static str = "changeMembership";
    const PERMISSION: Permission = Permission::ManageStaff;

    async fn apply(&self, desk: &Desk<'_>) -> Result<Key> {
        let old = ending(desk, self.staff_member).await?;
        let given = self.post.checked(desk).await?;
        given.must_be_new(desk, old.user_id, "role").await?;
        let new = given.membership(desk, old.user_id, old.name.clone())?;
        let (key, event) = (key(&new), event("membership_changed", &new, given.in_words()));
        end(desk, old).await?;
        desk.insert::<Entity>(vec![new]).await?;
        desk.audit(event)?;
        Ok(key)
    }
}

impl Change for EndMembership {
    type Outcome = Key;
    const NAME: &'static str = "endMembership";
    const PERMISSION: Permission = Permission::ManageStaff;

    async fn apply(&self, desk: &Desk<'_>) -> Result<Key> {
        end(desk, ending(desk, self.staff_member).await?).await
    }
}

async fn end(desk: &Desk<'_>, row: Model) -> Result<Key> {
    let (key, event) = (key(&row), event("membership_ended", &row, row.role.to_value()));
    desk.save::<Entity>(Model { ended_at: Some(desk.now), ..row }).await?;
    desk.audit(event)?;
    Ok(key)
}

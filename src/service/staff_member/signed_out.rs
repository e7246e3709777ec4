//! An administrator signs a member of staff out of everything.

use entity::kind::SessionEnd;
use entity::membership::Entity;
use serde::Serialize;

use super::{event, key};
use crate::auth;
use crate::error::Result;
use crate::permission::Permission;
use crate::scope::Scope;
use crate::service::{Change, Desk, not_found};
use crate::store::load::Key;

/// Signs a member of staff out on all devices: within five seconds none of them reaches anything. Whoever is not let go
/// can sign in again.
#[derive(Debug, Serialize)]
pub struct EndStaffSessions {
    /// Whose.
    pub staff_member: Key,
}

impl Change for EndStaffSessions {
    type Outcome = Key;
    const NAME: &'static str = "endStaffSessions";
    const PERMISSION: Permission = Permission::ManageStaff;

    fn scope(&self, asker: &Scope) -> Result<Scope> {
        Scope::system("devices are people's, whom no dealership owns").within(asker.dealership()?)
    }

    async fn apply(&self, desk: &Desk<'_>) -> Result<Key> {
        let row = desk.find::<Entity>("staffMember", self.staff_member).await?;
        if desk.asker().reach_branch().is_some_and(|own| row.branch_id != Some(own)) {
            return Err(not_found("staffMember").into());
        }
        auth::end_sessions_in(&desk.tx, row.user_id, None, SessionEnd::EndedByAdministrator, desk.now).await?;
        desk.app.standing().forget();
        let (key, event) = (key(&row), event("sessions_ended", &row, String::new()));
        desk.audit(event)?;
        Ok(key)
    }
}

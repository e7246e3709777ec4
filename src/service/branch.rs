//! Branches: opened, renamed, closed, opened again. What a closed one wrote stays; it writes nothing more.
//!
//! Order of locks: the dealership's row, then the branch's. Whoever makes a document keeps both as they are
//! (`Desk::open_branch`), so what is counted here is all there is.

use entity::branch::{Column, Entity, Model};
use entity::{bike_unit, bill, counter, stock_transfer};
use sea_orm::{ColumnTrait, QueryFilter, QueryTrait};
use serde::Serialize;

use super::{Change, Check, Desk, Event};
use crate::error::{Refusal, RefusalCode, Result};
use crate::permission::Permission;
use crate::store::load::Key;

/// Most characters of a branch's name.
pub(super) const NAME_LENGTH: usize = 80;

/// Characters of a code: numbers on documents hold it, and have 21 at most.
pub(super) const CODE_LENGTH: std::ops::RangeInclusive<usize> = 2..=6;

/// Opens a branch.
#[derive(Debug, Serialize)]
pub struct CreateBranch {
    /// Unit code inside document serials, unique in the dealership.
    pub code: String,
    /// What people call it.
    pub name: String,
}

/// Renames a branch.
#[derive(Debug, Serialize)]
pub struct UpdateBranch {
    /// Which.
    pub branch: Key,
    /// Its code from now on; as it was once a number with it was given out.
    pub code: String,
    /// Its name from now on.
    pub name: String,
}

/// Closes a branch that has nothing left to do.
#[derive(Debug, Serialize)]
pub struct CloseBranch {
    /// Which.
    pub branch: Key,
}

/// Opens a closed branch again.
#[derive(Debug, Serialize)]
pub struct ReopenBranch {
    /// Which.
    pub branch: Key,
}

impl Change for CreateBranch {
    type Outcome = Key;
    const NAME: &'static str = "createBranch";
    const PERMISSION: Permission = Permission::ManageStaff;

    async fn apply(&self, desk: &Desk<'_>) -> Result<Key> {
        desk.lock_dealership().await?;
        let mut check = Check::default();
        let row = Model {
            dealership_id: desk.dealership_id()?,
            id: desk.fresh_id(),
            code: code(&mut check, &self.code),
            name: check.line("name", &self.name, NAME_LENGTH),
            closed_at: None,
            created_at: desk.now,
        };
        free(&mut check, desk, &row).await?;
        check.done()?;
        let (key, event) = (key(&row), event("branch_created", &row));
        desk.insert::<Entity>(vec![row]).await?;
        desk.audit(event)?;
        Ok(key)
    }
}

impl Change for UpdateBranch {
    type Outcome = Key;
    const NAME: &'static str = "updateBranch";
    const PERMISSION: Permission = Permission::ManageStaff;

    async fn apply(&self, desk: &Desk<'_>) -> Result<Key> {
        let old = locked(desk, self.branch).await?;
        let mut check = Check::default();
        let name = check.line("name", &self.name, NAME_LENGTH);
        let mut row = Model { name, ..old };
        // One that was imported may have a code of another form, and keep it.
        if self.code != row.code {
            row.code = code(&mut check, &self.code);
            if is_numbered(desk, &row).await? {
                let message = "Documents with this branch's code were given out, so it stays as it is.";
                check.refuse(RefusalCode::Invalid, "code", message);
            }
            free(&mut check, desk, &row).await?;
        }
        check.done()?;
        save(desk, row, "branch_updated").await
    }
}

impl Change for CloseBranch {
    type Outcome = Key;
    const NAME: &'static str = "closeBranch";
    const PERMISSION: Permission = Permission::ManageStaff;

    async fn apply(&self, desk: &Desk<'_>) -> Result<Key> {
        let row = locked(desk, self.branch).await?;
        if row.closed_at.is_some() {
            return Err(settled("This branch is closed already.").into());
        }
        nothing_open(desk, &row).await?;
        save(desk, Model { closed_at: Some(desk.now), ..row }, "branch_closed").await
    }
}

impl Change for ReopenBranch {
    type Outcome = Key;
    const NAME: &'static str = "reopenBranch";
    const PERMISSION: Permission = Permission::ManageStaff;

    async fn apply(&self, desk: &Desk<'_>) -> Result<Key> {
        let row = locked(desk, self.branch).await?;
        match row.closed_at {
            Some(_) => save(desk, Model { closed_at: None, ..row }, "branch_reopened").await,
            None => Err(settled("This branch is not closed.").into()),
        }
    }
}

async fn locked(desk: &Desk<'_>, branch: Key) -> Result<Model> {
    desk.lock_dealership().await?;
    desk.find_locked::<Entity>("branch", branch).await
}

/// Checks a code.
pub(super) fn code(check: &mut Check, text: &str) -> String {
    let code = check.line("code", text, *CODE_LENGTH.end());
    let fits = CODE_LENGTH.contains(&code.len()) && code.bytes().all(|c| c.is_ascii_uppercase() || c.is_ascii_digit());
    if !fits && !check.refused("code") {
        check.refuse(RefusalCode::Invalid, "code", "A code has 2 to 6 capital letters and digits, e.g. BR01.");
    }
    code
}

/// Checks that no other branch, open or closed, has the row's code.
async fn free(check: &mut Check, desk: &Desk<'_>, row: &Model) -> Result<()> {
    let other = desk
        .tx
        .select::<Entity>()
        .filter(Column::DealershipId.eq(row.dealership_id))
        .filter(Column::Code.eq(row.code.as_str()))
        .filter(Column::Id.ne(row.id));
    if desk.tx.one(other).await?.is_some() {
        check.refuse(RefusalCode::Taken, "code", "Another branch has this code, perhaps a closed one.");
    }
    Ok(())
}

/// Whether a number with the branch's code was ever given out.
async fn is_numbered(desk: &Desk<'_>, row: &Model) -> Result<bool> {
    use counter::Column;
    let taken = desk
        .tx
        .select::<counter::Entity>()
        .filter(Column::DealershipId.eq(row.dealership_id))
        .filter(Column::BranchId.eq(row.id));
    Ok(desk.tx.one(taken).await?.is_some())
}

/// # Errors
/// A refusal for each kind of thing that is still to be done.
async fn nothing_open(desk: &Desk<'_>, row: &Model) -> Result<()> {
    // Units last: what a transfer or an advance holds ends there.
    let transfers = desk
        .tx
        .select::<stock_transfer::Entity>()
        .filter(stock_transfer::Column::DealershipId.eq(row.dealership_id))
        .filter(stock_transfer::Column::BranchId.eq(row.id))
        .filter(stock_transfer::Column::Status.eq(stock_transfer::Status::InTransit));
    let advances = desk
        .tx
        .select::<bill::Entity>()
        .filter(bill::Column::DealershipId.eq(row.dealership_id))
        .filter(bill::Column::BranchId.eq(row.id))
        .filter(bill::Column::Status.eq(bill::Status::Pending));
    let units = desk
        .tx
        .select::<bike_unit::Entity>()
        .filter(bike_unit::Column::DealershipId.eq(row.dealership_id))
        .filter(bike_unit::Column::BranchId.eq(row.id))
        .filter(bike_unit::Column::Status.is_in([bike_unit::Status::Available, bike_unit::Status::Reserved]))
        .filter(bike_unit::Column::DeletedAt.is_null());
    let mut check = Check::default();
    for (query, what) in [
        (transfers.into_query(), "Transfers on their way to or from this branch"),
        (advances.into_query(), "Open advances of this branch"),
        (units.into_query(), "Units for sale or reserved at this branch"),
    ] {
        let left = desk.tx.count(query).await?;
        if left > 0 {
            check.refuse(RefusalCode::InvalidTransition, "branch", format!("{what}: {left}."));
        }
    }
    check.done()
}

fn settled(message: &'static str) -> Refusal {
    Refusal::new(RefusalCode::InvalidTransition, "branch", message)
}

async fn save(desk: &Desk<'_>, row: Model, action: &'static str) -> Result<Key> {
    let (key, event) = (key(&row), event(action, &row));
    desk.save::<Entity>(row).await?;
    desk.audit(event)?;
    Ok(key)
}

fn key(row: &Model) -> Key {
    Key { dealership: row.dealership_id, id: row.id }
}

pub(super) fn event<'a>(action: &'static str, row: &Model) -> Event<'a> {
    Event { action, table: "branch", row: row.id, branch: Some(row.id), summary: format!("{} {}", row.code, row.name) }
}

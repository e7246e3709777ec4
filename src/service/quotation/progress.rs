//! Moving a quotation on.

use entity::quotation::{Entity, Model, Status};
use serde::Serialize;

use super::{FIELD, audit, locked};
use crate::error::Result;
use crate::permission::Permission;
use crate::service::{Change, Desk, step};
use crate::store::load::Key;

/// Notes that a quotation went to the customer or the insurer.
#[derive(Debug, Serialize)]
pub struct SendQuotation {
    /// Which.
    pub quotation: Key,
}

/// Notes that a quotation was accepted.
#[derive(Debug, Serialize)]
pub struct AcceptQuotation {
    /// Which.
    pub quotation: Key,
}

/// Notes that nothing comes of a quotation.
#[derive(Debug, Serialize)]
pub struct RejectQuotation {
    /// Which.
    pub quotation: Key,
}

impl Change for SendQuotation {
    type Outcome = Key;
    const NAME: &'static str = "sendQuotation";
    const PERMISSION: Permission = Permission::WriteQuotations;

    async fn apply(&self, desk: &Desk<'_>) -> Result<Key> {
        move_on(desk, self.quotation, Status::Sent, "quotation_sent").await
    }
}

impl Change for AcceptQuotation {
    type Outcome = Key;
    const NAME: &'static str = "acceptQuotation";
    const PERMISSION: Permission = Permission::WriteQuotations;

    async fn apply(&self, desk: &Desk<'_>) -> Result<Key> {
        move_on(desk, self.quotation, Status::Accepted, "quotation_accepted").await
    }
}

impl Change for RejectQuotation {
    type Outcome = Key;
    const NAME: &'static str = "rejectQuotation";
    const PERMISSION: Permission = Permission::WriteQuotations;

    async fn apply(&self, desk: &Desk<'_>) -> Result<Key> {
        move_on(desk, self.quotation, Status::Rejected, "quotation_rejected").await
    }
}

async fn move_on(desk: &Desk<'_>, quotation: Key, to: Status, action: &'static str) -> Result<Key> {
    let row = locked(desk, quotation).await?;
    step(FIELD, row.status, to)?;
    let row = Model { status: to, updated_at: desk.now, ..row };
    desk.save::<Entity>(row.clone()).await?;
    audit(desk, action, &row)?;
    Ok(quotation)
}

//! The proforma of a leasing bill: what the financier is shown before it pays.

use entity::bill::{self, Entity, Status};
use entity::kind::SaleType;
use serde::Serialize;

use super::audit;
use crate::error::{Refusal, RefusalCode, Result};
use crate::permission::Permission;
use crate::service::{Change, Desk, number};
use crate::store::load::Key;

/// Numbers the proforma of a leasing bill, once.
#[derive(Debug, Serialize)]
pub struct IssueProforma {
    /// For which bill.
    pub bill: Key,
}

impl Change for IssueProforma {
    type Outcome = Key;
    const NAME: &'static str = "issueProforma";
    const PERMISSION: Permission = Permission::WriteBills;

    async fn apply(&self, desk: &Desk<'_>) -> Result<Key> {
        let bill = desk.find_locked::<Entity>("bill", self.bill).await?;
        let refuse = |code, message| Err(Refusal::new(code, "bill", message).into());
        if bill.sale_type != SaleType::Leasing {
            return refuse(RefusalCode::Invalid, "Only a leasing bill has a proforma.");
        }
        if !matches!(bill.status, Status::Pending | Status::Completed) {
            return refuse(RefusalCode::InvalidTransition, "A bill that does not stand needs no proforma.");
        }
        if bill.proforma_number.is_some() {
            return refuse(RefusalCode::InvalidTransition, "This bill has its proforma already.");
        }
        let branch = Key { dealership: bill.dealership_id, id: bill.branch_id };
        let branch = desk.open_branch("bill", branch).await?;
        let day = desk.today().await?;
        let number = number::take(desk, number::Series::Proforma, &branch, day).await?;
        audit(desk, "proforma_issued", &bill, number.clone())?;
        let issued =
            bill::Model { proforma_number: Some(number), proforma_on: Some(day), updated_at: desk.now, ..bill };
        desk.save::<Entity>(issued).await?;
        Ok(self.bill)
    }
}

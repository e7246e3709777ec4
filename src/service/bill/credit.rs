//! Taking a sale back: a credit note over the whole bill, which stays as it was issued.

use entity::bike_unit;
use entity::bill::{self, Entity, Status};
use entity::{branch, credit_note};
use serde::Serialize;

use super::audit;
use crate::error::Result;
use crate::permission::Permission;
use crate::service::check::Check;
use crate::service::{Change, Desk, number, registration, step, stock};
use crate::store::load::Key;

/// Takes a completed bill back.
#[derive(Debug, Serialize)]
pub struct CreditBill {
    /// Which.
    pub bill: Key,
    /// Why; printed on the credit note.
    pub reason: String,
    /// In which state the bike came back.
    pub returned: ReturnedUnit,
}

/// The state of a bike that came back.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub enum ReturnedUnit {
    /// For sale again.
    ForSale,
    /// To be looked at first.
    Damaged,
}

impl Change for CreditBill {
    type Outcome = Key;
    const NAME: &'static str = "creditBill";
    const PERMISSION: Permission = Permission::CreditBills;

    async fn apply(&self, desk: &Desk<'_>) -> Result<Key> {
        let mut check = Check::default();
        let reason = check.line("reason", &self.reason, 200);
        check.done()?;
        let bill = desk.find_locked::<Entity>("bill", self.bill).await?;
        step("bill", bill.status, Status::Credited)?;
        if let Some(unit) = stock::of_bill(desk, &bill).await? {
            let status = match self.returned {
                ReturnedUnit::ForSale => bike_unit::Status::Available,
                ReturnedUnit::Damaged => bike_unit::Status::Damaged,
            };
            stock::release(desk, unit, status).await?;
        }
        let credited = bill::Model {
            status: Status::Credited,
            balance_minor: bill.balance_minor - bill.total_minor,
            financier_balance_minor: bill.financier_balance_minor.map(|due| due - bill.leased_minor.unwrap_or(0)),
            updated_at: desk.now,
            ..bill.clone()
        };
        desk.save::<Entity>(credited).await?;
        registration::close(desk, &bill).await?;
        let branch = Key { dealership: bill.dealership_id, id: bill.branch_id };
        let branch = desk.open_branch("bill", branch).await?;
        let note = self.note(desk, &bill, &branch, reason).await?;
        audit(desk, "bill_credited", &bill, format!("by {}", note.credit_number))?;
        desk.insert::<credit_note::Entity>(vec![note]).await?;
        Ok(self.bill)
    }
}

impl CreditBill {
    async fn note(
        &self,
        desk: &Desk<'_>,
        bill: &bill::Model,
        branch: &branch::Model,
        reason: String,
    ) -> Result<credit_note::Model> {
        let credited_on = desk.today().await?;
        let issued_by_id = desk.membership(branch.id)?;
        Ok(credit_note::Model {
            dealership_id: bill.dealership_id,
            id: desk.fresh_id(),
            branch_id: bill.branch_id,
            credit_number: number::take(desk, number::Series::CreditNote, branch, credited_on).await?,
            bill_id: bill.id,
            credited_at: desk.now,
            credited_on,
            reason,
            currency: bill.currency.clone(),
            amount_minor: bill.total_minor,
            vat_minor: bill.vat_minor,
            sscl_minor: bill.sscl_minor,
            unit_returned: self.returned == ReturnedUnit::ForSale,
            issued_by_id,
            created_at: desk.now,
        })
    }
}

//! Moving an offer on.

use entity::kind::SaleType;
use entity::sales_quotation::{Entity, Model, Status};
use serde::Serialize;

use super::{FIELD, audit};
use crate::error::{Refusal, RefusalCode, Result};
use crate::permission::Permission;
use crate::service::number::{self, Series};
use crate::service::{Change, Desk, States, step};
use crate::store::load::Key;

/// Notes that an offer went to the customer.
#[derive(Debug, Serialize)]
pub struct SendSalesQuotation {
    /// Which.
    pub quotation: Key,
}

/// Notes that the customer accepts an offer.
#[derive(Debug, Serialize)]
pub struct AcceptSalesQuotation {
    /// Which.
    pub quotation: Key,
}

/// Notes that nothing comes of an offer.
#[derive(Debug, Serialize)]
pub struct RejectSalesQuotation {
    /// Which.
    pub quotation: Key,
}

/// Numbers the proforma of a leasing offer, once: what the financier is shown.
#[derive(Debug, Serialize)]
pub struct IssueSalesQuotationProforma {
    /// Of which offer.
    pub quotation: Key,
}

impl Change for SendSalesQuotation {
    type Outcome = Key;
    const NAME: &'static str = "sendSalesQuotation";
    const PERMISSION: Permission = Permission::WriteSalesQuotations;

    async fn apply(&self, desk: &Desk<'_>) -> Result<Key> {
        move_on(desk, self.quotation, Status::Sent, "sales_quotation_sent").await
    }
}

impl Change for AcceptSalesQuotation {
    type Outcome = Key;
    const NAME: &'static str = "acceptSalesQuotation";
    const PERMISSION: Permission = Permission::WriteSalesQuotations;

    async fn apply(&self, desk: &Desk<'_>) -> Result<Key> {
        move_on(desk, self.quotation, Status::Accepted, "sales_quotation_accepted").await
    }
}

impl Change for RejectSalesQuotation {
    type Outcome = Key;
    const NAME: &'static str = "rejectSalesQuotation";
    const PERMISSION: Permission = Permission::WriteSalesQuotations;

    async fn apply(&self, desk: &Desk<'_>) -> Result<Key> {
        move_on(desk, self.quotation, Status::Rejected, "sales_quotation_rejected").await
    }
}

impl Change for IssueSalesQuotationProforma {
    type Outcome = Key;
    const NAME: &'static str = "issueSalesQuotationProforma";
    const PERMISSION: Permission = Permission::WriteSalesQuotations;

    async fn apply(&self, desk: &Desk<'_>) -> Result<Key> {
        let row = desk.find_locked::<Entity>(FIELD, self.quotation).await?;
        if row.sale_type != SaleType::Leasing {
            return Err(Refusal::new(RefusalCode::Invalid, FIELD, "Only a leasing offer has a proforma.").into());
        }
        let refuse = |message: &'static str| Err(Refusal::new(RefusalCode::InvalidTransition, FIELD, message).into());
        if row.status.next().is_empty() {
            return refuse("This offer is closed and needs no proforma.");
        }
        if row.proforma_number.is_some() {
            return refuse("This offer has its proforma already.");
        }
        in_force(desk, &row).await?;
        let branch = Key { dealership: row.dealership_id, id: row.branch_id };
        let branch = desk.open_branch(FIELD, branch).await?;
        let day = desk.today().await?;
        let number = number::take(desk, Series::Proforma, &branch, day).await?;
        audit(desk, "proforma_issued", &row, &number)?;
        let row = Model { proforma_number: Some(number), proforma_on: Some(day), updated_at: desk.now, ..row };
        desk.save::<Entity>(row).await?;
        Ok(self.quotation)
    }
}

async fn move_on(desk: &Desk<'_>, quotation: Key, to: Status, action: &'static str) -> Result<Key> {
    let row = desk.find_locked::<Entity>(FIELD, quotation).await?;
    step(FIELD, row.status, to)?;
    if to != Status::Rejected {
        in_force(desk, &row).await?;
    }
    let row = Model { status: to, updated_at: desk.now, ..row };
    desk.save::<Entity>(row.clone()).await?;
    audit(desk, action, &row, "")?;
    Ok(quotation)
}

/// # Errors
/// A refusal of an offer whose last day is over: prices and charges may have changed since.
async fn in_force(desk: &Desk<'_>, row: &Model) -> Result<()> {
    if row.valid_until >= desk.today().await? {
        return Ok(());
    }
    let message = format!("This offer held until {}. Please make a new one.", row.valid_until);
    Err(Refusal::new(RefusalCode::Invalid, FIELD, message).into())
}

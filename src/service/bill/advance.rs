//! What becomes of an advance: closed by the bill that completes it, cancelled, or kept with another unit.

use std::sync::Arc;

use chrono::NaiveDate;
use entity::bill::{self, Entity, Status};
use entity::payment as ledger;
use entity::{bike_model, bike_unit, branch};
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, QueryFilter};
use serde::Serialize;

use super::audit;
use super::draft::{Draft, Purchaser};
use super::issue::model_of;
use super::settlement::{checked_payments, finish};
use crate::error::{Error, Refusal, RefusalCode, Result};
use crate::identity::Identity;
use crate::permission::Permission;
use crate::service::check::Check;
use crate::service::payment::{Received, not_more_than};
use crate::service::terms::Terms;
use crate::service::{Asked, Change, Desk, Leasing, step, stock};
use crate::store::load::Key;

/// Completes an advance: a second bill is issued, the payments carry over to it.
#[derive(Debug, Serialize)]
pub struct CloseAdvance {
    /// The advance.
    pub bill: Key,
    /// Terms agreed anew; those of the advance if left out.
    pub asked: Option<Asked>,
    /// What is paid now.
    pub payments: Vec<Received>,
}

/// Cancels an advance: its unit is for sale again, what was paid is owed back.
#[derive(Debug, Serialize)]
pub struct CancelBill {
    /// Which.
    pub bill: Key,
    /// Why.
    pub reason: String,
}

/// Keeps another unit of the same model for an advance.
#[derive(Debug, Serialize)]
pub struct SwapUnit {
    /// The advance.
    pub bill: Key,
    /// The unit it is to keep from now on.
    pub unit: Key,
}

impl Change for CloseAdvance {
    type Outcome = Key;
    const NAME: &'static str = "closeAdvance";
    const PERMISSION: Permission = Permission::WriteBills;

    async fn apply(&self, desk: &Desk<'_>) -> Result<Key> {
        let mut check = Check::default();
        let payments = self.checked(&mut check);
        check.done()?;
        let Closing { advance, unit, branch, model, day, terms } = self.closing(desk).await?;
        // The advance steps back first: a unit has one live bill.
        let carried = advance.total_minor - advance.balance_minor;
        let converted = bill::Model {
            status: Status::Converted,
            balance_minor: 0,
            converted_on: Some(day),
            updated_at: desk.now,
            ..advance.clone()
        };
        desk.save::<Entity>(converted).await?;
        stock::sell(desk, unit.clone(), day).await?;
        let draft = Draft {
            branch: &branch,
            day,
            purchaser: as_written(desk, &advance)?,
            model: &model,
            unit: &unit,
            terms,
            proforma: advance.proforma_number.clone().zip(advance.proforma_on),
        };
        let bill = draft.complete(desk).await?;
        let bill = bill::Model {
            advance_bill_id: Some(advance.id),
            // An advance larger than a down payment agreed anew is owed back.
            balance_minor: bill.total_minor - carried,
            ..bill
        };
        let paid = payments.iter().map(|payment| payment.amount_minor).sum();
        if paid > 0 {
            not_more_than(&bill.currency, "payments", paid, bill.balance_minor)?;
        }
        audit(desk, "advance_closed", &advance, format!("by {}", bill.bill_number))?;
        let bill_id = bill.id;
        let key = finish(desk, &branch.code, bill, payments).await?;
        carry_over(desk, &advance, bill_id).await?;
        Ok(key)
    }
}

/// An advance that may be completed, and on which terms.
pub(super) struct Closing {
    pub(super) advance: bill::Model,
    unit: bike_unit::Model,
    branch: branch::Model,
    pub(super) model: Arc<bike_model::Model>,
    day: NaiveDate,
    pub(super) terms: Terms,
}

impl CloseAdvance {
    /// Checks the input by itself; gives the payments in the form in which they are kept.
    pub(super) fn checked(&self, check: &mut Check) -> Vec<Received> {
        if let Some(asked) = &self.asked {
            check.within("terms");
            asked.check(check);
            check.within("");
        }
        checked_payments(check, &self.payments)
    }

    /// Locks the advance and its unit, and agrees on the terms.
    pub(super) async fn closing(&self, desk: &Desk<'_>) -> Result<Closing> {
        let advance = desk.find_locked::<Entity>("bill", self.bill).await?;
        step("bill", advance.status, Status::Converted)?;
        let unit = stock::of_bill(desk, &advance).await?.ok_or_else(|| no_unit(&advance))?;
        let branch = desk.open_branch("bill", key(&advance, advance.branch_id)).await?;
        let (model, day) = (model_of(desk, unit.model_id).await?, desk.today().await?);
        let terms = match &self.asked {
            Some(asked) => asked.agree(desk, &model, day).await.map_err(|error| error.within("terms"))?,
            None => {
                let asked = as_agreed(&advance)?;
                let terms = asked.at_price(desk, &model, day, advance.vehicle_price_minor).await;
                terms.map_err(|error| error.at("bill"))?
            }
        };
        Ok(Closing { advance, unit, branch, model, day, terms })
    }
}

impl Change for CancelBill {
    type Outcome = Key;
    const NAME: &'static str = "cancelBill";
    const PERMISSION: Permission = Permission::WriteBills;

    async fn apply(&self, desk: &Desk<'_>) -> Result<Key> {
        let mut check = Check::default();
        let reason = check.line("reason", &self.reason, 200);
        check.done()?;
        let bill = desk.find_locked::<Entity>("bill", self.bill).await?;
        step("bill", bill.status, Status::Cancelled)?;
        if let Some(unit) = stock::of_bill(desk, &bill).await? {
            stock::release(desk, unit, bike_unit::Status::Available).await?;
        }
        let cancelled = bill::Model {
            status: Status::Cancelled,
            balance_minor: bill.balance_minor - bill.total_minor,
            cancelled_on: Some(desk.today().await?),
            cancelled_reason: Some(reason),
            updated_at: desk.now,
            ..bill
        };
        audit(desk, "bill_cancelled", &cancelled, String::new())?;
        desk.save::<Entity>(cancelled).await?;
        Ok(self.bill)
    }
}

impl Change for SwapUnit {
    type Outcome = Key;
    const NAME: &'static str = "swapUnit";
    const PERMISSION: Permission = Permission::WriteBills;

    async fn apply(&self, desk: &Desk<'_>) -> Result<Key> {
        let bill = desk.find_locked::<Entity>("bill", self.bill).await?;
        if bill.status != Status::Pending {
            let message = "Only an advance may be given another bike; a sale is taken back by a credit note.";
            let refusal = Refusal::new(RefusalCode::InvalidTransition, "bill", message);
            return Err(Refusal { allowed: vec!["PENDING".to_owned()], ..refusal }.into());
        }
        // Two changes that swap the same two units lock them in the same order.
        let (old, new) = if bill.unit_id.is_some_and(|old| old < self.unit.id) {
            let old = stock::of_bill(desk, &bill).await?;
            (old, stock::for_sale(desk, "unit", self.unit, bill.branch_id).await?)
        } else {
            let new = stock::for_sale(desk, "unit", self.unit, bill.branch_id).await?;
            (stock::of_bill(desk, &bill).await?, new)
        };
        if bill.model_id.is_some_and(|model| model != new.model_id) {
            let message = format!("This bill is for a {}: choose a bike of that model.", bill.model_name);
            return Err(Refusal::new(RefusalCode::Invalid, "unit", message).into());
        }
        if let Some(old) = old {
            stock::release(desk, old, bike_unit::Status::Available).await?;
        }
        stock::reserve(desk, new.clone()).await?;
        let summary = format!("{} instead of {}", new.chassis_number, bill.chassis_number.as_deref().unwrap_or("none"));
        audit(desk, "unit_swapped", &bill, summary)?;
        let swapped = bill::Model {
            unit_id: Some(new.id),
            chassis_number: Some(new.chassis_number),
            chassis_key: Some(new.chassis_key),
            motor_number: Some(new.motor_number),
            motor_key: Some(new.motor_key),
            updated_at: desk.now,
            ..bill
        };
        desk.save::<Entity>(swapped).await?;
        Ok(self.bill)
    }
}

/// The terms of an advance, asked for again.
fn as_agreed(advance: &bill::Model) -> Result<Asked> {
    let leasing = match (advance.down_payment_minor, advance.finance_company_id) {
        (Some(down_payment_minor), Some(company)) => {
            Some(Leasing { down_payment_minor, finance_company: key(advance, company) })
        }
        (None, _) => None,
        (Some(_), None) => {
            let message = "This advance names no leasing company: say the terms anew.";
            return Err(Refusal::new(RefusalCode::Required, "terms.leasing", message).into());
        }
    };
    Ok(Asked { price_minor: None, leasing })
}

/// The buyer as written on the advance.
fn as_written(desk: &Desk<'_>, advance: &bill::Model) -> Result<Purchaser> {
    let place = desk.place("bill", "buyer", advance.id)?;
    let sealed = advance.buyer.as_ref().map(|sealed| Identity::open(desk.keys(), place, sealed));
    Ok(Purchaser {
        customer: advance.customer_id,
        name: advance.customer_name.clone(),
        identity: sealed.transpose()?.unwrap_or_default(),
        tin: advance.purchaser_tin.clone(),
    })
}

/// The payments of an advance count towards the bill that completes it.
async fn carry_over(desk: &Desk<'_>, advance: &bill::Model, bill: uuid::Uuid) -> Result<()> {
    let payments = desk
        .tx
        .scope()
        .update::<ledger::Entity>()
        .filter(ledger::Column::DealershipId.eq(advance.dealership_id))
        .filter(ledger::Column::BillId.eq(advance.id))
        .col_expr(ledger::Column::BillId, Expr::value(bill));
    desk.tx.update(payments).await.map(drop)
}

fn key(bill: &bill::Model, id: uuid::Uuid) -> Key {
    Key { dealership: bill.dealership_id, id }
}

fn no_unit(bill: &bill::Model) -> Error {
    let message = format!("The advance {} keeps no bike: give it one first.", bill.bill_number);
    Refusal::new(RefusalCode::UnitNotAvailable, "bill", message).into()
}

//! How a new bill begins: who is taxed, whether it waits for delivery, what is paid at once.

use chrono::{NaiveDate, TimeDelta};
use entity::bill;
use serde::Serialize;

use super::audit;
use super::draft::Draft;
use crate::error::{Refusal, RefusalCode, Result};
use crate::money;
use crate::service::check::Check;
use crate::service::payment::{self, Received, Row, not_more_than};
use crate::service::{Desk, registration, stock};
use crate::store::load::Key;

/// Most payments entered with a bill.
const MAX_PAYMENTS: usize = 5;

/// How far ahead delivery may be promised, in days.
const PROMISED: i64 = 366;

/// How a new bill begins.
#[derive(Clone, Debug, Serialize)]
pub struct Settlement {
    /// The buyer's taxpayer number.
    pub purchaser_tin: Option<String>,
    /// The promised day makes it an advance: only that is paid, the unit is kept.
    pub estimated_delivery_on: Option<NaiveDate>,
    /// What is paid at once; of an advance, the advance.
    pub payments: Vec<Received>,
}

impl Settlement {
    /// Checks it for a bill of `today`; gives it in the form in which it is kept.
    pub(super) fn checked(&self, check: &mut Check, today: NaiveDate) -> Self {
        let purchaser_tin = check.tin("purchaserTin", self.purchaser_tin.as_deref());
        let payments = checked_payments(check, &self.payments);
        if let Some(promised) = self.estimated_delivery_on {
            if !(today..=today + TimeDelta::days(PROMISED)).contains(&promised) {
                let message = "Delivery is promised for a day from today to a year ahead.";
                check.refuse(RefusalCode::OutOfRange, "estimatedDeliveryOn", message);
            }
            if payments.is_empty() && !check.refused("payments") {
                check.refuse(RefusalCode::Required, "payments", "Please enter the advance that was paid.");
            }
        }
        Self { purchaser_tin, payments, ..*self }
    }

    /// Sells the draft's locked unit, or keeps it, and writes the bill. `field` is where the input names the buyer.
    ///
    /// # Errors
    /// `REQUIRED` when the buyer of an advance cannot be called; `OVERPAYMENT`.
    pub(super) async fn issue(self, desk: &Desk<'_>, draft: Draft<'_>, field: &'static str) -> Result<Key> {
        let paid = self.payments.iter().map(|payment| payment.amount_minor).sum();
        let (unit, day, code) = (draft.unit.clone(), draft.day, draft.branch.code.clone());
        let bill = match self.estimated_delivery_on {
            Some(promised) => {
                require_phone(&draft, field)?;
                stock::reserve(desk, unit).await?;
                draft.advance(desk, paid, promised).await?
            }
            None => {
                stock::sell(desk, unit, day).await?;
                draft.complete(desk).await?
            }
        };
        not_more_than(&bill.currency, "payments", paid, bill.total_minor)?;
        finish(desk, &code, bill, self.payments).await
    }
}

/// An advance is taken from people who can be called.
fn require_phone(draft: &Draft<'_>, field: &'static str) -> Result<(), Refusal> {
    if draft.purchaser.identity.phone.is_some() {
        return Ok(());
    }
    let message = "An advance needs a phone number, to tell the customer when the bike is there.";
    Err(Refusal::new(RefusalCode::Required, field, message))
}

/// Checks the payments entered with a bill.
pub(super) fn checked_payments(check: &mut Check, payments: &[Received]) -> Vec<Received> {
    if payments.len() > MAX_PAYMENTS {
        let message = format!("Enter {MAX_PAYMENTS} payments at most with a bill.");
        check.refuse(RefusalCode::OutOfRange, "payments", message);
        return Vec::new();
    }
    payments.iter().enumerate().map(|(n, payment)| payment.checked(check, &format!("payments.{n}"))).collect()
}

/// Writes a bill of the branch with this code, with its payments.
pub(super) async fn finish(
    desk: &Desk<'_>,
    branch: &str,
    mut bill: bill::Model,
    payments: Vec<Received>,
) -> Result<Key> {
    let key = Key { dealership: bill.dealership_id, id: bill.id };
    let total = money::formatted(bill.total_minor, &bill.currency);
    let mut entered = Vec::with_capacity(payments.len());
    for Received { method, amount_minor, reference } in payments {
        let row = Row { method: method.into(), amount_minor, day: bill.bill_date, reference };
        entered.push(payment::settle(desk, &mut bill, row).await?);
    }
    desk.insert::<bill::Entity>(vec![bill.clone()]).await?;
    audit(desk, "bill_issued", &bill, format!("{total} at {branch}"))?;
    if bill.status == bill::Status::Completed {
        registration::open(desk, &bill).await?;
    }
    payment::write(desk, &bill, entered).await?;
    Ok(key)
}

//! The ledger: what came in for a bill and what was given back. Nothing in it is ever changed; a mistake is taken back by
//! an entry with the other sign.
//!
//! A customer's payments count towards the total, a financier's towards the leased share.

use chrono::{NaiveDate, TimeDelta};
use entity::bill::{self, Status};
use entity::payment::{self, Basis, Entity, Method};
use sea_orm::{ColumnTrait, QueryFilter};
use serde::Serialize;

use super::check::{Check, MAX_AMOUNT};
use super::{Change, Desk, Event};
use crate::error::{Refusal, RefusalCode, Result};
use crate::money;
use crate::permission::Permission;
use crate::store::load::Key;

/// How far back money may be entered, in days.
const BACKDATED: i64 = 31;

/// Money that came in, as typed.
#[derive(Clone, Debug, Serialize)]
pub struct Received {
    /// How.
    pub method: ReceivedBy,
    /// How much, in minor units.
    pub amount_minor: i64,
    /// Number of the cheque, slip or transfer.
    pub reference: Option<String>,
}

/// How a customer pays.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub enum ReceivedBy {
    /// In notes and coins.
    Cash,
    /// By card.
    Card,
    /// To the bank account.
    Transfer,
    /// By cheque.
    Cheque,
}

impl From<ReceivedBy> for Method {
    fn from(by: ReceivedBy) -> Self {
        match by {
            ReceivedBy::Cash => Self::Cash,
            ReceivedBy::Card => Self::Card,
            ReceivedBy::Transfer => Self::Transfer,
            ReceivedBy::Cheque => Self::Cheque,
        }
    }
}

impl Received {
    /// Checks it; `within` is where its fields are in the input.
    pub(super) fn checked(&self, check: &mut Check, within: &str) -> Self {
        check.within(within);
        check.amount("amountMinor", self.amount_minor, 1..=MAX_AMOUNT);
        let reference = check.optional_line("reference", self.reference.as_deref(), 60);
        if self.method == ReceivedBy::Cheque && reference.is_none() && !check.refused("reference") {
            check.refuse(RefusalCode::Required, "reference", "Please enter the cheque's number.");
        }
        check.within("");
        Self { reference, ..self.clone() }
    }
}

/// Takes a customer's payment.
#[derive(Debug, Serialize)]
pub struct TakePayment {
    /// For which bill.
    pub bill: Key,
    /// What.
    pub received: Received,
    /// On which day; today if left out.
    pub received_on: Option<NaiveDate>,
}

/// Enters what a financier paid of the leased share.
#[derive(Debug, Serialize)]
pub struct RecordDisbursement {
    /// For which bill.
    pub bill: Key,
    /// How much, in minor units.
    pub amount_minor: i64,
    /// The financier's reference.
    pub reference: Option<String>,
    /// On which day; today if left out.
    pub received_on: Option<NaiveDate>,
}

/// Takes back an entry that was a mistake, or a cheque that was not honoured.
#[derive(Debug, Serialize)]
pub struct ReversePayment {
    /// Which.
    pub payment: Key,
    /// Why.
    pub reason: String,
}

/// Gives back what a customer paid beyond what is due.
#[derive(Debug, Serialize)]
pub struct RefundPayment {
    /// Of which bill.
    pub bill: Key,
    /// What is given back, as a positive amount.
    pub refunded: Received,
}

impl Change for TakePayment {
    type Outcome = Key;
    const NAME: &'static str = "takePayment";
    const PERMISSION: Permission = Permission::WriteBills;

    async fn apply(&self, desk: &Desk<'_>) -> Result<Key> {
        let mut check = Check::default();
        let received = self.received.checked(&mut check, "");
        let day = day_of(desk, &mut check, self.received_on).await?;
        check.done()?;
        let mut bill = standing(desk, self.bill).await?;
        not_more_than(&bill.currency, "amountMinor", received.amount_minor, bill.balance_minor)?;
        let row = Row {
            method: received.method.into(),
            amount_minor: received.amount_minor,
            day,
            reference: received.reference,
        };
        enter(desk, &mut bill, row).await
    }
}

impl Change for RecordDisbursement {
    type Outcome = Key;
    const NAME: &'static str = "recordDisbursement";
    const PERMISSION: Permission = Permission::WriteBills;

    async fn apply(&self, desk: &Desk<'_>) -> Result<Key> {
        let mut check = Check::default();
        let amount_minor = check.amount("amountMinor", self.amount_minor, 1..=MAX_AMOUNT);
        let reference = check.optional_line("reference", self.reference.as_deref(), 60);
        let day = day_of(desk, &mut check, self.received_on).await?;
        check.done()?;
        let mut bill = standing(desk, self.bill).await?;
        let Some(due) = bill.financier_balance_minor else {
            let message = "No leasing company owes anything on this bill.";
            return Err(Refusal::new(RefusalCode::Invalid, "bill", message).into());
        };
        not_more_than(&bill.currency, "amountMinor", amount_minor, due)?;
        enter(desk, &mut bill, Row { method: Method::Financier, amount_minor, day, reference }).await
    }
}

impl Change for ReversePayment {
    type Outcome = Key;
    const NAME: &'static str = "reversePayment";
    const PERMISSION: Permission = Permission::CreditBills;

    async fn apply(&self, desk: &Desk<'_>) -> Result<Key> {
        let mut check = Check::default();
        let reason = check.line("reason", &self.reason, 200);
        check.done()?;
        let known = desk.find::<Entity>("payment", self.payment).await?;
        let bill = Key { dealership: known.dealership_id, id: known.bill_id };
        let mut bill = desk.find_locked::<bill::Entity>("payment", bill).await?;
        // Read again behind the bill's lock: it may have been taken back, or carried over, a moment ago.
        let known = desk.find_locked::<Entity>("payment", self.payment).await?;
        if known.bill_id != bill.id {
            return Err(crate::error::Error::Conflict);
        }
        if known.amount_minor < 0 || is_reversed(desk, &known).await? {
            let message = "This entry was taken back already, or takes back another one.";
            return Err(Refusal::new(RefusalCode::InvalidTransition, "payment", message).into());
        }
        let (method, amount_minor) = (known.method, -known.amount_minor);
        let row = Row { method, amount_minor, day: desk.today().await?, reference: Some(reason) };
        enter_reversing(desk, &mut bill, row, Some(known.id)).await
    }
}

impl Change for RefundPayment {
    type Outcome = Key;
    const NAME: &'static str = "refundPayment";
    const PERMISSION: Permission = Permission::CreditBills;

    async fn apply(&self, desk: &Desk<'_>) -> Result<Key> {
        let mut check = Check::default();
        let refunded = self.refunded.checked(&mut check, "");
        check.done()?;
        let mut bill = desk.find_locked::<bill::Entity>("bill", self.bill).await?;
        not_more_than(&bill.currency, "amountMinor", refunded.amount_minor, -bill.balance_minor)?;
        let (method, day) = (refunded.method.into(), desk.today().await?);
        let row = Row { method, amount_minor: -refunded.amount_minor, day, reference: refunded.reference };
        enter(desk, &mut bill, row).await
    }
}

/// An entry.
pub(super) struct Row {
    pub(super) method: Method,
    pub(super) amount_minor: i64,
    pub(super) day: NaiveDate,
    pub(super) reference: Option<String>,
}

/// Enters money for a locked bill and settles the bill's balances.
pub(super) async fn enter(desk: &Desk<'_>, bill: &mut bill::Model, row: Row) -> Result<Key> {
    enter_reversing(desk, bill, row, None).await
}

async fn enter_reversing(
    desk: &Desk<'_>,
    bill: &mut bill::Model,
    row: Row,
    reverses_id: Option<uuid::Uuid>,
) -> Result<Key> {
    let payment = payment::Model { reverses_id, ..settle(desk, bill, row).await? };
    let key = Key { dealership: payment.dealership_id, id: payment.id };
    desk.save::<bill::Entity>(bill.clone()).await?;
    write(desk, bill, vec![payment]).await?;
    Ok(key)
}

/// Settles a bill's balances by an entry; neither is written yet.
pub(super) async fn settle(desk: &Desk<'_>, bill: &mut bill::Model, row: Row) -> Result<payment::Model> {
    match row.method {
        Method::Financier => {
            bill.financier_balance_minor = bill.financier_balance_minor.map(|due| due - row.amount_minor)
        }
        _ => bill.balance_minor -= row.amount_minor,
    }
    bill.updated_at = desk.now;
    Ok(payment::Model {
        dealership_id: bill.dealership_id,
        id: desk.fresh_id(),
        branch_id: bill.branch_id,
        bill_id: bill.id,
        received_bill_id: bill.id,
        paid_at: desk.time_on(row.day).await?,
        paid_on: row.day,
        method: row.method,
        amount_minor: row.amount_minor,
        currency: bill.currency.clone(),
        basis: Basis::Recorded,
        reference: row.reference,
        taken_by_id: desk.membership(bill.branch_id)?,
        reverses_id: None,
        created_at: desk.now,
    })
}

/// Writes entries of a bill.
pub(super) async fn write(desk: &Desk<'_>, bill: &bill::Model, payments: Vec<payment::Model>) -> Result<()> {
    let event = |payment: &payment::Model| {
        let action = match (payment.reverses_id, payment.amount_minor) {
            (Some(_), _) => "payment_reversed",
            (None, ..0) => "payment_refunded",
            (None, _) => "payment_taken",
        };
        let amount = money::formatted(payment.amount_minor, &payment.currency);
        let summary = format!("{amount} on {}", bill.bill_number);
        Event { action, table: "payment", row: payment.id, branch: Some(bill.branch_id), summary }
    };
    let events = payments.iter().map(event).collect();
    desk.insert::<Entity>(payments).await?;
    desk.audit_all(events)
}

async fn day_of(desk: &Desk<'_>, check: &mut Check, named: Option<NaiveDate>) -> Result<NaiveDate> {
    let today = desk.today().await?;
    let Some(day) = named else { return Ok(today) };
    if day > today || day < today - TimeDelta::days(BACKDATED) {
        let message = format!("Money is entered for today or one of the last {BACKDATED} days.");
        check.refuse(RefusalCode::OutOfRange, "receivedOn", message);
    }
    Ok(day)
}

/// The locked bill that an input names, if money may be taken for it.
async fn standing(desk: &Desk<'_>, key: Key) -> Result<bill::Model> {
    let bill = desk.find_locked::<bill::Entity>("bill", key).await?;
    match bill.status {
        Status::Pending | Status::Completed => Ok(bill),
        Status::Cancelled | Status::Converted | Status::Credited => {
            let message = "No money is taken for a bill that does not stand.";
            let allowed = vec!["PENDING".to_owned(), "COMPLETED".to_owned()];
            Err(Refusal { allowed, ..Refusal::new(RefusalCode::InvalidTransition, "bill", message) }.into())
        }
    }
}

/// Refuses more than is due.
pub(super) fn not_more_than(currency: &str, field: &str, amount_minor: i64, due: i64) -> Result<(), Refusal> {
    if amount_minor <= due {
        return Ok(());
    }
    let due = money::formatted(due.max(0), currency);
    Err(Refusal::new(RefusalCode::Overpayment, field, format!("This is more than is due: {due}.")))
}

async fn is_reversed(desk: &Desk<'_>, payment: &payment::Model) -> Result<bool> {
    use payment::Column;
    let query = desk
        .tx
        .select::<Entity>()
        .filter(Column::DealershipId.eq(payment.dealership_id))
        .filter(Column::ReversesId.eq(payment.id));
    Ok(desk.tx.one(query).await?.is_some())
}

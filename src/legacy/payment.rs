//! Payments, concluded from bills: the old system kept none.
//!
//! An advance was paid when its bill was made. A completed bill was paid in full: a cash bill in cash, a leasing bill's
//! down payment before hand-over; the leased share is the financier's and no part of the bill's total.

use entity::bill::{self, Status};
use entity::payment::{self, Basis, Method};
use uuid::Uuid;

use super::ground::Ground;

/// What an advance bill took in; `None` when nothing.
pub(super) fn advance(ground: &Ground<'_>, bill: &bill::Model) -> Option<payment::Model> {
    let amount = bill.advance_minor.filter(|_| bill.is_advance)?;
    made(ground, bill, "advance", amount)
}

/// What a completed bill took in beyond `carried`, the advance paid earlier; `None` when nothing.
pub(super) fn settlement(ground: &Ground<'_>, bill: &bill::Model, carried: i64) -> Option<payment::Model> {
    match (bill.status, bill.is_advance) {
        (Status::Completed, false) => made(ground, bill, "settlement", bill.total_minor - carried),
        _ => None,
    }
}

/// What is still owed: `total - paid` of a live bill, nothing of another.
pub(super) fn balance(bill: &bill::Model, paid: i64) -> i64 {
    match bill.status {
        Status::Pending | Status::Completed => bill.total_minor - paid,
        Status::Cancelled | Status::Converted | Status::Credited => 0,
    }
}

fn made(ground: &Ground<'_>, bill: &bill::Model, kind: &str, amount_minor: i64) -> Option<payment::Model> {
    (amount_minor > 0).then(|| payment::Model {
        dealership_id: bill.dealership_id,
        id: id(ground, bill, kind),
        branch_id: bill.branch_id,
        bill_id: bill.id,
        received_bill_id: bill.id,
        paid_at: bill.billed_at,
        paid_on: bill.bill_date,
        method: Method::Unknown,
        amount_minor,
        currency: bill.currency.clone(),
        basis: Basis::Estimated,
        reference: None,
        taken_by_id: None,
        reverses_id: None,
        created_at: bill.created_at,
    })
}

fn id(ground: &Ground<'_>, bill: &bill::Model, kind: &str) -> Uuid {
    ground.id(bill.billed_at, &["payment", kind, &bill.id.to_string()])
}

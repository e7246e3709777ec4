//! Bills: issued once, never changed. What is wrong with one is told by another document: an advance is closed by the bill
//! that completes it or cancelled, a sale is taken back by a credit note.
//!
//! Order of locks in every change: bill, units by id, then the number's counter, last. Dealership and branch are kept as
//! they are besides (`Desk::open_branch`); whoever locks those locks nothing of these.

mod advance;
mod convert;
mod credit;
mod draft;
mod issue;
mod preview;
mod proforma;
mod settlement;

pub use advance::{CancelBill, CloseAdvance, SwapUnit};
pub use convert::ConvertSalesQuotation;
pub use credit::{CreditBill, ReturnedUnit};
pub use issue::IssueBill;
pub use preview::{Article, Figures, Foreseen, Preview, PreviewBill, preview};
pub use proforma::IssueProforma;
pub use settlement::Settlement;

use entity::bill::{self, Status};

use super::{Desk, Event, States};
use crate::error::Result;

impl States for Status {
    const NOUN: &'static str = "bill";
    const TABLE: &'static [(Self, &'static [Self])] =
        &[(Self::Pending, &[Self::Cancelled, Self::Converted]), (Self::Completed, &[Self::Credited])];
}

fn audit(desk: &Desk<'_>, action: &'static str, bill: &bill::Model, summary: String) -> Result<()> {
    let summary =
        if summary.is_empty() { bill.bill_number.clone() } else { format!("{}: {summary}", bill.bill_number) };
    desk.audit(Event { action, table: "bill", row: bill.id, branch: Some(bill.branch_id), summary })
}

//! Repair and claim quotations: written, changed while they are drafts, sent, decided, invoiced once.
//!
//! Order of locks: the quotation, the number's counter last.

mod content;
mod convert;
mod progress;
mod write;

pub use content::{Content, Item};
pub use convert::ConvertQuotation;
pub use progress::{AcceptQuotation, RejectQuotation, SendQuotation};
pub use write::{CreateQuotation, UpdateQuotation};

use entity::quotation::{Entity, Kind, Model, Status};

use super::{Desk, Event, States};
use crate::error::{Refusal, RefusalCode, Result};
use crate::money;
use crate::store::load::Key;

/// What inputs call the quotation.
const FIELD: &str = "quotation";

impl States for Status {
    const NOUN: &'static str = "quotation";
    const TABLE: &'static [(Self, &'static [Self])] = &[
        (Self::Draft, &[Self::Sent]),
        (Self::Sent, &[Self::Accepted, Self::Rejected]),
        (Self::Accepted, &[Self::Converted]),
    ];
}

/// The quotation that an input names, locked.
///
/// # Errors
/// `NOT_FOUND`; `INVALID_TRANSITION` for an invoice, which stays as it was issued.
async fn locked(desk: &Desk<'_>, key: Key) -> Result<Model> {
    let row = desk.find_locked::<Entity>(FIELD, key).await?;
    match row.kind {
        Kind::Quotation => Ok(row),
        Kind::Invoice => {
            let message = "This is an invoice: it stays as it was issued.";
            Err(Refusal::new(RefusalCode::InvalidTransition, FIELD, message).into())
        }
    }
}

fn audit(desk: &Desk<'_>, action: &'static str, row: &Model) -> Result<()> {
    let summary = format!("{}: {}", row.quotation_number, money::formatted(row.total_minor, &row.currency));
    desk.audit(Event { action, table: "quotation", row: row.id, branch: Some(row.branch_id), summary })
}

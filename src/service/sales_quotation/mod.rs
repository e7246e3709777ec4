//! Offers of a bike: made, sent, accepted or rejected.
//!
//! Order of locks: the enquiry or the offer, the number's counter last.

mod create;
mod progress;

pub use create::CreateSalesQuotation;
pub use progress::{AcceptSalesQuotation, IssueSalesQuotationProforma, RejectSalesQuotation, SendSalesQuotation};

use entity::bike_model;
use entity::sales_quotation::{Model, Status};

use super::{Desk, Event, States};
use crate::error::{Refusal, RefusalCode, Result};
use crate::store::load::Key;

/// What inputs call the offer.
pub(super) const FIELD: &str = "salesQuotation";

impl States for Status {
    const NOUN: &'static str = "sales quotation";
    const TABLE: &'static [(Self, &'static [Self])] = &[
        (Self::Draft, &[Self::Sent]),
        (Self::Sent, &[Self::Accepted, Self::Rejected]),
        (Self::Accepted, &[Self::Converted]),
    ];
}

/// A model that is still sold.
pub(super) async fn on_offer(desk: &Desk<'_>, field: &str, model: Key) -> Result<bike_model::Model> {
    let model = desk.find::<bike_model::Entity>(field, model).await?;
    match model.retired_at {
        None => Ok(model),
        Some(_) => Err(Refusal::new(RefusalCode::Invalid, field, "This model is no longer sold.").into()),
    }
}

pub(super) fn audit(desk: &Desk<'_>, action: &'static str, row: &Model, detail: &str) -> Result<()> {
    let summary = match detail {
        "" => row.quotation_number.clone(),
        detail => format!("{}: {detail}", row.quotation_number),
    };
    desk.audit(Event { action, table: "sales_quotation", row: row.id, branch: Some(row.branch_id), summary })
}

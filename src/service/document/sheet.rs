//! What is to be printed, read from its rows.

use chrono::NaiveDate;
use entity::document::Kind;
use uuid::Uuid;

use crate::document::Content;

/// What is to be printed, and what is kept of it beside its file.
pub(super) struct Sheet {
    pub(super) kind: Kind,
    pub(super) branch: Option<Uuid>,
    pub(super) number: String,
    pub(super) issued_on: NaiveDate,
    pub(super) total_minor: Option<i64>,
    pub(super) currency: String,
    /// The row that it is of; absent where it is made anew each time.
    pub(super) subject: Option<Uuid>,
    pub(super) refers: Refers,
    pub(super) shows_cost: bool,
    /// The row whose personal data it shows.
    pub(super) reveals: Option<(&'static str, Uuid)>,
    pub(super) content: Content,
}

/// The row that a document is found by.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Refers {
    pub(super) bill: Option<Uuid>,
    pub(super) credit_note: Option<Uuid>,
    pub(super) quotation: Option<Uuid>,
    pub(super) sales_quotation: Option<Uuid>,
}

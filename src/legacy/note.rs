//! What is said about a document: what had to be repaired, or why it is refused.

use serde::Serialize;
use uuid::Uuid;

use super::collection::Collection;

/// Where a document stands in the dump.
#[derive(Clone, Debug)]
pub(super) struct Origin {
    pub(super) collection: Collection,
    pub(super) line: u64,
    /// Its `_id`.
    pub(super) id: String,
}

/// One thing that was not as it should be, and what was done. The texts are the program's own, never a document's:
/// no personal data can get into a report.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Repair {
    /// The old system's name of the field.
    pub field: &'static str,
    /// What was done.
    pub what: &'static str,
    /// Why.
    pub why: &'static str,
}

/// The repairs of one document.
#[derive(Clone, Debug)]
pub(super) struct Notes {
    pub(super) origin: Origin,
    pub(super) repairs: Vec<Repair>,
}

impl Notes {
    pub(super) fn new(origin: Origin) -> Self {
        Self { origin, repairs: Vec::new() }
    }

    pub(super) fn repair(&mut self, field: &'static str, what: &'static str, why: &'static str) {
        self.repairs.push(Repair { field, what, why });
    }

    /// Hands over what is known so far: the importer goes on with it when the file has been read.
    pub(super) fn hand_over(&mut self) -> Self {
        Self { origin: self.origin.clone(), repairs: std::mem::take(&mut self.repairs) }
    }
}

/// Why a document is not imported. Document numbers and ids may be named, people may not.
#[derive(Debug)]
pub(super) struct Rejection {
    pub(super) why: String,
    /// The row that stands for it where others refer to it.
    pub(super) stand_in: Option<Uuid>,
}

impl Rejection {
    pub(super) fn new(why: impl Into<String>) -> Self {
        Self { why: why.into(), stand_in: None }
    }
}

/// Refuses a document that lacks `field`.
pub(super) fn required<T>(value: Option<T>, field: &'static str) -> Result<T, Rejection> {
    value.ok_or_else(|| Rejection::new(format!("has no usable {field}")))
}

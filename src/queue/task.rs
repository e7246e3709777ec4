//! What there is to do. Each task is named, and its settings are read by every release that knows the name: a field that is
//! added has a default, one that is not needed any more is passed over.

use chrono::NaiveDate;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// Something that can be done later: ids and settings, nothing personal.
pub trait Task: Serialize + DeserializeOwned + Send + Sync + 'static {
    /// Its name, for ever: rows hold it.
    const KIND: &'static str;

    /// How often it is tried before it is given up.
    const ATTEMPTS: i32 = 8;
}

/// Makes the key figures of a dealership, or of one of its branches, anew from its documents.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RebuildFigures {
    /// A day of the month that is made anew; all of them if absent.
    #[serde(default)]
    pub month: Option<NaiveDate>,
}

/// Compares the key figures of a dealership with its documents.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct VerifyFigures {}

/// Forgets what is not needed any more.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sweep {}

/// Nothing: by it an operator sees how much the queue can do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rehearse {}

impl Task for Rehearse {
    const KIND: &'static str = "rehearse";
}

/// Sends a letter.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SendMail {
    /// Which.
    pub mail: Uuid,
}

/// Puts the bills of a month of a dealership, or of one of its branches, in one file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ArchiveBills {
    /// A day of the month.
    pub month: NaiveDate,
}

impl Task for ArchiveBills {
    const KIND: &'static str = "archive_bills";
}

impl Task for SendMail {
    const KIND: &'static str = "send_mail";
    /// Over some five hours.
    const ATTEMPTS: i32 = 14;
}

impl Task for RebuildFigures {
    const KIND: &'static str = "rebuild_figures";
}

impl Task for VerifyFigures {
    const KIND: &'static str = "verify_figures";
}

impl Task for Sweep {
    const KIND: &'static str = "sweep";
}

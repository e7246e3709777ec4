//! Rules that hold from a day on: each change adds a row, so documents of the past keep the rules they were made by.
//!
//! Whoever sets a rule locks the dealership's row first, and whoever makes a document keeps it (`Desk::open_branch`): two
//! rules are never set at once, and none while a document is being made by the one before.

use chrono::NaiveDate;

use super::{Check, Desk};
use crate::error::{RefusalCode, Result};

/// Why a rule is set in a scope over all branches: what any of them has made today counts.
pub(super) const ALL_BRANCHES: &str = "a rule holds in all branches";

/// Checks the first day of a rule; whether it is today.
pub(super) async fn begins_today(check: &mut Check, desk: &Desk<'_>, from: NaiveDate) -> Result<bool> {
    let today = desk.today().await?;
    check.day("validFrom", from);
    if from < today && !check.refused("validFrom") {
        let message = "A rule begins today or later: what is past stays as it was.";
        check.refuse(RefusalCode::OutOfRange, "validFrom", message);
    }
    Ok(from == today)
}

/// Refuses today for a rule by which a document was made already.
pub(super) fn too_late(check: &mut Check) {
    let message = "A document was made by today's rule already. Let this begin tomorrow.";
    check.refuse(RefusalCode::OutOfRange, "validFrom", message);
}

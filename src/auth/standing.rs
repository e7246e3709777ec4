//! What people were found to reach a moment ago, so that a burst of requests asks the database once.

use chrono::{DateTime, TimeDelta, Utc};
use quick_cache::sync::Cache;
use uuid::Uuid;

use super::grant::Grant;
use crate::scope::Holding;

/// How long a finding holds. A removed membership or a disabled account stops working within five seconds.
const HOLDS: TimeDelta = TimeDelta::seconds(4);

/// Findings kept at most.
const MOST: usize = 10_000;

/// Findings by person, grant and device.
pub struct Standing(Cache<Asked, Finding>);

/// Who, as what, on which device.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct Asked {
    pub(super) person: Uuid,
    pub(super) grant: Grant,
    pub(super) session: Uuid,
}

#[derive(Clone)]
struct Finding {
    at: DateTime<Utc>,
    holding: Holding,
}

impl Default for Standing {
    fn default() -> Self {
        Self(Cache::new(MOST))
    }
}

impl Standing {
    pub(super) fn get(&self, asked: Asked, now: DateTime<Utc>) -> Option<Holding> {
        // A clock that was set back makes a finding look young for long: it does not count either.
        let found = self.0.get(&asked).filter(|found| found.at <= now && now < found.at + HOLDS);
        found.map(|found| found.holding)
    }

    pub(super) fn keep(&self, asked: Asked, holding: &Holding, now: DateTime<Utc>) {
        self.0.insert(asked, Finding { at: now, holding: holding.clone() });
    }

    /// Asks anew about everybody: somebody was signed out through this process.
    pub(crate) fn forget(&self) {
        self.0.clear();
    }
}

//! What had to wait a moment ago, so that a storm of attempts asks the database once.

use chrono::{DateTime, TimeDelta, Utc};
use quick_cache::sync::Cache;
use uuid::Uuid;

/// How long a refusal holds without being looked up. Another process may have heard that an attempt was right.
const HOLDS: TimeDelta = TimeDelta::seconds(4);

/// Refusals kept at most.
const MOST: usize = 10_000;

/// Refusals by what was refused.
pub(super) struct Refusals(Cache<Uuid, Refusal>);

#[derive(Clone, Copy)]
struct Refusal {
    at: DateTime<Utc>,
    open_at: DateTime<Utc>,
}

impl Default for Refusals {
    fn default() -> Self {
        Self(Cache::new(MOST))
    }
}

impl Refusals {
    /// From when on the next attempt is let through, if that is known and not over.
    pub(super) fn get(&self, id: Uuid, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
        let found = self.0.get(&id)?;
        let holds = found.at <= now && now < found.at + HOLDS && now < found.open_at;
        holds.then_some(found.open_at)
    }

    pub(super) fn keep(&self, id: Uuid, now: DateTime<Utc>, wait: TimeDelta) {
        self.0.insert(id, Refusal { at: now, open_at: now + wait });
    }

    pub(super) fn forget(&self, id: Uuid) {
        self.0.remove(&id);
    }
}

//! What people were found to reach a moment ago, so that a burst of requests asks the database once.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use chrono::{DateTime, TimeDelta, Utc};
use uuid::Uuid;

use super::grant::Grant;
use crate::scope::Reach;

/// How long a finding holds. A removed membership or a disabled account stops working within five seconds.
const HOLDS: TimeDelta = TimeDelta::seconds(4);

/// Findings kept; beyond this all are dropped, which costs a few queries and bounds the memory.
const MOST: usize = 10_000;

/// Findings by person and grant.
#[derive(Default)]
pub struct Standing(Mutex<HashMap<(Uuid, Grant), Finding>>);

struct Finding {
    at: DateTime<Utc>,
    reach: Reach,
}

impl Standing {
    pub(super) fn get(&self, person: Uuid, grant: Grant, now: DateTime<Utc>) -> Option<Reach> {
        let known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        // A clock that was set back makes a finding look young for long: it does not count either.
        let found = known.get(&(person, grant))?;
        (found.at <= now && now < found.at + HOLDS).then(|| found.reach.clone())
    }

    pub(super) fn keep(&self, person: Uuid, grant: Grant, reach: &Reach, now: DateTime<Utc>) {
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if known.len() >= MOST {
            known.clear();
        }
        known.insert((person, grant), Finding { at: now, reach: reach.clone() });
    }
}

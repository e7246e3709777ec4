//! What each credential may still spend: a bucket of points that fills by and by. Kept in the process: several processes
//! give as many buckets, and none of them writes for a request that reads.

use std::net::IpAddr;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use chrono::{DateTime, Utc};
use quick_cache::sync::Cache;
use uuid::Uuid;

use super::refusal::Refusal;
use crate::config;
use crate::scope::{Actor, Scope};

/// Buckets kept at most. One that is put away is full when it comes back.
const MOST: usize = 20_000;

const MILLIS: u64 = 1_000;

pub(super) struct Budgets {
    buckets: Cache<Payer, Arc<Mutex<Bucket>>>,
    /// Points a bucket holds.
    size: u32,
    /// Points that come back each second.
    rate: u32,
}

/// Who pays: a signed-in device, a key, or an address.
#[derive(Clone, PartialEq, Eq, Hash)]
pub(super) enum Payer {
    Device(Uuid),
    Address(Option<IpAddr>),
    Key(Uuid),
}

impl Payer {
    pub(super) fn of(scope: Option<&Scope>, address: Option<IpAddr>) -> Self {
        match scope.map(|scope| (scope.actor(), scope.assurance())) {
            Some((Actor::Partner { key, .. }, _)) => Self::Key(*key),
            Some((_, Some(assurance))) => Self::Device(assurance.session),
            _ => Self::Address(address),
        }
    }
}

/// Thousandths of points, as of a time.
struct Bucket {
    holds: u64,
    at: DateTime<Utc>,
}

/// What an operation costs, and what is left.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::graphql) struct Charge {
    pub(in crate::graphql) requested: u32,
    pub(in crate::graphql) available: u32,
    pub(in crate::graphql) restore_rate: u32,
}

impl Budgets {
    pub(super) fn new(limits: &config::Graphql) -> Self {
        Self { buckets: Cache::new(MOST), size: limits.budget, rate: limits.budget_per_second }
    }

    /// Takes `cost` points, if they are there.
    ///
    /// # Errors
    /// `RATE_LIMITED`, and when they will be.
    pub(super) fn charge(&self, payer: Payer, cost: u32, now: DateTime<Utc>) -> Result<Charge, Refusal> {
        let (size, price) = (u64::from(self.size) * MILLIS, u64::from(cost) * MILLIS);
        let fresh = || Ok::<_, std::convert::Infallible>(Arc::new(Mutex::new(Bucket { holds: size, at: now })));
        let Ok(bucket) = self.buckets.get_or_insert_with(&payer, fresh);
        let mut bucket = bucket.lock().unwrap_or_else(PoisonError::into_inner);
        let passed = u64::try_from((now - bucket.at).num_milliseconds()).unwrap_or(0);
        bucket.holds = bucket.holds.saturating_add(passed.saturating_mul(self.rate.into())).min(size);
        bucket.at = now;
        match bucket.holds.checked_sub(price) {
            Some(left) => {
                bucket.holds = left;
                let available = u32::try_from(left / MILLIS).unwrap_or(u32::MAX);
                Ok(Charge { requested: cost, available, restore_rate: self.rate })
            }
            None => {
                let wait = (price.min(size) - bucket.holds.min(size)).div_ceil(u64::from(self.rate.max(1)));
                Err(Refusal::spent(Duration::from_millis(wait.next_multiple_of(MILLIS))))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use chrono::TimeDelta;

    use super::*;
    use crate::config::Config;

    #[test]
    fn a_bucket_empties_and_fills() {
        let limits =
            config::Graphql { budget: 100, budget_per_second: 10, ..Config::load(None, &[]).expect("valid").graphql };
        let (budgets, start) = (Budgets::new(&limits), DateTime::UNIX_EPOCH);
        let charge = |cost, after| budgets.charge(Payer::Address(None), cost, start + TimeDelta::milliseconds(after));
        assert_eq!(charge(60, 0), Ok(Charge { requested: 60, available: 40, restore_rate: 10 }));
        assert_eq!(charge(60, 0), Err(Refusal::spent(Duration::from_secs(2))));
        assert_eq!(charge(60, 1_999), Err(Refusal::spent(Duration::from_secs(1))));
        assert_eq!(charge(60, 2_000), Ok(Charge { requested: 60, available: 0, restore_rate: 10 }));
        assert_eq!(
            charge(60, 1_000),
            Err(Refusal::spent(Duration::from_secs(6))),
            "a clock that was set back gives nothing"
        );
        assert_eq!(charge(100, 60_000).map(|charge| charge.available), Ok(0), "never more than it holds");
        let other = budgets.charge(Payer::Device(Uuid::nil()), 100, start);
        assert_eq!(other.map(|charge| charge.available), Ok(0), "everybody has their own");
    }
}

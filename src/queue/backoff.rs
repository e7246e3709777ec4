//! How long a job waits before it is tried again.

use chrono::TimeDelta;

use crate::crypto;

/// After the first failure, on average.
const FIRST_MILLIS: i64 = 5_000;

/// After any failure, on average.
const LONGEST_MILLIS: i64 = 60 * 60 * 1_000;

/// The wait after so many attempts: it doubles each time, and is spread by half to either side, so that what failed together
/// does not come back together.
pub(super) fn after(attempts: i32) -> TimeDelta {
    spread(attempts, u32::from_be_bytes(crypto::random()))
}

fn spread(attempts: i32, random: u32) -> TimeDelta {
    let doublings = attempts.saturating_sub(1).clamp(0, 20);
    let mean = (FIRST_MILLIS << doublings).min(LONGEST_MILLIS);
    TimeDelta::milliseconds(mean / 2 + mean * i64::from(random) / i64::from(u32::MAX))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_double_up_to_an_hour_and_are_spread_by_half() {
        let range = |attempts| (spread(attempts, 0).num_milliseconds(), spread(attempts, u32::MAX).num_milliseconds());
        assert_eq!([0, 1, 2, 3].map(range), [(2_500, 7_500), (2_500, 7_500), (5_000, 15_000), (10_000, 30_000)]);
        assert_eq!(range(11), (1_800_000, 5_400_000));
        assert_eq!(range(i32::MAX), range(11));
        let waits: std::collections::HashSet<_> = (0..50).map(|_| after(4)).collect();
        assert!(waits.len() > 40, "no two wait alike");
    }
}

//! The arithmetic of counts: when the next attempt is let through, and when all is forgotten.

use chrono::{DateTime, TimeDelta, Utc};
use entity::throttle::Model;
use uuid::Uuid;

/// How attempts are counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Rule {
    /// Some are free, then there are waits, each twice the one before.
    Growing {
        free: i32,
        first: TimeDelta,
        longest: TimeDelta,
        /// Free ones are forgotten so long after the first of them; once there are waits, so long after the last is over.
        memory: TimeDelta,
        /// Whether one that was right forgets those that were wrong.
        is_in_a_row: bool,
    },
    /// One in a while, and so many at a time after a pause (a leaky bucket, empty when the row is forgotten).
    Rate { burst: i32, every: TimeDelta },
}

impl Rule {
    /// Counts wrong attempts in a row.
    pub(super) fn in_a_row(free: i32, first: TimeDelta, longest: TimeDelta, memory: TimeDelta) -> Self {
        Self::Growing { free, first, longest, memory, is_in_a_row: true }
    }

    /// Counts wrong attempts, whatever is right between them.
    pub(super) fn in_all(free: i32, first: TimeDelta, longest: TimeDelta, memory: TimeDelta) -> Self {
        Self::Growing { free, first, longest, memory, is_in_a_row: false }
    }

    /// Counts an attempt that need not [`wait`].
    pub(super) fn charge(self, row: &mut Model, now: DateTime<Utc>) {
        let is_new = row.forgotten_at <= now;
        match self {
            Self::Growing { free, first, longest, memory, .. } => {
                row.attempts = if is_new { 1 } else { row.attempts.saturating_add(1) };
                let wait = doubled(first, row.attempts - free).min(longest);
                row.open_at = now + wait;
                if is_new || !wait.is_zero() {
                    row.forgotten_at = row.open_at + memory;
                }
            }
            Self::Rate { burst, every } => fill(row, row.forgotten_at.max(now) + every, burst, every),
        }
    }

    /// Takes back an attempt that was right and had left the row open from `open_at` on.
    pub(super) fn give_back(self, row: &mut Model, open_at: DateTime<Utc>, now: DateTime<Utc>) {
        match self {
            Self::Growing { is_in_a_row: true, .. } => *row = forgotten(row.id, now),
            Self::Growing { .. } => {
                row.attempts = (row.attempts - 1).max(0);
                // Unless others were charged since, the wait was this one's.
                if row.open_at == open_at {
                    row.open_at = now;
                }
            }
            Self::Rate { burst, every } => fill(row, row.forgotten_at - every, burst, every),
        }
    }
}

/// A row that counts nothing.
pub(super) fn forgotten(id: Uuid, now: DateTime<Utc>) -> Model {
    Model { id, attempts: 0, open_at: now, forgotten_at: now }
}

/// How long the next attempt has to wait, if it has to.
pub(super) fn wait(row: &Model, now: DateTime<Utc>) -> Option<TimeDelta> {
    (now < row.forgotten_at && now < row.open_at).then(|| row.open_at - now)
}

/// A bucket that is empty at `empty_at`; it takes another one when there is room for it.
fn fill(row: &mut Model, empty_at: DateTime<Utc>, burst: i32, every: TimeDelta) {
    row.forgotten_at = empty_at;
    row.open_at = empty_at - every * (burst - 1);
}

/// Nothing while some are free, then `first`, and twice as long each time.
fn doubled(first: TimeDelta, beyond_free: i32) -> TimeDelta {
    match beyond_free {
        ..0 => TimeDelta::zero(),
        // 2^16 times a second is eighteen hours: longer than any wait.
        times => first * (1 << times.min(16)),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const ACCOUNT: Rule = Rule::Growing {
        free: 5,
        first: TimeDelta::seconds(1),
        longest: TimeDelta::minutes(15),
        memory: TimeDelta::hours(24),
        is_in_a_row: true,
    };
    const ADDRESS: Rule = Rule::Growing {
        free: 30,
        first: TimeDelta::seconds(1),
        longest: TimeDelta::minutes(5),
        memory: TimeDelta::minutes(15),
        is_in_a_row: false,
    };
    const STRANGERS: Rule = Rule::Rate { burst: 200, every: TimeDelta::milliseconds(100) };

    fn start() -> DateTime<Utc> {
        DateTime::UNIX_EPOCH
    }

    fn row() -> Model {
        forgotten(Uuid::nil(), start())
    }

    /// Charges an attempt if it need not wait.
    fn attempt(rule: Rule, row: &mut Model, now: DateTime<Utc>) -> bool {
        let is_let_through = wait(row, now).is_none();
        if is_let_through {
            rule.charge(row, now);
        }
        is_let_through
    }

    /// The seconds between attempts that are made as soon as they are let through.
    fn waits(rule: Rule, attempts: usize) -> Vec<i64> {
        let (mut row, mut now) = (row(), start());
        let next = |_| {
            rule.charge(&mut row, now);
            let wait = wait(&row, now).unwrap_or_default();
            now += wait;
            wait.num_seconds()
        };
        (0..attempts).map(next).collect()
    }

    #[test]
    fn waits_grow_and_stop_growing() {
        assert_eq!(waits(ACCOUNT, 17), [0, 0, 0, 0, 1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 900, 900, 900]);
        assert_eq!(waits(ADDRESS, 40)[28..], [0, 1, 2, 4, 8, 16, 32, 64, 128, 256, 300, 300]);
    }

    #[test]
    fn what_was_counted_is_forgotten() {
        let (mut row, day) = (row(), TimeDelta::hours(24));
        for _ in 0..4 {
            assert!(attempt(ACCOUNT, &mut row, start()));
        }
        // Free ones, a day after the first of them.
        assert!(attempt(ACCOUNT, &mut row, start() + day));
        assert_eq!(row.attempts, 1);
        // With waits, a day after the last one was over.
        let mut now = start() + day;
        for _ in 0..10 {
            now += wait(&row, now).unwrap_or_default();
            ACCOUNT.charge(&mut row, now);
        }
        now = row.open_at + day - TimeDelta::milliseconds(1);
        assert!(now < row.forgotten_at);
        ACCOUNT.charge(&mut row, now);
        assert_eq!(row.attempts, 12);
        now = row.open_at + day;
        ACCOUNT.charge(&mut row, now);
        assert_eq!((row.attempts, wait(&row, now)), (1, None));
    }

    #[test]
    fn a_right_attempt_gives_back_what_it_was_charged() {
        let mut account = row();
        (0..7).for_each(|_| ACCOUNT.charge(&mut account, start()));
        let open_at = account.open_at;
        ACCOUNT.give_back(&mut account, open_at, start());
        assert_eq!(account, row());
        let mut address = row();
        (0..31).for_each(|_| ADDRESS.charge(&mut address, start()));
        let open_at = address.open_at;
        ADDRESS.give_back(&mut address, open_at, start());
        assert_eq!((address.attempts, wait(&address, start())), (30, None));
        // Those of others stay.
        let others = address.open_at;
        ADDRESS.charge(&mut address, start());
        ADDRESS.give_back(&mut address, others, start());
        assert_eq!((address.attempts, wait(&address, start())), (30, Some(TimeDelta::seconds(2))));
    }

    proptest! {
        /// Whenever attempts come, a growing wait lets few through, and forgets only who pauses.
        #[test]
        fn few_get_through(gaps in prop::collection::vec(0_i64..2_000_000, 1..400)) {
            let (mut row, mut now) = (row(), start());
            let mut let_through = 0;
            for gap in gaps {
                now += TimeDelta::milliseconds(gap);
                let_through += i64::from(attempt(ACCOUNT, &mut row, now));
                prop_assert!(wait(&row, now).unwrap_or_default() <= TimeDelta::minutes(15));
            }
            // Free ones anew each day, ten waits until they have grown, then one each quarter of an hour.
            let quarters = (now - start()).num_minutes() / 15;
            prop_assert!(let_through <= 5 + 10 + quarters + 1 + 5 * (now - start()).num_days(), "{let_through}");
        }

        /// Whenever attempts come, and whichever of them are right, those that were wrong keep to the rate.
        #[test]
        fn a_rate_is_kept(attempts in prop::collection::vec((0_i64..120, any::<bool>()), 1..2_000)) {
            let (mut row, mut now, mut wrong) = (row(), start(), 0);
            for (gap, is_right) in attempts {
                now += TimeDelta::milliseconds(gap);
                if attempt(STRANGERS, &mut row, now) {
                    match is_right {
                        true => STRANGERS.give_back(&mut row, now, now),
                        false => wrong += 1,
                    }
                }
                prop_assert!(row.forgotten_at <= now + TimeDelta::seconds(20));
            }
            prop_assert!(wrong <= 200 + (now - start()).num_milliseconds() / 100, "{wrong}");
        }

        /// Nobody waits who makes no more attempts than the rate.
        #[test]
        fn whoever_keeps_to_the_rate_never_waits(gaps in prop::collection::vec(100_i64..500, 1..600)) {
            let (mut row, mut now) = (row(), start());
            for gap in gaps {
                now += TimeDelta::milliseconds(gap);
                prop_assert!(attempt(STRANGERS, &mut row, now));
            }
        }
    }
}

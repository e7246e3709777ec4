//! Business days: time is kept in UTC and belongs to the day it was in the dealership's zone.

use anyhow::anyhow;
use chrono::{DateTime, NaiveDate, NaiveTime, TimeDelta, TimeZone, Utc};
use chrono_tz::Tz;

/// Reads an IANA zone name, e.g. `Asia/Colombo`.
pub fn zone(name: &str) -> anyhow::Result<Tz> {
    name.parse().map_err(|_| anyhow!("`{name}` is not an IANA time zone, e.g. Asia/Colombo"))
}

/// The day `at` lies on in `zone`.
pub fn local_day(at: DateTime<Utc>, zone: Tz) -> NaiveDate {
    at.with_timezone(&zone).date_naive()
}

/// The latest day that it is anywhere: no zone is more than 14 hours ahead of UTC.
pub fn latest_day(at: DateTime<Utc>) -> NaiveDate {
    (at + TimeDelta::hours(14)).date_naive()
}

/// Noon of a day in `zone`: when something happened of which only the day is known.
pub fn noon(day: NaiveDate, zone: Tz) -> DateTime<Utc> {
    let local = day.and_time(NaiveTime::MIN) + TimeDelta::hours(12);
    zone.from_local_datetime(&local).earliest().map_or_else(|| local.and_utc(), |at| at.to_utc())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn half_past_midnight_in_colombo_is_the_new_day() {
        let at: DateTime<Utc> = "2026-03-31T19:00:00Z".parse().expect("a time");
        assert_eq!(local_day(at, zone("Asia/Colombo").expect("known")).to_string(), "2026-04-01");
        assert!(zone("Colombo").is_err());
    }
}

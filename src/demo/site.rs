//! The branch being filled: its place in time and in the group, and the ids of its rows.

use chrono::{DateTime, Datelike, NaiveDate, NaiveTime, TimeDelta, TimeZone, Utc};
use chrono_tz::Tz;
use entity::{branch, counter, dealership};
use uuid::Uuid;

use super::random::Random;
use crate::crypto::{Keys, Place};
use crate::{calendar, id};

/// One branch and the days its rows lie in.
pub(super) struct Site<'a> {
    pub(super) keys: &'a Keys,
    pub(super) dealership: &'a dealership::Model,
    pub(super) branch: &'a branch::Model,
    /// Counted from 0 in the dealership.
    pub(super) position: usize,
    pub(super) zone: Tz,
    /// First day of sales.
    pub(super) start: NaiveDate,
    /// Last day of anything.
    pub(super) until: NaiveDate,
    /// Sales of an average month, in thousandths.
    pub(super) monthly_milli: u64,
}

impl Site<'_> {
    /// The id of the `n`th thing of its kind, made at `at`.
    pub(super) fn id(&self, at: DateTime<Utc>, kind: &str, n: usize) -> Uuid {
        let n = (n as u64).to_be_bytes();
        let parts = [self.dealership.code.as_bytes(), self.branch.code.as_bytes(), kind.as_bytes(), &n];
        id::derived(at, &[&[b"demo".as_slice()], parts.as_slice()].concat())
    }

    /// The local day of a time.
    pub(super) fn day(&self, at: DateTime<Utc>) -> NaiveDate {
        calendar::local_day(at, self.zone)
    }

    /// A time on a local day, `minute` minutes after midnight and some seconds.
    pub(super) fn at(&self, day: NaiveDate, minute: i64, random: &mut Random) -> DateTime<Utc> {
        let local =
            day.and_time(NaiveTime::MIN) + TimeDelta::minutes(minute) + TimeDelta::seconds(random.between(0, 59));
        self.zone.from_local_datetime(&local).earliest().map_or_else(|| local.and_utc(), |at| at.to_utc())
    }

    /// A time on a local day while the doors are open.
    pub(super) fn in_hours(&self, day: NaiveDate, random: &mut Random) -> DateTime<Utc> {
        let minute = random.between(8 * 60 + 30, 18 * 60 + 29);
        self.at(day, minute, random)
    }

    /// A business time `days` after `at`, if the data reaches so far.
    pub(super) fn later(&self, at: DateTime<Utc>, days: i64, random: &mut Random) -> Option<DateTime<Utc>> {
        let day = self.day(at) + TimeDelta::days(days);
        (day <= self.until).then(|| self.in_hours(day, random))
    }

    /// Where a sealed cell of this dealership lives.
    pub(super) fn place(&self, table: &'static str, column: &'static str, row: Uuid) -> Place {
        Place { dealership: self.dealership.id, table, column, row }
    }
}

/// A gap-free series of document numbers, one count a month. Documents come in the order of their days.
pub(super) struct Series {
    document: &'static str,
    /// What stands between the branch and the number.
    mark: &'static str,
    counters: Vec<counter::Model>,
}

impl Series {
    pub(super) fn new(document: &'static str, mark: &'static str) -> Self {
        Self { document, mark, counters: Vec::new() }
    }

    /// The number of the next document of a day, e.g. `26JAN_BR03_1`.
    pub(super) fn next(&mut self, site: &Site<'_>, day: NaiveDate) -> String {
        let period = day.format("%y%b").to_string().to_uppercase();
        let known = self.counters.iter().position(|counter| counter.period == period);
        let index = known.unwrap_or_else(|| {
            let first = day.with_day(1).unwrap_or(day).and_time(NaiveTime::MIN).and_utc();
            self.counters.push(counter::Model {
                dealership_id: site.dealership.id,
                id: site.id(first, self.document, 0),
                branch_id: site.branch.id,
                document: self.document.to_owned(),
                period: period.clone(),
                next_value: 1,
            });
            self.counters.len() - 1
        });
        let value = self.counters[index].next_value;
        self.counters[index].next_value += 1;
        format!("{period}_{}{}{value}", site.branch.code, self.mark)
    }

    /// The rows from which the next documents are numbered.
    pub(super) fn into_counters(self) -> Vec<counter::Model> {
        self.counters
    }
}

//! For which days a figure is: whole local days, both ends included.

use chrono::{Datelike, Months, NaiveDate, TimeDelta};

use super::cell::month_of;
use crate::error::{Error, Result};

/// Most days of a range: ten years.
const LONGEST: i64 = 3_660;

/// Days, both included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Range {
    /// The first.
    pub from: NaiveDate,
    /// The last.
    pub to: NaiveDate,
}

/// A range that is known by its name, seen from a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Named {
    /// The day itself.
    Today,
    /// From Monday to the day.
    ThisWeek,
    /// From the first of the month to the day.
    ThisMonth,
    /// The whole month before.
    LastMonth,
    /// The month of the day and the eleven before it, to the day.
    TwelveMonths,
    /// From the first day of the fiscal year to the day.
    ThisFiscalYear,
    /// The whole fiscal year before.
    LastFiscalYear,
}

/// What a range is compared with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Compared {
    /// The same stretch just before: whole months with whole months, months up to a day with months up to that day, other
    /// stretches with as many days.
    PreviousPeriod,
    /// The same days a year before.
    PreviousYear,
}

/// By which stretch of time figures are told apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// A day.
    Day,
    /// A week from Monday.
    Week,
    /// A month.
    Month,
}

impl Range {
    /// # Errors
    /// `BAD_USER_INPUT` when it ends before it begins, or is longer than ten years.
    pub fn new(from: NaiveDate, to: NaiveDate) -> Result<Self> {
        match (to - from).num_days() {
            ..0 => Err(Error::bad_input("range", "This period ends before it begins.")),
            LONGEST.. => Err(Error::bad_input("range", "A period has ten years at most.")),
            _ if from.year() < 1900 || to.year() > 9000 => {
                Err(Error::bad_input("range", "Choose days between the years 1900 and 9000."))
            }
            _ => Ok(Self { from, to }),
        }
    }

    /// The range called `name` on `day`, where fiscal years begin with the month `fiscal`, 1 to 12.
    pub fn named(name: Named, day: NaiveDate, fiscal: u32) -> Self {
        let month = month_of(day);
        let since_fiscal = Months::new((day.month() + 12 - fiscal) % 12);
        let year = month - since_fiscal;
        let (from, to) = match name {
            Named::Today => (day, day),
            Named::ThisWeek => (Step::Week.first(day), day),
            Named::ThisMonth => (month, day),
            Named::LastMonth => (month - Months::new(1), month - TimeDelta::days(1)),
            Named::TwelveMonths => (month - Months::new(11), day),
            Named::ThisFiscalYear => (year, day),
            Named::LastFiscalYear => (year - Months::new(12), year - TimeDelta::days(1)),
        };
        Self { from, to }
    }

    /// What it is compared with.
    pub fn before(self, compared: Compared) -> Self {
        let Self { from, to } = self;
        if compared == Compared::PreviousYear {
            // The end of a month stays one: 28 February is compared with 29 February.
            return Self { from: from - Months::new(12), to: same_end(to, 12) };
        }
        let next = to + TimeDelta::days(1);
        let months = Months::new(months_between(from, to) + 1);
        match (from == month_of(from), next == month_of(next)) {
            (true, true) => Self { from: from - months, to: from - TimeDelta::days(1) },
            (true, false) => Self { from: from - months, to: to - months },
            (false, _) => {
                let days = to - from + TimeDelta::days(1);
                Self { from: from - days, to: to - days }
            }
        }
    }

    /// What of it lies in the stretch that begins on a day.
    pub(super) fn within(self, step: Step, first: NaiveDate) -> Self {
        Self { from: self.from.max(first), to: self.to.min(step.last(first)) }
    }

    /// What of it whole months and single days answer, with as few days as can be: of a month that is nearly whole, the
    /// month less the other days. Days after `today` are empty and cost nothing.
    pub(super) fn parts(self, today: NaiveDate) -> Parts {
        let (first, last) = (month_of(self.from), month_of(self.to));
        let end = Step::Month.last(last);
        let mut parts = Parts::default();
        if first == last && self.from > first && self.to < end {
            parts.days.push(self);
            return parts;
        }
        let mut months = (first, last);
        if self.from > first {
            let within = Self { from: self.from, to: self.to.min(Step::Month.last(first)) };
            let without = Self { from: first, to: self.from - TimeDelta::days(1) };
            if parts.cut(within, without, without.days()) {
                months.0 = first + Months::new(1);
            }
        }
        if self.to < end {
            let within = Self { from: self.from.max(last), to: self.to };
            let without = Self { from: self.to + TimeDelta::days(1), to: end };
            if parts.cut(within, without, (end.min(today) - self.to).num_days()) {
                months.1 = last - Months::new(1);
            }
        }
        if months.0 <= months.1 {
            parts.months = Some(Self { from: months.0, to: months.1 });
        }
        parts
    }

    fn days(self) -> i64 {
        (self.to - self.from).num_days() + 1
    }

    /// The stretch of time at a place in the range, from 0: its first day.
    pub(super) fn at(self, step: Step, position: i64) -> NaiveDate {
        let begin = step.first(self.from);
        match step {
            Step::Day => begin + TimeDelta::days(position),
            Step::Week => begin + TimeDelta::weeks(position),
            Step::Month => begin + Months::new(u32::try_from(position).unwrap_or(0)),
        }
    }

    /// The place of a stretch of time in the range, from 0.
    pub(super) fn position(self, step: Step, first: NaiveDate) -> i64 {
        let begin = step.first(self.from);
        match step {
            Step::Day => (first - begin).num_days(),
            Step::Week => (first - begin).num_days() / 7,
            Step::Month => months_between(begin, first).into(),
        }
    }
}

/// A range, cut where rollups serve it.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Parts {
    /// The first days of the first and the last month that are taken whole.
    pub(super) months: Option<Range>,
    /// Days beside them.
    pub(super) days: Vec<Range>,
    /// Days of these months that are outside the range.
    pub(super) less: Vec<Range>,
}

impl Parts {
    /// Takes the days of a month that are within, or leaves the month to be taken whole, less those without; tells whether
    /// the former.
    fn cut(&mut self, within: Range, without: Range, cost: i64) -> bool {
        let by_days = within.days() <= cost;
        if by_days {
            self.days.push(within)
        } else {
            self.less.push(without)
        }
        by_days
    }
}

impl Step {
    /// The first day of the stretch that a day lies in.
    pub fn first(self, day: NaiveDate) -> NaiveDate {
        match self {
            Self::Day => day,
            Self::Week => day - TimeDelta::days(day.weekday().num_days_from_monday().into()),
            Self::Month => month_of(day),
        }
    }

    /// The last day of the stretch that begins on a day.
    pub(super) fn last(self, first: NaiveDate) -> NaiveDate {
        match self {
            Self::Day => first,
            Self::Week => first + TimeDelta::days(6),
            Self::Month => first + Months::new(1) - TimeDelta::days(1),
        }
    }
}

fn months_between(from: NaiveDate, to: NaiveDate) -> u32 {
    let months = |day: NaiveDate| i64::from(day.year()) * 12 + i64::from(day.month0());
    u32::try_from(months(to) - months(from)).unwrap_or(0)
}

/// The same day so many months before; of a month's last day, the last day.
fn same_end(day: NaiveDate, months: u32) -> NaiveDate {
    let next = day + TimeDelta::days(1);
    match month_of(next) == next {
        true => next - Months::new(months) - TimeDelta::days(1),
        false => day - Months::new(months),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn range(from: &str, to: &str) -> Range {
        let day = |text: &str| text.parse().expect("a day");
        Range { from: day(from), to: day(to) }
    }

    #[test]
    fn a_stretch_is_compared_with_the_same_before() {
        let cases = [
            (("2026-03-01", "2026-03-31"), ("2026-02-01", "2026-02-28"), ("2025-03-01", "2025-03-31")),
            (("2026-03-01", "2026-03-15"), ("2026-02-01", "2026-02-15"), ("2025-03-01", "2025-03-15")),
            (("2026-03-01", "2026-03-30"), ("2026-02-01", "2026-02-28"), ("2025-03-01", "2025-03-30")),
            (("2026-01-01", "2026-06-30"), ("2025-07-01", "2025-12-31"), ("2025-01-01", "2025-06-30")),
            (("2026-03-10", "2026-03-19"), ("2026-02-28", "2026-03-09"), ("2025-03-10", "2025-03-19")),
            (("2025-02-01", "2025-02-28"), ("2025-01-01", "2025-01-31"), ("2024-02-01", "2024-02-29")),
            (("2026-01-01", "2026-03-15"), ("2025-10-01", "2025-12-15"), ("2025-01-01", "2025-03-15")),
            (("2026-02-10", "2026-03-05"), ("2026-01-17", "2026-02-09"), ("2025-02-10", "2025-03-05")),
        ];
        for ((from, to), period, year) in cases {
            let asked = range(from, to);
            assert_eq!(asked.before(Compared::PreviousPeriod), range(period.0, period.1), "{asked:?}");
            assert_eq!(asked.before(Compared::PreviousYear), range(year.0, year.1), "{asked:?}");
        }
    }

    fn parts(asked: (&str, &str), today: &str) -> (Option<Range>, Vec<Range>, Vec<Range>) {
        let Parts { months, days, less } = range(asked.0, asked.1).parts(today.parse().expect("a day"));
        (months, days, less)
    }

    #[test]
    fn a_range_is_months_and_as_few_days_as_can_be() {
        let months = |from, to| Some(range(from, to));
        let cases = [
            (
                ("2026-01-20", "2026-04-10"),
                months("2026-02-01", "2026-03-01"),
                vec![("2026-01-20", "2026-01-31"), ("2026-04-01", "2026-04-10")],
                vec![],
            ),
            (
                ("2026-01-10", "2026-04-20"),
                months("2026-01-01", "2026-04-01"),
                vec![],
                vec![("2026-01-01", "2026-01-09"), ("2026-04-21", "2026-04-30")],
            ),
            (("2026-01-01", "2026-01-31"), months("2026-01-01", "2026-01-01"), vec![], vec![]),
            (("2026-01-02", "2026-01-30"), None, vec![("2026-01-02", "2026-01-30")], vec![]),
            (
                ("2026-01-20", "2026-02-10"),
                None,
                vec![("2026-01-20", "2026-01-31"), ("2026-02-01", "2026-02-10")],
                vec![],
            ),
            (
                ("2026-01-05", "2026-01-31"),
                months("2026-01-01", "2026-01-01"),
                vec![],
                vec![("2026-01-01", "2026-01-04")],
            ),
            // Nothing is later than today.
            (
                ("2026-09-01", "2026-09-03"),
                months("2026-09-01", "2026-09-01"),
                vec![],
                vec![("2026-09-04", "2026-09-30")],
            ),
            (("2026-08-01", "2026-08-03"), None, vec![("2026-08-01", "2026-08-03")], vec![]),
        ];
        for (asked, months, days, less) in cases {
            let ranges = |days: Vec<(&str, &str)>| days.into_iter().map(|(from, to)| range(from, to)).collect();
            assert_eq!(parts(asked, "2026-09-03"), (months, ranges(days), ranges(less)), "{asked:?}");
        }
    }

    proptest::proptest! {
        #[test]
        fn parts_are_the_days_of_their_range(from in 0i64..150, length in 0i64..150, today in 0i64..300) {
            let day = |n| NaiveDate::default() + TimeDelta::days(n);
            let asked = Range { from: day(from), to: day(from + length) };
            let Parts { months, days, less } = asked.parts(day(today));
            let mut count = [0; 400];
            let mut add = |range: Range, sign| {
                let place = |day: NaiveDate| usize::try_from((day - NaiveDate::default()).num_days()).expect("after it");
                (place(range.from)..=place(range.to)).for_each(|n| count[n] += sign);
            };
            months.into_iter().for_each(|months| add(Range { from: months.from, to: Step::Month.last(months.to) }, 1));
            days.into_iter().for_each(|days| add(days, 1));
            less.into_iter().for_each(|days| add(days, -1));
            let inside = |n: usize| (from..=from + length).contains(&(n as i64));
            proptest::prop_assert!(count.iter().enumerate().all(|(n, count)| *count == i32::from(inside(n))));
        }
    }

    #[test]
    fn a_fiscal_year_begins_with_its_month() {
        let day = |text: &str| text.parse::<NaiveDate>().expect("a day");
        let named = |name, on: &str, fiscal| Range::named(name, day(on), fiscal);
        assert_eq!(named(Named::ThisFiscalYear, "2026-03-31", 4), range("2025-04-01", "2026-03-31"));
        assert_eq!(named(Named::ThisFiscalYear, "2026-04-01", 4), range("2026-04-01", "2026-04-01"));
        assert_eq!(named(Named::LastFiscalYear, "2026-04-01", 4), range("2025-04-01", "2026-03-31"));
        assert_eq!(named(Named::ThisFiscalYear, "2026-06-05", 1), range("2026-01-01", "2026-06-05"));
        assert_eq!(named(Named::TwelveMonths, "2026-06-05", 1), range("2025-07-01", "2026-06-05"));
        assert_eq!(named(Named::ThisWeek, "2026-09-16", 1), range("2026-09-14", "2026-09-16"));
        assert_eq!(named(Named::LastMonth, "2026-03-31", 1), range("2026-02-01", "2026-02-28"));
    }
}

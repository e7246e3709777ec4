//! Amounts, rates and days as they are printed.

use chrono::{NaiveDate, NaiveDateTime};

use crate::error::{Error, Result};
use crate::money;

/// An amount in a column whose head names the currency: `1,234,567.00`.
pub(super) fn amount(minor: i64, currency: &str) -> String {
    let text = money::amount(minor, currency);
    let (sign, digits) = text.strip_prefix('-').map_or(("", text.as_str()), |digits| ("-", digits));
    let (whole, cents) = digits.split_at(digits.find('.').unwrap_or(digits.len()));
    format!("{sign}{}{cents}", money::grouped(whole))
}

/// An amount by itself: `Rs. 1,234,567.00`.
pub(super) fn with_currency(minor: i64, currency: &str) -> String {
    money::formatted(minor, currency).replace(' ', "\u{a0}")
}

/// Hundredths of a percent: `18 %`, `2.5 %`.
pub(super) fn rate(bp: i32) -> String {
    let digits = money::decimal_of(bp.into(), 100);
    format!("{}\u{a0}%", digits.trim_end_matches('0').trim_end_matches('.'))
}

/// A day that nobody reads otherwise: `15 Jan 2026`.
pub(super) fn day(day: NaiveDate) -> String {
    day.format("%-d\u{a0}%b\u{a0}%Y").to_string()
}

/// A day as the gazette orders it, month first, and as people read it: `01/15/2026 (15 Jan 2026)`.
pub(super) fn gazette_day(date: NaiveDate) -> String {
    format!("{} ({})", date.format("%m/%d/%Y"), day(date))
}

/// A moment: `15 Jan 2026, 14:30`.
pub(super) fn moment(at: NaiveDateTime) -> String {
    format!("{}, {}", day(at.date()), at.format("%H:%M"))
}

/// The sum of amounts of one currency; fails beyond 64 bits.
pub(super) fn sum(amounts: impl IntoIterator<Item = i64>) -> Result<i64> {
    let total = amounts.into_iter().try_fold(0_i64, i64::checked_add);
    total.ok_or_else(|| Error::internal(anyhow::anyhow!("amounts of a document add up to more than 64 bits hold")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_read_as_people_write_them() {
        assert_eq!([123_456_700, -5].map(|minor| amount(minor, "LKR")), ["1,234,567.00", "-0.05"]);
        assert_eq!(with_currency(51_250_000, "LKR"), "Rs.\u{a0}512,500.00");
        assert_eq!([1800, 250, 0, 1].map(rate), ["18\u{a0}%", "2.5\u{a0}%", "0\u{a0}%", "0.01\u{a0}%"]);
        let date = NaiveDate::from_ymd_opt(2026, 1, 5).expect("a day");
        assert_eq!(gazette_day(date), "01/05/2026 (5\u{a0}Jan\u{a0}2026)");
    }

    #[test]
    fn a_sum_beyond_all_bounds_is_refused() {
        assert!(sum([i64::MAX, 1]).is_err());
    }
}

//! When people buy: April and December, weekends, in the daytime and now and then in the night.

use chrono::{DateTime, Datelike, NaiveDate, Utc, Weekday};

use super::random::Random;
use super::site::Site;

/// Sales of a month against the average of 100: the Sinhala and Tamil New Year in April, bonuses in December.
const MONTHS: [u64; 12] = [86, 81, 100, 143, 81, 86, 90, 100, 90, 95, 108, 140];

/// Days of an average month, in hundredths.
const DAYS_OF_MONTH: u64 = 3_044;

/// How many buyers a day may bring; their number varies as that of many independent people does.
const TRIALS: u64 = 8;

/// One sale in so many is made after midnight: in UTC that is still the day before.
const AFTER_MIDNIGHT_EVERY: usize = 40;

/// The times of a branch's sales, in order.
pub(super) fn sale_times(site: &Site<'_>, random: &mut Random) -> Vec<DateTime<Utc>> {
    let days = site.start.iter_days().take_while(|day| *day <= site.until);
    let mut times: Vec<_> = days.flat_map(|day| day_times(site, day, random)).collect();
    times.sort_unstable();
    for at in times.iter_mut().skip(3).step_by(AFTER_MIDNIGHT_EVERY) {
        let minute = random.between(5, 95);
        *at = site.at(site.day(*at), minute, random);
    }
    times.sort_unstable();
    times
}

fn day_times(site: &Site<'_>, day: NaiveDate, random: &mut Random) -> Vec<DateTime<Utc>> {
    const WHOLE: u64 = 1_000_000;
    // Thousandths × hundredths × thousandths ÷ the same of a month: millionths of a sale.
    let expected = site.monthly_milli * MONTHS[day.month0() as usize] * weekday(day) * 1_000 / (DAYS_OF_MONTH * 1_000);
    let each = expected / TRIALS;
    let count: u64 = (0..TRIALS).map(|_| each / WHOLE + u64::from(random.below(WHOLE) < each % WHOLE)).sum();
    (0..count).map(|_| moment(site, day, random)).collect()
}

/// Sales of a weekday against the average of 1,000.
fn weekday(day: NaiveDate) -> u64 {
    match day.weekday() {
        Weekday::Sat => 1_500,
        Weekday::Sun => 1_200,
        _ => 860,
    }
}

/// One in twenty buys after closing.
fn moment(site: &Site<'_>, day: NaiveDate, random: &mut Random) -> DateTime<Utc> {
    match random.chance(5) {
        true => {
            let minute = random.between(19 * 60, 23 * 60 + 50);
            site.at(day, minute, random)
        }
        false => site.in_hours(day, random),
    }
}

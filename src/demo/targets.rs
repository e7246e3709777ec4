//! What each branch is to sell: a tenth more than its plan, this month and the eleven before.

use chrono::{Months, NaiveDate, NaiveTime};
use entity::target;

use super::catalogue::RUPEE;
use super::site::Site;
use crate::kpi::Step;

/// What a vehicle brings on average, in minor units.
const PRICE: i64 = 380_000 * RUPEE;

/// The targets of a branch.
pub(super) fn of_branch(site: &Site<'_>) -> Vec<target::Model> {
    let this_month = Step::Month.first(site.until);
    let months = (0..12).map(|back| this_month - Months::new(back)).filter(|month| *month >= site.start);
    let units = i32::try_from(site.monthly_milli * 11 / 10_000 + 1).unwrap_or(i32::MAX);
    let target = |(n, month): (usize, NaiveDate)| {
        let at = month.and_time(NaiveTime::MIN).and_utc();
        target::Model {
            dealership_id: site.dealership.id,
            id: site.id(at, "target", n),
            branch_id: site.branch.id,
            month,
            units: Some(units),
            revenue_minor: Some(i64::from(units) * PRICE),
            currency: site.dealership.currency.clone(),
            created_at: at,
            updated_at: at,
        }
    };
    months.enumerate().map(target).collect()
}

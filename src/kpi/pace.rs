//! Targets against what is sold: pace, gap and projection.

use std::collections::BTreeMap;

use chrono::{Datelike, NaiveDate};
use entity::target;
use sea_orm::QueryTrait;
use sea_orm::sea_query::{Expr, ExprTrait};
use uuid::Uuid;

use super::measure::{Measure, quotient};
use super::question::{By, Filter, Question};
use super::range::{Range, Step};
use super::report::report;
use super::select::{InOrder, add_up, group_by, narrowed};
use crate::database::Tx;
use crate::error::Result;

/// How one target does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pace {
    /// What is to be reached in the month.
    pub target: i64,
    /// What is reached.
    pub sold: i64,
    /// target × day ÷ days in the month; all of it once the month is over, nothing before it begins.
    pub pace: i64,
    /// sold ÷ day × days in the month; none before it begins.
    pub projection: Option<i64>,
}

/// Targets of a branch or a dealership.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Targets {
    /// Whose.
    pub dealership: Uuid,
    /// Of this branch, or of all that have one.
    pub branch: Option<Uuid>,
    /// ISO 4217 code of the revenue.
    pub currency: String,
    /// Units.
    pub units: Option<Pace>,
    /// Vehicle revenue in minor units.
    pub revenue: Option<Pace>,
}

impl Pace {
    /// Of a month, as of `today`.
    pub fn of(target: i64, sold: i64, month: NaiveDate, today: NaiveDate) -> Self {
        let days = i64::from(Step::Month.last(month).day());
        let day = ((today - month).num_days() + 1).clamp(0, days);
        let part = |whole: i64, times: i64, by: i64| quotient(i128::from(whole) * i128::from(times), by.into());
        Self { target, sold, pace: part(target, day, days).unwrap_or(0), projection: part(sold, days, day) }
    }

    /// What is sold beyond the pace.
    pub fn gap(&self) -> i64 {
        self.sold - self.pace
    }
}

/// The targets of the month that begins on a day, by branch or by dealership, in the order of their ids.
pub async fn targets(
    tx: &Tx,
    place: Filter,
    month: NaiveDate,
    today: NaiveDate,
    by_branch: bool,
) -> Result<Vec<Targets>> {
    let mut query = narrowed::<target::Entity>(tx, &place).into_query();
    query.and_where(Expr::col("month").eq(month)).clear_selects();
    let apart = ["dealership_id", "currency", "branch_id"];
    group_by(&mut query, if by_branch { &apart } else { &apart[..2] });
    add_up(&mut query, &["units", "revenue_minor"]);
    let range = Range { from: month, to: Step::Month.last(month) };
    let by = if by_branch { vec![By::Branch] } else { vec![By::Dealership] };
    let measures = vec![Measure::Units, Measure::VehicleRevenue];
    let sold = Question { range, step: None, by, filter: place, measures, compared: None, today };
    let sold = report(tx, sold).await?;
    let mut reached: BTreeMap<_, (i64, i64)> = BTreeMap::new();
    for row in &sold.rows {
        let key = (row.key.dealership, row.key.branch, row.currency.as_str());
        reached.insert(key, (sold.value(row, 0).unwrap_or(0), sold.value(row, 1).unwrap_or(0)));
    }
    let mut all = Vec::new();
    for row in tx.groups(query).await? {
        let mut row = InOrder::of(&row);
        let (dealership, currency): (Uuid, String) = (row.next()?, row.next()?);
        let branch: Option<Uuid> = if by_branch { Some(row.next()?) } else { None };
        let (units, revenue) = reached.get(&(Some(dealership), branch, currency.as_str())).copied().unwrap_or_default();
        let pace = |target: Option<i64>, sold| target.map(|target| Pace::of(target, sold, month, today));
        let (units, revenue) = (pace(row.next()?, units), pace(row.next()?, revenue));
        all.push(Targets { dealership, branch, currency, units, revenue });
    }
    all.sort_unstable_by(|a, b| (a.dealership, a.branch, &a.currency).cmp(&(b.dealership, b.branch, &b.currency)));
    Ok(all)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_target_is_reached_day_by_day() {
        let day = |text: &str| text.parse::<NaiveDate>().expect("a day");
        let of = |today| Pace::of(30, 12, day("2026-09-01"), day(today));
        assert_eq!(of("2026-09-10"), Pace { target: 30, sold: 12, pace: 10, projection: Some(36) });
        assert_eq!(of("2026-09-10").gap(), 2);
        assert_eq!(of("2026-10-20"), Pace { target: 30, sold: 12, pace: 30, projection: Some(12) });
        assert_eq!(of("2026-08-31"), Pace { target: 30, sold: 12, pace: 0, projection: None });
    }
}

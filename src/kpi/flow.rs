//! How stock flows: how long it lasts, how often it turns, how much of it sells.

use std::collections::BTreeMap;

use chrono::{Months, NaiveDate, TimeDelta};
use entity::open_item::Kind;

use super::cell::month_of;
use super::measure::{Measure, quotient};
use super::now::{Now, Supply, available};
use super::question::{By, Filter, Question};
use super::range::{Range, Step};
use super::report::{Row, report};
use crate::database::Tx;
use crate::error::Result;

/// Over how many days sales are looked at for how long stock lasts.
const DAYS: i64 = 30;

/// How stock flows, each in hundredths or millionths; none where there is nothing to divide by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Flow {
    /// Units in stock ÷ (units sold in 30 days ÷ 30), in hundredths of a day.
    pub days_supply: Option<i64>,
    /// Units sold from stock in 12 months ÷ mean stock, in hundredths. The mean is of today and of the twelve beginnings
    /// of a month before; stock then is told from stock now, what came in since and what was sold since.
    pub turn: Option<i64>,
    /// Units sold from stock this month ÷ (stock at its beginning + units received in it), in millionths.
    pub sell_through: Option<i64>,
}

/// How the stock of a place flows.
pub async fn flow(tx: &Tx, now: &Now) -> Result<Flow> {
    let on_hand = now.items(Kind::Stock);
    let recent = Range { from: now.today - TimeDelta::days(DAYS - 1), to: now.today };
    let recent = report(tx, question(now, recent, None, vec![], vec![Measure::Units])).await?;
    let sold: i64 = recent.totals.iter().filter_map(|row| recent.value(row, 0)).sum();
    let year = Range { from: month_of(now.today) - Months::new(11), to: now.today };
    let measures = vec![Measure::UnitsReceived, Measure::UnitsFromStock];
    let year = report(tx, question(now, year, Some(Step::Month), vec![], measures)).await?;
    let mut months: BTreeMap<NaiveDate, (i64, i64)> = BTreeMap::new();
    for row in &year.rows {
        let month = months.entry(row.key.period.unwrap_or(now.today)).or_default();
        month.0 += year.value(row, 0).unwrap_or(0);
        month.1 += year.value(row, 1).unwrap_or(0);
    }
    Ok(made(now.today, on_hand, sold, &months))
}

fn made(today: NaiveDate, on_hand: i64, recently_sold: i64, months: &BTreeMap<NaiveDate, (i64, i64)>) -> Flow {
    let (mut stock, mut stocks, mut sold) = (on_hand, on_hand, 0);
    for back in 0..12 {
        let (received, left) = months.get(&(month_of(today) - Months::new(back))).copied().unwrap_or_default();
        stock += left - received;
        stocks += stock;
        sold += left;
    }
    let (received, left) = months.get(&month_of(today)).copied().unwrap_or_default();
    let opening = on_hand - received + left;
    Flow {
        days_supply: quotient(i128::from(on_hand) * i128::from(DAYS) * 100, recently_sold.into()),
        turn: quotient(i128::from(sold) * 13 * 100, stocks.into()),
        sell_through: quotient(i128::from(left) * 1_000_000, (opening + received).into()),
    }
}

/// Models with few units for sale, or few days' supply; those that nobody buys are left out.
pub async fn at_risk(tx: &Tx, now: &Now, fewest: i64, days: i64) -> Result<Vec<Supply>> {
    let available = available(tx, &now.place).await?;
    let recent = Range { from: now.today - TimeDelta::days(DAYS - 1), to: now.today };
    let recent = report(tx, question(now, recent, None, vec![By::Model], vec![Measure::Units])).await?;
    let supply = |row: &Row| {
        let (dealership, model) = (row.key.dealership?, row.key.model?);
        let sold = recent.value(row, 0).filter(|sold| *sold > 0)?;
        Some(Supply { dealership, model, available: available.get(&(dealership, model)).copied().unwrap_or(0), sold })
    };
    let supplies = recent.rows.iter().filter_map(supply);
    Ok(supplies.filter(|supply| supply.available < fewest || supply.available * DAYS < supply.sold * days).collect())
}

fn question(now: &Now, range: Range, step: Option<Step>, by: Vec<By>, measures: Vec<Measure>) -> Question {
    let Filter { dealership, branch, .. } = now.place;
    let filter = Filter { dealership, branch, ..Filter::default() };
    Question { range, step, by, filter, measures, compared: None, today: now.today }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stock_is_told_from_what_came_and_went() {
        let month = |text: &str| text.parse::<NaiveDate>().expect("a day");
        // 10 now; this month 4 came and 6 went: it began with 12. Last month 2 came, none went: it began with 10.
        let months = BTreeMap::from([(month("2026-09-01"), (4, 6)), (month("2026-08-01"), (2, 0))]);
        let flow = made(month("2026-09-15"), 10, 6, &months);
        assert_eq!(flow.days_supply, Some(50_00));
        assert_eq!(flow.sell_through, Some(375_000));
        // 10 + 12 + 11 × 10 over thirteen days: 6 sold ÷ 10.15.
        assert_eq!(flow.turn, Some(59));
        assert_eq!(made(month("2026-09-15"), 0, 0, &BTreeMap::new()), Flow::default());
    }
}

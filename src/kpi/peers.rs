//! How a branch stands among others whose rows it does not see: their mean, its rank and its percentile, nothing else.
//!
//! A figure is compared where head office has opened it, of whole months that are over, among branches that traded all
//! through the month. Whole months, so that nobody is singled out by asking for the same days with one more or one fewer.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Datelike, NaiveDate, Utc};
use entity::{branch, dealership, peer_measure};
use sea_orm::{ColumnTrait, QueryFilter};
use uuid::Uuid;

use super::measure::{Measure, quotient};
use super::question::{By, Filter, Question};
use super::range::{Range, Step};
use super::report::report;
use crate::database::Tx;
use crate::error::{Error, Result};
use crate::store;
use crate::store::load::Key;

/// What is told, or why nothing is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Peers {
    /// Head office has not opened this figure to the branch's dealership.
    NotOpened,
    /// So few branches can be compared that one could be told from the others.
    TooFew,
    /// How the branch stands.
    Shown(Standings),
}

/// How a branch stands among its peers, values in the measure's scale.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Standings {
    /// How many branches are compared, the own one among them.
    pub branches: usize,
    /// Their mean.
    pub mean: Option<i64>,
    /// The branch's own value.
    pub own: Option<i64>,
    /// Its rank, 1 the largest; equals have the same.
    pub rank: Option<usize>,
    /// The part of the others that are below it, in millionths.
    pub percentile: Option<i64>,
}

/// Compares a branch with its peers in the month that begins on a day. Reads in the installation's own scope: what it gives
/// back names nobody.
///
/// # Errors
/// `BAD_USER_INPUT` when that month is not over in the branch's dealership, or is none.
pub async fn peers(
    tx: &Tx,
    own: Key,
    measure: Measure,
    month: NaiveDate,
    now: DateTime<Utc>,
    fewest: usize,
) -> Result<Peers> {
    let range = Range { from: month, to: Step::Month.last(month) };
    let dealerships = tx.all(tx.select::<dealership::Entity>()).await?;
    let home = dealerships.iter().find(|row| row.id == own.dealership).ok_or(Error::NotFound)?;
    let today = store::dealership::day(home, now)?;
    if month.day() != 1 || range.to >= today {
        return Err(Error::bad_input("month", "Name a month that is over by its first day."));
    }
    let opened = store::peer_measure::open(tx).filter(peer_measure::Column::Measure.eq(measure.name()));
    let opened = tx.all(opened).await?;
    let opened: BTreeSet<_> = opened.into_iter().map(|row| row.dealership_id).collect();
    if !opened.contains(&own.dealership) {
        return Ok(Peers::NotOpened);
    }
    let zones: BTreeMap<Uuid, &dealership::Model> = dealerships
        .iter()
        .filter(|row| opened.contains(&row.id) && row.currency == home.currency)
        .map(|row| (row.id, row))
        .collect();
    let mut traded = BTreeSet::new();
    for branch in tx.all(tx.select::<branch::Entity>()).await? {
        if let Some(dealership) = zones.get(&branch.dealership_id) {
            let from = store::dealership::day(dealership, branch.created_at)?;
            let to = branch.closed_at.map(|at| store::dealership::day(dealership, at)).transpose()?;
            if from <= range.from && to.is_none_or(|to| to > range.to) {
                traded.insert(branch.id);
            }
        }
    }
    let by = vec![By::Branch];
    let question =
        Question { range, step: None, by, filter: Filter::default(), measures: vec![measure], compared: None, today };
    let report = report(tx, question).await?;
    // Where nothing was sold, what is counted is nothing; what is divided is not known.
    let nothing = measure.definition().value(|_| 0);
    let mut values: BTreeMap<Uuid, Option<i64>> = traded.iter().map(|branch| (*branch, nothing)).collect();
    for row in report.rows.iter().filter(|row| row.currency == home.currency) {
        if let Some(value) = row.key.branch.and_then(|branch| values.get_mut(&branch)) {
            *value = report.value(row, 0);
        }
    }
    let own = values.get(&own.id).copied().flatten();
    Ok(stand(values.into_values().flatten().collect(), own, fewest))
}

fn stand(values: Vec<i64>, own: Option<i64>, fewest: usize) -> Peers {
    if values.len() < fewest {
        return Peers::TooFew;
    }
    let total: i128 = values.iter().map(|value| i128::from(*value)).sum();
    let count = |holds: &dyn Fn(i64) -> bool| values.iter().filter(|value| holds(**value)).count();
    let others = values.len() - 1;
    Peers::Shown(Standings {
        branches: values.len(),
        mean: quotient(total, values.len() as i128),
        own,
        rank: own.map(|own| count(&|value| value > own) + 1),
        percentile: own.and_then(|own| quotient(count(&|value| value < own) as i128 * 1_000_000, others as i128)),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn few_are_not_told_apart() {
        assert_eq!(stand(vec![1, 2, 3, 4], Some(4), 5), Peers::TooFew);
        let Peers::Shown(shown) = stand(vec![5, 1, 3, 3, 8], Some(3), 5) else { panic!("five are enough") };
        let expected = Standings { branches: 5, mean: Some(4), own: Some(3), rank: Some(3), percentile: Some(250_000) };
        assert_eq!(shown, expected);
        let Peers::Shown(shown) = stand(vec![5, 1, 3, 3, 8], None, 5) else { panic!("five are enough") };
        assert_eq!((shown.own, shown.rank, shown.percentile), (None, None, None));
    }
}

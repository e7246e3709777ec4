//! The answer to a question: sums by group, from the rollups where they serve.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use chrono::NaiveDate;

use super::group::{Groups, Key, Pair};
use super::measure::{Measure, Unit, quotient};
use super::question::Question;
use super::range::Range;
use super::sums::sums;
use crate::database::Tx;
use crate::error::Result;

/// Figures by group.
#[derive(Debug)]
pub struct Report {
    /// What was asked.
    pub question: Question,
    /// The range it is compared with.
    pub before: Option<Range>,
    /// In the order of time, then of the first measure, the largest first; ties by key.
    pub rows: Vec<Row>,
    /// All groups together, one for each currency.
    pub totals: Vec<Row>,
    /// How many facts the range has of the kinds that were asked for.
    pub source_rows: i64,
    columns: Vec<&'static str>,
    standings: OnceLock<Vec<Vec<Standing>>>,
}

/// A group.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// Which.
    pub key: Key,
    /// ISO 4217 code of its money; amounts of two currencies are never added.
    pub currency: String,
    sums: Vec<i64>,
    before: Option<Vec<i64>>,
}

/// How a group stands among those of the same time and currency.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Standing {
    /// Its part of all, in millionths; of figures that add up.
    pub share: Option<i64>,
    /// 1 is the largest; equals have the same.
    pub rank: Option<i32>,
    /// By how much it is above the mean of the groups, in the measure's scale.
    pub above_mean: Option<i64>,
}

/// Adds up what is asked.
///
/// # Errors
/// `BAD_USER_INPUT` when a figure cannot be told apart so, or there are too many groups; `FORBIDDEN` when the role may not
/// see one.
pub async fn report(tx: &Tx, question: Question) -> Result<Report> {
    question.check(tx.scope())?;
    let columns = question.columns();
    let before = question.compared.map(|compared| question.range.before(compared));
    let found = sums(tx, &question, before, &columns).await?;
    Ok(arrange(question, before, columns, found))
}

impl Report {
    /// The value of the `measure`th figure of a group, in its unit's scale.
    pub fn value(&self, row: &Row, measure: usize) -> Option<i64> {
        self.valued(&row.sums, measure)
    }

    /// The same in the range it is compared with.
    pub fn earlier(&self, row: &Row, measure: usize) -> Option<i64> {
        row.before.as_ref().and_then(|sums| self.valued(sums, measure))
    }

    /// How a group stands among the others.
    pub fn standing(&self, row: usize, measure: usize) -> Standing {
        self.standings.get_or_init(|| self.stand())[measure][row]
    }

    fn valued(&self, sums: &[i64], measure: usize) -> Option<i64> {
        let sum = |column: &str| self.columns.iter().position(|own| *own == column).map_or(0, |place| sums[place]);
        self.question.measures[measure].definition().value(sum)
    }

    fn stand(&self) -> Vec<Vec<Standing>> {
        let mut peers: BTreeMap<(Option<NaiveDate>, &str), Vec<usize>> = BTreeMap::new();
        for (n, row) in self.rows.iter().enumerate() {
            peers.entry((row.key.period, &row.currency)).or_default().push(n);
        }
        let measures = self.question.measures.iter().enumerate();
        let standings = measures.map(|(measure, kind)| {
            let mut standings = vec![Standing::default(); self.rows.len()];
            for rows in peers.values() {
                let values: Vec<_> =
                    rows.iter().filter_map(|n| Some((*n, self.value(&self.rows[*n], measure)?))).collect();
                for (n, standing) in stand(*kind, &values) {
                    standings[n] = standing;
                }
            }
            standings
        });
        standings.collect()
    }
}

fn stand(measure: Measure, values: &[(usize, i64)]) -> Vec<(usize, Standing)> {
    let definition = measure.definition();
    let adds_up = definition.by.is_none() && matches!(definition.unit, Unit::Count | Unit::Money);
    let total: i128 = values.iter().map(|(_, value)| i128::from(*value)).sum();
    let mean = quotient(total, values.len() as i128);
    let mut sorted: Vec<_> = values.iter().map(|(_, value)| *value).collect();
    sorted.sort_unstable_by(|a, b| b.cmp(a));
    let one = |(n, value): &(usize, i64)| {
        let standing = Standing {
            share: adds_up.then(|| quotient(i128::from(*value) * 1_000_000, total)).flatten(),
            rank: i32::try_from(sorted.partition_point(|other| other > value) + 1).ok(),
            above_mean: mean.map(|mean| value - mean),
        };
        (*n, standing)
    };
    values.iter().map(one).collect()
}

fn arrange(question: Question, before: Option<Range>, columns: Vec<&'static str>, found: Groups) -> Report {
    let mut totals: BTreeMap<String, Pair> = BTreeMap::new();
    for ((_, currency), pair) in &found {
        let total = totals.entry(currency.clone()).or_insert_with(|| Pair::nothing(&columns));
        add(&mut total.now, &pair.now);
        add(&mut total.before, &pair.before);
    }
    let row = |key, currency, pair: Pair| Row { key, currency, sums: pair.now, before: before.map(|_| pair.before) };
    let rows = found.into_iter().map(|((key, currency), pair)| row(key, currency, pair)).collect();
    let totals: Vec<_> = totals.into_iter().map(|(currency, pair)| row(Key::default(), currency, pair)).collect();
    let counters = question.counters();
    let counted = columns.iter().enumerate().filter(|(_, column)| counters.contains(column));
    let source_rows = counted.map(|(place, _)| totals.iter().map(|total| total.sums[place]).sum::<i64>()).sum();
    let mut report = Report { question, before, rows, totals, source_rows, columns, standings: OnceLock::new() };
    let mut rows = std::mem::take(&mut report.rows);
    // By key they are already, so the sort leaves ties so.
    rows.sort_by_cached_key(|row| (row.key.period, std::cmp::Reverse(report.value(row, 0))));
    Report { rows, ..report }
}

fn add(sums: &mut [i64], more: &[i64]) {
    sums.iter_mut().zip(more).for_each(|(sum, more)| *sum += more);
}

//! The answer to a question: sums by group, from the rollups where they serve.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use chrono::NaiveDate;
use entity::tenant::Tenant;
use entity::{kpi_breakdown, kpi_day, kpi_fact, kpi_month};
use sea_orm::sea_query::{Condition, Expr, ExprTrait, SelectStatement};
use sea_orm::{ActiveEnum, QueryResult, QueryTrait};
use uuid::Uuid;

use super::measure::{Measure, Unit, quotient};
use super::question::{By, Question, Source};
use super::range::{Range, Step};
use super::select::{InOrder, add_up, group_by, level, narrowed};
use crate::database::Tx;
use crate::error::{Error, Result};

/// Most rows of an answer.
pub const MOST_ROWS: usize = 5_000;

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

/// What a group has in common; absent parts are not told apart, or not known.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Key {
    /// First day of its stretch of time.
    pub period: Option<NaiveDate>,
    /// Dealership.
    pub dealership: Option<Uuid>,
    /// Branch.
    pub branch: Option<Uuid>,
    /// Model.
    pub model: Option<Uuid>,
    /// Cash or leasing.
    pub sale_type: Option<String>,
    /// Membership of the seller.
    pub salesperson: Option<Uuid>,
    /// Leasing company.
    pub finance_company: Option<Uuid>,
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
    let mut found = groups(tx, &question, question.range, &columns).await?;
    let before = question.compared.map(|compared| question.range.before(compared));
    if let Some(range) = before {
        let earlier = groups(tx, &question, range, &columns).await?;
        for ((mut key, currency), sums) in earlier {
            // The third month is compared with the third month.
            if let (Some(step), Some(period)) = (question.step, key.period) {
                let position = range.position(step, period);
                if position > question.range.position(step, step.first(question.range.to)) {
                    continue;
                }
                key.period = Some(question.range.at(step, position));
            }
            found.entry((key, currency)).or_insert_with(|| Pair::nothing(&columns)).1 = sums.0;
        }
    }
    if found.len() > MOST_ROWS {
        return Err(too_many());
    }
    Ok(arrange(question, before, columns, found))
}

impl Key {
    /// The id by which it is told apart; none for those that name none.
    pub(super) fn id(&self, by: By) -> Option<Uuid> {
        match by {
            By::Dealership => self.dealership,
            By::Branch => self.branch,
            By::Model => self.model,
            By::Salesperson => self.salesperson,
            By::Financier => self.finance_company,
            By::SaleType => None,
        }
    }
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

/// The sums of a group, and of its counterpart before.
struct Pair(Vec<i64>, Vec<i64>);

impl Pair {
    fn nothing(columns: &[&str]) -> Self {
        Self(vec![0; columns.len()], vec![0; columns.len()])
    }
}

type Groups = BTreeMap<(Key, String), Pair>;

fn arrange(question: Question, before: Option<Range>, columns: Vec<&'static str>, found: Groups) -> Report {
    let mut totals: BTreeMap<String, Pair> = BTreeMap::new();
    for ((_, currency), Pair(sums, earlier)) in &found {
        let total = totals.entry(currency.clone()).or_insert_with(|| Pair::nothing(&columns));
        add(&mut total.0, sums);
        add(&mut total.1, earlier);
    }
    let row = |key, currency, Pair(sums, earlier)| Row { key, currency, sums, before: before.map(|_| earlier) };
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

async fn groups(tx: &Tx, question: &Question, range: Range, columns: &[&'static str]) -> Result<Groups> {
    let mut groups = Groups::new();
    for (query, sign) in queries(tx, question, range, columns) {
        let rows = tx.groups(query).await?;
        if rows.len() > MOST_ROWS {
            return Err(too_many());
        }
        for row in rows {
            let (key, currency, sums) = read(&row, question, columns)?;
            let pair = groups.entry((key, currency)).or_insert_with(|| Pair::nothing(columns));
            pair.0.iter_mut().zip(&sums).for_each(|(sum, more)| *sum += sign * more);
        }
    }
    // Days on which what was sold was taken back, and facts of other kinds, are nothing.
    groups.retain(|_, Pair(sums, _)| sums.iter().any(|sum| *sum != 0));
    Ok(groups)
}

fn too_many() -> Error {
    let message =
        format!("This has more than {MOST_ROWS} groups: choose a shorter period, or fewer ways to tell apart.");
    Error::bad_input("groupBy", message)
}

/// One statement for each part of the range, with the sign of what it adds.
fn queries(tx: &Tx, question: &Question, range: Range, columns: &[&'static str]) -> Vec<(SelectStatement, i64)> {
    let parts = range.parts(question.today);
    let level = |mut query: SelectStatement| {
        level(&mut query, question.needs_branches(tx.scope()));
        query
    };
    let days = |range| level(query::<kpi_day::Entity>(tx, question, range, DAYS, columns));
    let months = |range| level(query::<kpi_month::Entity>(tx, question, range, MONTHS, columns));
    let facts = |range| {
        let query = query::<kpi_fact::Entity>(tx, question, range, FACTS, columns);
        counted(query, &question.counters())
    };
    let all = |months: &dyn Fn(Range) -> SelectStatement, days: &dyn Fn(Range) -> SelectStatement| {
        let months = parts.months.map(|range| (months(range), 1));
        let more = parts.days.iter().map(|range| (days(*range), 1));
        months.into_iter().chain(more).chain(parts.less.iter().map(|range| (days(*range), -1))).collect()
    };
    match question.source() {
        Source::Days => vec![(days(range), 1)],
        Source::Facts => vec![(facts(range), 1)],
        Source::Rollups => all(&months, &days),
        Source::Breakdown(dimension) => {
            let months = |range| {
                let query = query::<kpi_breakdown::Entity>(tx, question, range, MONTHS, columns);
                level(query).and_where(Expr::col("dimension").eq(dimension.to_value())).to_owned()
            };
            all(&months, &facts)
        }
    }
}

/// Only what is counted in one of these columns.
fn counted(mut query: SelectStatement, counters: &[&'static str]) -> SelectStatement {
    let any = counters.iter().fold(Condition::any(), |any, column| any.add(Expr::col(*column).ne(0)));
    query.cond_where(any);
    query
}

/// How a table tells time apart: by which column, and into cells of which length, if it is one of cells.
#[derive(Clone, Copy)]
struct Cut {
    column: &'static str,
    step: Option<Step>,
}

const DAYS: Cut = Cut { column: "day", step: Some(Step::Day) };
const MONTHS: Cut = Cut { column: "month", step: Some(Step::Month) };
const FACTS: Cut = Cut { column: "day", step: None };

/// What a table of cells or facts has for a range: added up by group, or as it is where each cell is a group.
fn query<E: Tenant>(tx: &Tx, question: &Question, range: Range, cut: Cut, columns: &[&'static str]) -> SelectStatement {
    let mut query = narrowed::<E>(tx, &question.filter).into_query();
    query.and_where(Expr::col(cut.column).gte(range.from)).and_where(Expr::col(cut.column).lte(range.to));
    query.clear_selects();
    let mut apart = Vec::from_iter(question.is_by_dealership().then_some("dealership_id"));
    apart.extend(question.by.iter().filter(|by| **by != By::Dealership).map(|by| column(*by)));
    apart.push("currency");
    let first = question.step.map(|step| first_day(step, cut.column, tx.is_embedded()));
    if let Some(first) = first.clone() {
        query.expr_as(first, "period");
    }
    if cut.step.is_some_and(|step| question.tells_cells_apart(tx.scope(), range, step)) {
        query.columns(apart).columns(columns.iter().copied());
    } else {
        query.add_group_by(first);
        group_by(&mut query, &apart);
        add_up(&mut query, columns);
    }
    query.limit(MOST_ROWS as u64 + 1);
    query
}

pub(super) fn column(by: By) -> &'static str {
    match by {
        By::Dealership => "dealership_id",
        By::Branch => "branch_id",
        By::Model => "model_id",
        By::SaleType => "sale_type",
        By::Salesperson => "salesperson_id",
        By::Financier => "finance_company_id",
    }
}

/// The first day of the stretch of time that a day lies in, as the database writes it.
fn first_day(step: Step, day: &str, is_embedded: bool) -> Expr {
    match (step, is_embedded) {
        (Step::Day, _) => Expr::col(day.to_owned()),
        (Step::Month, _) if day == "month" => Expr::col(day.to_owned()),
        (Step::Month, false) => Expr::cust(format!("date_trunc('month', {day})::date")),
        (Step::Month, true) => Expr::cust(format!("date({day}, 'start of month')")),
        (Step::Week, false) => Expr::cust(format!("date_trunc('week', {day})::date")),
        (Step::Week, true) => Expr::cust(format!("date({day}, '-6 days', 'weekday 1')")),
    }
}

/// A row of [`query`].
fn read(row: &QueryResult, question: &Question, columns: &[&'static str]) -> Result<(Key, String, Vec<i64>)> {
    let (mut row, mut key) = (InOrder::of(row), Key::default());
    if question.step.is_some() {
        key.period = Some(row.next()?);
    }
    if question.is_by_dealership() {
        key.dealership = Some(row.next()?);
    }
    for by in &question.by {
        match by {
            By::Dealership => {}
            By::Branch => key.branch = row.next()?,
            By::Model => key.model = row.next()?,
            By::SaleType => key.sale_type = row.next()?,
            By::Salesperson => key.salesperson = row.next()?,
            By::Financier => key.finance_company = row.next()?,
        }
    }
    let currency = row.next()?;
    let sums = columns.iter().map(|_| row.next()).collect::<Result<_>>()?;
    Ok((key, currency, sums))
}

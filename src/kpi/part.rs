//! The tables that answer a question, and what is asked of each: a part for each stretch of a range that one of them serves.

use std::iter;

use entity::tenant::Tenant;
use entity::{kpi_breakdown, kpi_day, kpi_fact, kpi_month};
use sea_orm::sea_query::{Condition, Expr, ExprTrait, SelectStatement, UnionType};
use sea_orm::{ActiveEnum, QueryResult, QueryTrait};

use super::group::{Key, column};
use super::question::{By, Question, Source};
use super::range::{Range, Step};
use super::select::{InOrder, add_up, group_by, level, narrowed};
use crate::database::Tx;
use crate::error::Result;

/// What a part is to the whole.
#[derive(Clone, Copy)]
pub(super) struct Part {
    /// 1, or -1 for what is taken away.
    pub(super) sign: i64,
    /// The range it is of, if that is the one that the question's is compared with.
    pub(super) earlier: Option<Range>,
}

/// The parts of a question's range and of the one `before`, and one statement for them all, whose rows tell the place of
/// their part.
pub(super) fn parts(
    tx: &Tx,
    question: &Question,
    before: Option<Range>,
    columns: &[&'static str],
) -> (Vec<Part>, SelectStatement) {
    let (mut parts, mut all) = (Vec::new(), None::<SelectStatement>);
    for (range, earlier) in iter::once((question.range, None)).chain(before.map(|range| (range, before))) {
        for (mut query, sign) in queries(tx, question, range, columns) {
            query.expr_as(Expr::cust(parts.len().to_string()), "part");
            parts.push(Part { sign, earlier });
            match &mut all {
                None => all = Some(query),
                Some(all) => drop(all.union(UnionType::All, query)),
            }
        }
    }
    (parts, all.unwrap_or_default())
}

/// What answers for a range: queries, with the sign of what each adds.
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
    query
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

/// A row of the statement: its group, currency and sums, and the place of its part.
pub(super) fn read(row: &QueryResult, question: &Question, columns: usize) -> Result<(Key, String, Vec<i64>, usize)> {
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
    let sums = (0..columns).map(|_| row.next()).collect::<Result<_>>()?;
    let place: i32 = row.next()?;
    Ok((key, currency, sums, place.unsigned_abs() as usize))
}

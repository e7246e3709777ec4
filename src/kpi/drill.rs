//! The rows behind a figure: the facts that hold something in one of its columns.

use entity::kpi_fact::{Column, Entity, Model};
use entity::measures::Measures;
use sea_orm::sea_query::{Condition, Expr, ExprTrait};
use sea_orm::{ColumnTrait, QueryFilter, Select};

use super::group::{Key, column};
use super::measure::Measure;
use super::question::{By, Question};
use super::range::Range;
use super::select::narrowed;
use crate::database::Tx;

/// The facts that make a figure of a group, or of all groups of a currency without a `key`.
pub fn facts(tx: &Tx, question: &Question, key: Option<&Key>, currency: &str, measure: Measure) -> Select<Entity> {
    let Range { from, to } = stretch(question, key);
    let mut query = narrowed::<Entity>(tx, &question.filter)
        .filter(Column::Day.gte(from))
        .filter(Column::Day.lte(to))
        .filter(Column::Currency.eq(currency));
    if let Some(key) = key {
        query = of_group(query, question, key);
    }
    let columns = measure.definition().columns();
    query.filter(columns.fold(Condition::any(), |any, column| any.add(Expr::col(column).ne(0))))
}

/// What a fact adds to a measure: to what is summed, not divided.
pub fn adds(fact: &Model, measure: Measure) -> i64 {
    let values = fact.measures().values();
    let of = |column: &str| Measures::COLUMNS.iter().position(|own| *own == column).map_or(0, |place| values[place]);
    measure.definition().sum.iter().map(|(column, factor)| of(column) * factor).sum()
}

fn stretch(question: &Question, key: Option<&Key>) -> Range {
    match (question.step, key.and_then(|key| key.period)) {
        (Some(step), Some(first)) => question.range.within(step, first),
        _ => question.range,
    }
}

fn of_group(mut query: Select<Entity>, question: &Question, key: &Key) -> Select<Entity> {
    if let Some(dealership) = key.dealership {
        query = query.filter(Column::DealershipId.eq(dealership));
    }
    for by in &question.by {
        let own = Expr::col(column(*by));
        query = query.filter(match (by, key.id(*by), &key.sale_type) {
            (By::SaleType, _, Some(kind)) => own.eq(kind.as_str()),
            (By::SaleType, _, None) | (_, None, _) => own.is_null(),
            (_, Some(id), _) => own.eq(id),
        });
    }
    query
}

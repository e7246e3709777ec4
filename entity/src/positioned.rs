//! Rows read by the place of their columns: by name, each has to be looked up, and an empty one costs more than a full one.

use sea_orm::prelude::Uuid;
use sea_orm::sqlx::{self, Row, ValueRef};
use sea_orm::{DbErr, EntityTrait, FromQueryResult, IdenStatic, Iterable, QueryResult, TryGetable};

pub use entity_derive::Positioned;

/// A model whose fields are the columns of its table, in their order.
pub trait Positioned: FromQueryResult {
    /// The row whose columns begin at a place.
    ///
    /// # Errors
    /// Those of the database, when a column holds something else.
    fn at(row: &QueryResult, first: usize) -> Result<Self, DbErr>;
}

/// A value that may be absent: of one that is, sea-orm makes an error with a text before it says so.
///
/// # Errors
/// As [`Positioned::at`].
pub fn optional<T: TryGetable>(row: &QueryResult, place: usize) -> Result<Option<T>, DbErr> {
    let is_absent = match (row.try_as_pg_row(), row.try_as_sqlite_row()) {
        (Some(row), _) => is_absent(row, place),
        (None, Some(row)) => is_absent(row, place),
        (None, None) => false,
    };
    if is_absent { Ok(None) } else { row.try_get_by_index(place) }
}

/// A row of one table, and one of another if there is one.
pub type Pair<A, B> = (<A as EntityTrait>::Model, Option<<B as EntityTrait>::Model>);

/// Rows of a query that begins with all columns of one table, then all of another's, whose row may be absent.
///
/// # Errors
/// As [`Positioned::at`].
pub fn pairs<A, B>(rows: &[QueryResult]) -> Result<Vec<Pair<A, B>>, DbErr>
where
    A: EntityTrait<Model: Positioned>,
    B: EntityTrait<Model: Positioned>,
{
    let second = A::Column::iter().count();
    let pair = |row: &QueryResult| {
        // What each table begins with is part of its key.
        let is_there = optional::<Uuid>(row, second)?.is_some();
        Ok((A::Model::at(row, 0)?, is_there.then(|| B::Model::at(row, second)).transpose()?))
    };
    rows.iter().map(pair).collect()
}

fn is_absent<R: Row>(row: &R, place: usize) -> bool
where
    usize: sqlx::ColumnIndex<R>,
{
    row.try_get_raw(place).is_ok_and(|value| value.is_null())
}

/// Rows of a query that begins with all columns of a table; by name, where it has others.
///
/// # Errors
/// As [`Positioned::at`].
pub fn models<E: EntityTrait<Model: Positioned>>(rows: &[QueryResult]) -> Result<Vec<E::Model>, DbErr> {
    let mut names = rows.first().map(QueryResult::column_names).unwrap_or_default().into_iter();
    let is_whole = E::Column::iter().all(|column| names.next().is_some_and(|name| name == column.as_str()));
    match is_whole {
        true => rows.iter().map(|row| E::Model::at(row, 0)).collect(),
        false => rows.iter().map(|row| E::Model::from_query_result(row, "")).collect(),
    }
}

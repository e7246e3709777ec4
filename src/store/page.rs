//! Keyset pages: a page begins after a row, not at an offset, so that it costs the same however deep it lies and
//! rows that arrive meanwhile shift nothing.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::{DateTime, NaiveDate, Utc};
use entity::tenant::Tenant;
use sea_orm::Select;
use sea_orm::sea_query::{Expr, ExprTrait, Value};
use sea_orm::{
    ColumnTrait, EntityTrait, IdenStatic, ModelTrait, Order as Direction, QueryFilter, QueryOrder, QuerySelect,
};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::database::Tx;
use crate::error::{Error, Result};

/// The order of a list: one column, ties broken by id.
#[derive(Clone, Copy, Debug)]
pub struct Order<E: EntityTrait> {
    /// The column, never null.
    pub by: E::Column,
    /// Largest first.
    pub descending: bool,
}

/// Which rows of a list.
#[derive(Clone, Debug)]
pub struct Page {
    /// At most this many.
    pub size: u64,
    /// From the end of the list instead of its beginning.
    pub backward: bool,
    /// Only rows behind this one.
    pub after: Option<Cursor>,
    /// Only rows before this one.
    pub before: Option<Cursor>,
}

/// Rows of a page, in the list's order.
pub struct Slice<M> {
    /// Each with its place.
    pub rows: Vec<(Cursor, M)>,
    /// Whether rows precede them.
    pub has_previous: bool,
    /// Whether rows follow them.
    pub has_next: bool,
}

/// A row's place in one order: the order's column, the row's value there, its id.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Cursor(String, Key, Uuid);

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
enum Key {
    #[serde(rename = "d")]
    Day(NaiveDate),
    #[serde(rename = "t")]
    Time(DateTime<Utc>),
    #[serde(rename = "s")]
    Text(String),
}

impl Cursor {
    /// The opaque text clients see.
    pub fn encode(&self) -> String {
        URL_SAFE_NO_PAD.encode(serde_json::to_vec(self).expect("a cursor is JSON"))
    }

    /// Reads [`Cursor::encode`]'s text; `None` for anything else.
    pub fn decode(text: &str) -> Option<Self> {
        serde_json::from_slice(&URL_SAFE_NO_PAD.decode(text).ok()?).ok()
    }

    fn of<E: Tenant>(order: Order<E>, row: &E::Model) -> Result<Self> {
        let key = match row.get(order.by) {
            Value::ChronoDate(Some(day)) => Key::Day(day),
            Value::ChronoDateTimeUtc(Some(time)) => Key::Time(time),
            Value::String(Some(text)) => Key::Text(text),
            other => return Err(Error::internal(anyhow::anyhow!("cannot page by {other:?}"))),
        };
        match row.get(E::id()) {
            Value::Uuid(Some(id)) => Ok(Self(order.by.as_str().to_owned(), key, id)),
            other => Err(Error::internal(anyhow::anyhow!("an id is not {other:?}"))),
        }
    }
}

/// One page of `query` in `order`.
///
/// # Errors
/// `BAD_USER_INPUT` when a cursor comes from another order.
pub async fn list<E: Tenant>(tx: &Tx, mut query: Select<E>, order: Order<E>, page: &Page) -> Result<Slice<E::Model>> {
    let place = || Expr::tuple([Expr::col(order.by.as_column_ref()), Expr::col(E::id().as_column_ref())]);
    if let Some(after) = &page.after {
        let (place, row) = (place(), value(order, after, "after")?);
        query = query.filter(if order.descending { place.lt(row) } else { place.gt(row) });
    }
    if let Some(before) = &page.before {
        let (place, row) = (place(), value(order, before, "before")?);
        query = query.filter(if order.descending { place.gt(row) } else { place.lt(row) });
    }
    let direction = if order.descending != page.backward { Direction::Desc } else { Direction::Asc };
    let query = query.order_by(order.by, direction.clone()).order_by(E::id(), direction).limit(page.size + 1);
    let mut found = tx.all(query).await?;
    let more = found.len() as u64 > page.size;
    found.truncate(usize::try_from(page.size).unwrap_or(usize::MAX));
    if page.backward {
        found.reverse();
    }
    let rows = found.into_iter().map(|row| Ok((Cursor::of(order, &row)?, row))).collect::<Result<_>>()?;
    Ok(Slice {
        rows,
        has_previous: if page.backward { more } else { page.after.is_some() },
        has_next: if page.backward { page.before.is_some() } else { more },
    })
}

fn value<E: Tenant>(order: Order<E>, cursor: &Cursor, argument: &'static str) -> Result<Expr> {
    let Cursor(column, key, id) = cursor;
    if column != order.by.as_str() {
        return Err(Error::bad_input(argument, "This cursor belongs to a list in another order."));
    }
    let key = match key {
        Key::Day(day) => Expr::val(*day),
        Key::Time(time) => Expr::val(*time),
        Key::Text(text) => Expr::val(text.as_str()),
    };
    Ok(Expr::tuple([key, Expr::val(*id)]))
}

//! Keyset pages: a page begins after a row, not at an offset, so that it costs the same however deep it lies and
//! rows that arrive meanwhile shift nothing.

use std::sync::{Arc, OnceLock};

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::{DateTime, NaiveDate, Utc};
use entity::positioned::Pair;
use entity::tenant::Tenant;
use sea_orm::sea_query::{Expr, ExprTrait, SelectStatement, SqliteQueryBuilder, Value};
use sea_orm::{
    ColumnTrait, EntityTrait, IdenStatic, ModelTrait, Order as Direction, QueryFilter, QueryOrder, QuerySelect,
};
use sea_orm::{QueryTrait, Select};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::crypto::{CURSOR_SEAL, CursorSeal, Keys};
use crate::database::Tx;
use crate::error::{Error, Result};
use crate::store::load;

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
    /// Only rows behind this cursor.
    pub after: Option<String>,
    /// Only rows before this cursor.
    pub before: Option<String>,
}

/// Rows of a page, in the list's order.
pub struct Slice<R> {
    /// Each with its place.
    pub rows: Vec<(Place, R)>,
    /// Whether rows precede them.
    pub has_previous: bool,
    /// Whether rows follow them.
    pub has_next: bool,
}

/// Where a row stands in a list; the cursor is sealed when somebody asks for it.
pub struct Place {
    cursors: Arc<Cursors>,
    cursor: Cursor,
}

impl Place {
    /// The cursor of the row.
    pub fn cursor(&self) -> String {
        self.cursors.encode(&self.cursor)
    }
}

/// A row's place in a list: the row's value in the order's column, and its id.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
struct Cursor(Key, Uuid);

/// Makes and reads the cursors of one list. A cursor carries a seal over the list's query, which holds the scope, the
/// filters and the order: replayed in another list, or by somebody with another scope, it is no cursor. Lists are mostly
/// read without: the seal is made when it is wanted.
struct Cursors {
    any: CursorSeal,
    order: (&'static str, bool),
    query: SelectStatement,
    seal: OnceLock<CursorSeal>,
}

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
    fn of<E: Tenant>(order: Order<E>, row: &E::Model) -> Result<Self> {
        let key = match row.get(order.by) {
            Value::ChronoDate(Some(day)) => Key::Day(day),
            Value::ChronoDateTimeUtc(Some(time)) => Key::Time(time),
            Value::String(Some(text)) => Key::Text(text),
            other => return Err(Error::internal(anyhow::anyhow!("cannot page by {other:?}"))),
        };
        Ok(Self(key, load::Key::of::<E>(row, E::id())?.id))
    }

    fn value(self) -> Expr {
        let Self(key, id) = self;
        let key = match key {
            Key::Day(day) => Expr::val(day),
            Key::Time(time) => Expr::val(time),
            Key::Text(text) => Expr::val(text),
        };
        Expr::tuple([key, Expr::val(id)])
    }
}

impl Cursors {
    fn new<E: Tenant>(keys: &Keys, query: &Select<E>, order: Order<E>) -> Self {
        Self {
            any: keys.cursor_seal().clone(),
            order: (order.by.as_str(), order.descending),
            query: query.as_query().clone(),
            seal: OnceLock::new(),
        }
    }

    fn seal(&self) -> &CursorSeal {
        let (by, descending) = self.order;
        self.seal
            .get_or_init(|| self.any.over(&format!("{by} {descending} {}", self.query.to_string(SqliteQueryBuilder))))
    }

    fn encode(&self, cursor: &Cursor) -> String {
        let place = serde_json::to_vec(cursor).expect("a cursor is JSON");
        URL_SAFE_NO_PAD.encode([&self.seal().of(&place)[..], &place].concat())
    }

    fn decode(&self, text: &str) -> Option<Cursor> {
        let bytes = URL_SAFE_NO_PAD.decode(text).ok()?;
        let (seal, place) = bytes.split_at_checked(CURSOR_SEAL)?;
        self.seal().holds(seal, place).then(|| serde_json::from_slice(place).ok())?
    }
}

/// One page of `query` in `order`.
///
/// # Errors
/// `BAD_USER_INPUT` when a cursor was not made for this very list.
pub async fn list<E: Tenant>(
    tx: &Tx,
    keys: &Keys,
    query: Select<E>,
    order: Order<E>,
    page: &Page,
) -> Result<Slice<E::Model>> {
    let (query, paged) = Paged::new(keys, query, order, page)?;
    paged.slice(tx.all(query).await?, |row| row)
}

/// The same, each row with the one that its `column` names, where the scope reaches that.
///
/// # Errors
/// As [`list`].
pub async fn list_with<E: Tenant, A: Tenant>(
    tx: &Tx,
    keys: &Keys,
    query: Select<E>,
    order: Order<E>,
    page: &Page,
    column: E::Column,
) -> Result<Slice<Pair<E, A>>> {
    let (query, paged) = Paged::new(keys, query, order, page)?;
    paged.slice(tx.all_with::<E, A>(query, column).await?, |(row, _)| row)
}

/// A page that is being read.
struct Paged<'a, E: EntityTrait> {
    cursors: Arc<Cursors>,
    order: Order<E>,
    page: &'a Page,
}

impl<'a, E: Tenant> Paged<'a, E> {
    /// The page, and the query of its rows and one more.
    fn new(keys: &Keys, mut query: Select<E>, order: Order<E>, page: &'a Page) -> Result<(Select<E>, Self)> {
        let cursors = Arc::new(Cursors::new(keys, &query, order));
        let read = |field, text: &Option<String>| match text.as_deref().map(|text| cursors.decode(text)) {
            Some(None) => Err(Error::bad_input(field, "This is not a cursor of this list.")),
            Some(cursor) => Ok(cursor),
            None => Ok(None),
        };
        let key = || Expr::tuple([Expr::col(order.by.as_column_ref()), Expr::col(E::id().as_column_ref())]);
        if let Some(after) = read("after", &page.after)? {
            let (key, row) = (key(), after.value());
            query = query.filter(if order.descending { key.lt(row) } else { key.gt(row) });
        }
        if let Some(before) = read("before", &page.before)? {
            let (key, row) = (key(), before.value());
            query = query.filter(if order.descending { key.gt(row) } else { key.lt(row) });
        }
        let direction = if order.descending != page.backward { Direction::Desc } else { Direction::Asc };
        let query = query.order_by(order.by, direction.clone()).order_by(E::id(), direction).limit(page.size + 1);
        Ok((query, Self { cursors, order, page }))
    }

    /// What was found of it, of which `row` tells the row.
    fn slice<R>(self, mut found: Vec<R>, row: impl Fn(&R) -> &E::Model) -> Result<Slice<R>> {
        let Self { cursors, order, page } = self;
        let more = found.len() as u64 > page.size;
        found.truncate(usize::try_from(page.size).unwrap_or(usize::MAX));
        if page.backward {
            found.reverse();
        }
        let placed = |found: R| {
            let cursor = Cursor::of(order, row(&found))?;
            Ok((Place { cursors: Arc::clone(&cursors), cursor }, found))
        };
        Ok(Slice {
            rows: found.into_iter().map(placed).collect::<Result<_>>()?,
            has_previous: if page.backward { more } else { page.after.is_some() },
            has_next: if page.backward { page.before.is_some() } else { more },
        })
    }
}

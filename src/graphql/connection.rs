//! Relay connections: pages by cursor, at most 100 rows, a count when asked for.

use async_graphql::connection::{Connection, CursorType, Edge};
use async_graphql::{Context, Object, ObjectType};
use entity::tenant::Tenant;
use sea_orm::sea_query::SelectStatement;
use sea_orm::{QueryTrait, Select};
use std::sync::Arc;

use super::context::{Cx, cx};
use super::eager::Eager;
use super::node::{ColumnOf, Noun};
use crate::error::{Error, Result};
use crate::store::{self, Order, Page, Slice};

/// Rows of a page that says nothing of its size.
pub(super) const DEFAULT_SIZE: i32 = 20;

/// Rows of a page at most.
pub(super) const MAX_SIZE: i32 = 100;

/// A page of `N`.
pub(super) type Rows<N> = Connection<Cursor, Eager<N>, TotalCount>;

/// The cursor of a row.
pub(super) struct Cursor(store::Place);

impl CursorType for Cursor {
    type Error = Error;

    /// # Errors
    /// Always: [`PageArgs`] takes cursors as they are, and [`store::list`] reads them.
    fn decode_cursor(_: &str) -> Result<Self> {
        Err(Error::bad_input("after", "A cursor is read with its list."))
    }

    fn encode_cursor(&self) -> String {
        self.0.cursor()
    }
}

/// The four arguments of every connection.
pub(super) struct PageArgs {
    pub(super) first: Option<i32>,
    pub(super) after: Option<String>,
    pub(super) last: Option<i32>,
    pub(super) before: Option<String>,
}

impl PageArgs {
    /// # Errors
    /// `BAD_USER_INPUT` for both `first` and `last`, and for sizes outside 0–100.
    fn page(self) -> Result<Page> {
        let (field, size) = match (self.first, self.last) {
            (Some(_), Some(_)) => return Err(Error::bad_input("last", "Ask for `first` or for `last`, not for both.")),
            (None, Some(last)) => ("last", last),
            (first, None) => ("first", first.unwrap_or(DEFAULT_SIZE)),
        };
        let size = page_size(field, size)?;
        Ok(Page { size, backward: field == "last", after: self.after, before: self.before })
    }
}

/// The size of a page that an argument names.
///
/// # Errors
/// `BAD_USER_INPUT` for sizes outside 0–100.
pub(super) fn page_size(field: &'static str, size: i32) -> Result<u64> {
    match (0..=MAX_SIZE).contains(&size) {
        true => Ok(size.unsigned_abs().into()),
        false => Err(Error::bad_input(field, format!("A page has 0 to {MAX_SIZE} rows."))),
    }
}

/// The page of `query` that `args` name.
pub(super) async fn connect<N: Noun>(
    cx: &Cx,
    args: PageArgs,
    query: Select<N::Entity>,
    order: Order<N::Entity>,
) -> async_graphql::Result<Rows<N>> {
    cx.permit::<N>()?;
    connect_rows(cx, args, query, order, |row| N::from(Arc::new(row))).await
}

/// The same, with what `column` of each row names, for whoever follows it.
pub(super) async fn connect_with<N: Noun, A: Noun>(
    cx: &Cx,
    args: PageArgs,
    query: Select<N::Entity>,
    order: Order<N::Entity>,
    column: ColumnOf<N>,
) -> async_graphql::Result<Rows<N>> {
    cx.permit::<N>()?;
    let (page, total) = (args.page()?, TotalCount(query.clone().into_query()));
    let (tx, keys) = (cx.tx().await?, cx.app().keys());
    let slice = Box::pin(store::list_with::<_, A::Entity>(&tx, keys, query, order, &page, column)).await?;
    rows(slice, total, |row| Ok(N::from(Arc::new(cx.know::<N, A>(row, column)?))))
}

/// The page of `query` that `args` name, of rows that are no nodes; whoever asks may see them.
pub(super) async fn connect_rows<E: Tenant, N: ObjectType>(
    cx: &Cx,
    args: PageArgs,
    query: Select<E>,
    order: Order<E>,
    node: impl Fn(E::Model) -> N,
) -> async_graphql::Result<Rows<N>> {
    let (page, total) = (args.page()?, TotalCount(query.clone().into_query()));
    let (tx, keys) = (cx.tx().await?, cx.app().keys());
    // Boxed: wherever a list may be asked, its room would be taken.
    let slice = Box::pin(store::list(&tx, keys, query, order, &page)).await?;
    rows(slice, total, |row| Ok(node(row)))
}

fn rows<R, N: ObjectType>(
    slice: Slice<R>,
    total: TotalCount,
    node: impl Fn(R) -> Result<N>,
) -> async_graphql::Result<Connection<Cursor, Eager<N>, TotalCount>> {
    let mut rows = Connection::with_additional_fields(slice.has_previous, slice.has_next, total);
    let edge = |(at, row)| Ok(Edge::new(Cursor(at), Eager(node(row)?)));
    rows.edges = slice.rows.into_iter().map(edge).collect::<Result<_>>()?;
    Ok(rows)
}

/// How many rows the whole list has; counted only when asked for, in the page's own snapshot.
pub(super) struct TotalCount(SelectStatement);

#[Object]
impl TotalCount {
    /// Rows of the whole list, over all pages.
    async fn total_count(&self, ctx: &Context<'_>) -> async_graphql::Result<i32> {
        let count = cx(ctx).tx().await?.count(self.0.clone()).await?;
        Ok(i32::try_from(count).map_err(Error::internal)?)
    }
}

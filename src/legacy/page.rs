//! Reading a whole table without holding it.

use entity::positioned::Positioned;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, Select, Value};

use crate::database::Tx;
use crate::error::Result;

const ROWS: u64 = 500;

/// Calls `take` for every row of `query`, page by page along `column`, whose values must be distinct.
pub(super) async fn each<E: EntityTrait<Model: Positioned>, K: Into<Value>>(
    tx: &Tx,
    query: Select<E>,
    column: E::Column,
    key: impl Fn(&E::Model) -> K,
    mut take: impl FnMut(E::Model),
) -> Result<()> {
    let mut page = query.clone();
    loop {
        let rows = tx.all(page.order_by_asc(column).limit(ROWS)).await?;
        let Some(last) = rows.last() else { return Ok(()) };
        page = query.clone().filter(column.gt(key(last)));
        rows.into_iter().for_each(&mut take);
    }
}

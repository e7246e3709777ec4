//! GraphQL documents that the operator trusts. They belong to the installation.

use entity::trusted_document::{Column, Entity, Model};
use sea_orm::{ColumnTrait, QueryFilter, QueryOrder, QuerySelect, QueryTrait};

use crate::database::Tx;
use crate::error::Result;

/// A trusted document without its text.
pub struct Listed {
    /// SHA-256 of its text, in small hexadecimal digits.
    pub hash: String,
    /// What clients may call it.
    pub name: String,
}

/// All of them, the latest of a name last.
pub async fn list(tx: &Tx) -> Result<Vec<Listed>> {
    let query = tx.scope().select_shared::<Entity>()?.select_only().columns([Column::Hash, Column::Name]);
    let rows = tx.groups(query.order_by_asc(Column::AddedAt).order_by_asc(Column::Hash).into_query()).await?;
    let listed =
        |row: &sea_orm::QueryResult| Ok(Listed { hash: row.try_get("", "hash")?, name: row.try_get("", "name")? });
    rows.iter().map(listed).collect()
}

/// The one with this hash.
pub async fn find(tx: &Tx, hash: &str) -> Result<Option<Model>> {
    tx.one(tx.scope().select_shared::<Entity>()?.filter(Column::Hash.eq(hash))).await
}

//! Batched reads for loaders: many keys, one statement.

use std::collections::HashSet;

use entity::tenant::Tenant;
use entity::user;
use sea_orm::{ColumnTrait, ModelTrait, QueryFilter, QueryOrder, Select, Value};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::database::Tx;
use crate::error::{Error, Result};

/// A row's full key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Key {
    /// Whose row.
    pub dealership: Uuid,
    /// Its id there.
    pub id: Uuid,
}

impl Key {
    /// What a row's dealership and `column` name; its own key, where that is the column of its id.
    ///
    /// # Errors
    /// When the column holds no id.
    pub fn of<E: Tenant>(row: &E::Model, column: E::Column) -> Result<Self> {
        Self::named::<E>(row, column)?.ok_or_else(|| Error::internal(anyhow::anyhow!("a key column is empty")))
    }

    /// The same, if the column names something.
    ///
    /// # Errors
    /// When the column is not for ids.
    pub fn named<E: Tenant>(row: &E::Model, column: E::Column) -> Result<Option<Self>> {
        let id = |column: E::Column| match row.get(column) {
            Value::Uuid(id) => Ok(id),
            other => Err(Error::internal(anyhow::anyhow!("a key column holds {other:?}"))),
        };
        Ok(id(E::dealership())?.zip(id(column)?).map(|(dealership, id)| Self { dealership, id }))
    }
}

/// The rows of the scope whose `column` holds one of `keys`' ids, in the order of their ids. Rows of a dealership
/// that no key names are possible only where ids repeat, and are the caller's to drop.
pub async fn many<E: Tenant>(tx: &Tx, column: E::Column, keys: &[Key]) -> Result<Vec<E::Model>> {
    let dealerships: HashSet<_> = keys.iter().map(|key| key.dealership).collect();
    let query = tx
        .select::<E>()
        .filter(E::dealership().is_in(dealerships))
        .filter(column.is_in(keys.iter().map(|key| key.id)))
        .order_by_asc(E::id());
    tx.all(query).await
}

/// The row with this key.
pub fn one<E: Tenant>(tx: &Tx, key: Key) -> Select<E> {
    tx.select::<E>().filter(E::dealership().eq(key.dealership)).filter(E::id().eq(key.id))
}

/// The people among `ids` that the scope may name.
pub async fn people(tx: &Tx, ids: &[Uuid]) -> Result<Vec<user::Model>> {
    tx.all(tx.scope().select_people().filter(user::Column::Id.is_in(ids.iter().copied()))).await
}

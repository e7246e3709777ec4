//! Customers.

use entity::customer::{Column, Entity, Model};
use sea_orm::{ColumnTrait, QueryFilter, QueryOrder, QuerySelect, Select};
use uuid::Uuid;

use super::{narrowed, search};
use crate::crypto::Keys;
use crate::database::Tx;
use crate::error::Result;
use crate::identity;

/// Most customers with one NIC or phone number that are shown: one at each branch, and a few by mistake.
const MAX_ALIKE: u64 = 20;

/// Which customers; absent parts do not narrow.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    /// In this dealership.
    pub dealership: Option<Uuid>,
    /// In this branch.
    pub branch: Option<Uuid>,
    /// Each word begins a word of the name.
    pub search: Option<String>,
}

/// The customers of the scope that `filter` names.
pub fn query(tx: &Tx, filter: &Filter) -> Select<Entity> {
    let query = narrowed::<Entity>(tx, filter.dealership, filter.branch);
    match &filter.search {
        Some(text) => search::matching(tx, query, text, &[], Some(Column::Id)),
        None => query,
    }
}

/// The customers of the scope who have this NIC, in either form; the oldest first. Each dealership has blind indexes of its
/// own, so they are looked for in one.
///
/// # Errors
/// `DEALERSHIP_REQUIRED` when neither the scope nor `dealership` says in which.
pub async fn by_nic(tx: &Tx, keys: &Keys, nic: &str, dealership: Option<Uuid>) -> Result<Vec<Model>> {
    alike(tx, dealership, Column::NicIndex, |dealership| identity::nic_index(keys, dealership, nic)).await
}

/// The customers of the scope who have this phone number, however it is written; otherwise as [`by_nic`].
///
/// # Errors
/// `DEALERSHIP_REQUIRED` when neither the scope nor `dealership` says in which.
pub async fn by_phone(tx: &Tx, keys: &Keys, phone: &str, dealership: Option<Uuid>) -> Result<Vec<Model>> {
    alike(tx, dealership, Column::PhoneIndex, |dealership| identity::phone_index(keys, dealership, phone)).await
}

async fn alike(
    tx: &Tx,
    dealership: Option<Uuid>,
    column: Column,
    index: impl FnOnce(Uuid) -> Vec<u8>,
) -> Result<Vec<Model>> {
    let dealership = match dealership {
        Some(named) => named,
        None => tx.scope().dealership()?,
    };
    let query = narrowed::<Entity>(tx, Some(dealership), None).filter(column.eq(index(dealership)));
    tx.all(query.order_by_asc(Column::Id).limit(MAX_ALIKE)).await
}

//! Customers.

use entity::customer::{Column, Entity};
use sea_orm::Select;
use uuid::Uuid;

use super::{narrowed, search};
use crate::database::Tx;

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

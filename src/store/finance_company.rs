//! Leasing and insurance companies.

use entity::finance_company::{Column, Entity};
use sea_orm::{ColumnTrait, QueryFilter, Select};
use uuid::Uuid;

use super::{narrowed, search};
use crate::database::Tx;

/// Which companies; absent parts do not narrow.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    /// Of this dealership.
    pub dealership: Option<Uuid>,
    /// No longer worked with, or still.
    pub retired: Option<bool>,
    /// Begins the company's name.
    pub search: Option<String>,
}

/// The companies of the scope that `filter` names.
pub fn query(tx: &Tx, filter: &Filter) -> Select<Entity> {
    let query = narrowed::<Entity>(tx, filter.dealership, None);
    let query = match filter.retired {
        Some(true) => query.filter(Column::RetiredAt.is_not_null()),
        Some(false) => query.filter(Column::RetiredAt.is_null()),
        None => query,
    };
    match &filter.search {
        Some(text) => search::matching(tx, query, text, &[Column::NameKey], None),
        None => query,
    }
}

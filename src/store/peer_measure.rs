//! Figures by which branches may be compared.

use entity::peer_measure::{Column, Entity};
use sea_orm::{ColumnTrait, QueryFilter, Select};

use crate::database::Tx;

/// Those of the scope that are open.
pub fn open(tx: &Tx) -> Select<Entity> {
    tx.select().filter(Column::ClosedAt.is_null())
}

//! Dealerships.

use entity::dealership::Entity;
use sea_orm::Select;

use crate::database::Tx;

/// The dealerships of the scope.
pub fn query(tx: &Tx) -> Select<Entity> {
    tx.select()
}

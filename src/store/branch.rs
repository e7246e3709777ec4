//! Branches.

use entity::branch::Entity;
use sea_orm::Select;
use uuid::Uuid;

use super::narrowed;
use crate::database::Tx;

/// The branches of the scope, of one dealership where it is named.
pub fn query(tx: &Tx, dealership: Option<Uuid>) -> Select<Entity> {
    narrowed(tx, dealership, None)
}

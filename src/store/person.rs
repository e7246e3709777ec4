//! Whoever asks.

use entity::{membership, user};
use sea_orm::{ColumnTrait, QueryFilter, QueryOrder};
use uuid::Uuid;

use crate::database::Tx;
use crate::error::Result;

/// The account of the person whose scope this is.
pub async fn own(tx: &Tx, id: Uuid) -> Result<Option<user::Model>> {
    tx.one(tx.scope().select_people().filter(user::Column::Id.eq(id))).await
}

/// The person's current memberships within the scope.
pub async fn memberships(tx: &Tx, user: Uuid) -> Result<Vec<membership::Model>> {
    let query = tx
        .select::<membership::Entity>()
        .filter(membership::Column::UserId.eq(user))
        .filter(membership::Column::EndedAt.is_null())
        .order_by_asc(membership::Column::DealershipId)
        .order_by_asc(membership::Column::Id);
    tx.all(query).await
}

//! Transfers between branches.

use entity::stock_transfer::{Column, Entity, Side, Status};
use sea_orm::{ColumnTrait, QueryFilter, Select};
use uuid::Uuid;

use super::narrowed;
use crate::database::Tx;

/// Which transfers; absent parts do not narrow.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    /// In this dealership.
    pub dealership: Option<Uuid>,
    /// To and from this branch.
    pub branch: Option<Uuid>,
    /// In one of these states.
    pub status: Option<Vec<Status>>,
}

/// The transfers of the scope that `filter` names. Of one branch, its own sides; of several, the sending sides: each
/// transfer once.
pub fn query(tx: &Tx, filter: &Filter) -> Select<Entity> {
    let several = filter.branch.is_none() && tx.scope().reach_branch().is_none();
    let parts = [
        filter.status.as_ref().map(|states| Column::Status.is_in(states.iter().copied())),
        several.then(|| Column::Side.eq(Side::Sending)),
    ];
    let query = narrowed::<Entity>(tx, filter.dealership, filter.branch);
    parts.into_iter().flatten().fold(query, QueryFilter::filter)
}

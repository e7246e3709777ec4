//! Work that is done later.

use entity::job::{Column, Entity, State};
use sea_orm::{ColumnTrait, QueryFilter, Select};
use uuid::Uuid;

use super::narrowed;
use crate::database::Tx;

/// Which jobs; absent parts do not narrow.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    /// In this dealership.
    pub dealership: Option<Uuid>,
    /// Of this branch.
    pub branch: Option<Uuid>,
    /// In one of these states.
    pub state: Option<Vec<State>>,
    /// Of this kind.
    pub kind: Option<String>,
}

/// The jobs of the scope that `filter` names.
pub fn query(tx: &Tx, filter: &Filter) -> Select<Entity> {
    let parts = [
        filter.state.as_ref().map(|states| Column::State.is_in(states.iter().copied())),
        filter.kind.as_ref().map(|kind| Column::Kind.eq(kind)),
    ];
    let query = narrowed::<Entity>(tx, filter.dealership, filter.branch);
    parts.into_iter().flatten().fold(query, QueryFilter::filter)
}

//! Staff: memberships of dealerships and branches.

use entity::kind::Role;
use entity::membership::{Column, Entity};
use sea_orm::{ColumnTrait, QueryFilter, Select};
use uuid::Uuid;

use super::narrowed;
use crate::database::Tx;

/// Which memberships; absent parts do not narrow.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    /// Of this dealership.
    pub dealership: Option<Uuid>,
    /// At this branch.
    pub branch: Option<Uuid>,
    /// In one of these roles.
    pub role: Option<Vec<Role>>,
    /// That ended, or that last.
    pub ended: Option<bool>,
}

/// The memberships of the scope that `filter` names; for whoever acts in one branch, those at that branch.
pub fn query(tx: &Tx, filter: &Filter) -> Select<Entity> {
    let mut query = narrowed::<Entity>(tx, filter.dealership, None);
    for branch in [tx.scope().reach_branch(), filter.branch].into_iter().flatten() {
        query = query.filter(Column::BranchId.eq(branch));
    }
    if let Some(roles) = &filter.role {
        query = query.filter(Column::Role.is_in(roles.iter().copied()));
    }
    match filter.ended {
        Some(true) => query.filter(Column::EndedAt.is_not_null()),
        Some(false) => query.filter(Column::EndedAt.is_null()),
        None => query,
    }
}

//! What a transaction changes of the rows that processes keep.

use std::collections::BTreeSet;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, PoisonError};

use entity::dealership;
use entity::tenant::{self, Tenant};
use sea_orm::sea_query::{Expr, ExprTrait, ValueType};
use sea_orm::{ColumnTrait, EntityTrait, ModelTrait, QueryFilter, UpdateMany};
use uuid::Uuid;

use crate::scope::Scope;

/// The changes so far.
#[derive(Default)]
pub(super) struct Revised {
    /// Whether a row was changed, of any dealership of the scope.
    rows: AtomicBool,
    /// The dealerships that have a new row of a table that is kept as a whole.
    tables: Mutex<BTreeSet<Uuid>>,
}

impl Revised {
    /// Heeds that rows of a table are changed.
    pub(super) fn changed<E: EntityTrait>(&self) {
        if tenant::is_steady::<E>() {
            self.rows.store(true, Ordering::Relaxed);
        }
    }

    /// Heeds rows that are new.
    pub(super) fn added<E: Tenant>(&self, rows: &[E::Model]) {
        if tenant::is_rule::<E>() {
            let dealerships =
                rows.iter().filter_map(|row| <Uuid as ValueType>::try_from(row.get(E::dealership())).ok());
            self.tables.lock().unwrap_or_else(PoisonError::into_inner).extend(dealerships);
        }
    }

    /// Whether there is any.
    pub(super) fn is_any(&self) -> bool {
        self.rows.load(Ordering::Relaxed) || !self.tables.lock().unwrap_or_else(PoisonError::into_inner).is_empty()
    }

    /// What tells whoever keeps rows of the dealerships reached to read them anew, if need be.
    pub(super) fn telling(&self, scope: &Scope) -> Option<UpdateMany<dealership::Entity>> {
        let (id, revision) = (dealership::Column::Id, dealership::Column::Revision);
        let raise = scope.update::<dealership::Entity>().col_expr(revision, Expr::col(revision).add(1));
        let tables = std::mem::take(&mut *self.tables.lock().unwrap_or_else(PoisonError::into_inner));
        match self.rows.load(Ordering::Relaxed) {
            true => Some(raise),
            false if tables.is_empty() => None,
            false => Some(raise.filter(id.is_in(tables))),
        }
    }
}

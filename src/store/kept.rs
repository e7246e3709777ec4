//! Rows that rarely change, kept in the process: branches, models, leasing companies, names of staff, and the rules of a
//! dealership.
//!
//! Exact, on any number of processes: each dealership has a revision, raised by every transaction that changes such a row. A
//! kept row is used while the revision in the reader's own snapshot is the one it was read at. Rows of several dealerships
//! at once are not kept. Whoever changes such rows by hand raises the revision by hand.

use std::any::Any;
use std::sync::Arc;

use entity::tenant::{self, Tenant};
use quick_cache::sync::Cache;
use uuid::Uuid;

use super::load::Key;
use crate::scope::Scope;

/// Rows kept at most.
const MOST: usize = 20_000;

/// Rows by table and key.
pub struct Kept(Cache<(&'static str, Key), Row>);

/// A row, or all of a table, with the revision it was read at.
type Row = (i64, Arc<dyn Any + Send + Sync>);

impl Default for Kept {
    fn default() -> Self {
        Self(Cache::new(MOST))
    }
}

impl Kept {
    /// A row as it is at a revision of its dealership, if it is kept and the scope reaches it.
    pub fn get<E: Tenant>(&self, scope: &Scope, key: Key, revision: i64) -> Option<Arc<E::Model>>
    where
        E::Model: Send + 'static,
    {
        let (_, row) = self.0.get(&(E::default().table_name(), key)).filter(|(at, _)| *at == revision)?;
        let row = row.downcast::<E::Model>().ok()?;
        scope.contains::<E>(&row).then_some(row)
    }

    /// All rows of a table of a dealership as they are at its revision, if they are kept.
    pub fn all<E: Tenant>(&self, dealership: Uuid, revision: i64) -> Option<Arc<Vec<E::Model>>>
    where
        E::Model: Send + 'static,
    {
        let key = Key { dealership, id: dealership };
        let (_, rows) = self.0.get(&(E::default().table_name(), key)).filter(|(at, _)| *at == revision)?;
        rows.downcast().ok()
    }

    /// Keeps all rows of a table that were read at a revision of their dealership, if they are its rules: those are whole in
    /// every scope.
    pub fn keep_all<E: Tenant>(&self, dealership: Uuid, revision: i64, rows: &Arc<Vec<E::Model>>)
    where
        E::Model: Send + 'static,
    {
        if tenant::is_rule::<E>() {
            let rows: Arc<dyn Any + Send + Sync> = Arc::clone(rows) as _;
            self.0.insert((E::default().table_name(), Key { dealership, id: dealership }), (revision, rows));
        }
    }

    /// Keeps a row that was read at a revision of its dealership.
    pub fn keep<E: Tenant>(&self, key: Key, revision: i64, row: &Arc<E::Model>)
    where
        E::Model: Send + 'static,
    {
        let row: Arc<dyn Any + Send + Sync> = Arc::clone(row) as _;
        self.0.insert((E::default().table_name(), key), (revision, row));
    }
}

//! What stops a statement on SQLite, which knows no time limit.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Instant;

use sea_orm::sqlx;
use sea_orm::sqlx::sqlite::{SqliteConnection, SqliteTransactionManager};
use sqlx_core::transaction::TransactionManager;

use super::Limit;

/// Steps of SQLite's between two looks at the clock: well under a millisecond of work.
const STEPS: i32 = 10_000;

/// Over the statements of one transaction.
#[derive(Clone)]
pub(super) struct Watch {
    limit: Limit,
    since: Instant,
    /// When the running statement is stopped, in milliseconds after `since`.
    until: Arc<AtomicU64>,
}

impl Watch {
    /// Watches over a connection until it goes back to its pool.
    pub(super) async fn over(connection: &mut SqliteConnection, limit: Limit) -> sqlx::Result<Self> {
        let watch = Self { limit, since: Instant::now(), until: Arc::new(AtomicU64::new(u64::MAX)) };
        let handler = watch.clone();
        connection.lock_handle().await?.set_progress_handler(STEPS, move || !handler.is_over());
        Ok(watch)
    }

    /// Gives the statement that begins now its time.
    pub(super) fn begin(&self) {
        if let Limit::Of(time) = self.limit {
            self.set(self.elapsed().saturating_add(u64::try_from(time.as_millis()).unwrap_or(u64::MAX)));
        }
    }

    /// Stops whatever still runs: nobody waits for it.
    pub(super) fn end(&self) {
        self.set(0);
    }

    fn is_over(&self) -> bool {
        self.elapsed() >= self.until.load(Ordering::Relaxed)
    }

    fn set(&self, until: u64) {
        self.until.store(until, Ordering::Relaxed);
    }

    fn elapsed(&self) -> u64 {
        u64::try_from(self.since.elapsed().as_millis()).unwrap_or(u64::MAX)
    }
}

/// Frees a connection that goes back to its pool of its watch. False when it cannot go back: SQLite takes a change that it
/// stops back by itself, and sqlx goes on believing in the transaction.
pub(super) async fn lift(connection: &mut SqliteConnection) -> sqlx::Result<bool> {
    connection.lock_handle().await?.remove_progress_handler();
    Ok(SqliteTransactionManager::get_transaction_depth(connection) == 0)
}

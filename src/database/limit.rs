//! How long the database works for somebody who waits.

use std::time::Duration;

use sea_orm::sqlx::pool::PoolConnection;
use sea_orm::sqlx::{self, Database, Pool};

/// How long a transaction waits for its connection and, of what is then left, how long each of its statements may take.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Limit {
    /// Somebody waits for the answer.
    Of(Duration),
    /// As long as it takes: the work of a command or a job.
    None,
}

/// How long a statement without a limit waits for SQLite's one writer.
pub(super) const BUSY_TIMEOUT: Duration = Duration::from_secs(10);

/// After how much silence PostgreSQL ends a transaction. Whoever opened it and vanished without a word, as a machine does
/// that loses its power, would keep its locks until the network gives the connection up: two hours, as a rule.
const SILENCE: &str = "1min";

impl Limit {
    /// This, but no more than `most` while somebody waits.
    pub(super) fn at_most(self, most: Duration) -> Self {
        match self {
            Self::Of(time) => Self::Of(time.min(most)),
            Self::None => Self::None,
        }
    }

    /// What is left of it after a while.
    pub(super) fn after(self, time: Duration) -> Self {
        match self {
            Self::Of(all) => Self::Of(all.saturating_sub(time)),
            Self::None => Self::None,
        }
    }

    /// What PostgreSQL is told with the BEGIN.
    pub(super) fn on_postgres(self) -> String {
        match self {
            Self::Of(time) => format!(
                "; set local statement_timeout = '{}ms'; set local idle_in_transaction_session_timeout = '{SILENCE}'",
                milliseconds(time)
            ),
            Self::None => String::new(),
        }
    }

    /// What SQLite is told before the BEGIN, where it waits for its writer. Its statements are stopped by a
    /// [`Watch`](super::watch::Watch).
    pub(super) fn on_sqlite(self) -> String {
        let time = match self {
            Self::Of(time) => time,
            Self::None => BUSY_TIMEOUT,
        };
        format!("pragma busy_timeout = {}", milliseconds(time))
    }

    /// A connection of a pool.
    pub(super) async fn acquire<D: Database>(self, pool: &Pool<D>) -> sqlx::Result<PoolConnection<D>> {
        // One that is free is there at once; what may have to wait, or to connect, takes 40 kB of room.
        if let Some(free) = pool.try_acquire() {
            return Ok(free);
        }
        let acquired = Box::pin(pool.acquire());
        match self {
            Self::Of(time) => tokio::time::timeout(time, acquired).await.unwrap_or(Err(sqlx::Error::PoolTimedOut)),
            Self::None => acquired.await,
        }
    }
}

/// For a setting: zero would be no limit at all, and both databases keep the number in 31 bits.
fn milliseconds(time: Duration) -> i32 {
    i32::try_from(time.as_millis()).unwrap_or(i32::MAX).max(1)
}

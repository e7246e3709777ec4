//! A transaction on a connection of a pool, the same for both databases.
#![expect(clippy::disallowed_methods, reason = "the transaction on which src/database.rs runs its statements")]

use std::sync::OnceLock;
use std::time::Instant;

use sea_orm::sqlx::pool::PoolConnection;
use sea_orm::sqlx::query::Query;
use sea_orm::sqlx::{self, AssertSqlSafe, Database, Executor, IntoArguments, Pool, Postgres, SqlSafeStr, Sqlite};
use sea_orm::{ConnAcquireErr, DbErr, RuntimeErr, Statement, Values};
use sea_query_sqlx::SqlxValues;
use sqlx_core::transaction::TransactionManager;
use tokio::sync::{Mutex, MutexGuard};

use super::watch::Watch;
use super::{Limit, Tap};
use crate::error::{self, Error, Result};
use crate::telemetry::{self, metric};

/// A pool, and what operators know it by.
pub(super) struct Source<'a, D: Database> {
    pub(super) pool: &'a Pool<D>,
    pub(super) name: &'static str,
}

/// An open transaction; role and settings are local to it and end with it.
pub(super) struct Open<D: Database> {
    connection: Mutex<PoolConnection<D>>,
    is_open: bool,
    watch: Option<Watch>,
    tap: Option<Tap>,
    /// Why a statement was stopped. Nothing runs after it: PostgreSQL refuses, and SQLite would make the next change by
    /// itself, for it takes a change that it stops back with the whole transaction.
    stopped: OnceLock<DbErr>,
}

/// What each database does in its own way.
pub(super) trait Limited: Database {
    /// What OpenTelemetry calls the database.
    const SYSTEM: &str;

    /// A BEGIN with what is told of the limit in the same trip.
    fn opening(begin: &str, limit: Limit) -> String;

    /// What stops statements, if the database does not.
    fn watch(
        connection: &mut Self::Connection,
        limit: Limit,
    ) -> impl Future<Output = sqlx::Result<Option<Watch>>> + Send;
}

impl Limited for Sqlite {
    const SYSTEM: &str = "sqlite";

    fn opening(begin: &str, limit: Limit) -> String {
        format!("{}; {begin}", limit.on_sqlite())
    }

    async fn watch(connection: &mut Self::Connection, limit: Limit) -> sqlx::Result<Option<Watch>> {
        Watch::over(connection, limit).await.map(Some)
    }
}

impl Limited for Postgres {
    const SYSTEM: &str = "postgresql";

    fn opening(begin: &str, limit: Limit) -> String {
        format!("{begin}{}", limit.on_postgres())
    }

    async fn watch(_: &mut Self::Connection, _: Limit) -> sqlx::Result<Option<Watch>> {
        Ok(None)
    }
}

impl<D: Limited> Open<D> {
    /// Takes a connection and sends `begin` and what goes with it. What the connection took to come free is lost to the
    /// statements.
    ///
    /// The pool does not ask a connection whether it is alive before it hands it on: the BEGIN does, and what has died
    /// meanwhile is put away for the next one.
    pub(super) async fn begin(source: Source<'_, D>, begin: &str, limit: Limit, tap: Option<Tap>) -> Result<Self> {
        let Source { pool, name } = source;
        let asked = Instant::now();
        let mut puts_away = pool.options().get_max_connections();
        loop {
            let connection = metric::acquired(name, limit.after(asked.elapsed()).acquire(pool)).await;
            let connection = connection.map_err(not_acquired)?;
            let limit = limit.after(asked.elapsed());
            let begun = Self::on(connection, begin, limit, tap.clone());
            match telemetry::statement(D::SYSTEM, "BEGIN", |_| None, begun).await {
                Err(error) if is_gone(&error) && puts_away > 0 => puts_away -= 1,
                begun => return begun.map_err(|error| not_begun(error, limit)),
            }
        }
    }

    async fn on(connection: PoolConnection<D>, begin: &str, limit: Limit, tap: Option<Tap>) -> sqlx::Result<Self> {
        let connection = Mutex::new(connection);
        let mut open = Self { connection, is_open: false, watch: None, tap, stopped: OnceLock::new() };
        let connection = open.connection.get_mut();
        open.watch = D::watch(connection, limit).await?;
        let opening = AssertSqlSafe(D::opening(begin, limit)).into_sql_str();
        D::TransactionManager::begin(connection, Some(opening)).await?;
        open.is_open = true;
        Ok(open)
    }

    /// Makes the changes last.
    pub(super) async fn commit(mut self) -> Result<(), DbErr> {
        match self.stopped.get().cloned() {
            Some(stopped) => self.rollback().await.and(Err(stopped)),
            None => {
                let sent = D::TransactionManager::commit(self.connection.get_mut());
                telemetry::statement(D::SYSTEM, "COMMIT", |()| None, sent).await.map_err(not_queried)
            }
        }
    }

    /// Undoes the changes, and waits until that is done: locks are free when it returns.
    pub(super) async fn rollback(mut self) -> Result<(), DbErr> {
        let sent = D::TransactionManager::rollback(self.connection.get_mut());
        let undone = telemetry::statement(D::SYSTEM, "ROLLBACK", |()| None, sent).await;
        match self.stopped.get() {
            // There may be nothing left to undo, and SQLite minds.
            Some(_) => Ok(()),
            None => undone.map_err(not_queried),
        }
    }
}

impl<D: Limited> Open<D>
where
    for<'c> &'c mut D::Connection: Executor<'c, Database = D>,
    SqlxValues: IntoArguments<D>,
{
    pub(super) async fn execute(&self, statement: &Statement) -> Result<D::QueryResult, DbErr> {
        let mut connection = self.turn().await?;
        let sent = query(statement).execute(&mut **connection);
        let executed = telemetry::statement(D::SYSTEM, &statement.sql, |_| None, sent).await;
        self.heard(statement, executed.map_err(not_executed))
    }

    pub(super) async fn one(&self, statement: &Statement) -> Result<Option<D::Row>, DbErr> {
        let mut connection = self.turn().await?;
        let sent = query(statement).fetch_optional(&mut **connection);
        let rows = |row: &Option<D::Row>| Some(row.iter().len() as u64);
        let row = telemetry::statement(D::SYSTEM, &statement.sql, rows, sent).await;
        self.heard(statement, row.map_err(not_queried))
    }

    pub(super) async fn all(&self, statement: &Statement) -> Result<Vec<D::Row>, DbErr> {
        let mut connection = self.turn().await?;
        let sent = query(statement).fetch_all(&mut **connection);
        let number = |rows: &Vec<D::Row>| Some(rows.len() as u64);
        let rows = telemetry::statement(D::SYSTEM, &statement.sql, number, sent).await;
        self.heard(statement, rows.map_err(not_queried))
    }

    /// SQL without values; nobody hears of it.
    pub(super) async fn execute_unprepared(&self, sql: &str) -> Result<D::QueryResult, DbErr> {
        let mut connection = self.turn().await?;
        let sent = (&mut **connection).execute(AssertSqlSafe(sql.to_owned()));
        let executed = telemetry::statement(D::SYSTEM, sql, |_| None, sent).await;
        self.minded(executed.map_err(not_executed))
    }

    /// Waits for the statement before; the next one's time begins.
    async fn turn(&self) -> Result<MutexGuard<'_, PoolConnection<D>>, DbErr> {
        let connection = self.connection.lock().await;
        match self.stopped.get() {
            Some(stopped) => return Err(stopped.clone()),
            None => self.watch.iter().for_each(Watch::begin),
        }
        Ok(connection)
    }

    fn heard<T>(&self, statement: &Statement, outcome: Result<T, DbErr>) -> Result<T, DbErr> {
        if let Some(tap) = &self.tap {
            tap(statement);
        }
        self.minded(outcome)
    }

    fn minded<T>(&self, outcome: Result<T, DbErr>) -> Result<T, DbErr> {
        if let Err(error) = &outcome
            && error::is_stopped(error)
        {
            self.stopped.get_or_init(|| error.clone());
        }
        outcome
    }
}

impl<D: Database> Drop for Open<D> {
    fn drop(&mut self) {
        self.watch.iter().for_each(Watch::end);
        let connection = self.connection.get_mut();
        match self.is_open {
            // Queued, and sent before the pool hands the connection on. After a commit there is nothing to roll back.
            true => D::TransactionManager::start_rollback(connection),
            // The opening was refused or interrupted: a transaction may be open, and sqlx knows of none to roll back.
            false => connection.close_on_drop(),
        }
    }
}

fn query<D: Database>(statement: &Statement) -> Query<'_, D, SqlxValues>
where
    SqlxValues: IntoArguments<D>,
{
    let values = statement.values.clone().unwrap_or(Values(Vec::new()));
    sqlx::query_with(AssertSqlSafe(statement.sql.as_str()), SqlxValues(values))
}

/// Whether a connection had died before it was used.
fn is_gone(error: &sqlx::Error) -> bool {
    match error {
        sqlx::Error::Io(_) | sqlx::Error::WorkerCrashed => true,
        // The server said goodbye: it shuts down, or somebody ended this connection.
        sqlx::Error::Database(error) => error.code().is_some_and(|code| code.starts_with("57P0")),
        _ => false,
    }
}

/// SQLite says that it is busy when it has waited for its writer for all of the time.
fn not_begun(error: sqlx::Error, limit: Limit) -> Error {
    let is_busy = error.as_database_error().and_then(|error| error.code()).is_some_and(|code| code == "5");
    match limit {
        Limit::Of(_) if is_busy => Error::DeadlineExceeded,
        Limit::Of(_) | Limit::None => not_queried(error).into(),
    }
}

// As sea-orm maps them, so that `DbErr::sql_err` tells what was violated.

fn not_acquired(error: sqlx::Error) -> DbErr {
    match error {
        sqlx::Error::PoolTimedOut => DbErr::ConnectionAcquire(ConnAcquireErr::Timeout),
        sqlx::Error::PoolClosed => DbErr::ConnectionAcquire(ConnAcquireErr::ConnectionClosed),
        error => DbErr::Conn(RuntimeErr::SqlxError(error.into())),
    }
}

fn not_executed(error: sqlx::Error) -> DbErr {
    DbErr::Exec(RuntimeErr::SqlxError(error.into()))
}

fn not_queried(error: sqlx::Error) -> DbErr {
    DbErr::Query(RuntimeErr::SqlxError(error.into()))
}

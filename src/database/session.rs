//! An open transaction, as sea-orm's queries take one.
//!
//! On PostgreSQL it is none of sea-orm's, which begin with a bare BEGIN: ours sends the scope's role and settings with it,
//! in one trip.
#![expect(clippy::disallowed_methods, reason = "the transaction on which src/database.rs runs its statements")]

use sea_orm::entity::prelude::async_trait::async_trait;
use sea_orm::sqlx::pool::PoolConnection;
use sea_orm::sqlx::postgres::PgTransactionManager;
use sea_orm::sqlx::query::Query;
use sea_orm::sqlx::{self, AssertSqlSafe, Executor, PgPool, Postgres, SqlSafeStr};
use sea_orm::{
    ConnAcquireErr, ConnectionTrait, DatabaseTransaction, DbBackend, DbErr, ExecResult, QueryResult, RuntimeErr,
    Statement, Values,
};
use sea_query_sqlx::SqlxValues;
use sqlx_core::transaction::TransactionManager;
use tokio::sync::Mutex;

use super::Tap;

/// An open transaction. Dropped without a commit, it is rolled back before anybody else gets its connection.
pub(super) enum Session {
    Sqlite(DatabaseTransaction),
    Postgres(OnPostgres),
}

/// One on a connection of the pool; role and settings are local to it and end with it.
pub(super) struct OnPostgres {
    connection: Mutex<PoolConnection<Postgres>>,
    is_open: bool,
    tap: Option<Tap>,
}

impl Session {
    /// Takes a connection of PostgreSQL's and sends `opening`: a BEGIN and what goes with it.
    pub(super) async fn begin(pool: &PgPool, opening: String, tap: Option<Tap>) -> Result<Self, DbErr> {
        let connection = Mutex::new(pool.acquire().await.map_err(not_acquired)?);
        let mut session = OnPostgres { connection, is_open: false, tap };
        let opening = AssertSqlSafe(opening).into_sql_str();
        PgTransactionManager::begin(session.connection.get_mut(), Some(opening)).await.map_err(not_queried)?;
        session.is_open = true;
        Ok(Self::Postgres(session))
    }

    /// Makes the changes last.
    pub(super) async fn commit(self) -> Result<(), DbErr> {
        match self {
            Self::Sqlite(transaction) => transaction.commit().await,
            Self::Postgres(mut session) => {
                PgTransactionManager::commit(session.connection.get_mut()).await.map_err(not_queried)
            }
        }
    }

    /// Undoes the changes, and waits until that is done: locks are free when it returns.
    pub(super) async fn rollback(self) -> Result<(), DbErr> {
        match self {
            Self::Sqlite(transaction) => transaction.rollback().await,
            Self::Postgres(mut session) => {
                PgTransactionManager::rollback(session.connection.get_mut()).await.map_err(not_queried)
            }
        }
    }
}

impl Drop for OnPostgres {
    fn drop(&mut self) {
        let connection = self.connection.get_mut();
        match self.is_open {
            // Queued, and sent before the pool hands the connection on. After a commit there is nothing to roll back.
            true => PgTransactionManager::start_rollback(connection),
            // The opening was refused or interrupted: a transaction may be open, and sqlx knows of none to roll back.
            false => connection.close_on_drop(),
        }
    }
}

impl OnPostgres {
    fn hear(&self, statement: &Statement) {
        if let Some(tap) = &self.tap {
            tap(statement);
        }
    }
}

#[async_trait]
impl ConnectionTrait for Session {
    fn get_database_backend(&self) -> DbBackend {
        match self {
            Self::Sqlite(_) => DbBackend::Sqlite,
            Self::Postgres(_) => DbBackend::Postgres,
        }
    }

    async fn execute_raw(&self, statement: Statement) -> Result<ExecResult, DbErr> {
        match self {
            Self::Sqlite(transaction) => transaction.execute_raw(statement).await,
            Self::Postgres(session) => {
                let executed = query(&statement).execute(&mut **session.connection.lock().await).await;
                session.hear(&statement);
                executed.map(Into::into).map_err(not_executed)
            }
        }
    }

    async fn execute_unprepared(&self, sql: &str) -> Result<ExecResult, DbErr> {
        match self {
            Self::Sqlite(transaction) => transaction.execute_unprepared(sql).await,
            Self::Postgres(session) => {
                let executed = session.connection.lock().await.execute(AssertSqlSafe(sql.to_owned())).await;
                executed.map(Into::into).map_err(not_executed)
            }
        }
    }

    async fn query_one_raw(&self, statement: Statement) -> Result<Option<QueryResult>, DbErr> {
        match self {
            Self::Sqlite(transaction) => transaction.query_one_raw(statement).await,
            Self::Postgres(session) => {
                let row = query(&statement).fetch_optional(&mut **session.connection.lock().await).await;
                session.hear(&statement);
                row.map(|row| row.map(Into::into)).map_err(not_queried)
            }
        }
    }

    async fn query_all_raw(&self, statement: Statement) -> Result<Vec<QueryResult>, DbErr> {
        match self {
            Self::Sqlite(transaction) => transaction.query_all_raw(statement).await,
            Self::Postgres(session) => {
                let rows = query(&statement).fetch_all(&mut **session.connection.lock().await).await;
                session.hear(&statement);
                rows.map(|rows| rows.into_iter().map(Into::into).collect()).map_err(not_queried)
            }
        }
    }
}

fn query(statement: &Statement) -> Query<'_, Postgres, SqlxValues> {
    let values = statement.values.clone().unwrap_or(Values(Vec::new()));
    sqlx::query_with(AssertSqlSafe(statement.sql.as_str()), SqlxValues(values))
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

//! An open transaction, as sea-orm's queries take one.
//!
//! On PostgreSQL it is none of sea-orm's, which begin with a bare BEGIN: ours sends the scope's role and settings with it,
//! in one trip.
#![expect(clippy::disallowed_methods, reason = "the transaction on which src/database.rs runs its statements")]

use sea_orm::entity::prelude::async_trait::async_trait;
use sea_orm::sqlx::pool::PoolConnection;
use sea_orm::sqlx::postgres::PgTransactionManager;
use sea_orm::sqlx::query::Query;
use sea_orm::sqlx::{self, AssertSqlSafe, Executor, PgPool, Postgres, SqlSafeStr, SqlStr};
use sea_orm::{
    ConnAcquireErr, ConnectionTrait, DatabaseTransaction, DbBackend, DbErr, ExecResult, QueryResult, RuntimeErr,
    Statement, Value, Values,
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
    ///
    /// The pool does not ask a connection whether it is alive before it hands it on: the BEGIN does, and what has died
    /// meanwhile is put away for the next one.
    pub(super) async fn begin(pool: &PgPool, opening: String, tap: Option<Tap>) -> Result<Self, DbErr> {
        let opening = AssertSqlSafe(opening).into_sql_str();
        for _ in 0..pool.options().get_max_connections() {
            match Self::open(pool, opening.clone(), tap.clone()).await? {
                Ok(session) => return Ok(session),
                Err(error) if is_gone(&error) => {}
                Err(error) => return Err(not_queried(error)),
            }
        }
        Self::open(pool, opening, tap).await?.map_err(not_queried)
    }

    async fn open(pool: &PgPool, opening: SqlStr, tap: Option<Tap>) -> Result<Result<Self, sqlx::Error>, DbErr> {
        let connection = Mutex::new(pool.acquire().await.map_err(not_acquired)?);
        let mut session = OnPostgres { connection, is_open: false, tap };
        let begun = PgTransactionManager::begin(session.connection.get_mut(), Some(opening)).await;
        session.is_open = begun.is_ok();
        Ok(begun.map(|()| Self::Postgres(session)))
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
                let statement = settled(statement);
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
                let statement = settled(statement);
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
                let statement = settled(statement);
                let rows = query(&statement).fetch_all(&mut **session.connection.lock().await).await;
                session.hear(&statement);
                rows.map(|rows| rows.into_iter().map(Into::into).collect()).map_err(not_queried)
            }
        }
    }
}

/// The statement with its limit written out. PostgreSQL plans a statement anew each time while its limit is bound, because
/// it cannot know the cost; written out, it settles on one plan. Limits are few: a page has a hundred rows at most.
fn settled(mut statement: Statement) -> Statement {
    let Some(at) = statement.sql.rfind(" LIMIT $") else { return statement };
    let number: String = statement.sql[at + 8..].chars().take_while(char::is_ascii_digit).collect();
    let rest = statement.sql[at + 8 + number.len()..].to_owned();
    let values = statement.values.as_mut().map(|values| &mut values.0);
    if let Some(values) = values
        && number.parse() == Ok(values.len())
        && let Some(Value::BigUnsigned(Some(limit))) = values.last()
    {
        statement.sql.truncate(at);
        statement.sql += &format!(" LIMIT {limit}{rest}");
        values.pop();
    }
    statement
}

/// Whether a connection had died before it was used.
fn is_gone(error: &sqlx::Error) -> bool {
    match error {
        sqlx::Error::Io(_) => true,
        // The server said goodbye: it shuts down, or somebody ended this connection.
        sqlx::Error::Database(error) => error.code().is_some_and(|code| code.starts_with("57P0")),
        _ => false,
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

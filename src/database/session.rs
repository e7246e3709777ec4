//! An open transaction, as sea-orm's queries take one.
//!
//! It is none of sea-orm's, which begin with a bare BEGIN: ours says with it, in one trip, whose the transaction is and how
//! long it may take.

use sea_orm::entity::prelude::async_trait::async_trait;
use sea_orm::sqlx::{Postgres, Sqlite};
use sea_orm::{ConnectionTrait, DbBackend, DbErr, ExecResult, QueryResult, Statement, Value};

use super::open::{Open, Source};
use super::{Limit, Tap};
use crate::error::Result;

/// An open transaction. Dropped without a commit, it is rolled back before anybody else gets its connection.
pub(super) enum Session {
    Sqlite(Open<Sqlite>),
    Postgres(Open<Postgres>),
}

impl Session {
    pub(super) async fn on_sqlite(
        source: Source<'_, Sqlite>,
        begin: &str,
        limit: Limit,
        tap: Option<Tap>,
    ) -> Result<Self> {
        Open::begin(source, begin, limit, tap).await.map(Self::Sqlite)
    }

    pub(super) async fn on_postgres(
        source: Source<'_, Postgres>,
        begin: &str,
        limit: Limit,
        tap: Option<Tap>,
    ) -> Result<Self> {
        Open::begin(source, begin, limit, tap).await.map(Self::Postgres)
    }

    /// Makes the changes last.
    pub(super) async fn commit(self) -> Result<(), DbErr> {
        match self {
            Self::Sqlite(open) => Box::pin(open.commit()).await,
            Self::Postgres(open) => Box::pin(open.commit()).await,
        }
    }

    /// Undoes the changes, and waits until that is done: locks are free when it returns.
    pub(super) async fn rollback(self) -> Result<(), DbErr> {
        match self {
            Self::Sqlite(open) => Box::pin(open.rollback()).await,
            Self::Postgres(open) => Box::pin(open.rollback()).await,
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
            Self::Sqlite(open) => open.execute(&statement).await.map(Into::into),
            Self::Postgres(open) => open.execute(&settled(statement)).await.map(Into::into),
        }
    }

    async fn execute_unprepared(&self, sql: &str) -> Result<ExecResult, DbErr> {
        match self {
            Self::Sqlite(open) => open.execute_unprepared(sql).await.map(Into::into),
            Self::Postgres(open) => open.execute_unprepared(sql).await.map(Into::into),
        }
    }

    async fn query_one_raw(&self, statement: Statement) -> Result<Option<QueryResult>, DbErr> {
        match self {
            Self::Sqlite(open) => Ok(open.one(&statement).await?.map(Into::into)),
            Self::Postgres(open) => Ok(open.one(&settled(statement)).await?.map(Into::into)),
        }
    }

    async fn query_all_raw(&self, statement: Statement) -> Result<Vec<QueryResult>, DbErr> {
        match self {
            Self::Sqlite(open) => Ok(open.all(&statement).await?.into_iter().map(Into::into).collect()),
            Self::Postgres(open) => Ok(open.all(&settled(statement)).await?.into_iter().map(Into::into).collect()),
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

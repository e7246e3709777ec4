//! Reads: one statement each, in a transaction that takes the asker's role.

use std::collections::HashMap;

use chrono::NaiveDate;
use serde::Deserialize;
use sqlx::{AssertSqlSafe, PgPool};
use tokio::sync::{Mutex, Semaphore};
use tokio_postgres::types::ToSql;
use tokio_postgres::{Client, NoTls, Statement};

use crate::{Claims, Result};

const ISOLATION: &str = " isolation level repeatable read, read only";

#[derive(Default, Deserialize)]
#[serde(default)]
pub(crate) struct Variables {
    number: String,
    from: NaiveDate,
    to: NaiveDate,
    this_month: NaiveDate,
}

fn statement(operation: &str) -> Result<&'static str> {
    Ok(match operation {
        "q1" => include_str!("../sql/q1.sql"),
        "q2" => include_str!("../sql/q2.sql"),
        "q3" => include_str!("../sql/q3.sql"),
        "q3_rollup" => include_str!("../sql/q3_rollup.sql"),
        "q4" => include_str!("../sql/q4.sql"),
        "q4_rollup" => include_str!("../sql/q4_rollup.sql"),
        other => return Err(format!("no operation is called {other}").into()),
    })
}

pub(crate) async fn read(pool: &PgPool, operation: &str, claims: &Claims, variables: Variables) -> Result<String> {
    // Dropped, not committed: the rollback goes ahead of the connection's next use.
    let mut tx = pool.begin_with(AssertSqlSafe(claims.opening(ISOLATION))).await?;
    let Variables { number, from, to, this_month } = variables;
    let query = sqlx::query_scalar(statement(operation)?);
    let query = match operation {
        "q1" => query.bind(claims.dealership).bind(claims.branch),
        "q2" => query.bind(claims.dealership).bind(claims.branch).bind(number),
        "q4" | "q4_rollup" => query.bind(claims.dealership).bind(claims.branch).bind(from).bind(this_month).bind(to),
        _ => query.bind(from).bind(to),
    };
    Ok(query.fetch_one(&mut *tx).await?)
}

/// Connections on which begin, statement and rollback are sent together.
pub(crate) struct Pipes {
    slots: Semaphore,
    free: Mutex<Vec<Pipe>>,
}

struct Pipe {
    client: Client,
    prepared: HashMap<String, Statement>,
}

impl Pipes {
    pub(crate) async fn connect(url: &str, connections: usize) -> Result<Self> {
        let mut free = Vec::new();
        for _ in 0..connections {
            let (client, connection) = tokio_postgres::connect(url, NoTls).await?;
            tokio::spawn(connection);
            free.push(Pipe { client, prepared: HashMap::new() });
        }
        Ok(Self { slots: Semaphore::new(connections), free: Mutex::new(free) })
    }

    pub(crate) async fn read(&self, operation: &str, claims: &Claims, variables: Variables) -> Result<String> {
        let _slot = self.slots.acquire().await?;
        let mut pipe = self.free.lock().await.pop().ok_or("no connection is left")?;
        let answer = pipe.read(operation, claims, &variables).await;
        self.free.lock().await.push(pipe);
        answer
    }
}

impl Pipe {
    async fn read(&mut self, operation: &str, claims: &Claims, variables: &Variables) -> Result<String> {
        let Variables { number, from, to, this_month } = variables;
        let (dealership, branch) = (&claims.dealership, &claims.branch);
        let values: Vec<&(dyn ToSql + Sync)> = match operation {
            "q1" => vec![dealership, branch],
            "q2" => vec![dealership, branch, number],
            "q4" | "q4_rollup" => vec![dealership, branch, from, this_month, to],
            _ => vec![from, to],
        };
        let opening = claims.opening(ISOLATION);
        if !self.prepared.contains_key(operation) {
            // The login may read nothing, so the statement is first parsed under the role.
            self.client.batch_execute(&opening).await?;
            let prepared = self.client.prepare(statement(operation)?).await;
            self.client.batch_execute("rollback").await?;
            self.prepared.insert(operation.to_owned(), prepared?);
        }
        let (begun, row, ended) = futures_util::join!(
            self.client.batch_execute(&opening),
            self.client.query_one(&self.prepared[operation], &values),
            self.client.batch_execute("rollback"),
        );
        begun?;
        ended?;
        Ok(row?.try_get(0)?)
    }
}

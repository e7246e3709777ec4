//! How a transaction begins and ends on the pool's connections.
#![expect(clippy::disallowed_methods, reason = "the server is asked what its connections do")]

use std::future::poll_fn;
use std::pin::pin;
use std::sync::Arc;
use std::task::Poll;

use entity::{bike_unit, bill};
use forecourt::config::{self, Config};
use forecourt::database::{Database, Limit, Probes};
use forecourt::error::{Error, Result};
use forecourt::event::Hub;
use forecourt::scope::Scope;
use sea_orm::sea_query::Expr;
use sea_orm::{ConnectionTrait, DatabaseConnection, DbBackend, QueryTrait, Statement};
use serde_json::{Value, json};

use crate::support::{World, catalogue, seeded};

seeded!(role_and_settings_go_in_with_the_begin, async |world: World| {
    let Some(pool) = Pool::of(&world, "forecourt_app").await else { return };
    for (persona, said) in [
        ("clerk", "forecourt_branch; set local app.dealership_id = '…'; set local app.branch_id = '…'"),
        ("dealer", "forecourt_dealership; set local app.dealership_id = '…'"),
        ("hq-of-two", "forecourt_group; set local app.dealership_ids = '…'"),
        ("hq-all", "forecourt_all"),
    ] {
        let scope = world.client(persona).await.scope().await.expect("a scope");
        let tx = pool.database.read(scope).await.expect("a transaction");
        let begin = "begin isolation level repeatable read, read only; set local role";
        assert_eq!(pool.last_sent().await, format!("{begin} {said}{LIMITED}"), "{persona}: in one trip");
        drop(tx);
    }
    let scope = world.client("clerk").await.scope().await.expect("a scope");
    let tx = pool.database.write(scope.clone()).await.expect("a transaction");
    assert!(pool.last_sent().await.starts_with("begin; set local role forecourt_branch; "), "a write");
    drop(tx);
    let _tx = pool.database.write_within(scope, Limit::None).await.expect("a transaction");
    assert!(!pool.last_sent().await.contains("timeout"), "work that lasts");
});

/// What goes in with it while somebody waits.
const LIMITED: &str = "; set local statement_timeout = '…'; set local idle_in_transaction_session_timeout = '…'";

seeded!(a_request_dropped_anywhere_leaves_its_connection_clean, async |world: World| {
    let pool = Pool::of_either(&world).await;
    let scope = world.client("clerk").await.scope().await.expect("a scope");
    let mut dropped = [0; 2];
    // An answer that is there at once is not waited for, so not every round drops at the same points.
    for waits in (0..ROUNDS).flat_map(|_| 0..WAITS) {
        let read = async { read(&pool.database, &scope).await.expect("nothing fails") };
        dropped[0] += usize::from(done(read, waits).await.is_none());
        pool.assert_clean(&format!("a read dropped after waiting {waits} times")).await;
        let write = async { write(&pool.database, &scope).await.expect("nothing fails") };
        dropped[1] += usize::from(done(write, waits).await.is_none());
        pool.assert_clean(&format!("a write dropped after waiting {waits} times")).await;
    }
    assert!(dropped.iter().all(|dropped| *dropped >= ROUNDS), "dropped on few occasions: {dropped:?}");
});

seeded!(a_request_dropped_while_it_gathers_leaves_its_connection_to_others, async |world: World| {
    let app = world.home.process_with(|config| config.database.max_connections = 1).await;
    let client = Arc::new(world.through(app, "clerk").await);
    let scope = client.scope().await;
    let ask = |query| {
        let (client, scope) = (Arc::clone(&client), scope.clone());
        async move { client.answer(scope, query, json!({})).await }
    };
    let mut dropped = 0;
    for turns in (0..ROUNDS).flat_map(|_| 0..TURNS) {
        // A task of its own, as a server's requests are: turns of the test's own task may pass without a wait.
        let list = ask("{ bills(first: 20) { nodes { number customer { name } payments { id } } } }");
        dropped += usize::from(tokio::spawn(done(list, turns)).await.expect("no panic").is_none());
        let next = ask("{ bills(first: 1) { nodes { number } } }").await;
        assert_eq!(next["errors"], Value::Null, "after one dropped when it had waited {turns} times");
    }
    assert!(dropped >= 3 * ROUNDS, "dropped on few occasions: {dropped}");
});

/// For a connection, the opening, a statement, and turns in which keys gather.
const TURNS: usize = 12;

const ROUNDS: usize = 10;

/// For a connection, the opening, and each of two statements when they are prepared and when they are run.
const WAITS: usize = 6;

async fn read(database: &Database, scope: &Scope) -> Result<()> {
    let tx = database.read(scope.clone()).await?;
    tx.all(tx.select::<bill::Entity>()).await?;
    tx.count(tx.select::<bill::Entity>().into_query()).await?;
    Ok(())
}

async fn write(database: &Database, scope: &Scope) -> Result<()> {
    let tx = database.write(scope.clone()).await?;
    let update = tx.scope().update::<bike_unit::Entity>().col_expr(bike_unit::Column::Notes, Expr::value("seen"));
    tx.update(update).await?;
    tx.commit().await
}

seeded!(a_connection_whose_opening_was_refused_is_not_used_again, async |world: World| {
    let login = format!("forecourt_stranger_{}", std::process::id());
    let Some(pool) = Pool::of(&world, &login).await else { return };
    let scope = world.client("clerk").await.scope().await.expect("a scope");
    assert!(read(&pool.database, &scope).await.is_err(), "{login} may not take the role");
    pool.others.execute_unprepared(&format!("grant forecourt_branch to {login}")).await.expect("granted");
    read(&pool.database, &scope).await.expect("nothing of the refused transaction is left");
    pool.database.close().await.expect("closes");
    pool.others.execute_unprepared(&format!("drop role {login}")).await.expect("gone");
});

seeded!(a_connection_that_died_meanwhile_is_put_away, async |world: World| {
    let Some(pool) = Pool::of(&world, "forecourt_app").await else { return };
    let scope = world.client("clerk").await.scope().await.expect("a scope");
    for _ in 0..3 {
        read(&pool.database, &scope).await.expect("a connection");
        let end = "select count(pg_terminate_backend(pid, 5000)) from pg_stat_activity
            where datname = current_database() and usename = 'forecourt_app'";
        let ended = pool.others.query_one_raw(Statement::from_string(DbBackend::Postgres, end)).await.expect("a query");
        let ended: i64 = ended.expect("a row").try_get_by_index(0).expect("a count");
        assert!(ended > 0);
        write(&pool.database, &scope).await.expect("another connection");
    }
});

seeded!(a_read_sees_one_snapshot, async |world: World| {
    let scope = || Scope::system("test");
    let tx = world.home.app.read(scope()).await.expect("a transaction");
    let before = tx.all(tx.select::<bike_unit::Entity>()).await.expect("units");
    let other = world.home.app.write(scope()).await.expect("a transaction");
    let update = other.scope().update::<bike_unit::Entity>().col_expr(bike_unit::Column::Notes, Expr::value("seen"));
    assert!(other.update(update).await.expect("an update") > 0);
    other.commit().await.expect("committed");
    assert_eq!(tx.all(tx.select::<bike_unit::Entity>()).await.expect("units"), before);
});

seeded!(a_violated_key_can_be_told_from_other_faults, async |world: World| {
    let tx = world.home.app.write(Scope::system("test")).await.expect("a transaction");
    let units = tx.all(tx.select::<bike_unit::Entity>()).await.expect("units");
    let again = async {
        tx.insert::<bike_unit::Entity>(units).await?;
        tx.commit().await
    };
    let fault = again.await;
    assert!(matches!(fault, Err(Error::Conflict)), "{fault:?}");
});

/// What some work comes to, unless it is dropped before it has waited so often.
async fn done<T>(work: impl Future<Output = T>, after: usize) -> Option<T> {
    let mut work = pin!(work);
    let mut waits = 0;
    poll_fn(|context| match work.as_mut().poll(context) {
        Poll::Ready(outcome) => Poll::Ready(Some(outcome)),
        Poll::Pending if waits == after => Poll::Ready(None),
        Poll::Pending => {
            waits += 1;
            Poll::Pending
        }
    })
    .await
}

/// A pool of one connection, so that a lost one is missed.
struct Pool {
    database: Database,
    login: String,
    /// Somebody who sees what the login's connection does.
    others: DatabaseConnection,
}

impl Pool {
    /// One of a login, made where it is missing; nothing on SQLite.
    async fn of(world: &World, login: &str) -> Option<Self> {
        let others = catalogue::connect(&world.home.url).await;
        if others.get_database_backend() != DbBackend::Postgres {
            return None;
        }
        let made = format!("create role {login} login; exception when duplicate_object then null");
        others.execute_unprepared(&format!("do $$ begin {made}; end $$")).await.expect("a login");
        let url = world.home.url.replacen("postgres://postgres@", &format!("postgres://{login}@"), 1);
        Some(Self::at(url, login, others).await)
    }

    /// The server's, or one of SQLite's.
    async fn of_either(world: &World) -> Self {
        match Self::of(world, "forecourt_app").await {
            Some(pool) => pool,
            None => Self::at(world.home.url.clone(), "", catalogue::connect(&world.home.url).await).await,
        }
    }

    async fn at(url: String, login: &str, others: DatabaseConnection) -> Self {
        let config = Config::load(None, &[("database.url", url)]).expect("the defaults are valid").database;
        let one = config::Database { max_connections: 1, ..config };
        let database = Database::connect(&one, Hub::default(), Probes::default()).await.expect("the database answers");
        Self { database, login: login.to_owned(), others }
    }

    /// What the connection sent last in the transaction that it is in, without identities.
    async fn last_sent(&self) -> String {
        let sql = format!(
            "select query from pg_stat_activity where state = 'idle in transaction'
             and datname = current_database() and usename = '{}'",
            self.login
        );
        let row = self.others.query_one_raw(Statement::from_string(DbBackend::Postgres, sql)).await.expect("a query");
        let sent: String = row.expect("a transaction is open").try_get_by_index(0).expect("text");
        let parts = sent.split('\'').enumerate().map(|(at, part)| if at % 2 == 0 { part } else { "…" });
        parts.collect::<Vec<_>>().join("'")
    }

    /// On PostgreSQL only the login itself may read the schema's version: no role is left, so neither is the transaction
    /// that took it, nor its settings.
    async fn assert_clean(&self, after: &str) {
        let behind = self.database.behind().await.unwrap_or_else(|error| panic!("{after}: {error:?}"));
        assert_eq!(behind, None, "{after}");
    }
}

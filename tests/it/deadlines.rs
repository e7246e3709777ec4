//! The database works no longer than somebody waits: statements are stopped, locks and connections not waited for.
#![expect(clippy::disallowed_methods, reason = "the server is asked what its connections do")]

use std::num::NonZeroU32;
use std::time::{Duration, Instant};

use entity::{bike_unit, customer, dealership};
use forecourt::config::{self, Config};
use forecourt::database::{Database, Limit, Probes, Tx};
use forecourt::error::{Error, Result};
use forecourt::event::Hub;
use forecourt::scope::Scope;
use sea_orm::sea_query::{Expr, SelectStatement};
use sea_orm::{ConnectionTrait, DbBackend, QueryTrait, Statement};
use serde_json::json;

use crate::support::world::code;
use crate::support::{World, catalogue, seeded};

const SHORT: Duration = Duration::from_millis(300);

/// By how much an answer may miss its limit.
const SLACK: Duration = Duration::from_secs(1);

seeded!(a_statement_that_takes_too_long_is_stopped, async |world: World| {
    let (database, scope) = (one_connection(&world).await, clerk(&world).await);
    let tx = database.read_within(scope.clone(), Limit::Of(SHORT)).await.expect("a transaction");
    let begun = Instant::now();
    assert_stopped(tx.groups(endless(&tx)).await.map(drop), begun, SHORT);
    // Others of the same operation are told the same, and nothing is sent for them.
    assert_stopped(tx.groups(quick(&tx)).await.map(drop), begun, SHORT);
    drop(tx);

    // Nothing of it is left on the connection, which is the only one.
    let tx = database.read_within(scope, Limit::None).await.expect("a transaction");
    assert!(takes_longer_than(&tx, SHORT * 2).await, "it is usable");
});

seeded!(the_setting_is_the_limit, async |world: World| {
    let (database, scope) = (one_connection(&world).await, clerk(&world).await);
    for limit in [None, Some(Limit::Of(Duration::from_secs(60)))] {
        let tx = match limit {
            None => database.read(scope.clone()).await,
            Some(more) => database.read_within(scope.clone(), more).await,
        };
        let tx = tx.expect("a transaction");
        let begun = Instant::now();
        assert_stopped(tx.groups(endless(&tx)).await.map(drop), begun, Duration::from_secs(1));
    }
    for scope in [scope, Scope::system("test")] {
        let tx = database.read_within(scope, Limit::None).await.expect("a transaction");
        assert!(takes_longer_than(&tx, Duration::from_millis(1_200)).await, "work that lasts is not cut");
    }
});

seeded!(of_a_change_that_is_stopped_nothing_is_left, async |world: World| {
    let (database, scope) = (one_connection(&world).await, clerk(&world).await);
    let before = notes(&database, &scope).await;
    for ending in [Ending::Commit, Ending::Rollback, Ending::Drop] {
        let tx = database.write_within(scope.clone(), Limit::Of(SHORT)).await.expect("a transaction");
        note(&tx, Expr::value("before")).await.expect("an update");
        let begun = Instant::now();
        assert_stopped(note(&tx, Expr::cust(endless_sql(&tx))).await, begun, SHORT);
        // SQLite has rolled back: this would be a change of its own.
        assert_stopped(note(&tx, Expr::value("after")).await, begun, SHORT);
        match ending {
            Ending::Commit => assert_stopped(tx.commit().await, begun, SHORT),
            Ending::Rollback => tx.rollback().await.expect("nothing is left"),
            Ending::Drop => drop(tx),
        }
        assert_eq!(notes(&database, &scope).await, before);
    }
    let tx = database.write(scope.clone()).await.expect("the connection is usable, or there is another");
    note(&tx, Expr::value("at last")).await.expect("an update");
    tx.commit().await.expect("committed");
    assert!(notes(&database, &scope).await.iter().all(|note| note == "at last"));
});

enum Ending {
    Commit,
    Rollback,
    Drop,
}

seeded!(a_change_does_not_wait_for_a_lock_for_ever, async |world: World| {
    let (database, scope) = (one_connection(&world).await, clerk(&world).await);
    let before = notes(&database, &scope).await;
    let holder = world.home.app.write(Scope::system("test")).await.expect("a transaction");
    note(&holder, Expr::value("held")).await.expect("an update");

    let begun = Instant::now();
    let change = async {
        let tx = database.write_within(scope.clone(), Limit::Of(SHORT)).await?;
        note(&tx, Expr::value("waited")).await?;
        tx.commit().await
    };
    assert_stopped(change.await, begun, SHORT);
    holder.rollback().await.expect("rolled back");
    assert_eq!(notes(&database, &scope).await, before);
});

const CREATE: &str = "mutation($input: CreateCustomerInput!) { createCustomer(input: $input) { customer { id } } }";

seeded!(a_mutation_that_was_stopped_is_not_tried_again_and_its_key_is_free, async |world: World| {
    let process = world.home.process_with(|config| config.database.statement_seconds = NonZeroU32::MIN).await;
    let clerk = world.through(process, "clerk").await;
    let input = json!({"input": {"idempotencyKey": "takes-too-long", "name": "Nimal Perera", "phone": "071 234 5678"}});
    let scope = clerk.scope().await;

    let holder = world.home.app.write(Scope::system("test")).await.expect("a transaction");
    holder.keep_writers_out::<customer::Entity>().await.expect("a lock");
    let begun = Instant::now();
    let answer = clerk.answer(scope, CREATE, input.clone()).await;
    assert_eq!(code(&answer), "DEADLINE_EXCEEDED", "{answer}");
    assert_eq!(answer["errors"][0]["message"], "This took too long and was stopped. Ask for less at a time.");
    assert!(begun.elapsed() < Duration::from_secs(1) + SLACK, "{:?}", begun.elapsed());
    holder.rollback().await.expect("rolled back");

    assert!(clerk.ask_with(CREATE, input).await["createCustomer"]["customer"]["id"].is_string());
});

seeded!(whoever_finds_no_connection_is_told_so, async |world: World| {
    let (database, scope) = (one_connection(&world).await, clerk(&world).await);
    let holder = database.write(scope.clone()).await.expect("the one connection that writes");
    let begun = Instant::now();
    let Err(error) = database.write_within(scope.clone(), Limit::Of(SHORT)).await else { panic!("two of one") };
    assert_eq!(error.code(), "OVERLOADED");
    assert!(begun.elapsed() < SHORT + SLACK, "{:?}", begun.elapsed());
    drop(holder);
    database.write_within(scope, Limit::Of(SLACK)).await.expect("it came free");
});

seeded!(a_dropped_request_frees_its_connection, async |world: World| {
    let others = catalogue::connect(&world.home.url).await;
    // SQLite stops at once, PostgreSQL when the time is over.
    let seconds = if others.get_database_backend() == DbBackend::Sqlite { 60 } else { 1 };
    let (database, scope) = (with_one_connection(&world, seconds).await, clerk(&world).await);
    let read = async || {
        let tx = database.read(scope.clone()).await?;
        tx.groups(endless(&tx)).await.map(drop)
    };
    let write = async || {
        let tx = database.write(scope.clone()).await?;
        note(&tx, Expr::cust(endless_sql(&tx))).await
    };
    for what in ["read", "write"] {
        let dropped = match what {
            "read" => tokio::time::timeout(SHORT, read()).await,
            _ => tokio::time::timeout(SHORT, write()).await,
        };
        assert!(dropped.is_err(), "it was still at it");
        let begun = Instant::now();
        let soon = Limit::Of(Duration::from_secs(1) + SLACK);
        match what {
            "read" => drop(database.read_within(scope.clone(), soon).await.expect("a connection")),
            _ => drop(database.write_within(scope.clone(), soon).await.expect("a connection")),
        }
        assert!(begun.elapsed() < Duration::from_secs(1) + SLACK, "{:?}", begun.elapsed());
        if others.get_database_backend() == DbBackend::Postgres {
            let running = "select count(*) from pg_stat_activity where state = 'active'
                and datname = current_database() and query like '%pg_sleep(60)%' and pid <> pg_backend_pid()";
            let row = others.query_one_raw(Statement::from_string(DbBackend::Postgres, running)).await;
            let running: i64 = row.expect("a query").expect("a row").try_get_by_index(0).expect("a count");
            assert_eq!(running, 0, "the server is still at it");
        }
    }
});

/// A statement's outcome: stopped, in time.
fn assert_stopped(outcome: Result<()>, begun: Instant, limit: Duration) {
    let elapsed = begun.elapsed();
    assert!(matches!(outcome, Err(Error::DeadlineExceeded)), "{outcome:?} after {elapsed:?}");
    assert!(elapsed < limit + SLACK, "{elapsed:?}");
}

async fn clerk(world: &World) -> Scope {
    world.client("clerk").await.scope().await.expect("a scope")
}

/// A pool of one connection, so that what is left on it is met again; statements have a second.
async fn one_connection(world: &World) -> Database {
    with_one_connection(world, 1).await
}

async fn with_one_connection(world: &World, seconds: u32) -> Database {
    let config = Config::load(None, &[("database.url", world.home.url.clone())]).expect("the defaults are valid");
    let statement_seconds = NonZeroU32::new(seconds).expect("not zero");
    let one = config::Database { max_connections: 1, statement_seconds, ..config.database };
    Database::connect(&one, Hub::default(), Probes::default()).await.expect("the database answers")
}

fn endless(tx: &Tx) -> SelectStatement {
    select(tx, &endless_sql(tx))
}

fn quick(tx: &Tx) -> SelectStatement {
    select(tx, "1")
}

fn endless_sql(tx: &Tx) -> String {
    if tx.is_embedded() { counting_to(1_000_000_000_000) } else { "(select 'slept' from pg_sleep(60))".to_owned() }
}

fn counting_to(n: u64) -> String {
    format!("(with recursive n (i) as (select 1 union all select i + 1 from n where i < {n}) select max(i) from n)")
}

fn select(tx: &Tx, what: &str) -> SelectStatement {
    let mut query = tx.select::<dealership::Entity>().into_query();
    query.clear_selects().clear_order_by().expr_as(Expr::cust(what.to_owned()), "what").limit(1).to_owned()
}

/// One statement that takes longer than so, however fast the machine is.
async fn takes_longer_than(tx: &Tx, time: Duration) -> bool {
    let mut size = 1;
    loop {
        let sql = match tx.is_embedded() {
            true => counting_to(size * 1_000),
            false => format!("(select 'slept' from pg_sleep({size} / 1000.0))"),
        };
        let begun = Instant::now();
        tx.groups(select(tx, &sql)).await.expect("nothing stops it");
        if begun.elapsed() > time {
            return true;
        }
        size *= 2;
    }
}

/// Writes something into the notes of all units of the transaction's scope.
async fn note(tx: &Tx, what: Expr) -> Result<()> {
    tx.update(tx.scope().update::<bike_unit::Entity>().col_expr(bike_unit::Column::Notes, what)).await.map(drop)
}

async fn notes(database: &Database, scope: &Scope) -> Vec<String> {
    let tx = database.read(scope.clone()).await.expect("a transaction");
    let units = tx.all(tx.select::<bike_unit::Entity>()).await.expect("units");
    units.into_iter().map(|unit| unit.notes.unwrap_or_default()).collect()
}

//! From any process to any other, through the database.
#![expect(clippy::disallowed_methods, reason = "connections are looked at and cut from outside")]

use std::sync::Arc;

use entity::bill;
use sea_orm::{ConnectionTrait, DbBackend, Statement};

use crate::support::ear::Heard;
use crate::support::{World, catalogue, seeded, touch};

const BILLS: &str = "subscription { billChanged { bill { id } } }";

seeded!(what_another_process_changes_is_heard, async |world: World| {
    if world.home.url.starts_with("sqlite") {
        // One process serves an SQLite file.
        return;
    }
    let other = world.home.another_process().await;
    let mut here = world.client("clerk").await.listen(BILLS).await;
    let mut there = world.through(Arc::clone(&other), "clerk").await.listen(BILLS).await;
    let place = world.places.at("colombo-ev/BR01");
    for app in [&world.home.app, &other] {
        touch::one::<bill::Entity>(app, world.places.at("colombo-ev/BR02"), 0).await;
        touch::one::<bill::Entity>(app, place, 0).await;
        assert_eq!(here.data().await, there.data().await);
    }
});

seeded!(a_lost_connection_is_told_and_replaced, async |world: World| {
    if world.home.url.starts_with("sqlite") {
        return;
    }
    let clerk = world.client("clerk").await;
    let (mut one, mut two) = (clerk.listen(BILLS).await, clerk.listen(BILLS).await);
    let database = catalogue::connect(&world.home.url).await;
    let cut = "select count(pg_terminate_backend(pid)) from pg_stat_activity
        where application_name = 'forecourt listening' and datname = current_database()";
    for _ in 0..2 {
        let row = database.query_one_raw(Statement::from_string(DbBackend::Postgres, cut)).await.expect("a query");
        let listening: i64 = row.expect("a row").try_get_by_index(0).expect("a count");
        assert_eq!(listening, 1, "one connection listens for all");
        for ear in [&mut one, &mut two] {
            assert_eq!(ear.next().await, Heard::Ended("SUBSCRIPTION_LOST".to_owned()));
            assert_eq!(ear.next().await, Heard::Complete);
        }
        (one, two) = (clerk.listen(BILLS).await, clerk.listen(BILLS).await);
        touch::one::<bill::Entity>(&world.home.app, world.places.at("colombo-ev/BR01"), 0).await;
        assert_eq!(one.data().await, two.data().await);
    }
    database.close().await.expect("a connection closes");
});

seeded!(a_restricted_login_tells_and_listens, async |world: World| {
    if world.home.url.starts_with("sqlite") {
        return;
    }
    // Each mode of the second lock writes through a role of its own.
    let mut ear = world.client("hq-all").await.listen(BILLS).await;
    let branch = world.places.at("colombo-ev/BR01");
    let system = forecourt::scope::Scope::system("test");
    for scope in [
        system.clone().at(branch.dealership, branch.branch.expect("a branch")),
        system.clone().within(branch.dealership),
        Ok(system),
    ] {
        let tx = world.home.app.write(scope.expect("within everything")).await.expect("a transaction");
        touch::rows::<bill::Entity>(&tx, 0, 1).await;
        tx.commit().await.expect("committed");
        assert!(ear.data().await["billChanged"]["bill"]["id"].is_string());
    }
});

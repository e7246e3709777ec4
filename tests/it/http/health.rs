//! What balancers are told.

use std::time::{Duration, Instant};

use reqwest::StatusCode;
use sea_orm::ConnectionTrait;
use serde_json::{Value, json};

use crate::support::server::Server;
use crate::support::{Home, both, databases};

/// What `/readyz` says, once it says `status` or time is up.
async fn ready(server: &Server, status: StatusCode) -> (StatusCode, Value) {
    let since = Instant::now();
    loop {
        let answer = server.get("/readyz").send().await;
        if answer.status == status || since.elapsed() > Duration::from_secs(10) {
            return (answer.status, answer.json());
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
}

fn failed(answer: &Value) -> Vec<&str> {
    let checks = answer["checks"].as_array().expect("checks").iter();
    checks.filter(|check| check["state"] == "failed").map(|check| check["name"].as_str().expect("a name")).collect()
}

both!(a_process_that_can_answer_says_so, async |home: Home| {
    let server = Server::of(&home.app).await;
    home.statements.take();
    let live = server.get("/healthz").send().await;
    assert_eq!((live.status, live.text.as_str()), (StatusCode::OK, "ok"));
    assert_eq!(live.header("cache-control"), Some("no-store"));
    assert!(home.statements.take().is_empty(), "it asked the database");
    let (status, answer) = ready(&server, StatusCode::OK).await;
    assert_eq!((status, &answer["status"]), (StatusCode::OK, &json!("ready")));
    let names =
        answer["checks"].as_array().expect("checks").iter().map(|check| check["name"].as_str().expect("a name"));
    assert_eq!(names.collect::<Vec<_>>(), ["database", "schema", "keys", "databaseVersion", "serving"]);
    assert_eq!(failed(&answer), [""; 0]);
    // However many ask, the database hears of few.
    home.statements.take();
    for _ in 0..20 {
        assert_eq!(server.get("/readyz").send().await.status, StatusCode::OK);
    }
    assert!(home.statements.take().len() < 20);
    server.stop().await;
});

both!(without_its_database_a_process_lives_and_is_not_ready, async |home: Home| {
    let server = Server::of(&home.app).await;
    assert_eq!(ready(&server, StatusCode::OK).await.0, StatusCode::OK);
    home.faults.set(|| true);
    let (status, answer) = ready(&server, StatusCode::SERVICE_UNAVAILABLE).await;
    assert_eq!((status, &answer["status"]), (StatusCode::SERVICE_UNAVAILABLE, &json!("not ready")));
    assert_eq!(failed(&answer), ["database", "schema", "keys"]);
    assert!(!answer.to_string().contains("fault"), "the cause is for the log: {answer}");
    assert_eq!(server.get("/healthz").send().await.status, StatusCode::OK);
    home.faults.clear();
    assert_eq!(ready(&server, StatusCode::OK).await.0, StatusCode::OK);
    server.stop().await;
});

both!(keys_that_cannot_be_read_are_told_apart, async |home: Home| {
    let server = Server::of(&home.app).await;
    home.clock.advance(chrono::TimeDelta::minutes(1));
    // The database answers, and goes away before the keys are read.
    let mut asked = 0;
    home.faults.set(move || {
        asked += 1;
        asked > 1
    });
    let (_, answer) = ready(&server, StatusCode::SERVICE_UNAVAILABLE).await;
    assert_eq!(failed(&answer), ["keys"]);
    home.faults.clear();
    server.stop().await;
});

#[tokio::test]
async fn a_postgres_that_refuses_is_told_within_a_second_or_so() {
    let Some(home) = databases::on_postgres(databases::Content::Tables).await else { return };
    let server = Server::of(&home.app).await;
    assert_eq!(ready(&server, StatusCode::OK).await.0, StatusCode::OK);
    let name = home.url.split(['/', '?']).find(|part| part.starts_with("forecourt_test_")).expect("a database of ours");
    let others = home.url.replacen(name, "postgres", 1);
    #[expect(clippy::disallowed_methods, reason = "takes a database away from outside")]
    let outside = sea_orm::Database::connect(others).await.expect("the server answers");
    let run = async |sql: String| {
        #[expect(clippy::disallowed_methods, reason = "takes a database away from outside")]
        outside.execute_unprepared(&sql).await.expect("it is done");
    };
    run(format!("alter database {name} allow_connections false")).await;
    run(format!("select pg_terminate_backend(pid) from pg_stat_activity where datname = '{name}'")).await;
    let since = Instant::now();
    let (status, answer) = ready(&server, StatusCode::SERVICE_UNAVAILABLE).await;
    assert_eq!((status, failed(&answer)), (StatusCode::SERVICE_UNAVAILABLE, vec!["database", "schema", "keys"]));
    assert!(since.elapsed() < Duration::from_secs(5), "{:?}", since.elapsed());
    run(format!("alter database {name} allow_connections true")).await;
    assert_eq!(ready(&server, StatusCode::OK).await.0, StatusCode::OK, "it comes back by itself");
    server.stop().await;
}

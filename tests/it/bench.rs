//! Measurements, not tests: `bench/run` prints them, `docs/benchmarks.md` keeps them.
#![expect(clippy::disallowed_methods, reason = "one of the sides compared goes around the locks")]

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use forecourt::second_lock;
use sea_orm::{ConnectionTrait, DatabaseConnection, DbBackend, Statement, TransactionTrait};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::http::Server;
use crate::support::bulk::Bulk;

const REPETITIONS: usize = 4;
const RUN: Duration = Duration::from_secs(8);
const CONNECTIONS: usize = 4;
const LOOKUPS: usize = 3_000;

/// One way to read a branch's page of bills.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Way {
    /// As the server does: begin, opening, page, rollback.
    Locked,
    /// The same trips as a superuser without role and settings.
    Open,
    /// The same settings, but a role that no policy binds: what is left of the difference are the policies.
    SettingsOnly,
    /// As `Locked`, all in one trip.
    LockedInOne,
    /// As `Open`, all in one trip.
    OpenInOne,
}

const WAYS: [Way; 5] = [Way::Locked, Way::Open, Way::SettingsOnly, Way::LockedInOne, Way::OpenInOne];
const ISOLATION: &str = "set transaction isolation level repeatable read, read only";

/// A branch's page, and what its transaction says first.
struct Read {
    page: Statement,
    opening: String,
}

impl Read {
    async fn run(&self, database: &DatabaseConnection, way: Way) -> usize {
        let opening = match way {
            Way::Locked | Way::LockedInOne => self.opening.clone(),
            Way::Open | Way::OpenInOne => ISOLATION.to_owned(),
            Way::SettingsOnly => self.opening.replace("role forecourt_branch", "role none"),
        };
        if matches!(way, Way::LockedInOne | Way::OpenInOne) {
            let whole = format!("begin; {opening}; {}; rollback", self.page);
            return usize::from(database.execute_unprepared(&whole).await.expect("a page").rows_affected() > 0);
        }
        let tx = database.begin().await.expect("a transaction");
        tx.execute_unprepared(&opening).await.expect("an opening");
        let rows = tx.query_all_raw(self.page.clone()).await.expect("a page");
        tx.rollback().await.expect("an end");
        usize::from(!rows.is_empty())
    }
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "a measurement of three minutes: bench/run"]
async fn second_lock_beside_none() {
    let Some(bulk) = Bulk::generate().await else { return };
    let reads = Arc::new(reads(&bulk).await);
    let mut connections = Vec::new();
    for _ in 0..CONNECTIONS {
        connections.push(bulk.connection().await);
    }
    for way in WAYS {
        pages(&connections, &reads, way, Duration::from_secs(2)).await;
    }
    let mut rates = vec![Vec::new(); WAYS.len()];
    for _ in 0..REPETITIONS {
        for (way, rates) in WAYS.into_iter().zip(&mut rates) {
            rates.push(pages(&connections, &reads, way, RUN).await);
        }
    }
    eprintln!("{} branches, {CONNECTIONS} connections, {REPETITIONS} runs of {RUN:?} each, alternating", reads.len());
    for (way, rates) in WAYS.into_iter().zip(&rates) {
        eprintln!("{:<14} pages/s {}", format!("{way:?}"), spread(rates));
    }
    for (name, above, below) in [("with / without", 0, 1), ("settings only / without", 2, 1), ("in one trip", 3, 4)] {
        let ratios: Vec<_> =
            rates[above].iter().zip(&rates[below]).map(|(above, below)| above * 1_000 / below).collect();
        eprintln!("{name:<24} ‰ {}", spread(&ratios));
    }
}

/// The page of every branch, in the server's own words.
async fn reads(bulk: &Bulk) -> Vec<Read> {
    let query = "query($after: String) { bills(first: 20, after: $after) { nodes { id } } }";
    let (page, _) = bulk.page(&bulk.person("branch").await, query, None).await;
    let everything = bulk.person("all").await.scope;
    let sql = "select dealership_id, id from branch order by md5(id::text)";
    let branches = bulk.connection().await.query_all_raw(Statement::from_string(DbBackend::Postgres, sql)).await;
    let read = |dealership: Uuid, branch: Uuid| {
        let mut page = page.clone();
        let values = &mut page.values.as_mut().expect("values").0;
        (values[0], values[1]) = (dealership.into(), branch.into());
        let scope = everything.clone().at(dealership, branch).expect("within everything");
        Read { page, opening: second_lock::opening(&scope, true) }
    };
    let id = |row: &sea_orm::QueryResult, index| row.try_get_by_index(index).expect("an id");
    branches.expect("branches").iter().map(|row| read(id(row, 0), id(row, 1))).collect()
}

/// Pages a second, all connections busy for `time`.
async fn pages(connections: &[DatabaseConnection], reads: &Arc<Vec<Read>>, way: Way, time: Duration) -> u64 {
    let started = Instant::now();
    let turn = Arc::new(AtomicUsize::new(0));
    let work = connections.iter().cloned().map(|database| {
        let (reads, turn) = (Arc::clone(reads), Arc::clone(&turn));
        tokio::spawn(async move {
            let mut done = 0;
            while started.elapsed() < time {
                let read = &reads[turn.fetch_add(1, Ordering::Relaxed) % reads.len()];
                done += read.run(&database, way).await;
            }
            done
        })
    });
    let mut done = 0;
    for work in work.collect::<Vec<_>>() {
        done += work.await.expect("no panic") as u64;
    }
    done * 1_000 / u64::try_from(started.elapsed().as_millis()).expect("a short time")
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "a measurement of a minute: bench/run"]
async fn not_found_by_kind_of_id() {
    let Some(bulk) = Bulk::generate().await else { return };
    let asker = bulk.person("branch").await;
    let ids = bulk.person("all").await.client.ask("{ bills(first: 100) { nodes { id } } }").await;
    let foreign: Vec<_> = ids["bills"]["nodes"].as_array().expect("bills").iter().map(|bill| &bill["id"]).collect();
    let foreign: Vec<_> = foreign.into_iter().filter_map(Value::as_str).map(str::to_owned).collect();
    let unknown = || {
        let key = [Uuid::now_v7(), Uuid::now_v7()].map(Uuid::into_bytes).concat();
        URL_SAFE_NO_PAD.encode([b"B", &key[..]].concat())
    };
    let server = Server::of(&bulk.home.app).await;
    let http = reqwest::Client::new();
    let mut times = [const { Vec::new() }; 4];
    for round in 0..LOOKUPS + 200 {
        let ids = [
            foreign[round % foreign.len()].clone(),
            unknown(),
            // As long as an id; and base64 of something else.
            format!("{round:0>43}!"),
            "QgAA".to_owned(),
        ];
        for kind in (0..ids.len()).map(|kind| (kind + round) % ids.len()) {
            let body = json!({"query": "query($id: ID!) { node(id: $id) { id } }", "variables": {"id": ids[kind]}});
            let request = http.post(&server.url).bearer_auth(&asker.token).json(&body);
            let started = Instant::now();
            let answer = request.send().await.expect("an answer").text().await.expect("a body");
            let time = u64::try_from(started.elapsed().as_micros()).expect("a short time");
            // A foreign bill may be of the asker's own branch: it is found, and no part of this.
            if answer.contains("NOT_FOUND") && round >= 200 {
                times[kind].push(time);
            }
        }
    }
    server.stop().await;
    for (kind, times) in ["foreign", "unknown", "malformed, as long", "malformed, short"].into_iter().zip(&times) {
        let (lower, middle, upper) = quartiles(times);
        eprintln!("{kind:<20} {} lookups: median {middle} µs, quartiles {lower}–{upper} µs", times.len());
    }
}

fn quartiles(values: &[u64]) -> (u64, u64, u64) {
    let mut sorted = values.to_vec();
    sorted.sort_unstable();
    let at = |part: usize| sorted[(sorted.len() - 1) * part / 4];
    (at(1), at(2), at(3))
}

fn spread(values: &[u64]) -> String {
    let (_, middle, _) = quartiles(values);
    let (least, most) = (values.iter().min().expect("a run"), values.iter().max().expect("a run"));
    format!("{middle} ({least}–{most})")
}

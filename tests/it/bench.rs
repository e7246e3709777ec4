//! Measurements, not tests: `docs/benchmarks.md` keeps them, `bench/not_found` prints them anew.

use std::time::Instant;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::support::bulk::Bulk;
use crate::support::server::Server;

const LOOKUPS: usize = 3_000;

#[tokio::test(flavor = "multi_thread")]
#[ignore = "a measurement of a minute: bench/not_found"]
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

//! A collector that is down, or says nothing.

use std::time::Duration;

use serde_json::{Value, json};
use tokio::net::TcpListener;

use super::child::{Process, send};
use crate::support::databases::{Content, on_sqlite};

/// What may be added while spans that nobody takes are made and dropped: the queue holds about 2 MB.
const ROOM: u64 = 24 * 1024 * 1024;

#[tokio::test]
async fn while_the_collector_is_down_requests_are_answered_and_spans_dropped() {
    let home = on_sqlite(Content::Tables).await;
    let nobody = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let endpoint = format!("http://{}", nobody.local_addr().expect("an address"));
    drop(nobody);
    let mut process = Process::start(&home, &settings(&endpoint));
    ask(&process, 500).await;
    let before = memory(&process).await;
    ask(&process, 4000).await;
    let after = memory(&process).await;
    assert!(after < before + ROOM, "{before} → {after}");
    let told = |line: &Value| line["fields"]["message"].as_str().is_some_and(|text| text.contains("collector"));
    let lines = process.lines(told).await;
    assert_eq!(lines.len(), 1, "an outage is told once: {lines:?}");
    assert!(process.end().await < Duration::from_secs(20));
}

#[tokio::test]
async fn a_collector_that_says_nothing_holds_nobody_up() {
    let home = on_sqlite(Content::Tables).await;
    let silent = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let endpoint = format!("http://{}", silent.local_addr().expect("an address"));
    let kept = tokio::spawn(async move {
        let mut open = Vec::new();
        while let Ok((socket, _)) = silent.accept().await {
            open.push(socket);
        }
    });
    let mut process = Process::start(&home, &settings(&endpoint));
    ask(&process, 500).await;
    assert!(process.end().await < Duration::from_secs(20), "the last spans are waited for a while only");
    kept.abort();
}

fn settings(endpoint: &str) -> [(&'static str, String); 2] {
    [("FORECOURT_TELEMETRY_OTLP_ENDPOINT", endpoint.to_owned()), ("OTEL_BSP_SCHEDULE_DELAY", "20".to_owned())]
}

async fn ask(process: &Process, times: usize) {
    for _ in 0..times {
        let answer = send(process.post("query Who { viewer { name } }", Value::Null)).await;
        assert_eq!(answer.body["data"], json!({"viewer": null}), "{}", answer.body);
    }
}

async fn memory(process: &Process) -> u64 {
    let figures = process.figures().await;
    let line = figures.lines().find_map(|line| line.strip_prefix("process_resident_memory_bytes "));
    line.and_then(|bytes| bytes.parse().ok()).expect("a number of bytes")
}

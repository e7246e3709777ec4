//! The end of a process: nothing that is under way is lost, and nobody new is kept waiting.

use std::time::{Duration, Instant};

use reqwest::StatusCode;
use serde_json::json;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use crate::support::process::Process;
use crate::support::server::Server;
use crate::support::{Home, both};

const BODY: &str = r#"{"query": "{ __typename }"}"#;

/// A request under way: its head is read, its body is not all there.
async fn begin(mut socket: TcpStream) -> TcpStream {
    let head = "POST /graphql HTTP/1.1\r\nHost: gateway\r\nContent-Type: application/json\r\nExpect: 100-continue\r\n";
    socket.write_all(format!("{head}Content-Length: {}\r\n\r\n", BODY.len()).as_bytes()).await.expect("sent");
    // Told to go on: it is being answered.
    let mut answer = [0; 25];
    socket.read_exact(&mut answer).await.expect("an answer");
    assert_eq!(&answer, b"HTTP/1.1 100 Continue\r\n\r\n");
    socket
}

async fn finish(mut socket: TcpStream) -> String {
    socket.write_all(BODY.as_bytes()).await.expect("sent");
    let mut answer = String::new();
    socket.read_to_string(&mut answer).await.expect("an answer, and the end");
    answer
}

/// Waits until `address` takes no more connections.
async fn refused(address: &str) {
    let since = Instant::now();
    while TcpStream::connect(address).await.is_ok() {
        assert!(since.elapsed() < Duration::from_secs(10), "it still accepts");
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}

both!(a_process_leaves_in_steps, async |home: Home| {
    let mut server = Server::of(&home.app).await;
    let address = server.url.trim_start_matches("http://").trim_end_matches("/graphql").to_owned();
    let under_way = begin(server.connect().await.expect("a socket")).await;
    let notice = Duration::from_secs(2);
    let since = Instant::now();
    server.begin_to_stop(notice);
    // Balancers hear of it, and whoever comes meanwhile is still answered.
    while server.get("/readyz").send().await.status == StatusCode::OK {
        assert!(since.elapsed() < notice, "it is ready");
    }
    let answer = server.get("/readyz").send().await;
    assert_eq!(
        (answer.status, &answer.json()["checks"][4]),
        (StatusCode::SERVICE_UNAVAILABLE, &json!({"name": "serving", "state": "failed"}))
    );
    assert_eq!(server.post().json(&json!({"query": "{ __typename }"})).send().await.status, StatusCode::OK);
    assert_eq!(server.get("/healthz").send().await.status, StatusCode::OK);
    refused(&address).await;
    assert!(since.elapsed() >= notice);
    let answer = finish(under_way).await;
    assert!(answer.starts_with("HTTP/1.1 200") && answer.contains(r#""data":{"__typename":"Query"}"#), "{answer}");
    server.ended().await;
});

both!(what_does_not_end_is_cut_off, async |home: Home| {
    let mut server = Server::with(&home.app, |http| http.drain_seconds = 1).await;
    let mut under_way = begin(server.connect().await.expect("a socket")).await;
    let since = Instant::now();
    server.begin_to_stop(Duration::ZERO);
    server.ended().await;
    assert!((1..5).contains(&since.elapsed().as_secs()), "{:?}", since.elapsed());
    assert!(!matches!(under_way.read(&mut [0; 16]).await, Ok(1..)), "it was cut off");
});

both!(an_idle_connection_holds_nobody_up, async |home: Home| {
    let server = Server::of(&home.app).await;
    let mut idle = server.connect().await.expect("a socket");
    idle.write_all(b"GET /healthz HTTP/1.1\r\nHost: gateway\r\n\r\n").await.expect("sent");
    idle.read_exact(&mut [0; 15]).await.expect("an answer");
    let _silent = server.connect().await.expect("a socket");
    let reading = tokio::spawn(async move { while let Ok(1..) = idle.read(&mut [0; 1024]).await {} });
    let since = Instant::now();
    server.stop().await;
    assert!(since.elapsed() < Duration::from_secs(5), "{:?}", since.elapsed());
    reading.await.expect("it was closed");
});

both!(a_service_manager_s_signal_ends_it_well, async |home: Home| {
    let mut process = Process::with(&home, |command| {
        command.env("FORECOURT_HTTP_DRAIN_NOTICE_SECONDS", "1");
    });
    let address = process.address().to_owned();
    let under_way = begin(TcpStream::connect(&address).await.expect("a socket")).await;
    process.terminate();
    refused(&address).await;
    assert!(finish(under_way).await.starts_with("HTTP/1.1 200"));
    let status = process.ended_within(Duration::from_secs(10)).await.expect("it ends");
    assert!(status.success(), "{status}");
});

//! How much a stranger may send.

use std::time::{Duration, Instant};

use reqwest::StatusCode;
use serde_json::json;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use crate::support::process::Process;
use crate::support::server::Server;
use crate::support::{Home, both};

const HEAD: &str = "POST /graphql HTTP/1.1\r\nHost: gateway\r\nContent-Type: application/json\r\n";

both!(a_body_may_be_as_long_as_the_settings_say, async |home: Home| {
    let server = Server::with(&home.app, |http| http.max_body_bytes = 1_000.try_into().expect("some")).await;
    let padded = |length: usize| {
        let body = json!({"query": "{ __typename }"}).to_string();
        format!("{body}{}", " ".repeat(length - body.len()))
    };
    for (length, status) in [(1_000, StatusCode::OK), (1_001, StatusCode::PAYLOAD_TOO_LARGE)] {
        let whole = server.post().header("content-type", "application/json").body(padded(length)).send().await;
        assert_eq!(whole.status, status, "{length}");
        let mut socket = server.connect().await.expect("a socket");
        let chunked = format!(
            "{HEAD}Connection: close\r\nTransfer-Encoding: chunked\r\n\r\n{length:x}\r\n{}\r\n0\r\n\r\n",
            padded(length)
        );
        socket.write_all(chunked.as_bytes()).await.expect("sent");
        let answer = read(&mut socket).await;
        assert!(answer.starts_with(&format!("HTTP/1.1 {}", status.as_u16())), "{length}: {answer}");
        assert_eq!(answer.contains("PAYLOAD_TOO_LARGE"), status != StatusCode::OK, "{answer}");
    }
    server.stop().await;
});

both!(a_body_that_says_how_long_it_is_is_refused_before_it_comes, async |home: Home| {
    let server = Server::of(&home.app).await;
    let mut socket = server.connect().await.expect("a socket");
    socket.write_all(format!("{HEAD}Content-Length: 104857600\r\n\r\n").as_bytes()).await.expect("sent");
    let since = Instant::now();
    let answer = read(&mut socket).await;
    assert!(answer.starts_with("HTTP/1.1 413") && answer.contains("PAYLOAD_TOO_LARGE"), "{answer}");
    assert!(since.elapsed() < Duration::from_secs(5), "nothing of it was waited for");
    server.stop().await;
});

both!(a_head_may_not_grow_for_ever, async |home: Home| {
    let server = Server::of(&home.app).await;
    let mut socket = server.connect().await.expect("a socket");
    let long = format!("GET /graphql?query={} HTTP/1.1\r\nHost: gateway\r\n\r\n", "a".repeat(80 * 1024));
    // It may be refused before all of it is sent.
    drop(socket.write_all(long.as_bytes()).await);
    let answer = read(&mut socket).await;
    assert!(answer.is_empty() || answer.starts_with("HTTP/1.1 431") || answer.starts_with("HTTP/1.1 414"), "{answer}");
    assert_eq!(server.get("/healthz").send().await.status, StatusCode::OK);
    server.stop().await;
});

both!(a_hundred_megabytes_in_chunks_take_no_memory, async |home: Home| {
    let server = Process::start(&home);
    // What a long request takes at most, the next ones share.
    let longest = json!({"query": "{ __typename }", "extensions": {"more": " ".repeat(250 * 1024)}});
    let asked = reqwest::Client::new().post(&server.url).json(&longest).send().await;
    assert!(asked.expect("an answer").status().is_success());
    let before = server.peak_kib();
    for _ in 0..4 {
        let (answer, after) = flood(server.address()).await;
        assert_eq!(answer, "HTTP/1.1 413");
        assert!(after < Duration::from_secs(2), "refused at the limit, not at the end: {after:?}");
    }
    let grown = server.peak_kib() - before;
    assert!(grown < 16 * 1024, "{grown} KiB for four hundred megabytes");
});

/// Sends a hundred megabytes, if it may; how the answer begins, and when.
async fn flood(address: &str) -> (String, Duration) {
    let (mut from, mut to) = TcpStream::connect(address).await.expect("a socket").into_split();
    let sending = async move {
        to.write_all(format!("{HEAD}Transfer-Encoding: chunked\r\n\r\n").as_bytes()).await?;
        let chunk = format!("{:x}\r\n{}\r\n", 64 * 1024, " ".repeat(64 * 1024));
        for _ in 0..1_600 {
            to.write_all(chunk.as_bytes()).await?;
        }
        Ok::<_, std::io::Error>(())
    };
    let since = Instant::now();
    let receiving = async move {
        let mut answer = [0; 12];
        let read = from.read_exact(&mut answer).await;
        (read.map(|_| String::from_utf8_lossy(&answer).into_owned()), since.elapsed())
    };
    let (_, (answer, after)) = tokio::join!(sending, receiving);
    (answer.expect("an answer, whatever became of the rest"), after)
}

both!(connections_over_the_limit_wait, async |home: Home| {
    let server = Server::with(&home.app, |http| http.max_connections = 2.try_into().expect("some")).await;
    let get = "GET /healthz HTTP/1.1\r\nHost: gateway\r\n\r\n";
    let mut held = Vec::new();
    for _ in 0..2 {
        let mut socket = server.connect().await.expect("a socket");
        socket.write_all(get.as_bytes()).await.expect("sent");
        let mut answer = [0; 15];
        socket.read_exact(&mut answer).await.expect("an answer");
        assert_eq!(&answer, b"HTTP/1.1 200 OK");
        held.push(socket);
    }
    let mut third = server.connect().await.expect("the system takes it");
    third.write_all(get.replace("\r\n\r\n", "\r\nConnection: close\r\n\r\n").as_bytes()).await.expect("sent");
    let mut answer = [0; 15];
    let early = tokio::time::timeout(Duration::from_millis(300), third.read_exact(&mut answer)).await;
    assert!(early.is_err(), "nobody is free");
    held.pop();
    let answer = read(&mut third).await;
    assert!(answer.ends_with("ok"), "{answer}");
    drop(held);
    server.stop().await;
});

/// Everything that comes until the other side ends, however it does.
async fn read(socket: &mut TcpStream) -> String {
    let mut read = Vec::new();
    let whole = tokio::time::timeout(Duration::from_secs(30), async {
        let mut part = [0; 4096];
        while let Ok(length @ 1..) = socket.read(&mut part).await {
            read.extend_from_slice(&part[..length]);
        }
    });
    whole.await.expect("it ends");
    String::from_utf8_lossy(&read).into_owned()
}

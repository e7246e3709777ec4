//! Clients that take their time: on purpose, or because they have nothing to ask.

use std::num::NonZeroU32;
use std::time::{Duration, Instant};

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use crate::support::server::Server;
use crate::support::{Home, both};

const GET: &str = "GET /healthz HTTP/1.1\r\nHost: gateway\r\n\r\n";

/// One second to be heard in, four to be silent in.
async fn impatient(home: &Home) -> Server {
    let seconds = |seconds| NonZeroU32::new(seconds).expect("some");
    Server::with(&home.app, |http| (http.read_seconds, http.idle_seconds) = (seconds(1), seconds(4))).await
}

/// Sends a byte now and then until the other side ends; what came back, and how long it took.
async fn drip(socket: TcpStream, byte: &[u8]) -> (String, Duration) {
    let since = Instant::now();
    let (mut from, mut to) = socket.into_split();
    let dripping = async {
        while to.write_all(byte).await.is_ok() {
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        std::future::pending().await
    };
    let reading = async {
        let mut answer = Vec::new();
        let mut part = [0; 1024];
        while let Ok(length @ 1..) = from.read(&mut part).await {
            answer.extend_from_slice(&part[..length]);
        }
        String::from_utf8_lossy(&answer).into_owned()
    };
    let answer = tokio::select! { answer = reading => answer, () = dripping => unreachable!() };
    (answer, since.elapsed())
}

fn within(elapsed: Duration, from: u64, to: u64) {
    let (from, to) = (Duration::from_millis(from), Duration::from_millis(to));
    assert!(from <= elapsed && elapsed < to, "{elapsed:?}");
}

both!(a_head_that_comes_byte_by_byte_is_not_waited_for, async |home: Home| {
    let server = impatient(&home).await;
    let mut fresh = server.connect().await.expect("a socket");
    fresh.write_all(b"POST /graphql HTTP/1.1\r\nX: ").await.expect("sent");
    let (answer, elapsed) = drip(fresh, b"x").await;
    assert_eq!(answer, "");
    within(elapsed, 900, 3_000);
    // Nor on a connection that has asked before.
    let mut known = server.connect().await.expect("a socket");
    known.write_all(GET.as_bytes()).await.expect("sent");
    known.read_exact(&mut [0; 15]).await.expect("an answer");
    let (_, elapsed) = drip(known, b"X").await;
    within(elapsed, 900, 3_000);
    server.stop().await;
});

both!(a_body_that_comes_byte_by_byte_is_answered_at_the_deadline, async |home: Home| {
    let server = impatient(&home).await;
    for head in ["Content-Length: 1000", "Transfer-Encoding: chunked"] {
        let mut socket = server.connect().await.expect("a socket");
        let head =
            format!("POST /graphql HTTP/1.1\r\nHost: gateway\r\nContent-Type: application/json\r\n{head}\r\n\r\n");
        socket.write_all(head.as_bytes()).await.expect("sent");
        let drop_ = if head.contains("chunked") { &b"1\r\n \r\n"[..] } else { b" " };
        let (answer, elapsed) = drip(socket, drop_).await;
        assert!(answer.starts_with("HTTP/1.1 408") && answer.contains("REQUEST_TIMEOUT"), "{answer}");
        within(elapsed, 900, 4_000);
    }
    server.stop().await;
});

both!(a_connection_that_has_asked_may_be_silent_and_one_that_has_not_may_not, async |home: Home| {
    let server = impatient(&home).await;
    let silent = server.connect().await.expect("a socket");
    let mut known = server.connect().await.expect("a socket");
    known.write_all(GET.as_bytes()).await.expect("sent");
    known.read_exact(&mut [0; 15]).await.expect("an answer");
    let end = async |mut socket: TcpStream| {
        let since = Instant::now();
        while let Ok(1..) = socket.read(&mut [0; 1024]).await {}
        since.elapsed()
    };
    let (silent, known) = tokio::join!(end(silent), end(known));
    within(silent, 800, 2_500);
    within(known, 3_500, 7_000);
    server.stop().await;
});

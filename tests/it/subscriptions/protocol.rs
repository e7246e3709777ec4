//! `graphql-transport-ws`, by its protocol: what is answered, and with which code a socket is closed.

use entity::bill;
use reqwest::StatusCode;
use serde_json::{Value, json};
use tokio_tungstenite::tungstenite::Message;

use crate::support::ear::until;
use crate::support::server::Server;
use crate::support::socket::{In, PROTOCOL, Socket};
use crate::support::{World, seeded, touch};

const INIT: &str = r#"{"type": "connection_init"}"#;
const LISTEN: &str =
    r#"{"id": "1", "type": "subscribe", "payload": {"query": "subscription { billChanged { bill { id } } }"}}"#;

seeded!(a_socket_is_closed_with_the_code_of_the_protocol, async |world: World| {
    let app = world.home.process_with(|config| config.subscriptions.init_seconds = std::num::NonZeroU32::MIN).await;
    let server = Server::of(&app).await;
    let large = format!(r#"{{"type": "ping", "payload": {{"a": "{}"}}}}"#, "x".repeat(300_000));
    let token = world.token("clerk").await;
    let init = format!(r#"{{"type": "connection_init", "payload": {{"authorization": "Bearer {token}"}}}}"#);
    let elsewhere = init.replace("\"}}", "\", \"dealership\": \"kandy-ride\"}}");
    let cases: &[(&[&str], u16, &str)] = &[
        (&[], 4408, "Connection initialisation timeout"),
        (&[r#"{"type": "ping"}"#], 4408, "Connection initialisation timeout"),
        (&[INIT, INIT], 4429, "Too many initialisation requests"),
        (&[LISTEN], 4401, "Unauthorized"),
        (&[&init, LISTEN, LISTEN], 4409, "Subscriber for 1 already exists"),
        (&[r#"{"type": "connection_init", "payload": {"Authorization": "Bearer nonsense"}}"#], 4403, "Forbidden"),
        (&[r#"{"type": "connection_init", "payload": {"authorization": "Basic nonsense"}}"#], 4403, "Forbidden"),
        (&[r#"{"type": "connection_init", "payload": {"authorization": 7}}"#], 4403, "Forbidden"),
        (&[&elsewhere], 4403, "Forbidden"),
        (&["{"], 4400, "Invalid message at line 1, column 1"),
        (&[""], 4400, "Invalid message at line 1, column 0"),
        (&["[]"], 4400, "Invalid message at line 1, column 2"),
        (&[r#"{"type": "connection_init", "payload": 7}"#], 4400, ""),
        (&[INIT, r#"{"type": "start"}"#], 4400, ""),
        (&[INIT, r#"{"id": "1"}"#], 4400, ""),
        (&[INIT, r#"{"type": "subscribe", "payload": {"query": "{ __typename }"}}"#], 4400, ""),
        (
            &[INIT, r#"{"type": "subscribe", "id": "", "payload": {"query": "{ __typename }"}}"#],
            4400,
            "Invalid message: its id is empty",
        ),
        (&[INIT, r#"{"type": "subscribe", "id": 1, "payload": {"query": "{ __typename }"}}"#], 4400, ""),
        (&[INIT, r#"{"type": "subscribe", "id": "1"}"#], 4400, ""),
        (&[INIT, r#"{"type": "subscribe", "id": "1", "payload": {}}"#], 4400, "Invalid message: it has no query"),
        (&[INIT, r#"{"type": "subscribe", "id": "1", "payload": {"query": 1}}"#], 4400, ""),
        (&[INIT, r#"{"type": "subscribe", "id": "1", "payload": {"query": "{ a }", "variables": "x"}}"#], 4400, ""),
        (&[INIT, r#"{"type": "subscribe", "id": "1", "payload": {"query": "{ a }", "operationName": 1}}"#], 4400, ""),
        (&[INIT, r#"{"type": "complete"}"#], 4400, ""),
        (&[INIT, r#"{"type": "next", "id": "1", "payload": {}}"#], 4400, ""),
        (&[INIT, &large], 1009, "Message too large"),
    ];
    for (messages, code, reason) in cases {
        let mut socket = Socket::open(&server.url, &[PROTOCOL]).await.expect("it opens");
        for message in *messages {
            socket.send(Message::text(*message)).await;
        }
        let said: String =
            messages.iter().map(|message| message.chars().take(100).collect::<String>() + "\n").collect();
        loop {
            match socket.next().await {
                In::Text(_) => {}
                In::Closed(closed, why) => {
                    assert_eq!(closed, *code, "{why}, after\n{said}");
                    assert!(reason.is_empty() || why == *reason, "{why}, after\n{said}");
                    assert!(why.len() <= 123 && !why.contains("nonsense"));
                    break;
                }
            }
        }
    }
    let mut socket = Socket::open(&server.url, &[PROTOCOL]).await.expect("it opens");
    socket.send(Message::binary(INIT.as_bytes())).await;
    assert_eq!(socket.next().await, In::Closed(4400, "Only text messages are understood".to_owned()));
    for unknown in [None, Some(("sec-websocket-protocol", "graphql-ws"))] {
        // The library would not take an answer without a protocol that it asked for.
        let Some(header) = unknown else {
            let mut socket = Socket::open(&server.url, &[]).await.expect("it opens");
            assert_eq!(socket.next().await, In::Closed(4406, "Subprotocol not acceptable".to_owned()));
            continue;
        };
        let raw = Raw::open(&server.url, header).await;
        assert!(raw.starts_with("HTTP/1.1 101"), "{raw}");
    }
    server.stop().await;
});

/// A handshake, byte by byte.
struct Raw;

impl Raw {
    async fn open(url: &str, header: (&str, &str)) -> String {
        use tokio::io::{AsyncReadExt, AsyncWriteExt};
        let host = url.trim_start_matches("http://").trim_end_matches("/graphql");
        let mut wire = tokio::net::TcpStream::connect(host).await.expect("the server listens");
        let request = format!(
            "GET /graphql HTTP/1.1\r\nhost: {host}\r\nconnection: Upgrade\r\nupgrade: websocket\r\nsec-websocket-version: 13\r\n\
             sec-websocket-key: dGhlIHNhbXBsZSBub25jZQ==\r\n{}: {}\r\n\r\n",
            header.0, header.1
        );
        wire.write_all(request.as_bytes()).await.expect("sent");
        let mut answer = Vec::new();
        let mut bytes = [0; 1024];
        // The head, and a close frame whose code is 4406.
        while !answer.windows(2).any(|pair| pair == 4406_u16.to_be_bytes()) {
            let read = wire.read(&mut bytes).await.expect("an answer");
            assert!(read > 0, "it ends without a code: {}", String::from_utf8_lossy(&answer));
            answer.extend_from_slice(&bytes[..read]);
        }
        String::from_utf8_lossy(&answer).into_owned()
    }
}

seeded!(operations_of_every_kind_are_answered, async |world: World| {
    let server = Server::start(&world).await;
    let client = world.client("clerk").await;
    let mut socket = Socket::of(&world, &server.url, &client).await;
    socket.say(json!({"type": "ping", "payload": {"n": 1}})).await;
    assert_eq!(socket.text().await, json!({"type": "pong", "payload": {"n": 1}}));
    socket.say(json!({"type": "ping"})).await;
    assert_eq!(socket.text().await, json!({"type": "pong"}));
    socket.say(json!({"type": "pong"})).await;
    socket.say(json!({"type": "complete", "id": "unknown"})).await;

    let query = "query A { viewer { name } } query B($n: Int) { bills(first: $n) { nodes { number } } }";
    let payload = json!({"query": query, "operationName": "B", "variables": {"n": 2}, "extensions": null});
    socket.say(json!({"id": "q", "type": "subscribe", "payload": payload})).await;
    let next = socket.text().await;
    assert_eq!((&next["type"], &next["id"]), (&json!("next"), &json!("q")));
    assert_eq!(next["payload"]["data"]["bills"]["nodes"].as_array().map(Vec::len), Some(2));
    assert_eq!(socket.text().await, json!({"id": "q", "type": "complete"}));

    // An id is free again once its operation is over.
    for (query, code) in [
        ("{ nothing }", "GRAPHQL_VALIDATION_FAILED"),
        ("{", "GRAPHQL_PARSE_FAILED"),
        ("subscription { billChanged { nothing } }", "GRAPHQL_VALIDATION_FAILED"),
        ("subscription { billChanged(branch: \"none\") { bill { id } } }", "NOT_FOUND"),
    ] {
        socket.subscribe("q", query).await;
        let error = socket.text().await;
        assert_eq!((&error["type"], &error["id"]), (&json!("error"), &json!("q")), "{query}");
        assert_eq!(error["payload"][0]["extensions"]["code"], code, "{query}");
        assert!(error["payload"][0]["path"].is_null(), "{query}");
    }
    // What fails while it runs is a result.
    socket.subscribe("q", "{ node(id: \"none\") { id } }").await;
    let next = socket.text().await;
    assert_eq!(next["payload"]["errors"][0]["extensions"]["code"], "NOT_FOUND");
    assert_eq!(socket.text().await["type"], "complete");

    let create = r#"mutation { createCustomer(input: {idempotencyKey: "key-socket", name: "Nimal Perera"}) { customer { name } } }"#;
    socket.subscribe("m", create).await;
    assert_eq!(socket.text().await["payload"]["data"]["createCustomer"]["customer"]["name"], "Nimal Perera");
    assert_eq!(socket.text().await["type"], "complete");
    server.stop().await;
});

seeded!(a_client_ends_an_operation_and_hears_no_more_of_it, async |world: World| {
    let server = Server::start(&world).await;
    let client = world.client("clerk").await;
    let (app, here) = (&world.home.app, world.places.at("colombo-ev/BR01"));
    let mut socket = Socket::of(&world, &server.url, &client).await;
    for id in ["a", "b"] {
        socket.subscribe(id, "subscription { billChanged { bill { id } } }").await;
    }
    until(|| app.listeners() == 2).await;
    touch::one::<bill::Entity>(app, here, 0).await;
    let mut heard = [socket.text().await, socket.text().await].map(|told| told["id"].clone());
    heard.sort_by_key(Value::to_string);
    assert_eq!(heard, ["a", "b"]);
    socket.say(json!({"id": "a", "type": "complete"})).await;
    until(|| app.listeners() == 1).await;
    for skipped in 0..3 {
        touch::one::<bill::Entity>(app, here, skipped).await;
        assert_eq!(socket.text().await["id"], "b");
    }
    // The id can be used again; everything ends with the socket.
    socket.subscribe("a", "subscription { billChanged { bill { id } } }").await;
    until(|| app.listeners() == 2).await;
    drop(socket);
    until(|| app.listeners() == 0).await;
    server.stop().await;
});

seeded!(who_it_is_comes_with_the_request_or_the_first_message, async |world: World| {
    let server = Server::start(&world).await;
    let role = async |headers: &[(&str, &str)], payload: Value| {
        let mut socket = match Socket::open(&server.url, &[&[PROTOCOL], headers].concat()).await {
            Ok(socket) => socket,
            Err(status) => return status.to_string(),
        };
        socket.say(json!({"type": "connection_init", "payload": payload})).await;
        if let In::Closed(code, _) = socket.next().await {
            return code.to_string();
        }
        socket.subscribe("1", "{ viewer { role dealership { code } branch { code } } }").await;
        socket.text().await["payload"]["data"]["viewer"].to_string()
    };
    let token = world.token("hq-of-two").await;
    let bearer = format!("Bearer {token}");
    let nobody = role(&[], Value::Null).await;
    assert_eq!(nobody, "null");
    let all = role(&[("authorization", &bearer)], json!({})).await;
    assert!(all.contains("HQ_ADMIN") && all.contains(r#""dealership":null"#), "{all}");
    let narrow = json!({"authorization": bearer, "dealership": "kandy-ride", "X-Forecourt-Branch": "BR02"});
    let one = role(&[], narrow.clone()).await;
    assert!(one.contains("kandy-ride") && one.contains("BR02"), "{one}");
    let by_host = role(&[("host", "kandy-ride.forecourt.example")], json!({"authorization": bearer})).await;
    assert!(by_host.contains("kandy-ride"), "{by_host}");
    let contradiction = role(&[("x-forecourt-dealership", "colombo-ev")], narrow).await;
    assert_eq!(contradiction, "4403");
    assert_eq!(role(&[("authorization", "Bearer nonsense")], json!({})).await, "4403");
    assert_eq!(role(&[("authorization", "nonsense")], json!({})).await, StatusCode::UNAUTHORIZED.to_string());
    server.stop().await;
});

seeded!(pages_of_others_open_no_socket, async |world: World| {
    let server = Server::start(&world).await;
    let own = server.url.trim_end_matches("/graphql").to_owned();
    for (origin, opens) in [
        (own.as_str(), true),
        ("https://evil.example", false),
        ("null", false),
        ("http://127.0.0.1:1", false),
        ("http://127.0.0.1:8080", true),
    ] {
        let opened = Socket::open(&server.url, &[PROTOCOL, ("origin", origin)]).await;
        assert_eq!(opened.err(), (!opens).then_some(StatusCode::FORBIDDEN), "{origin}");
    }
    server.stop().await;
});

//! How much one may ask for, and what becomes of those who are slow or silent.

use std::num::NonZeroU32;
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use entity::bill;
use forecourt::app::App;
use forecourt::auth::{Holder, Visitor, Workplace};
use forecourt::event::Missed;
use forecourt::graphql::{self, Allowed, Subscriber, Told};
use futures_util::StreamExt;
use reqwest::StatusCode;
use secrecy::SecretString;
use serde_json::json;
use tokio_tungstenite::tungstenite::Message;

use crate::support::ear::{BOUND, until};
use crate::support::server::Server;
use crate::support::socket::{In, PROTOCOL, Socket};
use crate::support::{Client, World, seeded, touch};

const BILLS: &str = "subscription { billChanged { bill { id } } }";

seeded!(connections_and_operations_are_counted, async |world: World| {
    let app = world.home.process_with(|config| {
        let limits = &mut config.subscriptions;
        (limits.connections, limits.connections_each, limits.operations_each) = (4, 2, 3);
    });
    let app = app.await;
    let server = Server::of(&app).await;
    let (clerk, sibling) =
        (world.through(Arc::clone(&app), "clerk").await, world.through(Arc::clone(&app), "sibling").await);
    let mut one = Socket::of(&world, &server.url, &clerk).await;
    let mut two = Socket::of(&world, &server.url, &clerk).await;
    let init = json!({"type": "connection_init", "payload": {"authorization": format!("Bearer {}", clerk.token().expect("a token"))}});
    let mut three = Socket::open(&server.url, &[PROTOCOL]).await.expect("it opens");
    three.say(init).await;
    assert_eq!(three.next().await, In::Closed(4429, "Too many connections".to_owned()));
    drop(three);

    // Three operations of a device, on all of its sockets together.
    one.subscribe("1", BILLS).await;
    one.subscribe("2", BILLS).await;
    two.subscribe("1", BILLS).await;
    until(|| app.listeners() == 3).await;
    two.subscribe("2", BILLS).await;
    let refused = two.text().await;
    assert_eq!(refused["type"], "error");
    assert_eq!(refused["payload"][0]["extensions"]["code"], "TOO_MANY_OPERATIONS");
    let others = Socket::of(&world, &server.url, &sibling).await;
    one.say(json!({"id": "1", "type": "complete"})).await;
    until(|| app.listeners() == 2).await;
    two.subscribe("2", BILLS).await;
    until(|| app.listeners() == 3).await;

    // Four connections in all.
    let full = loop {
        match Socket::open(&server.url, &[PROTOCOL]).await {
            Ok(mut socket) => {
                // The place of the one that was closed may come free a little later.
                let refused = Socket::open(&server.url, &[PROTOCOL]).await.err();
                socket.say(json!({"type": "connection_init"})).await;
                socket.text().await;
                break refused;
            }
            Err(_) => tokio::time::sleep(Duration::from_millis(20)).await,
        }
    };
    assert_eq!(full, Some(StatusCode::SERVICE_UNAVAILABLE));
    drop((one, two, others));
    until(|| app.listeners() == 0).await;
    Socket::of(&world, &server.url, &clerk).await;
    server.stop().await;
});

seeded!(whoever_does_not_read_is_closed, async |world: World| {
    let app = world.home.process_with(|config| {
        config.subscriptions.send_seconds = NonZeroU32::MIN;
        config.subscriptions.connections = 1;
    });
    let server = Server::of(&app.await).await;
    let mut socket = Socket::open(&server.url, &[PROTOCOL]).await.expect("it opens");
    socket.say(json!({"type": "connection_init"})).await;
    socket.text().await;
    let large = json!({"type": "ping", "payload": {"a": "x".repeat(200_000)}}).to_string();
    let flood = async { while socket.try_send(Message::text(large.clone())).await.is_ok() {} };
    let replaced = async {
        loop {
            match Socket::open(&server.url, &[PROTOCOL]).await {
                Ok(socket) => break socket,
                Err(_) => tokio::time::sleep(Duration::from_millis(50)).await,
            }
        }
    };
    // The flood never ends by itself: nobody reads it, and the server gives the place to another.
    tokio::time::timeout(BOUND, async {
        tokio::select! {
            _ = replaced => {}
            // The other side is gone.
            () = flood => {}
        }
    })
    .await
    .expect("it is closed in time");
    server.stop().await;
});

seeded!(a_socket_that_does_not_answer_is_closed, async |world: World| {
    let app = world.home.process_with(|config| {
        config.subscriptions.ping_seconds = NonZeroU32::MIN;
        config.subscriptions.connections = 1;
    });
    let app = app.await;
    let server = Server::of(&app).await;
    let client = world.through(Arc::clone(&app), "clerk").await;
    // Whoever reads answers pings.
    let mut alive = Socket::of(&world, &server.url, &client).await;
    alive.subscribe("1", BILLS).await;
    until(|| app.listeners() == 1).await;
    let patience = tokio::time::timeout(Duration::from_millis(3500), alive.next()).await;
    assert!(patience.is_err(), "it stays open: {patience:?}");
    // Whoever does not read does not.
    until(|| app.listeners() == 0).await;
    drop(alive);
    server.stop().await;
});

seeded!(whoever_falls_behind_is_told_so, async |world: World| {
    let app = world.home.process_with(|config| config.subscriptions.events = 4).await;
    let client = world.through(Arc::clone(&app), "clerk").await;
    let mut told = pin!(stream(&app, &client).await);
    tokio::select! {
        biased;
        _ = told.next() => panic!("nothing happened yet"),
        () = until(|| app.listeners() == 1) => {}
    }
    // Nobody asks for what is told.
    let mut hearing = app.hear().await.expect("events");
    for skipped in 0..10 {
        touch::one::<bill::Entity>(&app, world.places.at("colombo-ev/BR01"), skipped).await;
    }
    let all_came = async { while hearing.next().await != Err(Missed::Lagged) {} };
    tokio::select! {
        () = all_came => {}
        () = async { tokio::time::sleep(BOUND).await } => panic!("events are kept without end"),
    }
    let Some(Told::Ended(ended)) = told.next().await else { panic!("it is over") };
    let ended = serde_json::to_value(ended).expect("JSON");
    assert_eq!(ended["errors"][0]["extensions"]["code"], "SUBSCRIPTION_LAGGED");
    assert!(told.next().await.is_none());
});

async fn stream(app: &Arc<App>, client: &Client) -> impl futures_util::Stream<Item = Told> + use<> {
    let token = SecretString::from(client.token().expect("a token").to_owned());
    let holder = Holder::new(app, Some(token), &Workplace::default()).await.expect("it holds");
    let subscriber = Subscriber { app: Arc::clone(app), holder: Arc::new(holder), visitor: Visitor::default() };
    let request = async_graphql::Request::new(BILLS);
    graphql::subscribe(client.schema(), request, subscriber, Allowed::Everything)
}

//! Links to documents: they open, and they end.

use chrono::TimeDelta;
use serde_json::json;

use super::{bill, file, made, open, sale};
use crate::support::server::Server;
use crate::support::{World, seeded};

seeded!(a_link_opens_a_document_and_ends, async |world: World| {
    let server = Server::start(&world).await;
    let clerk = world.client("clerk").await;
    let document = made(&clerk, bill(&sale(&world).await)).await;
    let answer = open(&server, &document).await;
    assert_eq!((answer.status.as_u16(), answer.header("content-type")), (200, Some("application/pdf")));
    assert_eq!(answer.header("cache-control"), Some("no-store"));
    assert!(answer.header("content-disposition").is_some_and(|header| header.starts_with("inline; ")));
    assert_eq!(answer.length, file(&world, &document).await.len());
    let saved =
        "query($id: ID!) { document: node(id: $id) { ... on Document { link(disposition: ATTACHMENT) { url } } } }";
    let saved = clerk.ask_with(saved, json!({"id": document["id"]})).await;
    let answer = open(&server, &saved["document"]).await;
    assert!(answer.header("content-disposition").is_some_and(|header| header.starts_with("attachment; ")));
    let ends: chrono::DateTime<chrono::Utc> =
        document["link"]["expiresAt"].as_str().expect("an end").parse().expect("a time");
    world.home.clock.advance(ends - world.home.app.now() - TimeDelta::seconds(1));
    assert_eq!(open(&server, &document).await.status.as_u16(), 200, "until it ends");
    world.home.clock.advance(TimeDelta::seconds(1));
    assert_eq!(open(&server, &document).await.status.as_u16(), 404);
    server.stop().await;
});

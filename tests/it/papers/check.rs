//! The page that a document's QR code leads to.

use reqwest::Url;
use serde_json::json;

use super::{bill, made, sale};
use crate::support::server::Server;
use crate::support::{World, seeded};

seeded!(a_genuine_document_is_told_from_any_other, async |world: World| {
    let server = Server::start(&world).await;
    let clerk = world.client("clerk").await;
    let document = made(&clerk, bill(&sale(&world).await)).await;
    let url: Url = document["checkUrl"].as_str().expect("an address").parse().expect("an address");
    let look = "query($id: ID!) { node(id: $id) { ... on Document { total { formatted } date
        bill { buyer { name nic phone address } } } } }";
    let row = clerk.ask_with(look, json!({"id": document["id"]})).await["node"].take();
    // From whoever holds the paper: nobody is signed in.
    let page = reqwest::get(server.url.replace("/graphql", url.path())).await.expect("an answer");
    assert_eq!(page.status(), 200);
    let header = |name: &str| page.headers()[name].to_str().expect("text").to_owned();
    assert_eq!(header("content-type"), "text/html; charset=utf-8");
    assert_eq!(header("cache-control"), "no-store");
    let policy = header("content-security-policy");
    assert!(policy.starts_with("default-src 'none'; style-src 'sha256-") && !policy.contains("unsafe"), "{policy}");
    let text = page.text().await.expect("a page");
    for said in [document["number"].as_str().expect("one"), row["total"]["formatted"].as_str().expect("one"), "genuine"]
    {
        assert!(text.contains(said), "{said}: {text}");
    }
    assert!(!text.contains("<script") && !text.contains("http"), "{text}");
    for personal in ["name", "nic", "phone", "address"] {
        let personal = row["bill"]["buyer"][personal].as_str().unwrap_or("nobody");
        assert!(!text.contains(personal), "{personal} is on the page");
    }

    let token = url.path().trim_start_matches("/check/");
    let other = |at: usize| {
        let mut letters = token.as_bytes().to_vec();
        letters[at] = if letters[at] == b'A' { b'B' } else { b'A' };
        String::from_utf8(letters).expect("ASCII")
    };
    let mut refused =
        vec!["A".repeat(64), token[1..].to_owned(), format!("{token}A"), "x".to_owned(), "..%2f..".to_owned()];
    refused.extend((0..token.len()).map(other));
    let mut answers = std::collections::BTreeSet::new();
    for token in refused {
        let page = reqwest::get(server.url.replace("/graphql", &format!("/check/{token}"))).await.expect("an answer");
        assert_eq!(page.status(), 404, "{token}");
        answers.insert(page.text().await.expect("a page"));
    }
    assert_eq!(answers.len(), 1, "they are not told apart");
    server.stop().await;
});

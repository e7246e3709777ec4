//! Keys of leasing companies: their lives, what they open, and what they do not.

mod answers;
mod holding;
mod life;
mod refusals;

use forecourt::auth;
use reqwest::StatusCode;
use serde_json::Value;

use crate::support::World;
use crate::support::server::{Answer, Server};

/// The code with which a key is refused from an address; `None` where it holds.
async fn refused(world: &World, text: &str, address: Option<&str>) -> Option<&'static str> {
    let address = address.map(|address| address.parse().expect("an address"));
    auth::authenticate_partner(&world.home.app, text, address).await.err().map(|error| error.code())
}

/// What is answered under `/partner/v1`.
async fn ask(server: &Server, text: &str, path: &str) -> Answer {
    server.get(path).bearer_auth(text).send().await
}

/// The status and the code of an error.
fn failure(answer: &Answer) -> (StatusCode, String) {
    let body: Value = answer.json();
    let fields: Vec<_> = body.as_object().expect("an object").keys().collect();
    assert_eq!(fields, ["error"], "{body}");
    assert!(body["error"]["message"].as_str().is_some_and(|message| message.ends_with('.')), "a sentence: {body}");
    assert_eq!(answer.headers["cache-control"], "no-store");
    (answer.status, body["error"]["code"].as_str().expect("a code").to_owned())
}

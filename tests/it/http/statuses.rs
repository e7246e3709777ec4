//! What the status tells of a request that is well-formed: whether anything ran.

use reqwest::StatusCode;
use serde_json::{Value, json};

use crate::support::server::Server;
use crate::support::{World, seeded};

const RESPONSE: &str = "application/graphql-response+json";

seeded!(the_status_tells_whether_anything_ran, async |world: World| {
    let server = Server::start(&world).await;
    let clerk = world.token("clerk").await;
    let coercion = json!({"query": "query($id: ID!) { node(id: $id) { id } }", "variables": {"id": null}});
    for (body, code, ran) in [
        (json!({"query": "{ viewer { name } }"}), None, true),
        (json!({"query": "{"}), Some("GRAPHQL_PARSE_FAILED"), false),
        (json!({"query": ""}), Some("BAD_REQUEST"), false),
        (json!({"query": "{ nothing }"}), Some("GRAPHQL_VALIDATION_FAILED"), false),
        (json!({"query": "query A { __typename } query B { __typename }"}), Some("OPERATION_UNKNOWN"), false),
        (json!({"query": "subscription { billChanged { bill { id } } }"}), Some("METHOD_NOT_ALLOWED"), false),
        (coercion, Some("GRAPHQL_VALIDATION_FAILED"), false),
        // An error in a field that may be null, and one that leaves nothing at all.
        (json!({"query": "{ node(id: \"nonsense\") { id } }"}), Some("NOT_FOUND"), true),
        (json!({"query": "{ staff(first: 1) { totalCount } }"}), Some("FORBIDDEN"), true),
    ] {
        for (accept, refused) in [(RESPONSE, StatusCode::BAD_REQUEST), ("application/json", StatusCode::OK)] {
            let answer = server.post().bearer_auth(&clerk).header("accept", accept).json(&body).send().await;
            let told = answer.json();
            assert_eq!(told["errors"][0]["extensions"]["code"].as_str(), code, "{body} {told}");
            assert_eq!(told.get("data").is_some(), ran, "{body} {told}");
            assert_eq!(answer.status, if ran { StatusCode::OK } else { refused }, "{body} as {accept}: {told}");
        }
    }
    server.stop().await;
});

seeded!(a_credential_that_does_not_hold_is_401_in_either_form, async |world: World| {
    let server = Server::start(&world).await;
    for accept in [RESPONSE, "application/json"] {
        let request = server.post().header("accept", accept).header("authorization", "Bearer nonsense");
        let answer = request.json(&json!({"query": "{ viewer { name } }"})).send().await;
        assert_eq!(answer.status, StatusCode::UNAUTHORIZED);
        assert_eq!(answer.header("www-authenticate"), Some("Bearer"));
        assert_eq!(answer.header("cache-control"), Some("no-store"));
        assert!(answer.json().get("data").is_none());
        // Nobody is somebody as well: what needs no one is answered, and what does is an error of its field.
        let nobody = server.post().header("accept", accept).json(&json!({"query": "{ bills { totalCount } }"}));
        let nobody = nobody.send().await;
        assert_eq!((nobody.status, nobody.json()["data"].clone()), (StatusCode::OK, Value::Null));
        assert_eq!(nobody.header("www-authenticate"), None);
        assert!(nobody.text.contains(r#""data":null"#), "it ran");
        let elsewhere = server.post().header("accept", accept).bearer_auth(world.token("clerk").await);
        let elsewhere =
            elsewhere.header("x-forecourt-dealership", "kandy-ride").json(&json!({"query": "{ __typename }"}));
        assert_eq!(elsewhere.send().await.status, StatusCode::BAD_REQUEST);
    }
    server.stop().await;
});

seeded!(whoever_must_prove_more_is_told_how_by_a_header_too, async |world: World| {
    let server = Server::start(&world).await;
    let body = json!({"query": "mutation { renewRecoveryCodes }"});
    for accept in [RESPONSE, "application/json"] {
        let request = server.post().bearer_auth(world.token("clerk").await).header("accept", accept);
        let answer = request.header("origin", "http://127.0.0.1:8080").json(&body).send().await;
        assert_eq!(answer.status, StatusCode::OK, "{}", answer.text);
        assert_eq!(
            answer.header("www-authenticate"),
            Some(r#"Bearer error="insufficient_user_authentication", acr_values="mfa", max_age=900"#)
        );
    }
    server.stop().await;
});

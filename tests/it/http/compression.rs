//! What goes out smaller than it is, and what every answer tells a browser.

use reqwest::StatusCode;
use serde_json::json;

use crate::support::server::Server;
use crate::support::{World, seeded};

seeded!(long_answers_are_compressed_for_who_can_read_them, async |world: World| {
    let server = Server::start(&world).await;
    let long = json!({"query": "{ __schema { types { name description } } }"});
    let token = world.token("clerk").await;
    let plain = server.post().bearer_auth(&token).json(&long).send().await;
    assert_eq!(plain.header("content-encoding"), None);
    let whole = plain.text.len();
    for encoding in ["gzip", "br"] {
        let answer = server.post().bearer_auth(&token).header("accept-encoding", encoding).json(&long).send().await;
        assert_eq!((answer.status, answer.header("content-encoding")), (StatusCode::OK, Some(encoding)));
        assert!(answer.length * 3 < whole, "{} of {whole}", answer.length);
        assert_eq!(answer.header("vary"), Some("Accept, Accept-Encoding, Authorization, Origin"));
    }
    for encoding in ["identity", "zstd", "gzip;q=0"] {
        let answer = server.post().bearer_auth(&token).header("accept-encoding", encoding).json(&long).send().await;
        assert_eq!((answer.header("content-encoding"), answer.length), (None, whole), "{encoding}");
    }
    let short =
        server.post().header("accept-encoding", "gzip, br").json(&json!({"query": "{ __typename }"})).send().await;
    assert_eq!(short.header("content-encoding"), None);
    let file = server.get("/graphql/graphiql.min.js").header("accept-encoding", "gzip").send().await;
    assert_eq!((file.header("content-encoding"), file.header("vary")), (Some("gzip"), Some("accept-encoding")));
    server.stop().await;
});

seeded!(every_answer_tells_a_browser_to_be_careful, async |world: World| {
    let server = Server::start(&world).await;
    for path in [
        "/graphql",
        "/graphql/start.js",
        "/healthz",
        "/readyz",
        "/.well-known/jwks.json",
        "/partner/v1/key",
        "/nowhere",
    ] {
        let answer = server.get(path).send().await;
        assert_eq!(answer.header("x-content-type-options"), Some("nosniff"), "{path}");
        assert_eq!(answer.header("referrer-policy"), Some("no-referrer"), "{path}");
        assert!(
            answer.header("content-security-policy").is_some_and(|policy| policy.contains("frame-ancestors 'none'")),
            "{path}"
        );
    }
    server.stop().await;
});

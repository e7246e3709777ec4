//! What a page of somebody else's makes a browser send.

use reqwest::{Method, StatusCode};
use serde_json::json;

use crate::support::server::{Question, Server};
use crate::support::{Home, World, both, seeded};

const OFFICE: &str = "https://office.example";

/// An answer's status and code.
async fn told(question: Question<'_>) -> (u16, String) {
    let answer = question.send().await;
    let code = answer.json()["errors"][0]["extensions"]["code"].as_str().unwrap_or("none").to_owned();
    (answer.status.as_u16(), code)
}

seeded!(a_request_that_needs_no_leave_changes_nothing, async |world: World| {
    let server = Server::start(&world).await;
    let persona = world.persona("clerk");
    let sign_in = "mutation($input: SignInInput!) { signIn(input: $input) { role } }";
    let input = json!({"input": {"email": persona.email, "password": persona.password, "keep": "COOKIE"}});
    let answer = server.post().json(&json!({"query": sign_in, "variables": input})).send().await;
    let cookies = answer.headers.get_all("set-cookie").iter().map(|value| value.to_str().expect("text"));
    let cookies = cookies.filter_map(|cookie| cookie.split(';').next()).collect::<Vec<_>>().join("; ");
    assert!(cookies.contains("forecourt_refresh="), "the browser is signed in");
    let refresh = "mutation { refreshSession(input: {}) { accessToken } }";
    let body = json!({"query": refresh}).to_string();
    let form = "query=mutation%20%7B%20refreshSession(input%3A%20%7B%7D)%20%7B%20accessToken%20%7D%20%7D";
    let part = format!("--x\r\nContent-Disposition: form-data; name=\"operations\"\r\n\r\n{body}\r\n--x--\r\n");
    // A browser names the page it sends from, but some did not; and an old one sends a null.
    for origin in [None, Some("null"), Some("https://evil.example"), Some("http://127.0.0.1")] {
        let expected = |status: u16, code: &str| match origin {
            None => (status, code.to_owned()),
            Some(_) => (403, "ORIGIN_REFUSED".to_owned()),
        };
        let from = async |question: Question<'_>| {
            let question = question.header("cookie", &cookies);
            told(origin.into_iter().fold(question, |question, origin| question.header("origin", origin))).await
        };
        for (media_type, body) in [
            ("text/plain", body.as_str()),
            ("text/plain; application/json", &body),
            ("application/x-www-form-urlencoded", form),
            ("application/x-www-form-urlencoded", &body),
            ("multipart/form-data; boundary=x", &part),
        ] {
            let asked = server.post().header("content-type", media_type).body(body.to_owned());
            assert_eq!(from(asked).await, expected(415, "UNSUPPORTED_MEDIA_TYPE"), "{media_type} from {origin:?}");
        }
        assert_eq!(from(server.post().body(body.clone())).await, expected(415, "UNSUPPORTED_MEDIA_TYPE"), "no type");
        let get = server.get_with(&[("query", refresh)]);
        assert_eq!(from(get).await, expected(405, "METHOD_NOT_ALLOWED"), "GET from {origin:?}");
        let named = format!("query Q {{ __typename }} {}", refresh.replacen("mutation", "mutation M", 1));
        let get = server.get_with(&[("query", &named), ("operationName", "M")]);
        assert_eq!(from(get).await, expected(405, "METHOD_NOT_ALLOWED"), "GET from {origin:?}");
        let subscription = server.get_with(&[("query", "subscription { billChanged { bill { id } } }")]);
        assert_eq!(from(subscription).await, expected(405, "METHOD_NOT_ALLOWED"), "GET from {origin:?}");
        let stream = || server.post().header("accept", "text/event-stream");
        let asked = stream().header("content-type", "text/plain").body(body.clone());
        assert_eq!(from(asked).await, expected(415, "UNSUPPORTED_MEDIA_TYPE"), "a stream from {origin:?}");
        // What needs leave is refused too if the page has none: not every browser asks.
        if origin.is_some() {
            let refused = (403, "ORIGIN_REFUSED".to_owned());
            assert_eq!(from(server.post().json(&json!({"query": refresh}))).await, refused, "{origin:?}");
            assert_eq!(from(stream().json(&json!({"query": refresh}))).await, refused, "{origin:?}");
        }
    }
    let still = server.post().header("cookie", &cookies).json(&json!({"query": refresh})).send().await;
    assert!(still.json()["data"]["refreshSession"]["accessToken"].is_string(), "nothing was used up: {}", still.text);
    server.stop().await;
});

both!(a_mutation_by_get_is_refused_with_what_is_allowed, async |home: Home| {
    let server = Server::of(&home.app).await;
    for accept in ["application/json", "application/graphql-response+json"] {
        let answer = server.get_with(&[("query", "mutation { __typename }")]).header("accept", accept).send().await;
        assert_eq!(answer.status, StatusCode::METHOD_NOT_ALLOWED);
        assert_eq!(answer.header("allow"), Some("POST"));
        assert!(answer.json().get("data").is_none());
    }
    server.stop().await;
});

both!(a_page_of_the_list_may_ask_and_read, async |home: Home| {
    let server = Server::with(&home.app, |http| http.allowed_origins = vec![OFFICE.to_owned()]).await;
    let asked = |origin: &str| {
        let asked = server.ask_by(Method::OPTIONS).header("origin", origin);
        asked
            .header("access-control-request-method", "POST")
            .header("access-control-request-headers", "authorization,content-type")
    };
    let leave = asked(OFFICE).send().await;
    assert!(leave.status.is_success());
    assert_eq!(leave.header("access-control-allow-origin"), Some(OFFICE));
    assert_eq!(leave.header("access-control-allow-credentials"), Some("true"));
    assert_eq!(leave.header("access-control-allow-methods"), Some("GET,POST"));
    assert_eq!(
        leave.header("access-control-allow-headers"),
        Some("authorization,content-type,x-forecourt-dealership,x-forecourt-branch,traceparent,tracestate")
    );
    assert_eq!(leave.header("access-control-max-age"), Some("7200"));
    assert!(leave.header("vary").is_some_and(|vary| vary.contains("Origin")));
    let body = json!({"query": "{ __typename }"});
    let answer = server.post().header("origin", OFFICE).json(&body).send().await;
    assert_eq!(answer.status, StatusCode::OK);
    assert_eq!(answer.header("access-control-allow-origin"), Some(OFFICE));
    assert_eq!(answer.header("access-control-allow-credentials"), Some("true"));
    assert_eq!(answer.header("access-control-expose-headers"), Some("www-authenticate,retry-after"));
    assert!(answer.header("vary").is_some_and(|vary| vary.contains("Origin")));
    // What is refused for another reason can be read too.
    let refused =
        server.post().header("origin", OFFICE).header("authorization", "Bearer nonsense").json(&body).send().await;
    assert_eq!(
        (refused.status, refused.header("access-control-allow-origin")),
        (StatusCode::UNAUTHORIZED, Some(OFFICE))
    );

    for origin in ["https://evil.example", "null", "https://office.example.evil.example"] {
        assert_eq!(asked(origin).send().await.header("access-control-allow-origin"), None, "{origin}");
        let answer = server.post().header("origin", origin).json(&body).send().await;
        assert_eq!(answer.status, StatusCode::FORBIDDEN, "{origin}");
        assert_eq!(answer.header("access-control-allow-origin"), None, "{origin}");
    }
    // Our own pages need no leave.
    let own = server.url.trim_end_matches("/graphql").to_owned();
    assert_eq!(server.post().header("origin", &own).json(&body).send().await.status, StatusCode::OK);
    server.stop().await;
});

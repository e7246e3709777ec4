//! In which form an answer goes out.

use reqwest::{Method, StatusCode};
use serde_json::{Value, json};

use super::BROWSER;
use crate::support::server::{Question, Server};
use crate::support::{Home, both};

both!(an_answer_has_the_form_that_was_asked_for, async |home: Home| {
    let server = Server::of(&home.app).await;
    let (json, response) = ("application/json; charset=utf-8", "application/graphql-response+json; charset=utf-8");
    for (accept, expected) in [
        (None, json),
        (Some("*/*"), json),
        (Some("application/*;q=0.5"), json),
        (Some("application/json"), json),
        (Some("application/graphql-response+json"), response),
        (Some("application/graphql-response+json, application/json;q=0.9"), response),
        (Some("application/graphql-response+json;q=0.5, application/json"), json),
        (Some("application/graphql-response+json; charset=utf-8, application/json; charset=utf-8"), response),
    ] {
        let ask = async |question: Question<'_>| {
            accept.into_iter().fold(question, |question, accept| question.header("accept", accept)).send().await
        };
        let by_post = ask(server.post().json(&json!({"query": "{ __typename }"}))).await;
        let by_get = ask(server.get_with(&[("query", "{ __typename }")])).await;
        for answer in [by_post, by_get] {
            assert_eq!(answer.status, StatusCode::OK, "{accept:?}");
            assert_eq!(answer.header("content-type"), Some(expected), "{accept:?}");
            assert_eq!(answer.json()["data"], json!({"__typename": "Query"}));
            assert_eq!(answer.header("cache-control"), Some("no-store"));
            assert_eq!(answer.header("vary"), Some("Accept, Accept-Encoding, Authorization, Origin"));
        }
    }
    server.stop().await;
});

both!(who_accepts_neither_form_is_told_so, async |home: Home| {
    let server = Server::of(&home.app).await;
    for accept in ["text/plain", "application/json;q=0", "image/*", "application/json; charset=utf-16"] {
        let answer = server.post().header("accept", accept).json(&json!({"query": "{ __typename }"})).send().await;
        assert_eq!(answer.status, StatusCode::NOT_ACCEPTABLE, "{accept}");
        assert_eq!(answer.json()["errors"][0]["extensions"]["code"], "NOT_ACCEPTABLE");
    }
    server.stop().await;
});

both!(a_browser_gets_a_page_until_it_asks_something, async |home: Home| {
    let server = Server::of(&home.app).await;
    let page = server.get("/graphql").header("accept", BROWSER).send().await;
    assert_eq!((page.status, page.header("content-type")), (StatusCode::OK, Some("text/html; charset=utf-8")));
    assert!(page.header("content-security-policy").is_some_and(|policy| policy.contains("frame-ancestors 'none'")));
    let data = server.get_with(&[("query", "{ __typename }")]).header("accept", BROWSER).send().await;
    assert_eq!(data.json()["data"], json!({"__typename": "Query"}));
    // A program that asks nothing is told what is missing.
    let nothing = server.get("/graphql").send().await;
    assert_eq!(nothing.status, StatusCode::BAD_REQUEST);
    assert_eq!(nothing.json()["errors"][0]["extensions"]["code"], "BAD_REQUEST");
    server.stop().await;
});

both!(parameters_come_in_a_body_or_in_the_address, async |home: Home| {
    let server = Server::of(&home.app).await;
    let document =
        "query A($yes: Boolean!) { a: viewer @include(if: $yes) { name } b: __typename } query B { __typename }";
    let asked = [("query", document), ("operationName", "A"), ("variables", r#"{"yes": true}"#), ("extensions", "{}")];
    let by_get = server.get_with(&asked).send().await.json();
    assert_eq!(by_get["data"], json!({"a": null, "b": "Query"}), "{by_get}");
    let body =
        json!({"query": document, "operationName": "A", "variables": {"yes": true}, "extensions": {}, "more": 1});
    assert_eq!(server.post().json(&body).send().await.json()["data"], by_get["data"]);
    let nulls = json!({"query": "{ __typename }", "operationName": null, "variables": null, "extensions": null});
    assert_eq!(server.post().json(&nulls).send().await.json()["data"], json!({"__typename": "Query"}));
    let empty = [("query", "{ __typename }"), ("operationName", ""), ("variables", "null")];
    assert_eq!(server.get_with(&empty).send().await.json()["data"], json!({"__typename": "Query"}));
    let head = server.ask_by(Method::HEAD).send().await;
    assert!(head.text.is_empty());
    // The name of the charset goes in small letters or large, quoted or not.
    for media_type in ["application/json; charset=utf-8", "Application/JSON;Charset=\"UTF-8\""] {
        let answer =
            server.post().header("content-type", media_type).body(r#"{"query": "{ __typename }"}"#).send().await;
        assert_eq!(answer.status, StatusCode::OK, "{media_type}");
    }
    server.stop().await;
});

both!(what_is_no_request_is_refused, async |home: Home| {
    let server = Server::of(&home.app).await;
    let code = |answer: &Value| answer["errors"][0]["extensions"]["code"].clone();
    for body in [
        "",
        "{",
        "[]",
        "null",
        "\"{ __typename }\"",
        r#"["{ __typename }"]"#,
        r#"[{"query": "{ __typename }"}]"#,
        r#"{"query": null}"#,
        r#"{"query": 1}"#,
        r#"{"query": {"a": 1}}"#,
        r#"{"notQuery": "{ __typename }"}"#,
        r#"{"query": "{ __typename }", "query": "{ __typename }"}"#,
        r#"{"query": "{ __typename }", "operationName": 1}"#,
        r#"{"query": "{ __typename }", "variables": "{}"}"#,
        r#"{"query": "{ __typename }", "variables": []}"#,
        r#"{"query": "{ __typename }", "variables": 0}"#,
        r#"{"query": "{ __typename }", "extensions": false}"#,
        r#"{"query": "{ __typename }", "documentId": 7}"#,
        r#"{"query": "{ __typename }"} {"#,
    ] {
        for accept in ["application/json", "application/graphql-response+json"] {
            let request = server.post().header("content-type", "application/json").header("accept", accept);
            let answer = request.body(body).send().await;
            assert_eq!(answer.status, StatusCode::BAD_REQUEST, "{body}");
            assert!(answer.header("content-type").is_some_and(|own| own.starts_with(accept)), "{body}");
            assert_eq!(code(&answer.json()), "BAD_REQUEST", "{body}");
            assert!(answer.json().get("data").is_none(), "{body}");
        }
    }
    let not_text = server.post().header("content-type", "application/json").body(b"{\"query\": \"\xff\"}".to_vec());
    assert_eq!(not_text.send().await.status, StatusCode::BAD_REQUEST, "no UTF-8");
    for pairs in [
        &[("query", "{ __typename }"), ("query", "{ __typename }")][..],
        &[("query", "{ __typename }"), ("variables", "name")],
        &[("query", "{ __typename }"), ("variables", "[1]")],
        &[("query", "{ __typename }"), ("extensions", "")],
        &[("operationName", "A")],
    ] {
        let answer = server.get_with(pairs).send().await;
        assert_eq!((answer.status, code(&answer.json())), (StatusCode::BAD_REQUEST, json!("BAD_REQUEST")), "{pairs:?}");
    }
    for (name, value) in [
        ("content-type", "application/graphql"),
        ("content-type", "application/json; charset=iso-8859-1"),
        ("content-encoding", "gzip"),
        ("content-encoding", "br"),
    ] {
        let request = server.post().json(&json!({"query": "{ __typename }"})).header(name, value);
        let answer = request.send().await;
        assert_eq!(answer.status, StatusCode::UNSUPPORTED_MEDIA_TYPE, "{value}");
        assert_eq!(code(&answer.json()), "UNSUPPORTED_MEDIA_TYPE");
    }
    for method in [Method::PUT, Method::DELETE, Method::PATCH] {
        let answer = server.ask_by(method).json(&json!({"query": "{ __typename }"})).send().await;
        assert_eq!(answer.status, StatusCode::METHOD_NOT_ALLOWED);
        assert_eq!(answer.header("allow"), Some("GET, HEAD, POST, OPTIONS"));
        assert_eq!(code(&answer.json()), "METHOD_NOT_ALLOWED");
    }
    server.stop().await;
});

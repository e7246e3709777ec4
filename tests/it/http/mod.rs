//! The edge, over real sockets.

mod compression;
mod cross_site;
mod drain;
mod health;
mod limits;
mod negotiation;
mod slow;
mod statuses;

use reqwest::StatusCode;
use serde_json::{Value, json};

use crate::support::places;
use crate::support::server::Server;
use crate::support::{World, seeded};

/// What a browser's address bar accepts.
const BROWSER: &str = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8";

seeded!(an_operation_goes_in_as_json_and_comes_out_as_json, async |world: World| {
    let server = Server::start(&world).await;
    let query =
        json!({"query": "query Mine($n: Int) { bills(first: $n) { nodes { number } } }", "variables": {"n": 2}});
    let answer = server.post().bearer_auth(world.token("clerk").await).json(&query).send().await;
    assert_eq!(answer.status, StatusCode::OK);
    let body: Value = answer.json();
    assert_eq!(body["data"]["bills"]["nodes"].as_array().map(Vec::len), Some(2));
    server.stop().await;
});

seeded!(an_answer_has_the_order_of_its_document, async |world: World| {
    let server = Server::start(&world).await;
    let query = "query Other { viewer { name } } query Mine { bills(first: 1) { totalCount nodes { ...More number customer { name }
        ... on Bill { total { currency amount } date } id } } viewer { role ...Who name } }
        fragment More on Bill { status branch { name code } number } fragment Who on Viewer { email }";
    let request = server.post().bearer_auth(world.token("clerk").await);
    let answer = request.json(&json!({"query": query, "operationName": "Mine"})).send().await;
    let text = answer.text;
    let mut from = 0;
    for name in [
        "bills",
        "totalCount",
        "nodes",
        "status",
        "branch",
        "name",
        "code",
        "number",
        "customer",
        "name",
        "total",
        "currency",
        "amount",
        "date",
        "id",
        "viewer",
        "role",
        "email",
        "name",
    ] {
        let at = text[from..].find(&format!("\"{name}\":"));
        from += at.unwrap_or_else(|| panic!("{name} is not in its place: {text}"));
    }
    server.stop().await;
});

seeded!(a_credential_that_does_not_hold_is_refused_before_anything_runs, async |world: World| {
    let server = Server::start(&world).await;
    let query = json!({"query": "{ viewer { name } }"});
    for header in ["Bearer nonsense", "Basic Y2xlcms6cGFzc3dvcmQ=", "Bearer"] {
        let answer = server.post().header("authorization", header).json(&query).send().await;
        assert_eq!(answer.status, StatusCode::UNAUTHORIZED, "{header}");
        let body: Value = answer.json();
        assert_eq!(body["errors"][0]["extensions"]["code"], "UNAUTHENTICATED");
    }
    let nobody: Value = server.post().json(&query).send().await.json();
    assert_eq!(nobody["data"], json!({"viewer": null}));
    server.stop().await;
});

seeded!(signing_in_tells_who_one_is_and_nothing_else, async |world: World| {
    let server = Server::start(&world).await;
    let clerk = world.persona("clerk");
    for (email, password, code) in [
        (clerk.email.as_str(), clerk.password, None),
        (&clerk.email, "somebody else's password", Some("INVALID_CREDENTIALS")),
        ("nobody@colombo-ev.example", clerk.password, Some("INVALID_CREDENTIALS")),
    ] {
        let query = "mutation($input: SignInInput!) { signIn(input: $input) { accessToken role } }";
        let variables = json!({"input": {"email": email, "password": password}});
        let body = server.post().json(&json!({"query": query, "variables": variables})).send().await.json();
        assert_eq!(body["errors"][0]["extensions"]["code"].as_str(), code, "{email}");
        assert_eq!(body["data"]["signIn"]["accessToken"].is_string(), code.is_none(), "{email}");
    }
    server.stop().await;
});

seeded!(a_leak_over_the_wire_is_heard, async |world: World| {
    let server = Server::start(&world).await;
    let everything = json!({"query": "{ bills(first: 100) { nodes { id customer { name } } } }"});
    // The detector is told of a clerk, the gateway of HQ: as if the gateway had taken one for the other.
    let answer = server.post().bearer_auth(world.token("hq-all").await).json(&everything).send().await.json();
    let clerk = world.client("clerk").await.scope().await.expect("a scope");
    assert!(places::leaks(Some(world.places), Some(clerk.reach()), &answer).len() > 100, "ids and names");
    server.stop().await;
});

seeded!(graphiql_comes_from_this_server_alone, async |world: World| {
    let server = Server::start(&world).await;
    let page = server.get("/graphql").header("accept", BROWSER).send().await;
    assert!(page.headers["content-security-policy"].to_str().expect("text").starts_with("default-src 'self'"));
    let page = page.text;
    assert!(!page.contains("//"), "the page names another host");
    for part in page.split(['"', '\'']).filter(|part| part.starts_with("/graphql/")) {
        let file = server.get(part).send().await;
        assert_eq!(file.status, StatusCode::OK, "{part}");
        assert!(!file.text.is_empty());
    }
    assert_eq!(server.get("/graphql/passwd").send().await.status, StatusCode::NOT_FOUND);
    server.stop().await;
});

seeded!(a_request_can_shrink_what_a_credential_allows_and_never_widen_it, async |world: World| {
    let server = Server::start(&world).await;
    let query = json!({"query": "{ viewer { dealership { code } branch { code } } branches { nodes { code dealership { code } } } }"});
    let ask = async |persona: &str, headers: &[(&str, &str)]| {
        let mut request = server.post().bearer_auth(world.token(persona).await).json(&query);
        for (name, value) in headers {
            request = request.header(name, value);
        }
        let body: Value = request.send().await.json();
        match body["errors"][0]["extensions"]["code"].as_str() {
            Some(code) => code.to_owned(),
            None => {
                let branches = body["data"]["branches"]["nodes"].as_array().expect("nodes").iter();
                let place =
                    |branch: &Value| format!("{}/{}", branch["dealership"]["code"], branch["code"]).replace('"', "");
                branches.map(place).collect::<Vec<_>>().join(" ")
            }
        }
    };
    let (dealership, branch) = ("x-forecourt-dealership", "x-forecourt-branch");
    for (persona, headers, expected) in [
        ("hq-all", &[(dealership, "kandy-ride"), (branch, "BR02")][..], "kandy-ride/BR02"),
        ("hq-of-two", &[(dealership, "kandy-ride"), (branch, "BR02")], "kandy-ride/BR02"),
        ("hq-of-two", &[("host", "kandy-ride.forecourt.example"), (branch, "BR03")], "kandy-ride/BR03"),
        ("hq-of-two", &[(dealership, "ruhuna-motors")], "SCOPE_MISMATCH"),
        ("hq-of-two", &[(dealership, "no-such-dealership")], "SCOPE_MISMATCH"),
        ("hq-of-two", &[(branch, "BR01")], "SCOPE_MISMATCH"),
        ("dealer", &[(branch, "BR02")], "colombo-ev/BR02"),
        ("dealer", &[(dealership, "kandy-ride"), (branch, "BR02")], "SCOPE_MISMATCH"),
        ("dealer", &[("host", "kandy-ride.forecourt.example")], "SCOPE_MISMATCH"),
        ("dealer", &[("host", "kandy-ride.forecourt.example"), (dealership, "colombo-ev")], "SCOPE_MISMATCH"),
        ("clerk", &[(dealership, "colombo-ev"), (branch, "BR01")], "colombo-ev/BR01"),
        ("clerk", &[(branch, "BR02")], "SCOPE_MISMATCH"),
    ] {
        assert_eq!(ask(persona, headers).await, expected, "{persona} {headers:?}");
    }
    server.stop().await;
});

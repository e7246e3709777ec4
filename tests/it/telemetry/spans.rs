//! What reaches a collector.

use std::collections::BTreeSet;

use reqwest::StatusCode;
use serde_json::{Value, json};

use super::child::{Process, send};
use crate::support::collector::{Collector, attribute};
use crate::support::socket::{PROTOCOL, Socket};
use crate::support::{PERSONAS, World, seeded};

/// All that may be said of anything.
const SAID: [&str; 18] = [
    "trace_id",
    "http.request.method",
    "http.route",
    "http.response.status_code",
    "error.type",
    "graphql.operation.type",
    "graphql.operation.name",
    "graphql.document.hash",
    "graphql.cost",
    "forecourt.anonymous",
    "forecourt.role",
    "forecourt.dealership.id",
    "forecourt.branch.id",
    "db.system.name",
    "db.operation.name",
    "db.collection.name",
    "db.query.text",
    "db.response.returned_rows",
];

const TRACE: &str = "4bf92f3577b34da6a3ce929d0e0e4736";
const CALLER: &str = "00f067aa0ba902b7";

/// What somebody enters, and searches by, that is nobody else's business.
const PERSONAL: [&str; 5] = ["Sunethra Customer", "sunethra", "199012345678", "0771234567", "12 Temple Lane"];

seeded!(a_query_is_a_tree_of_request_operation_and_statements, async |world: World| {
    let collector = Collector::start().await;
    let process = Process::start(&world.home, &collector.settings());
    let token = process.token(&world, "clerk").await;
    let query =
        "query Bills($first: Int) { bills(first: $first) { totalCount nodes { number customer { name phone } } } }";
    let asked = process.post(query, json!({"first": 2})).bearer_auth(&token);
    let asked = asked.header("traceparent", format!("00-{TRACE}-{CALLER}-01")).header("tracestate", "vendor=x1");
    let answer = send(asked).await;
    assert!(answer.body["data"]["bills"]["nodes"].as_array().is_some_and(|nodes| nodes.len() == 2), "{}", answer.body);
    let trace = collector.trace(TRACE).await;

    let request = &trace.root;
    assert_eq!(hex(&request.parent_span_id), CALLER, "the caller's span is its parent");
    assert_eq!(request.trace_state, "vendor=x1");
    assert_eq!(answer.headers["traceparent"], format!("00-{TRACE}-{}-01", hex(&request.span_id)));
    assert_eq!(request.name, "POST /graphql");
    for (key, value) in
        [("http.request.method", "POST"), ("http.route", "/graphql"), ("http.response.status_code", "200")]
    {
        assert_eq!(attribute(&request.attributes, key), value, "{key}");
    }

    let below = trace.below(request);
    let operation = *below.iter().find(|span| span.name == "query").expect("an operation");
    for (key, value) in [
        ("graphql.operation.type", "query"),
        ("graphql.operation.name", "Bills"),
        ("forecourt.role", "SALES"),
        ("forecourt.anonymous", "false"),
    ] {
        assert_eq!(attribute(&operation.attributes, key), value, "{key}");
    }
    assert_eq!(attribute(&operation.attributes, "graphql.document.hash").len(), 64);
    assert!(attribute(&operation.attributes, "graphql.cost").parse::<u32>().is_ok_and(|cost| cost > 1));
    for key in ["forecourt.dealership.id", "forecourt.branch.id"] {
        assert_eq!(attribute(&operation.attributes, key).len(), 36, "{key}");
    }

    let statements = trace.below(operation);
    let named = |name: &str| {
        *statements.iter().find(|span| span.name == name).unwrap_or_else(|| panic!("{name}:\n{}", trace.tree()))
    };
    assert_eq!(statements[0].name, "BEGIN");
    let bills = named("SELECT bill");
    assert!(["sqlite", "postgresql"].contains(&attribute(&bills.attributes, "db.system.name").as_str()));
    assert_eq!(attribute(&bills.attributes, "db.operation.name"), "SELECT");
    assert!(attribute(&bills.attributes, "db.query.text").starts_with("SELECT \"bill\"."));
    assert!(!attribute(&bills.attributes, "db.response.returned_rows").is_empty());
    // Read by a loader, whichever resolver polls it.
    named("SELECT customer");
    assert!(statements.iter().all(|statement| trace.below(statement).is_empty() && statement.kind == 3));
    // Who asks was looked up before the operation began.
    assert!(below.iter().any(|span| span.name.starts_with("SELECT")), "{}", trace.tree());
    for span in trace.spans() {
        assert!(span.start_time_unix_nano <= span.end_time_unix_nano);
        assert!(request.start_time_unix_nano <= span.start_time_unix_nano, "{}", span.name);
    }

    assert_eq!(attribute(&collector.taken().resources, "service.name"), "forecourt");
    assert!(!attribute(&collector.taken().resources, "service.instance.id").is_empty());
    nothing_is_told(&world, &collector, &[&token]);
});

seeded!(a_change_tells_what_was_written_and_nothing_of_it, async |world: World| {
    let collector = Collector::start().await;
    let process = Process::start(&world.home, &collector.settings());
    let token = process.token(&world, "clerk").await;
    let written = "mutation Enter { createCustomer(input: {idempotencyKey: \"key-of-sunethra\", name: \"Sunethra Customer\",
        nic: \"199012345678\", phone: \"0771234567\", address: \"12 Temple Lane\"}) { customer { id name nic } userErrors { code } } }";
    let answer = send(process.post(written, Value::Null).bearer_auth(&token)).await;
    assert!(answer.body["data"]["createCustomer"]["customer"]["id"].is_string(), "{}", answer.body);
    let trace = collector.trace(answer.trace_id()).await;
    assert_eq!(trace.root.parent_span_id, b"", "nobody asked for it");
    let operation = *trace.below(&trace.root).iter().find(|span| span.name == "mutation").expect("an operation");
    let names: Vec<_> = trace.below(operation).into_iter().map(|span| span.name.as_str()).collect();
    let at = |name: &str| names.iter().position(|own| *own == name).unwrap_or_else(|| panic!("{name}: {names:?}"));
    // PostgreSQL takes the customer and what it is found by in one statement.
    let entered = ["INSERT customer", "BATCH"].into_iter().find(|name| names.contains(name));
    let entered = at(entered.unwrap_or_else(|| panic!("{names:?}")));
    assert!(at("BEGIN") < entered && entered < at("COMMIT"), "{names:?}");

    // The same by variables, a search, and what is refused.
    let input = json!({"idempotencyKey": "key-of-another", "name": "Sunethra Customer", "nic": "199012345678",
        "phone": "0771234567", "address": "12 Temple Lane"});
    let query = "mutation Enter($input: CreateCustomerInput!) { createCustomer(input: $input) { customer { id } userErrors { message } } }";
    send(process.post(query, json!({"input": input})).bearer_auth(&token)).await;
    for query in [
        "{ customersByNic(nic: \"199012345678\") { name phone address } }",
        "{ customers(first: 5, filter: {search: \"sunethra\"}) { nodes { name phone } } }",
        "{ bills(first: 50) { nodes { customer { name nic phone address } model { name } } } }",
        "{ customersByNic(nic: 199012345678) { name } }",
        "{ sunethra }",
        "mutation { signIn(input: {email: \"sunethra@example.com\", password: \"12 Temple Lane\"}) { accessToken } }",
    ] {
        send(process.post(query, Value::Null).bearer_auth(&token)).await;
    }
    let last = send(process.post("{ viewer { name email } }", Value::Null).bearer_auth(&token)).await;
    collector.trace(last.trace_id()).await;
    nothing_is_told(&world, &collector, &[&token]);
});

seeded!(a_request_that_is_refused_is_a_span_that_says_why, async |world: World| {
    let collector = Collector::start().await;
    let process = Process::start(&world.home, &collector.settings());
    let refused = send(process.post("{ viewer { name } }", Value::Null).bearer_auth("sunethra.of.nowhere")).await;
    assert_eq!(refused.status, StatusCode::UNAUTHORIZED);
    let trace = collector.trace(refused.trace_id()).await;
    assert_eq!(attribute(&trace.root.attributes, "http.response.status_code"), "401");
    assert!(trace.spans().iter().all(|span| span.name != "query"), "nothing ran: {}", trace.tree());

    // A path and a query string as somebody made them up.
    let nowhere = send(process.get("/199012345678?name=sunethra")).await;
    assert_eq!(nowhere.status, StatusCode::NOT_FOUND);
    let trace = collector.trace(nowhere.trace_id()).await;
    assert_eq!((trace.root.name.as_str(), attribute(&trace.root.attributes, "http.route")), ("GET", String::new()));
    let bill = send(process.get("/partner/v1/bills/199012345678?chassis=sunethra").bearer_auth("sunethra")).await;
    assert_eq!(bill.status, StatusCode::UNAUTHORIZED);
    assert_eq!(collector.trace(bill.trace_id()).await.root.name, "GET /partner/v1/bills/{number}");

    // A document that is none, and a field that fails.
    let none = send(process.post("{ sunethra", Value::Null)).await;
    let trace = collector.trace(none.trace_id()).await;
    let operation = trace.below(&trace.root)[0];
    assert_eq!(operation.name, "GraphQL");
    assert!(!attribute(&operation.attributes, "error.type").is_empty());
    let failed = send(process.post("query Mine { bills { totalCount } }", Value::Null)).await;
    let trace = collector.trace(failed.trace_id()).await;
    let operation = trace.below(&trace.root)[0];
    assert_eq!(attribute(&operation.attributes, "error.type"), "UNAUTHENTICATED");
    assert_eq!(attribute(&operation.attributes, "forecourt.anonymous"), "true");
    nothing_is_told(&world, &collector, &[]);
});

seeded!(what_is_told_over_a_socket_is_of_the_trace_of_its_operation, async |world: World| {
    let collector = Collector::start().await;
    let process = Process::start(&world.home, &collector.settings());
    let (dealer, clerk) = (process.token(&world, "dealer").await, process.token(&world, "clerk").await);
    let mut socket = Socket::open(&process.url, &[PROTOCOL]).await.expect("it opens");
    socket.say(json!({"type": "connection_init", "payload": {"authorization": format!("Bearer {clerk}")}})).await;
    assert_eq!(socket.text().await["type"], "connection_ack");
    socket.subscribe("1", "subscription Stock { stockChanged { unit { id chassisNumber } } }").await;
    collector.span("STAY /graphql").await;
    let figures = process.figures().await;
    for open in ["forecourt_sockets 1\n", "forecourt_subscriptions 1\n", "forecourt_event_streams 0\n"] {
        assert!(figures.contains(open), "{open}: {figures}");
    }

    let places = "{ bikeModels(first: 1) { nodes { id } } branches { nodes { id code } } }";
    let places = send(process.post(places, Value::Null).bearer_auth(&dealer)).await.body["data"].take();
    let branches = places["branches"]["nodes"].as_array().expect("branches").iter();
    let branch = &branches.into_iter().find(|branch| branch["code"] == "BR01").expect("the clerk's")["id"];
    let unit =
        json!({"model": places["bikeModels"]["nodes"][0]["id"], "chassisNumber": "SUNETHRAC1", "motorNumber": "M1"});
    let input = json!({"idempotencyKey": "key-of-units", "branch": branch, "units": [unit]});
    let query =
        "mutation($input: ReceiveUnitsInput!) { receiveUnits(input: $input) { units { id } userErrors { message } } }";
    send(process.post(query, json!({"input": input})).bearer_auth(&dealer)).await;
    assert_eq!(socket.text().await["payload"]["data"]["stockChanged"]["unit"]["chassisNumber"], "SUNETHRAC1");

    let later = collector.span("later").await;
    let trace = collector.trace(&hex(&later.trace_id)).await;
    assert_eq!(trace.root.name, "STAY /graphql");
    let [begun, told] = trace.below(&trace.root)[..] else { panic!("{}", trace.tree()) };
    assert_eq!((begun.name.as_str(), told.name.as_str()), ("subscription", "later"));
    let operation = trace.below(told)[0];
    assert_eq!(attribute(&operation.attributes, "graphql.operation.name"), "Stock");
    assert!(trace.below(operation).iter().any(|span| span.name == "SELECT bike_unit"), "{}", trace.tree());
    nothing_is_told(&world, &collector, &[&dealer, &clerk]);
});

seeded!(names_are_bounded, async |world: World| {
    let collector = Collector::start().await;
    let process = Process::start(&world.home, &collector.settings());
    let long = format!("Q{}", "x".repeat(10_000));
    for (name, told) in [("Viewer_2", "Viewer_2"), (&long[..64], &long[..64]), (&long[..65], "other"), (&long, "other")]
    {
        let answer = send(process.post(&format!("query {name} {{ viewer {{ name }} }}"), Value::Null)).await;
        let trace = collector.trace(answer.trace_id()).await;
        let operation = trace.below(&trace.root)[0];
        assert_eq!(attribute(&operation.attributes, "graphql.operation.name"), told);
    }
    let taken = collector.taken();
    assert!(!taken.bytes.windows(100).any(|bytes| bytes == "x".repeat(100).as_bytes()));
});

seeded!(whoever_calls_decides_and_a_bad_header_is_as_none, async |world: World| {
    let collector = Collector::start().await;
    let settings = [&collector.settings()[..], &[("FORECOURT_TELEMETRY_SAMPLE_RATIO", "0".to_owned())]].concat();
    let process = Process::start(&world.home, &settings);
    let ask = async |traceparent: Option<&str>| {
        let request = process.post("{ viewer { name } }", Value::Null);
        send(traceparent.into_iter().fold(request, |request, header| request.header("traceparent", header))).await
    };
    let own = ask(None).await;
    assert!(own.headers["traceparent"].to_str().expect("text").ends_with("-00"), "not sent, and found in the log");
    let unsent = format!("00-{}-{CALLER}-00", TRACE.replace('4', "5"));
    let answer = ask(Some(&unsent)).await;
    assert_eq!(answer.trace_id(), &unsent[3..35]);
    for bad in [
        "",
        "nonsense",
        "00-42-1-01",
        &format!("00-{}-{CALLER}-01", "0".repeat(32)),
        &format!("ff-{TRACE}-{CALLER}-01"),
    ] {
        let answer = ask(Some(bad)).await;
        assert_eq!(answer.status, StatusCode::OK);
        assert_ne!(answer.trace_id(), TRACE, "{bad}");
        assert_ne!(answer.trace_id(), "0".repeat(32), "{bad}");
    }
    ask(Some(&format!("00-{TRACE}-{CALLER}-01"))).await;
    let trace = collector.trace(TRACE).await;
    assert_eq!(hex(&trace.root.parent_span_id), CALLER);
    // Batches come in the order in which spans end.
    let taken = collector.taken();
    assert!(taken.spans.iter().all(|span| hex(&span.trace_id) == TRACE), "nobody else's was asked for");
});

/// Nothing of anybody's is in what was sent: no text of the group, nothing that was asked for, no secret.
fn nothing_is_told(world: &World, collector: &Collector, tokens: &[&str]) {
    let taken = collector.taken();
    let said: BTreeSet<_> = taken.spans.iter().flat_map(|span| &span.attributes).map(|one| one.key.as_str()).collect();
    let unknown: Vec<_> = said.iter().filter(|key| !SAID.contains(key)).collect();
    assert!(unknown.is_empty(), "what is {unknown:?} for, and whose?");
    assert_eq!(taken.events, 0, "lines of the log stay in the log");
    let personas = PERSONAS.map(|name| world.persona(name));
    let emails = personas.iter().map(|persona| persona.email.as_str());
    // Every text of the group ends in a canary.
    let secrets = ["⟦", personas[0].password].into_iter().chain(PERSONAL).chain(emails).chain(tokens.iter().copied());
    for secret in secrets {
        let is_told = taken.bytes.windows(secret.len()).any(|bytes| bytes.eq_ignore_ascii_case(secret.as_bytes()));
        assert!(!is_told, "{secret} was sent");
    }
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

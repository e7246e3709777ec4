//! What is the same for every change: all of it or nothing, once only under a key, refused with a code and a path.

use std::sync::{Arc, Mutex};

use serde_json::{Value, json};

use crate::support::{World, seeded};

const CREATE: &str = "mutation($input: CreateCustomerInput!) { createCustomer(input: $input) {
    customer { id name } warnings { code other { name } } userErrors { code field message } } }";

const COUNT: &str = "{ customers { totalCount } }";

fn nimal(key: &str) -> Value {
    json!({"input": {"idempotencyKey": key, "name": "Nimal Perera", "nic": "198831682941", "phone": "071 234 5678"}})
}

seeded!(a_change_that_fails_at_any_statement_leaves_nothing, async |world: World| {
    let clerk = world.client("clerk").await;
    let before = clerk.ask(COUNT).await;
    let mut statement = 0;
    loop {
        let left = Arc::new(Mutex::new(statement));
        world.home.faults.set(move || {
            let mut left = left.lock().expect("no holder panics");
            *left -= 1;
            *left == -1
        });
        let answer = clerk.send(CREATE, nimal("fails-somewhere")).await;
        world.home.faults.clear();
        if answer["errors"].is_null() {
            break;
        }
        assert_eq!(answer["errors"][0]["extensions"]["code"], "INTERNAL");
        // The statements after the change's own are the answer's: the customer is there by then.
        if clerk.ask(COUNT).await != before {
            break;
        }
        statement += 1;
    }
    assert!(statement > 5, "only {statement} statements were broken");
});

seeded!(the_same_request_twice_is_one_change, async |world: World| {
    let clerk = world.client("clerk").await;
    let first = clerk.ask_with(CREATE, nimal("a-fresh-key")).await;
    let again = clerk.ask_with(CREATE, nimal("a-fresh-key")).await;
    assert_eq!(first["createCustomer"]["customer"], again["createCustomer"]["customer"]);
    assert_eq!(first["createCustomer"]["userErrors"], json!([]));

    let mut other = nimal("a-fresh-key");
    other["input"]["name"] = json!("Sunil Perera");
    let reused = clerk.send(CREATE, other).await;
    assert_eq!(reused["errors"][0]["extensions"]["code"], "IDEMPOTENCY_KEY_REUSED");

    // Under another key it is another request, and the NIC is noticed in either form.
    let twin = clerk.ask_with(CREATE, nimal("another-fresh-key")).await;
    assert_eq!(twin["createCustomer"]["warnings"][0]["code"], "SAME_NIC");
    assert_eq!(twin["createCustomer"]["warnings"][0]["other"]["name"], "Nimal Perera");
});

seeded!(two_at_once_under_one_key_are_one_change, async |world: World| {
    let clerk = world.client("clerk").await;
    let before = clerk.ask(COUNT).await["customers"]["totalCount"].as_i64().expect("a count");
    let (one, two) = tokio::join!(clerk.send(CREATE, nimal("at-once-1")), clerk.send(CREATE, nimal("at-once-1")));
    let codes: Vec<_> = [&one, &two].iter().map(|answer| answer["errors"][0]["extensions"]["code"].clone()).collect();
    assert!(codes.contains(&Value::Null), "{codes:?}");
    assert!(codes.iter().all(|code| code.is_null() || code == "IN_PROGRESS"), "{codes:?}");
    assert_eq!(clerk.ask(COUNT).await["customers"]["totalCount"], before + 1);
});

seeded!(bad_input_is_told_field_by_field, async |world: World| {
    let clerk = world.client("clerk").await;
    let huge = "x".repeat(1_000_000);
    for (field, value, code) in [
        ("name", "", "REQUIRED"),
        ("name", "a\0b", "INVALID"),
        ("name", "abc\u{202e}def", "INVALID"),
        ("name", huge.as_str(), "OUT_OF_RANGE"),
        ("phone", "12", "INVALID"),
        ("address", "No 1\nColombo", "INVALID"),
        ("idempotencyKey", "short", "INVALID"),
    ] {
        let mut input = nimal("bad-input-1");
        input["input"][field] = json!(value);
        let answer = clerk.ask_with(CREATE, input).await;
        let error = &answer["createCustomer"]["userErrors"][0];
        assert_eq!((&error["code"], &error["field"]), (&json!(code), &json!(["input", field])), "{field}");
        assert!(answer["createCustomer"]["customer"].is_null());
    }
});

//! Customers as the desk enters them: warned about rather than refused, found again, kept apart.

use chrono::TimeDelta;
use futures_util::future::join;
use serde_json::{Value, json};

use crate::support::desk::{refusals, unfit_lines};
use crate::support::{World, seeded};

const FIELDS: &str = "customer { id name nic phone address branch { code } } warnings { code other { id } }";

fn person(key: &str, name: &str, nic: &str) -> Value {
    json!({"idempotencyKey": key, "name": name, "nic": nic})
}

seeded!(both_forms_of_a_nic_are_one_person, async |world: World| {
    let clerk = world.client("clerk").await;
    let first = clerk.done("createCustomer", FIELDS, person("customer-1", "Nimal Perera", "831937395x")).await;
    assert_eq!((&first["warnings"], &first["customer"]["nic"]), (&json!([]), &json!("831937395X")));
    world.home.clock.advance(TimeDelta::seconds(1));
    let second = clerk.done("createCustomer", FIELDS, person("customer-2", "N. Perera", "198319307395")).await;
    assert_eq!(second["warnings"], json!([{"code": "SAME_NIC", "other": {"id": first["customer"]["id"]}}]));
    world.home.clock.advance(TimeDelta::seconds(1));
    let odd = clerk.done("createCustomer", FIELDS, person("customer-3", "John Smith", "Passport n123")).await;
    assert_eq!(odd["warnings"], json!([{"code": "UNUSUAL_NIC", "other": null}]));
    let update = json!({"customer": odd["customer"]["id"], "name": "John Smith", "nic": "83 193 7395-V"});
    let corrected = clerk.done("updateCustomer", FIELDS, update).await;
    assert_eq!(corrected["warnings"][0]["code"], "SAME_NIC");

    let by_nic = "query($nic: String!) { customersByNic(nic: $nic) { id } }";
    let mut ids = Vec::new();
    for nic in ["831937395X", "831937395 v", "198319307395"] {
        ids.push(clerk.ask_with(by_nic, json!({"nic": nic})).await["customersByNic"].take());
    }
    let all = [&first, &second, &corrected].map(|answer| json!({"id": answer["customer"]["id"]}));
    assert!(ids.iter().all(|found| *found == json!(all)), "{ids:?}");
    // Whoever was found has had the number told, asked for or not.
    let told = world.trail("identity_revealed").await;
    let told =
        |id: Option<uuid::Uuid>| told.iter().filter(|event| event.target_id == id && event.summary == "nic").count();
    let entered = world.trail("customer_created").await;
    assert!(entered.iter().all(|event| told(event.target_id) >= 3), "{entered:?}");
    assert_eq!(clerk.ask_with(by_nic, json!({"nic": "passport n123"})).await["customersByNic"], json!([]));
});

seeded!(a_nic_is_looked_for_within_reach_in_one_dealership, async |world: World| {
    let clerk = world.client("clerk").await;
    for n in 0..22 {
        clerk.done("createCustomer", FIELDS, person(&format!("customer-{n}"), "Sunil Silva", "199012345678")).await;
    }
    let query = r#"query($d: ID) { customersByNic(nic: "199012345678", dealership: $d) { id } }"#;
    let dealership = clerk.ask("{ dealerships { nodes { id } } }").await["dealerships"]["nodes"][0]["id"].take();
    let seen = async |persona: &str, dealership: Value| {
        let answer = world.client(persona).await.send(query, json!({"d": dealership})).await;
        match answer["errors"][0]["extensions"]["code"].as_str() {
            Some(code) => code.to_owned(),
            None => answer["data"]["customersByNic"].as_array().expect("customers").len().to_string(),
        }
    };
    for (persona, everywhere, in_it) in [
        ("clerk", "20", "20"),
        ("dealer", "20", "20"),
        ("sibling", "0", "0"),
        ("stranger", "0", "0"),
        ("hq-of-two", "DEALERSHIP_REQUIRED", "20"),
        ("hq-all", "DEALERSHIP_REQUIRED", "20"),
        ("auditor", "FORBIDDEN", "FORBIDDEN"),
        ("hq-analyst", "FORBIDDEN", "FORBIDDEN"),
        ("inventory", "FORBIDDEN", "FORBIDDEN"),
        ("anonymous", "UNAUTHENTICATED", "UNAUTHENTICATED"),
    ] {
        assert_eq!(seen(persona, Value::Null).await, everywhere, "{persona}");
        assert_eq!(seen(persona, dealership.clone()).await, in_it, "{persona} names the dealership");
    }
    for nic in [" ".to_owned(), "9".repeat(1_000_000)] {
        let query = "query($nic: String!) { customersByNic(nic: $nic) { id } }";
        let answer = clerk.send(query, json!({"nic": nic})).await;
        assert_eq!(answer["errors"][0]["extensions"]["code"], "BAD_USER_INPUT");
    }
});

seeded!(what_cannot_be_is_refused_field_by_field, async |world: World| {
    let clerk = world.client("clerk").await;
    for (text, code) in unfit_lines() {
        let input = json!({"idempotencyKey": "customer-1", "name": text, "nic": text, "phone": text, "address": text});
        let answer = clerk.change("createCustomer", FIELDS, input).await;
        let expected = ["name", "nic", "phone", "address"].map(|field| format!("{code} input.{field}"));
        assert_eq!(refusals(&answer), expected);
        assert!(answer["customer"].is_null());
    }
    for (field, value, expected) in [
        ("name", "  ", "REQUIRED input.name"),
        ("phone", "12345", "INVALID input.phone"),
        ("phone", "not a number", "INVALID input.phone"),
        ("idempotencyKey", "short", "INVALID input.idempotencyKey"),
        ("idempotencyKey", "a key with blanks", "INVALID input.idempotencyKey"),
    ] {
        let mut input = json!({"idempotencyKey": "customer-1", "name": "Nimal Perera"});
        input[field] = json!(value);
        assert_eq!(refusals(&clerk.change("createCustomer", FIELDS, input).await), [expected], "{value}");
    }
    assert_eq!(world.trail("customer_created").await.len(), 0);
});

seeded!(nobody_touches_a_customer_of_elsewhere, async |world: World| {
    let dealer = world.client("dealer").await;
    let branches = dealer.ask("{ branches { nodes { id code } } }").await["branches"]["nodes"].take();
    let sibling = branches.as_array().expect("branches").iter().find(|branch| branch["code"] == "BR02");
    let sibling = &sibling.expect("a second branch")["id"];
    let theirs = dealer
        .ask_with(
            "query($f: CustomerFilter) { customers(first: 1, filter: $f) { nodes { id } } }",
            json!({"f": {"branch": sibling}}),
        )
        .await["customers"]["nodes"][0]["id"]
        .take();
    let clerk = world.client("clerk").await;
    let mut answers = Vec::new();
    for id in [theirs.clone(), json!("no id"), sibling.clone()] {
        answers.push(clerk.change("updateCustomer", FIELDS, json!({"customer": id, "name": "Somebody Else"})).await);
    }
    assert_eq!(refusals(&answers[0]), ["NOT_FOUND input.customer"]);
    assert!(answers.iter().all(|answer| *answer == answers[0]), "{answers:?}");
    for (persona, expected) in [("auditor", "FORBIDDEN"), ("inventory", "FORBIDDEN"), ("hq-all", "DEALERSHIP_REQUIRED")]
    {
        let input = json!({"customer": theirs, "name": "Somebody Else"});
        let answer = world.client(persona).await.change("updateCustomer", FIELDS, input).await;
        assert_eq!(refusals(&answer), [expected], "{persona}");
    }
    // Whoever acts in all branches says for which.
    let input = json!({"idempotencyKey": "customer-1", "name": "Nimal Perera"});
    assert_eq!(
        refusals(&dealer.change("createCustomer", FIELDS, input.clone()).await),
        ["BRANCH_REQUIRED input.branch"]
    );
    let mut input = input;
    input["branch"] = sibling.clone();
    assert_eq!(dealer.done("createCustomer", FIELDS, input).await["customer"]["branch"]["code"], "BR02");
});

seeded!(a_renamed_customer_is_found_by_the_new_name_only, async |world: World| {
    let clerk = world.client("clerk").await;
    let made = clerk.done("createCustomer", FIELDS, person("customer-1", "Qadirah Xavier", "199012345678")).await;
    let found = async |text: &str| {
        let query = "query($f: CustomerFilter) { customers(filter: $f) { totalCount } }";
        clerk.ask_with(query, json!({"f": {"search": text}})).await["customers"]["totalCount"].take()
    };
    assert_eq!((found("qadirah").await, found("zulaikha").await), (json!(1), json!(0)));
    let input = json!({"customer": made["customer"]["id"], "name": "Zulaikha Xavier", "phone": "071-234 5678"});
    let renamed = clerk.done("updateCustomer", FIELDS, input).await;
    assert_eq!((found("qadirah").await, found("zulaikha").await), (json!(0), json!(1)));
    // What is left out is taken away.
    assert_eq!((&renamed["customer"]["nic"], &renamed["customer"]["phone"]), (&Value::Null, &json!("+94712345678")));
});

seeded!(the_same_request_twice_enters_one_customer, async |world: World| {
    let clerk = world.client("clerk").await;
    let input = person("customer-1", "Nimal Perera", "odd");
    let first = clerk.done("createCustomer", FIELDS, input.clone()).await;
    assert_eq!(clerk.done("createCustomer", FIELDS, input).await, first);
    let another = clerk.change("createCustomer", FIELDS, person("customer-1", "Kamal Perera", "odd")).await;
    assert_eq!(refusals(&another), ["IDEMPOTENCY_KEY_REUSED"]);
    let input = person("customer-2", "Sunil Perera", "199012345678");
    let again = world.client("clerk").await;
    let two = join(
        clerk.change("createCustomer", FIELDS, input.clone()),
        again.change("createCustomer", FIELDS, input.clone()),
    );
    let (one, two) = two.await;
    let made = clerk.done("createCustomer", FIELDS, input).await;
    for answer in [one, two] {
        assert!(answer == made || answer == json!({"error": "IN_PROGRESS"}), "{answer}");
    }
    assert_eq!(world.trail("customer_created").await.len(), 2);
});

seeded!(entering_and_correcting_leave_a_trail_without_personal_data, async |world: World| {
    let clerk = world.client("clerk").await;
    let made = clerk.done("createCustomer", FIELDS, person("customer-1", "Nimal Perera", "199012345678")).await;
    let input = json!({"customer": made["customer"]["id"], "name": "Nimal Perera"});
    clerk.done("updateCustomer", FIELDS, input).await;
    for action in ["customer_created", "customer_updated"] {
        let events = world.trail(action).await;
        let [event] = &events[..] else { panic!("{action}: {events:?}") };
        assert_eq!((event.target_type.as_deref(), event.summary.as_str()), (Some("CUSTOMER"), ""));
        assert!(event.user_id.is_some() && event.branch_id.is_some() && event.target_id.is_some());
    }
});

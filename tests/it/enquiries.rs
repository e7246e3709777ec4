//! Enquiries: entered, called back, given up.

use serde_json::{Value, json};

use crate::support::desk::{refusals, unfit_lines};
use crate::support::{Client, World, seeded};

const FIELDS: &str =
    "enquiry { id status date notes lostReason person { name nic phone } model { id } salesperson { id }
    branch { code } salesQuotations { id status } }";

async fn model(client: &Client) -> Value {
    client.ask("{ bikeModels(first: 1) { nodes { id } } }").await["bikeModels"]["nodes"][0]["id"].take()
}

fn input(key: &str) -> Value {
    json!({"idempotencyKey": key, "name": "Kamal Silva", "phone": "071 234 5678"})
}

seeded!(an_enquiry_is_entered_and_given_up, async |world: World| {
    let clerk = world.client("clerk").await;
    let mut asked = input("enquiry-1");
    asked["model"] = model(&clerk).await;
    asked["notes"] = json!("Wants a test ride.\nSaturday suits.");
    let made = clerk.done("createEnquiry", FIELDS, asked.clone()).await["enquiry"].take();
    assert_eq!(
        (&made["status"], &made["date"], &made["branch"]["code"]),
        (&json!("OPEN"), &json!("2026-09-15"), &json!("BR01"))
    );
    assert_eq!(made["person"], json!({"name": "Kamal Silva", "nic": null, "phone": "+94712345678"}));
    assert_eq!((&made["model"]["id"], &made["notes"]), (&asked["model"], &asked["notes"]));
    assert!(made["salesperson"]["id"].is_string());
    assert_eq!(clerk.done("createEnquiry", FIELDS, asked.clone()).await["enquiry"], made);
    asked["name"] = json!("Somebody Else");
    assert_eq!(refusals(&clerk.change("createEnquiry", FIELDS, asked).await), ["IDEMPOTENCY_KEY_REUSED"]);

    let newest = clerk.ask("{ enquiries(first: 1) { nodes { id } } }").await;
    assert_eq!(newest["enquiries"]["nodes"][0]["id"], made["id"]);
    // Who may read customers, but not what identifies them, sees the number masked.
    let query = "query($id: ID!) { node(id: $id) { ... on Enquiry { person { name phone } } } }";
    let seen = world.client("auditor").await.ask_with(query, json!({"id": made["id"]})).await;
    assert_eq!(seen["node"]["person"], json!({"name": "Kamal Silva", "phone": "••••••••5678"}));

    let lost = json!({"enquiry": made["id"], "reason": "Bought elsewhere"});
    let given_up = clerk.done("loseEnquiry", FIELDS, lost.clone()).await["enquiry"].take();
    assert_eq!((&given_up["status"], &given_up["lostReason"]), (&json!("LOST"), &json!("Bought elsewhere")));
    let again = clerk.change("loseEnquiry", FIELDS, lost).await;
    assert_eq!(refusals(&again), ["INVALID_TRANSITION input.enquiry"]);
    assert_eq!(again["userErrors"][0]["allowed"], json!([]));
    for action in ["enquiry_created", "enquiry_lost"] {
        let events = world.trail(action).await;
        let [event] = &events[..] else { panic!("{action}: {events:?}") };
        assert!(!event.summary.contains("Kamal") && !event.summary.contains("5678"), "{event:?}");
    }
});

seeded!(an_enquiry_that_cannot_be_is_refused, async |world: World| {
    let clerk = world.client("clerk").await;
    for (text, code) in unfit_lines() {
        let mut asked = input("enquiry-1");
        (asked["name"], asked["phone"]) = (json!(text), json!(text));
        let expected = ["name", "phone"].map(|field| format!("{code} input.{field}"));
        assert_eq!(refusals(&clerk.change("createEnquiry", FIELDS, asked).await), expected);
    }
    for (field, value, expected) in [
        ("name", "", "REQUIRED input.name"),
        ("phone", " ", "REQUIRED input.phone"),
        ("phone", "12345", "INVALID input.phone"),
        ("notes", "a\0b", "INVALID input.notes"),
        ("notes", &"x".repeat(1_001), "OUT_OF_RANGE input.notes"),
        ("model", "no id", "NOT_FOUND input.model"),
        ("branch", "no id", "NOT_FOUND input.branch"),
    ] {
        let mut asked = input("enquiry-1");
        asked[field] = json!(value);
        assert_eq!(refusals(&clerk.change("createEnquiry", FIELDS, asked).await), [expected]);
    }
    let theirs = model(&world.client("stranger").await).await;
    let mut asked = input("enquiry-1");
    asked["model"] = theirs;
    assert_eq!(refusals(&clerk.change("createEnquiry", FIELDS, asked).await), ["NOT_FOUND input.model"]);
    assert_eq!(world.trail("enquiry_created").await.len(), 0);
});

seeded!(enquiries_are_the_branchs_own, async |world: World| {
    let made = world.client("clerk").await.done("createEnquiry", FIELDS, input("enquiry-1")).await;
    let lost = json!({"enquiry": made["enquiry"]["id"], "reason": "No answer"});
    for (persona, expected) in [
        ("sibling", "NOT_FOUND input.enquiry"),
        ("stranger", "NOT_FOUND input.enquiry"),
        ("service", "FORBIDDEN"),
        ("inventory", "FORBIDDEN"),
        ("auditor", "FORBIDDEN"),
        ("hq-analyst", "FORBIDDEN"),
        ("hq-all", "DEALERSHIP_REQUIRED"),
        ("anonymous", "UNAUTHENTICATED"),
    ] {
        let answer = world.client(persona).await.change("loseEnquiry", FIELDS, lost.clone()).await;
        assert_eq!(refusals(&answer), [expected], "{persona}");
    }
    world.client("manager").await.done("loseEnquiry", FIELDS, lost).await;
});

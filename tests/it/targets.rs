//! Monthly targets, set by whoever answers for a branch.

use futures_util::future::join_all;
use serde_json::{Value, json};

use crate::support::desk::refusals;
use crate::support::{Client, World, seeded};

const FIELDS: &str = "target { id month units revenue { formatted } }";

fn october(key: &str, units: i32) -> Value {
    json!({"idempotencyKey": key, "month": "2026-10-01", "units": units})
}

async fn branch(client: &Client, code: &str) -> Value {
    let rows = client.ask("{ branches(first: 100) { nodes { id code } } }").await["branches"]["nodes"].take();
    let mut rows = rows.as_array().expect("nodes").iter();
    rows.find(|row| row["code"] == *code).expect("a branch")["id"].clone()
}

seeded!(a_target_is_set_and_set_anew, async |world: World| {
    let manager = world.client("manager").await;
    let set = manager.done("setTarget", FIELDS, october("key-october", 30)).await;
    assert_eq!((&set["target"]["units"], &set["target"]["revenue"]), (&json!(30), &Value::Null));
    assert_eq!(manager.done("setTarget", FIELDS, october("key-october", 30)).await, set);
    let anew = json!({"idempotencyKey": "key-anew", "month": "2026-10-01", "revenueMinor": 900_000_000});
    let anew = manager.done("setTarget", FIELDS, anew).await["target"].take();
    assert_eq!((&anew["id"], &anew["units"]), (&set["target"]["id"], &Value::Null), "what is left out is taken away");
    assert_eq!(anew["revenue"]["formatted"], "Rs. 9,000,000.00");

    let shown = world.client("clerk").await.ask("{ branches { nodes { targets { month units } } } }").await;
    let months = shown["branches"]["nodes"][0]["targets"].as_array().expect("targets");
    let months: Vec<_> = months.iter().map(|row| row["month"].as_str().expect("a day")).collect();
    assert_eq!(months[..2], ["2026-10-01", "2026-09-01"], "the newest first");
    let trail = world.trail("target_set").await;
    assert_eq!(trail.len(), 2);
    assert!(trail.iter().all(|event| event.branch_id.is_some()));
    assert!(trail.iter().any(|event| event.summary == "BR01 2026-10: Rs. 9,000,000.00"));
});

seeded!(targets_are_set_by_those_who_answer_for_a_branch, async |world: World| {
    let dealer = world.client("dealer").await;
    for persona in ["clerk", "inventory", "service", "auditor", "sibling", "hq-analyst"] {
        let refused = world.client(persona).await.change("setTarget", FIELDS, october("key-who-may", 1)).await;
        assert_eq!(refusals(&refused), ["FORBIDDEN"], "{persona}");
    }
    let director = world.client("hq-of-two").await;
    let refused = director.change("setTarget", FIELDS, october("key-director", 1)).await;
    assert_eq!(refusals(&refused), ["DEALERSHIP_REQUIRED"]);
    let refused = dealer.change("setTarget", FIELDS, october("key-nowhere", 1)).await;
    assert_eq!(refusals(&refused), ["BRANCH_REQUIRED input.branch"]);

    let mut elsewhere = october("key-elsewhere", 1);
    elsewhere["branch"] = branch(&dealer, "BR02").await;
    for persona in ["manager", "stranger"] {
        let client = world.client(persona).await;
        for id in [elsewhere["branch"].clone(), json!("QgAA")] {
            let mut input = elsewhere.clone();
            input["branch"] = id;
            assert_eq!(refusals(&client.change("setTarget", FIELDS, input).await), ["NOT_FOUND input.branch"]);
        }
    }
    dealer.done("setTarget", FIELDS, elsewhere).await;
    assert_eq!(world.events("target_set").await, 1);
});

seeded!(bad_targets_are_told_field_by_field, async |world: World| {
    let manager = world.client("manager").await;
    for (field, value, refusal) in [
        ("month", json!("2026-10-02"), "INVALID input.month"),
        ("month", json!("9999-12-01"), "OUT_OF_RANGE input.month"),
        ("units", json!(-1), "OUT_OF_RANGE input.units"),
        ("units", json!(i32::MAX), "OUT_OF_RANGE input.units"),
        ("units", Value::Null, "REQUIRED input.units"),
        ("revenueMinor", json!(-1), "OUT_OF_RANGE input.revenueMinor"),
        ("revenueMinor", json!(i64::MAX), "OUT_OF_RANGE input.revenueMinor"),
        ("idempotencyKey", json!("short"), "INVALID input.idempotencyKey"),
    ] {
        let mut input = october("key-bad-input", 1);
        input[field] = value;
        assert_eq!(refusals(&manager.change("setTarget", FIELDS, input).await), [refusal]);
    }
});

seeded!(a_month_has_one_target_however_many_set_it, async |world: World| {
    let manager = world.client("manager").await;
    let set = join_all((0..4).map(|n| manager.done("setTarget", FIELDS, october(&format!("key-race-{n}"), n)))).await;
    assert!(set.iter().all(|one| one["target"]["id"] == set[0]["target"]["id"]));
});

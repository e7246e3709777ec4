//! Stock as an inventory coordinator keeps it: a delivery taken in, units kept, damaged, repaired, written off.

use serde_json::{Value, json};

use crate::support::{Client, World, seeded};

const RECEIVE: &str = "mutation($input: ReceiveUnitsInput!) { done: receiveUnits(input: $input) {
    units { id chassisNumber status receivedOn branch { code } landedCost { amountMinor } }
    userErrors { code field message } } }";

/// A delivery of so many good units.
async fn delivery(client: &Client, key: &str, size: usize) -> Value {
    let models = client.ask("{ bikeModels(first: 1) { nodes { id } } }").await;
    let unit = |n: usize| {
        json!({"model": models["bikeModels"]["nodes"][0]["id"], "chassisNumber": format!("{key}-c{n}"),
               "motorNumber": format!("{key}-m{n}"), "colour": "Red", "modelYear": 2027})
    };
    json!({"idempotencyKey": format!("key-{key}"), "units": (0..size).map(unit).collect::<Vec<_>>()})
}

async fn receive(client: &Client, input: &Value) -> Value {
    client.ask_with(RECEIVE, json!({"input": input})).await["done"].take()
}

/// Code and path of each refusal.
fn refusals(done: &Value) -> Vec<String> {
    let told = |error: &Value| {
        let path: Vec<_> = error["field"].as_array().expect("a path").iter().filter_map(Value::as_str).collect();
        format!("{} {}", error["code"].as_str().expect("a code"), path.join("."))
    };
    done["userErrors"].as_array().expect("errors").iter().map(told).collect()
}

/// Asks for a change of one unit; gives its new state, or the refusal.
async fn change(client: &Client, name: &str, unit: &Value, rest: &str) -> String {
    let query = format!(
        "mutation($unit: ID!) {{ done: {name}(input: {{unit: $unit {rest}}}) {{
            unit {{ status }} userErrors {{ code field message allowed }} }} }}"
    );
    let answer = client.send(&query, json!({"unit": unit})).await;
    if let Some(code) = answer["errors"][0]["extensions"]["code"].as_str() {
        return code.to_owned();
    }
    let done = &answer["data"]["done"];
    match done["unit"]["status"].as_str() {
        Some(status) => status.to_owned(),
        None => format!("{} {}", refusals(done)[0], done["userErrors"][0]["allowed"]),
    }
}

async fn unit_of(client: &Client, status: &str) -> Value {
    let query = format!("{{ bikeUnits(first: 1, filter: {{status: [{status}]}}) {{ nodes {{ id }} }} }}");
    client.ask(&query).await["bikeUnits"]["nodes"][0]["id"].take()
}

seeded!(a_delivery_of_500_is_taken_in_whole, async |world: World| {
    let inventory = world.client("inventory").await;
    let input = delivery(&inventory, "whole", 500).await;
    let done = receive(&inventory, &input).await;
    assert_eq!(refusals(&done), [""; 0]);
    let units = done["units"].as_array().expect("units");
    assert_eq!(units.len(), 500);
    for (n, unit) in units.iter().enumerate() {
        assert_eq!(unit["chassisNumber"], format!("WHOLE-C{n}"), "in the order of the delivery");
        assert_eq!((&unit["status"], &unit["branch"]["code"]), (&json!("AVAILABLE"), &json!("BR01")));
        assert_eq!(unit["receivedOn"], "2026-09-15");
    }
    assert_eq!(receive(&inventory, &input).await, done, "the same request twice is one delivery");
    let other = delivery(&inventory, "other", 1).await;
    let other = json!({"idempotencyKey": input["idempotencyKey"], "units": other["units"]});
    let reused = inventory.send(RECEIVE, json!({"input": other})).await;
    assert_eq!(reused["errors"][0]["extensions"]["code"], "IDEMPOTENCY_KEY_REUSED");
    assert_eq!(world.events("unit_received").await, 500);
});

seeded!(every_faulty_unit_of_a_delivery_is_named_and_nothing_is_taken_in, async |world: World| {
    let manager = world.client("manager").await;
    let siblings = world.client("sibling").await.ask("{ bikeUnits(first: 1) { nodes { chassisNumber } } }").await;
    // Canaries say whose a text is; whoever reads it from the papers types it as it stands there.
    let theirs = siblings["bikeUnits"]["nodes"][0]["chassisNumber"].clone();
    let mut input = delivery(&manager, "faulty", 500).await;
    input["units"][7]["chassisNumber"] = theirs;
    input["units"][99]["motorNumber"] = json!("FAULTY-M3");
    input["units"][499]["model"] = json!("no id");
    input["units"][499]["receivedOn"] = json!("2026-09-16");
    let done = receive(&manager, &input).await;
    assert_eq!(
        refusals(&done),
        [
            "OUT_OF_RANGE input.units.499.receivedOn",
            "NOT_FOUND input.units.499.model",
            "TAKEN input.units.7.chassisNumber",
            "TAKEN input.units.99.motorNumber",
        ]
    );
    assert_eq!(done["userErrors"][2]["message"], "Another unit of the dealership has this number.");
    assert_eq!(done["userErrors"][3]["message"], "Unit 4 of this delivery has this number already.");
    assert_eq!(world.events("unit_received").await, 0);
    let found = manager.ask(r#"{ bikeUnits(filter: {search: "faulty"}) { totalCount } }"#).await;
    assert_eq!(found["bikeUnits"]["totalCount"], 0);
});

seeded!(what_cannot_be_is_refused_cleanly, async |world: World| {
    let inventory = world.client("inventory").await;
    let good = delivery(&inventory, "clean", 1).await;
    for (field, value, refusal) in [
        ("chassisNumber", json!("x".repeat(1_000_000)), "OUT_OF_RANGE"),
        ("chassisNumber", json!("a\u{0}b"), "INVALID"),
        ("motorNumber", json!("a\u{202e}b"), "INVALID"),
        ("motorNumber", json!(" "), "REQUIRED"),
        ("modelYear", json!(1999), "OUT_OF_RANGE"),
        ("modelYear", json!(2028), "OUT_OF_RANGE"),
        ("receivedOn", json!("9999-12-31"), "OUT_OF_RANGE"),
        ("landedCostMinor", json!(30_000_000), "INVALID"),
    ] {
        let mut input = good.clone();
        input["units"][0][field] = value;
        assert_eq!(refusals(&receive(&inventory, &input).await), [format!("{refusal} input.units.0.{field}")]);
    }
    for size in [0, 501] {
        let input = delivery(&inventory, "size", size).await;
        assert_eq!(refusals(&receive(&inventory, &input).await), ["OUT_OF_RANGE input.units"]);
    }
    let manager = world.client("manager").await;
    for minor in [-1, i64::MAX] {
        let mut input = good.clone();
        input["units"][0]["landedCostMinor"] = json!(minor);
        assert_eq!(refusals(&receive(&manager, &input).await), ["OUT_OF_RANGE input.units.0.landedCostMinor"]);
    }
    let mut input = good.clone();
    input["units"][0]["landedCostMinor"] = json!(30_000_000);
    assert_eq!(receive(&manager, &input).await["units"][0]["landedCost"]["amountMinor"], 30_000_000);
});

seeded!(two_deliveries_of_one_chassis_are_one, async |world: World| {
    let inventory = world.client("inventory").await;
    let mut inputs = Vec::new();
    for n in 0..8 {
        let mut input = delivery(&inventory, "race", 3).await;
        input["idempotencyKey"] = json!(format!("key-race-{n}"));
        inputs.push(input);
    }
    let answers = futures_util::future::join_all(inputs.iter().map(|input| receive(&inventory, input))).await;
    assert_eq!(answers.iter().filter(|done| refusals(done).is_empty()).count(), 1);
    assert_eq!(world.events("unit_received").await, 3);
});

seeded!(statements_do_not_grow_with_a_delivery, async |world: World| {
    let inventory = world.client("inventory").await;
    let mut counts = Vec::new();
    // The first reads the models that are kept from then on.
    for size in [2, 1, 50, 500] {
        let input = delivery(&inventory, &format!("size{size}"), size).await;
        world.home.statements.take();
        assert_eq!(refusals(&receive(&inventory, &input).await), [""; 0]);
        counts.push(world.home.statements.take().len());
    }
    assert!(counts[1..].iter().all(|count| *count == counts[1]), "statements by size: {counts:?}");
});

seeded!(a_unit_goes_through_its_states_and_no_others, async |world: World| {
    let inventory = world.client("inventory").await;
    let input = delivery(&inventory, "states", 1).await;
    let unit = receive(&inventory, &input).await["units"][0]["id"].take();
    let ask = async |name: &str, rest: &str| change(&inventory, name, &unit, rest).await;
    assert_eq!(
        ask("releaseUnit", "").await,
        r#"INVALID_TRANSITION input.unit ["RESERVED","SOLD","DAMAGED","IN_TRANSIT"]"#
    );
    assert_eq!(ask("reserveUnit", "").await, "RESERVED");
    assert_eq!(ask("reserveUnit", "").await, r#"INVALID_TRANSITION input.unit ["AVAILABLE","SOLD"]"#);
    assert_eq!(ask("repairUnit", "").await, r#"INVALID_TRANSITION input.unit ["SOLD"]"#);
    assert_eq!(ask("removeUnit", r#"reason: "Stolen""#).await, r#"INVALID_TRANSITION input.unit ["SOLD"]"#);
    assert_eq!(ask("releaseUnit", "").await, "AVAILABLE");
    assert_eq!(ask("markUnitDamaged", r#"notes: "Mirror gone""#).await, "DAMAGED");
    assert_eq!(ask("releaseUnit", "").await, "INVALID_TRANSITION input.unit []");
    assert_eq!(ask("repairUnit", "").await, "AVAILABLE");
    assert_eq!(ask("updateUnit", r#"colour: "Blue", modelYear: 2026"#).await, "AVAILABLE");
    assert_eq!(ask("updateUnit", "landedCostMinor: 5").await, "INVALID input.landedCostMinor []");
    assert_eq!(ask("removeUnit", r#"reason: " ""#).await, "REQUIRED input.reason []");
    assert_eq!(ask("removeUnit", r#"reason: "Stolen""#).await, "AVAILABLE");
    assert_eq!(ask("reserveUnit", "").await, "NOT_FOUND input.unit []", "it is out of stock");
    let again = delivery(&inventory, "states", 1).await;
    let again = json!({"idempotencyKey": "key-states-again", "units": again["units"]});
    assert_eq!(refusals(&receive(&inventory, &again).await), [""; 0], "its numbers are free again");
    for (event, times) in [("unit_reserved", 1), ("unit_released", 1), ("unit_damaged", 1), ("unit_removed", 1)] {
        assert_eq!(world.events(event).await, times, "{event}");
    }
});

seeded!(what_a_bill_or_a_transfer_holds_is_theirs_to_give_back, async |world: World| {
    let manager = world.client("manager").await;
    let held = manager.ask("{ bills(first: 1, filter: {status: [PENDING]}) { nodes { unit { id } } } }").await;
    let held = &held["bills"]["nodes"][0]["unit"]["id"];
    assert_eq!(change(&manager, "releaseUnit", held, "").await, r#"INVALID_TRANSITION input.unit ["SOLD"]"#);
    let sold = unit_of(&manager, "SOLD").await;
    assert_eq!(change(&manager, "releaseUnit", &sold, "").await, "INVALID_TRANSITION input.unit []");
    let sent = unit_of(&manager, "IN_TRANSIT").await;
    assert_eq!(change(&manager, "repairUnit", &sent, "").await, "INVALID_TRANSITION input.unit []");
});

seeded!(stock_is_kept_by_those_who_may_and_see_it, async |world: World| {
    let unit = unit_of(&world.client("inventory").await, "AVAILABLE").await;
    for (persona, outcome) in [
        ("clerk", "FORBIDDEN"),
        ("sibling", "FORBIDDEN"),
        ("auditor", "FORBIDDEN"),
        ("stranger", "NOT_FOUND input.unit []"),
        ("hq-of-two", "DEALERSHIP_REQUIRED"),
        ("dealer", "RESERVED"),
    ] {
        assert_eq!(change(&world.client(persona).await, "reserveUnit", &unit, "").await, outcome, "{persona}");
    }
});

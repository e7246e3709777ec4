//! A unit on its way from one branch to another: asked for, sent, received, given up; by either branch, and by no third.

use futures_util::future::join_all;
use serde_json::{Value, json};

use crate::support::desk::at;
use crate::support::{Client, World, seeded};

const SHOWN: &str = "transfer { id side status chassisNumber sentOn otherBranchCode otherBranch { code }
    unit { id status receivedOn landedCost { amountMinor } branch { code } } } userErrors { code field message allowed }";

/// A unit received at the client's branch some weeks ago; its chassis number is that of no other branch's paper.
async fn fresh_unit(client: &Client, chassis: &str) -> Value {
    let model = client.ask("{ bikeModels(first: 1) { nodes { id } } }").await["bikeModels"]["nodes"][0]["id"].take();
    let input = json!({"idempotencyKey": format!("key-unit-{chassis}"), "units": [{"model": model, "chassisNumber": chassis,
        "motorNumber": format!("M-{chassis}"), "receivedOn": "2026-08-01", "landedCostMinor": 40_000_000}]});
    let query = "mutation($input: ReceiveUnitsInput!) { receiveUnits(input: $input) { units { id } } }";
    client.ask_with(query, json!({"input": input})).await["receiveUnits"]["units"][0]["id"].take()
}

async fn request(client: &Client, key: &str, chassis: &str, from: &str) -> Value {
    let query =
        format!("mutation($input: RequestTransferInput!) {{ done: requestTransfer(input: $input) {{ {SHOWN} }} }}");
    let input = json!({"idempotencyKey": key, "chassisNumber": chassis, "from": from});
    client.ask_with(&query, json!({"input": input})).await["done"].take()
}

async fn offer(client: &Client, key: &str, unit: &Value, to: &str) -> Value {
    let query = format!("mutation($input: OfferTransferInput!) {{ done: offerTransfer(input: $input) {{ {SHOWN} }} }}");
    let input = json!({"idempotencyKey": key, "unit": unit, "to": to});
    client.ask_with(&query, json!({"input": input})).await["done"].take()
}

/// Moves a transfer on.
async fn step(client: &Client, name: &str, transfer: &Value) -> Value {
    let query = format!("mutation($id: ID!) {{ done: {name}(input: {{transfer: $id}}) {{ {SHOWN} }} }}");
    let mut answer = client.send(&query, json!({"id": transfer})).await;
    match answer["errors"][0]["extensions"]["code"].as_str() {
        Some(code) => json!({"userErrors": [{"code": code, "field": []}]}),
        None => answer["data"]["done"].take(),
    }
}

/// The client's side of the transfer of a chassis; null where there is none.
async fn side_of(client: &Client, chassis: &str) -> Value {
    let rows =
        client.ask("{ stockTransfers(first: 100) { nodes { id side status chassisNumber unit { id } } } }").await;
    let rows = rows["stockTransfers"]["nodes"].as_array().expect("nodes").clone();
    rows.into_iter().find(|row| row["chassisNumber"] == *chassis).unwrap_or_default()
}

/// The new state, or the refusal with its field and the states allowed.
fn outcome(done: &Value) -> String {
    let error = &done["userErrors"][0];
    match (done["transfer"]["status"].as_str(), error["field"][1].as_str()) {
        (Some(status), _) => status.to_owned(),
        (None, Some(field)) => format!("{} {field} {}", error["code"].as_str().expect("a code"), error["allowed"]),
        (None, None) => error["code"].as_str().expect("a code").to_owned(),
    }
}

seeded!(an_offered_unit_is_sent_and_received_with_its_age_and_its_cost, async |world: World| {
    let (manager, maharagama) = (world.client("manager").await, at(&world, "BR02").await);
    let unit = fresh_unit(&manager, "OFFERED").await;
    let offered = offer(&manager, "key-offer-1", &unit, "BR02").await;
    let (sending, shown) = (&offered["transfer"]["id"], &offered["transfer"]);
    assert_eq!((outcome(&offered), &shown["side"]), ("REQUESTED".to_owned(), &json!("SENDING")));
    assert_eq!((&shown["otherBranchCode"], &shown["otherBranch"]), (&json!("BR02"), &Value::Null));
    assert_eq!(offer(&manager, "key-offer-1", &unit, "BR02").await, offered, "the same request twice is one transfer");
    assert_eq!(outcome(&offer(&manager, "key-offer-2", &unit, "BR03").await), "TAKEN unit []");

    let sent = step(&manager, "sendTransfer", sending).await;
    assert_eq!((outcome(&sent), &sent["transfer"]["unit"]["status"]), ("IN_TRANSIT".to_owned(), &json!("IN_TRANSIT")));
    assert_eq!(sent["transfer"]["sentOn"], "2026-09-15");
    assert_eq!(outcome(&step(&manager, "receiveTransfer", sending).await), "INVALID transfer []");

    let theirs = side_of(&maharagama, "OFFERED").await;
    assert_eq!(
        (&theirs["side"], &theirs["status"], &theirs["unit"]),
        (&json!("RECEIVING"), &json!("IN_TRANSIT"), &Value::Null)
    );
    let received = step(&maharagama, "receiveTransfer", &theirs["id"]).await;
    let unit_there = &received["transfer"]["unit"];
    assert_eq!((outcome(&received), &unit_there["id"]), ("RECEIVED".to_owned(), &unit));
    assert_eq!((&unit_there["status"], &unit_there["branch"]["code"]), (&json!("AVAILABLE"), &json!("BR02")));
    assert_eq!(
        (&unit_there["receivedOn"], &unit_there["landedCost"]["amountMinor"]),
        (&json!("2026-08-01"), &json!(40_000_000))
    );
    assert_eq!(outcome(&step(&manager, "cancelTransfer", sending).await), "INVALID_TRANSITION transfer []");
    assert_eq!(side_of(&manager, "OFFERED").await["unit"], Value::Null, "the unit is the other branch's now");
    for event in ["transfer_requested", "transfer_sent", "transfer_received"] {
        assert_eq!(world.events(event).await, 2, "{event}: one for each branch");
    }
});

seeded!(a_branch_asks_for_a_unit_it_cannot_see, async |world: World| {
    let (manager, maharagama) = (world.client("manager").await, at(&world, "BR02").await);
    fresh_unit(&manager, "WANTED").await;
    let reserved = fresh_unit(&manager, "KEPT").await;
    manager
        .ask_with("mutation($u: ID!) { reserveUnit(input: {unit: $u}) { unit { id } } }", json!({"u": reserved}))
        .await;
    for (chassis, from, refusal) in [
        ("WANTED", "BR03", "NOT_FOUND chassisNumber []"),
        ("NOWHERE", "BR01", "NOT_FOUND chassisNumber []"),
        ("KEPT", "BR01", "NOT_FOUND chassisNumber []"),
        ("WANTED", "BR99", "NOT_FOUND from []"),
        ("WANTED", "BR02", "NOT_FOUND chassisNumber []"),
        ("", "BR01", "REQUIRED chassisNumber []"),
    ] {
        let done = request(&maharagama, "key-request-0", chassis, from).await;
        assert_eq!(outcome(&done), refusal, "{chassis} {from}");
    }
    let asked = request(&maharagama, "key-request-1", "wanted", "BR01").await;
    assert_eq!((outcome(&asked), &asked["transfer"]["side"]), ("REQUESTED".to_owned(), &json!("RECEIVING")));
    assert_eq!((&asked["transfer"]["otherBranchCode"], &asked["transfer"]["unit"]), (&json!("BR01"), &Value::Null));
    let negombo = at(&world, "BR03").await;
    assert_eq!(outcome(&request(&negombo, "key-request-2", "WANTED", "BR01").await), "TAKEN chassisNumber []");
    assert_eq!(outcome(&step(&maharagama, "sendTransfer", &asked["transfer"]["id"]).await), "INVALID transfer []");
    assert_eq!(side_of(&manager, "WANTED").await["status"], "REQUESTED");
    assert_eq!(outcome(&step(&maharagama, "cancelTransfer", &asked["transfer"]["id"]).await), "CANCELLED");
    assert_eq!(outcome(&request(&negombo, "key-request-3", "WANTED", "BR01").await), "REQUESTED", "it is free again");
});

seeded!(a_branch_named_by_its_id_need_not_be_in_reach, async |world: World| {
    let (manager, dealer) = (world.client("manager").await, world.client("dealer").await);
    let unit = fresh_unit(&manager, "BY-ID").await;
    let branches = dealer.ask("{ branches { nodes { id code } } }").await;
    let id = |code: &str| {
        let rows = branches["branches"]["nodes"].as_array().expect("nodes");
        rows.iter().find(|row| row["code"] == code).expect("a branch")["id"].as_str().expect("an id").to_owned()
    };
    let foreign = world.client("stranger").await.ask("{ branches(first: 1) { nodes { id } } }").await;
    let foreign = foreign["branches"]["nodes"][0]["id"].as_str().expect("an id").to_owned();
    assert_eq!(outcome(&offer(&manager, "key-by-id-1", &unit, &foreign).await), "NOT_FOUND to []");
    assert_eq!(outcome(&offer(&manager, "key-by-id-2", &unit, &id("BR01")).await), "INVALID to []");
    let offered = offer(&manager, "key-by-id-3", &unit, &id("BR03")).await;
    assert_eq!((outcome(&offered), &offered["transfer"]["otherBranchCode"]), ("REQUESTED".to_owned(), &json!("BR03")));
});

seeded!(a_third_branch_and_a_stranger_find_nothing, async |world: World| {
    let (manager, maharagama) = (world.client("manager").await, at(&world, "BR02").await);
    let unit = fresh_unit(&manager, "PRIVATE").await;
    let sending = offer(&manager, "key-third-1", &unit, "BR02").await["transfer"]["id"].clone();
    let receiving = side_of(&maharagama, "PRIVATE").await["id"].take();
    let outsiders = [at(&world, "BR03").await, world.client("stranger").await];
    for outsider in &outsiders {
        for side in [&sending, &receiving] {
            for name in ["sendTransfer", "receiveTransfer", "cancelTransfer"] {
                assert_eq!(outcome(&step(outsider, name, side).await), "NOT_FOUND transfer []", "{name}");
            }
        }
        assert_eq!(outcome(&offer(outsider, "key-third-2", &unit, "BR02").await), "NOT_FOUND unit []");
    }
    // Each branch has its own side: the other's row is as foreign as a third branch's.
    assert_eq!(outcome(&step(&maharagama, "cancelTransfer", &sending).await), "NOT_FOUND transfer []");
    assert_eq!(outcome(&step(&manager, "sendTransfer", &receiving).await), "NOT_FOUND transfer []");
    for persona in ["inventory", "clerk", "sibling", "auditor"] {
        assert_eq!(
            outcome(&step(&world.client(persona).await, "sendTransfer", &sending).await),
            "FORBIDDEN",
            "{persona}"
        );
    }
    assert_eq!(outcome(&step(&manager, "sendTransfer", &sending).await), "IN_TRANSIT");
    assert_eq!(outcome(&step(&maharagama, "cancelTransfer", &receiving).await), "INVALID transfer []");
    let back = step(&manager, "cancelTransfer", &sending).await;
    assert_eq!((outcome(&back), &back["transfer"]["unit"]["status"]), ("CANCELLED".to_owned(), &json!("AVAILABLE")));
});

seeded!(whoever_acts_in_all_branches_sees_each_transfer_once_and_moves_both_sides, async |world: World| {
    let (manager, dealer) = (world.client("manager").await, world.client("dealer").await);
    let unit = fresh_unit(&manager, "ALL-OVER").await;
    let offered = offer(&dealer, "key-all-1", &unit, "BR02").await;
    let id = &offered["transfer"]["id"];
    assert_eq!(outcome(&step(&dealer, "sendTransfer", id).await), "IN_TRANSIT");
    assert_eq!(outcome(&step(&dealer, "receiveTransfer", id).await), "RECEIVED");
    let rows = dealer.ask("{ stockTransfers(first: 100) { totalCount nodes { side branch { id } } } }").await;
    let sides = rows["stockTransfers"]["nodes"].as_array().expect("nodes");
    assert!(sides.iter().all(|row| row["side"] == "SENDING"));
    let branch = sides[0]["branch"]["id"].clone();
    let query = "query($b: ID!) { stockTransfers(first: 100, filter: {branch: $b}) { nodes { side branch { id } } } }";
    let rows = dealer.ask_with(query, json!({"b": branch})).await;
    let rows = rows["stockTransfers"]["nodes"].as_array().expect("nodes");
    assert!(rows.iter().any(|row| row["side"] == "RECEIVING") && rows.iter().all(|row| row["branch"]["id"] == branch));
});

seeded!(of_many_at_once_one_wins, async |world: World| {
    let (manager, maharagama, negombo) =
        (world.client("manager").await, at(&world, "BR02").await, at(&world, "BR03").await);
    fresh_unit(&manager, "RACED").await;
    let keys: Vec<_> = (0..8).map(|n| format!("key-race-{n}")).collect();
    let asked = keys
        .iter()
        .enumerate()
        .map(|(n, key)| request(if n % 2 == 0 { &maharagama } else { &negombo }, key, "RACED", "BR01"));
    let mut asked: Vec<_> = join_all(asked).await.iter().map(outcome).collect();
    asked.sort();
    assert_eq!(asked[..], [vec!["REQUESTED"; 1], vec!["TAKEN chassisNumber []"; 7]].concat());

    let transfer = side_of(&manager, "RACED").await["id"].take();
    let mut sent: Vec<_> =
        join_all((0..8).map(|_| step(&manager, "sendTransfer", &transfer))).await.iter().map(outcome).collect();
    sent.sort();
    let refused = r#"INVALID_TRANSITION transfer ["RECEIVED","CANCELLED"]"#;
    assert_eq!(sent[..], [vec![refused; 7], vec!["IN_TRANSIT"; 1]].concat());
    assert_eq!(world.events("transfer_sent").await, 2);
});

seeded!(a_unit_that_was_kept_meanwhile_is_not_sent, async |world: World| {
    let manager = world.client("manager").await;
    let unit = fresh_unit(&manager, "KEPT-LATER").await;
    let transfer = offer(&manager, "key-kept-1", &unit, "BR02").await["transfer"]["id"].take();
    manager.ask_with("mutation($u: ID!) { reserveUnit(input: {unit: $u}) { unit { id } } }", json!({"u": unit})).await;
    assert_eq!(outcome(&step(&manager, "sendTransfer", &transfer).await), "UNIT_NOT_AVAILABLE transfer []");
    let cancelled = step(&manager, "cancelTransfer", &transfer).await;
    assert_eq!(
        (outcome(&cancelled), &cancelled["transfer"]["unit"]["status"]),
        ("CANCELLED".to_owned(), &json!("RESERVED"))
    );
});

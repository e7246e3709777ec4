//! Who sees what: every root field and every node, asked by every persona.

use forecourt::auth;
use serde_json::{Value, json};

use crate::support::{PERSONAS, World, places, seeded};

/// What each persona finds in each list: the codes of the dealerships and branches whose rows come back, or the code of
/// the refusal.
const LISTS: [(&str, &str); 10] = [
    ("dealerships", "nodes { code }"),
    ("branches", "nodes { place: dealership { code } code }"),
    ("bikeModels", "nodes { place: dealership { code } }"),
    ("financeCompanies", "nodes { place: dealership { code } }"),
    ("bikeUnits", "nodes { branch { code place: dealership { code } } }"),
    ("customers", "nodes { branch { code place: dealership { code } } }"),
    ("bills", "nodes { branch { code place: dealership { code } } }"),
    ("quotations", "nodes { branch { code place: dealership { code } } }"),
    ("registrations", "nodes { branch { code place: dealership { code } } }"),
    ("stockTransfers", "nodes { branch { code place: dealership { code } } }"),
];

seeded!(every_list_shows_each_persona_its_own_rows, async |world: World| {
    let mut matrix = String::new();
    for persona in PERSONAS.into_iter().chain(["anonymous"]) {
        let client = world.client(persona).await;
        for (list, fields) in LISTS {
            let seen = places(&client, list, fields).await;
            matrix += &format!("{persona:<12} {list:<12} {seen}\n");
        }
    }
    insta::assert_snapshot!("who_sees_what", matrix);
});

async fn places(client: &crate::support::Client, list: &str, fields: &str) -> String {
    let (mut seen, mut after) = (std::collections::BTreeSet::new(), Value::Null);
    loop {
        let query = format!(
            "query($after: String) {{ rows: {list}(first: 100, after: $after) {{ {fields} pageInfo {{ hasNextPage endCursor }} }} }}"
        );
        let answer = client.send(&query, json!({"after": after})).await;
        if let Some(code) = answer["errors"][0]["extensions"]["code"].as_str() {
            return code.to_owned();
        }
        let rows = &answer["data"]["rows"];
        for node in rows["nodes"].as_array().expect("nodes") {
            let node = if node["branch"].is_object() { &node["branch"] } else { node };
            let parts = [&node["place"]["code"], &node["code"]];
            seen.insert(parts.into_iter().filter_map(Value::as_str).collect::<Vec<_>>().join("/"));
        }
        if rows["pageInfo"]["hasNextPage"] != true {
            return seen.into_iter().collect::<Vec<_>>().join(" ");
        }
        after = rows["pageInfo"]["endCursor"].clone();
    }
}

seeded!(a_foreign_an_unknown_and_a_malformed_id_answer_alike, async |world: World| {
    let owner = world.client("dealer").await;
    let answer = owner
        .ask(
            "{ dealerships { nodes { id } } branches { nodes { id code } }
               bikeModels(first: 1) { nodes { id } } bikeUnits(first: 1) { nodes { id } }
               customers(first: 1) { nodes { id } } quotations(first: 1) { nodes { id salesperson { id } } }
               bills(first: 1, filter: {saleType: LEASING, status: [COMPLETED]}) { nodes { id number
                 financeCompany { id } salesperson { id } payments { id } } } }",
        )
        .await;
    let mut ids = Vec::new();
    collect_ids(&answer, &mut ids);
    assert!(ids.len() >= 10, "every type of node is tried: {}", ids.len());
    let strangers = world.client("stranger").await;
    // Who they are is looked up once and then remembered.
    strangers.ask("{ viewer { name } }").await;
    world.home.statements.take();
    let unknown = strangers.send(r#"{ node(id: "QgAA") { id } }"#, Value::Null).await;
    let work = world.home.statements.take().len();
    assert_eq!(unknown["errors"][0]["extensions"]["code"], "NOT_FOUND");
    for id in &ids {
        let own = owner.ask_with("query($id: ID!) { node(id: $id) { id __typename } }", json!({"id": id})).await;
        assert_eq!(own["node"]["id"], *id);
        world.home.statements.take();
        let foreign = strangers.send("query($id: ID!) { node(id: $id) { id } }", json!({"id": id})).await;
        assert_eq!(without_place(&foreign), without_place(&unknown), "{}", own["node"]["__typename"]);
        // Nor does the time it takes tell.
        assert_eq!(world.home.statements.take().len(), work, "{}", own["node"]["__typename"]);
    }
    let number = &answer["bills"]["nodes"][0]["number"];
    let dealership = &answer["dealerships"]["nodes"][0]["id"];
    let query = "query($n: String!, $d: ID) { bill(number: $n, dealership: $d) { id } }";
    let foreign = strangers.send(query, json!({"n": number, "d": dealership})).await;
    assert_eq!(foreign["errors"][0]["extensions"]["code"], "NOT_FOUND");
});

seeded!(naming_a_foreign_place_in_a_filter_finds_nothing, async |world: World| {
    let owner = world.client("dealer").await;
    let places = owner
        .ask("{ dealerships { nodes { id } } branches { nodes { id code } } customers(first: 1) { nodes { id } } }")
        .await;
    let (dealership, customer) = (&places["dealerships"]["nodes"][0]["id"], &places["customers"]["nodes"][0]["id"]);
    let branches = places["branches"]["nodes"].as_array().expect("branches");
    let stranger = world.client("stranger").await;
    for filter in
        [json!({"dealership": dealership}), json!({"branch": branches[0]["id"]}), json!({"customer": customer})]
    {
        let answer =
            stranger.ask_with("query($f: BillFilter) { bills(filter: $f) { totalCount } }", json!({"f": filter})).await;
        assert_eq!(answer["bills"]["totalCount"], 0, "{filter}");
    }
    let clerk = world.client("clerk").await;
    let sibling = branches.iter().find(|branch| branch["code"] == "BR02").expect("a second branch");
    let answer = clerk
        .ask_with("query($f: BillFilter) { bills(filter: $f) { totalCount } }", json!({"f": {"branch": sibling["id"]}}))
        .await;
    assert_eq!(answer["bills"]["totalCount"], 0);
});

seeded!(hq_reads_all_of_its_own_and_changes_one_at_a_time, async |world: World| {
    for (persona, expected) in
        [("hq-all", Some("DEALERSHIP_REQUIRED")), ("hq-of-two", Some("DEALERSHIP_REQUIRED")), ("dealer", None)]
    {
        let scope = auth::authenticate(&world.home.app, &world.token(persona).await).await.expect("the token holds");
        assert_eq!(world.home.app.write(scope).await.err().map(|error| error.code()), expected, "{persona}");
    }
});

seeded!(identity_and_cost_are_shown_to_roles_that_may_read_them, async |world: World| {
    let mut seen = String::new();
    for persona in PERSONAS {
        let client = world.client(persona).await;
        let customer = client.send("{ customers(first: 1) { nodes { nic } } }", Value::Null).await;
        let nic = match customer["data"]["customers"]["nodes"][0]["nic"].as_str() {
            Some(nic) if nic.starts_with('•') => "masked",
            Some(_) => "in clear",
            None => customer["errors"][0]["extensions"]["code"].as_str().expect("a code"),
        }
        .to_owned();
        let units = client.send("{ bikeUnits(first: 50) { nodes { landedCost { amountMinor } } } }", Value::Null).await;
        let cost = match units["data"]["bikeUnits"]["nodes"].as_array() {
            Some(units) if units.iter().any(|unit| unit["landedCost"].is_object()) => "shown",
            Some(_) => "hidden",
            None => units["errors"][0]["extensions"]["code"].as_str().expect("a code"),
        };
        seen += &format!("{persona:<12} NIC {nic:<10} cost {cost}\n");
    }
    insta::assert_snapshot!("who_sees_identity_and_cost", seen);
});

fn collect_ids(value: &Value, ids: &mut Vec<Value>) {
    match value {
        Value::Object(fields) => {
            ids.extend(fields.get("id").cloned());
            fields.values().for_each(|value| collect_ids(value, ids));
        }
        Value::Array(values) => values.iter().for_each(|value| collect_ids(value, ids)),
        _ => {}
    }
}

fn without_place(answer: &Value) -> Value {
    let mut answer = answer.clone();
    if let Some(error) = answer["errors"][0].as_object_mut() {
        error.remove("locations");
    }
    answer
}

seeded!(an_identity_names_whose_it_is_even_masked, async |world: World| {
    let clerk = world.client("clerk").await.scope().await.expect("a scope");
    for (persona, is_masked) in [("dealer", false), ("hq-analyst", true)] {
        let client = world.client(persona).await;
        let answer = client.ask("{ customers(first: 100) { nodes { nic phone address } } }").await;
        let leaks = places::leaks(Some(world.places), Some(clerk.reach()), &answer);
        assert!(leaks.len() > 50, "{persona}: a sibling branch's customers are not heard in {answer}");
        assert_eq!(leaks.iter().any(|text| text.contains('•')), is_masked, "{persona}");
    }
});

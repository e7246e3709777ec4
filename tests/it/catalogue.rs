//! The catalogue and the companies a dealership works with, as its principal keeps them.

use serde_json::{Value, json};

use crate::support::{Client, World, seeded};

/// What changes one kind of row, in the words of its mutations.
struct Noun {
    /// As the names of mutations end.
    name: &'static str,
    /// The field that names the row, in inputs and payloads.
    field: &'static str,
    list: &'static str,
}

const MODEL: Noun = Noun { name: "BikeModel", field: "model", list: "bikeModels" };
const COMPANY: Noun = Noun { name: "FinanceCompany", field: "financeCompany", list: "financeCompanies" };

impl Noun {
    /// Asks for a change; the row, or the code and field of each refusal, or the code of the error.
    async fn change(&self, client: &Client, verb: &str, input: &Value) -> Value {
        let Self { name, field, .. } = self;
        let query = format!(
            "mutation($input: {}{name}Input!) {{ done: {verb}{name}(input: $input) {{
                row: {field} {{ id name retiredAt }} userErrors {{ code field message }} }} }}",
            verb[..1].to_uppercase() + &verb[1..]
        );
        let answer = client.send(&query, json!({"input": input})).await;
        if let Some(code) = answer["errors"][0]["extensions"]["code"].as_str() {
            return json!(code);
        }
        let done = &answer["data"]["done"];
        let told = |error: &Value| format!("{} {}", error["code"].as_str().expect("a code"), error["field"][1]);
        match done["row"].is_object() {
            true => done["row"].clone(),
            false => json!(done["userErrors"].as_array().expect("errors").iter().map(told).collect::<Vec<_>>()),
        }
    }

    /// Retires or restores.
    async fn turn(&self, client: &Client, verb: &str, id: &Value) -> Value {
        self.change(client, verb, &json!({self.field: id})).await
    }

    /// The first row that the client sees.
    async fn any(&self, client: &Client) -> Value {
        let query = format!("{{ rows: {}(first: 1) {{ nodes {{ id name }} }} }}", self.list);
        client.ask(&query).await["rows"]["nodes"][0].take()
    }

    /// How many rows there are with a name that begins so, retired or not.
    async fn count(&self, client: &Client, search: &str, retired: bool) -> Value {
        let filter = format!("{{search: {search:?}, retired: {retired}}}");
        let query = format!("{{ rows: {}(filter: {filter}) {{ totalCount }} }}", self.list);
        client.ask(&query).await["rows"]["totalCount"].take()
    }
}

fn swift(key: &str) -> Value {
    json!({"idempotencyKey": key, "name": " Swift  9 ", "vehicleClass": "E_MOTORCYCLE", "listPriceMinor": 25_000_000,
           "leasable": true})
}

fn lotus(key: &str) -> Value {
    json!({"idempotencyKey": key, "name": "Lotus Finance", "address": "No 1, Main Street", "contact": "011 234 5678"})
}

seeded!(a_model_is_entered_repriced_retired_and_restored, async |world: World| {
    let dealer = world.client("dealer").await;
    let model = MODEL.change(&dealer, "create", &swift("key-swift-1")).await;
    assert_eq!(model["name"], "Swift  9", "{model}");
    assert_eq!(MODEL.change(&dealer, "create", &swift("key-swift-1")).await, model, "the same request twice is one");
    let mut twin = swift("key-swift-2");
    twin["name"] = json!("SWIFT 9");
    assert_eq!(MODEL.change(&dealer, "create", &twin).await, json!([r#"TAKEN "name""#]));

    let repriced = json!({"model": model["id"], "name": "Swift 9", "listPriceMinor": 26_000_000, "leasable": false});
    assert_eq!(MODEL.change(&dealer, "update", &repriced).await["name"], "Swift 9", "its own name is not taken");
    let shown =
        dealer.ask(r#"{ bikeModels(filter: {search: "swift"}) { nodes { listPrice { amountMinor } leasable } } }"#);
    let expected = json!([{"listPrice": {"amountMinor": 26_000_000}, "leasable": false}]);
    assert_eq!(shown.await["bikeModels"]["nodes"], expected);

    let id = &model["id"];
    assert_eq!(MODEL.turn(&dealer, "restore", id).await, json!([r#"INVALID_TRANSITION "model""#]));
    assert!(MODEL.turn(&dealer, "retire", id).await["retiredAt"].is_string());
    assert_eq!(MODEL.turn(&dealer, "retire", id).await, json!([r#"INVALID_TRANSITION "model""#]));
    assert_eq!(
        (MODEL.count(&dealer, "swift", true).await, MODEL.count(&dealer, "swift", false).await),
        (json!(1), json!(0))
    );
    assert_eq!(MODEL.change(&dealer, "create", &swift("key-swift-3")).await, json!([r#"TAKEN "name""#]));
    let units = json!([{"model": id, "chassisNumber": "SWIFT-C", "motorNumber": "SWIFT-M"}]);
    let query =
        "mutation($units: [ArrivalInput!]!) { receiveUnits(input: {idempotencyKey: \"key-retired\", units: $units}) {
        userErrors { code field } } }";
    let refused = world.client("inventory").await.ask_with(query, json!({"units": units})).await;
    assert_eq!(refused["receiveUnits"]["userErrors"][0]["field"], json!(["input", "units", "0", "model"]));
    assert!(MODEL.turn(&dealer, "restore", id).await["retiredAt"].is_null());
    for action in ["created", "updated", "retired", "restored"] {
        assert_eq!(world.events(&format!("bike_model_{action}")).await, 1, "{action}");
    }
});

seeded!(a_model_in_stock_is_not_retired, async |world: World| {
    let dealer = world.client("dealer").await;
    let stock = dealer.ask("{ bikeUnits(first: 1, filter: {status: [AVAILABLE]}) { nodes { model { id } } } }").await;
    let id = &stock["bikeUnits"]["nodes"][0]["model"]["id"];
    assert_eq!(MODEL.turn(&dealer, "retire", id).await, json!([r#"INVALID_TRANSITION "model""#]));
    assert_eq!(world.events("bike_model_retired").await, 0);
});

seeded!(a_company_is_entered_corrected_retired_and_restored, async |world: World| {
    let dealer = world.client("dealer").await;
    let company = COMPANY.change(&dealer, "create", &lotus("key-lotus-1")).await;
    assert_eq!(
        COMPANY.change(&dealer, "create", &lotus("key-lotus-1")).await,
        company,
        "the same request twice is one"
    );
    assert_eq!(COMPANY.change(&dealer, "create", &lotus("key-lotus-2")).await, json!([r#"TAKEN "name""#]));
    let corrected = json!({"financeCompany": company["id"], "name": "Lotus Leasing", "contact": "0112345679"});
    assert_eq!(COMPANY.change(&dealer, "update", &corrected).await["name"], "Lotus Leasing");
    let shown = dealer.ask(r#"{ financeCompanies(filter: {search: "lotus l"}) { nodes { address contact } } }"#).await;
    assert_eq!(shown["financeCompanies"]["nodes"], json!([{"address": null, "contact": "+94112345679"}]));

    let id = &company["id"];
    assert!(COMPANY.turn(&dealer, "retire", id).await["retiredAt"].is_string());
    assert_eq!(COMPANY.turn(&dealer, "retire", id).await, json!([r#"INVALID_TRANSITION "financeCompany""#]));
    assert_eq!(
        (COMPANY.count(&dealer, "lotus", true).await, COMPANY.count(&dealer, "lotus", false).await),
        (json!(1), json!(0))
    );
    assert!(COMPANY.turn(&dealer, "restore", id).await["retiredAt"].is_null());
    for action in ["created", "updated", "retired", "restored"] {
        assert_eq!(world.events(&format!("finance_company_{action}")).await, 1, "{action}");
    }
});

seeded!(bad_input_of_the_catalogue_is_told_field_by_field, async |world: World| {
    let dealer = world.client("dealer").await;
    let huge = "x".repeat(1_000_000);
    for (noun, field, value, refusal) in [
        (&MODEL, "name", json!(" "), r#"REQUIRED "name""#),
        (&MODEL, "name", json!("a\0b"), r#"INVALID "name""#),
        (&MODEL, "name", json!(huge), r#"OUT_OF_RANGE "name""#),
        (&MODEL, "listPriceMinor", json!(0), r#"OUT_OF_RANGE "listPriceMinor""#),
        (&MODEL, "listPriceMinor", json!(-1), r#"OUT_OF_RANGE "listPriceMinor""#),
        (&MODEL, "listPriceMinor", json!(i64::MAX), r#"OUT_OF_RANGE "listPriceMinor""#),
        (&MODEL, "idempotencyKey", json!("short"), r#"INVALID "idempotencyKey""#),
        (&COMPANY, "name", json!(""), r#"REQUIRED "name""#),
        (&COMPANY, "name", json!("a\u{202e}b"), r#"INVALID "name""#),
        (&COMPANY, "address", json!("No 1\nColombo"), r#"INVALID "address""#),
        (&COMPANY, "contact", json!("12"), r#"INVALID "contact""#),
    ] {
        let mut input = if noun.name == MODEL.name { swift("key-bad-input") } else { lotus("key-bad-input") };
        input[field] = value;
        assert_eq!(noun.change(&dealer, "create", &input).await, json!([refusal]), "{field}");
    }
});

seeded!(the_catalogue_is_kept_by_those_who_administer_it, async |world: World| {
    let dealer = world.client("dealer").await;
    for noun in [&MODEL, &COMPANY] {
        let id = noun.any(&dealer).await["id"].take();
        for persona in ["manager", "clerk", "inventory", "service", "auditor", "sibling", "hq-analyst"] {
            assert_eq!(noun.turn(&world.client(persona).await, "retire", &id).await, "FORBIDDEN", "{persona}");
        }
        assert_eq!(noun.turn(&world.client("hq-of-two").await, "retire", &id).await, "DEALERSHIP_REQUIRED");
        let stranger = world.client("stranger").await;
        for verb in ["retire", "restore"] {
            let refused = json!([format!("NOT_FOUND {:?}", noun.field)]);
            assert_eq!(noun.turn(&stranger, verb, &id).await, refused, "{verb}");
            assert_eq!(noun.turn(&stranger, verb, &json!("QgAA")).await, refused, "a malformed id answers alike");
        }
    }
});

//! A sold motorcycle on its way through the registrar's office.

use serde_json::{Value, json};

use crate::support::{Client, World, seeded};

const ADVANCE: &str = "mutation($input: AdvanceRegistrationInput!) { done: advanceRegistration(input: $input) {
    registration { status registrationNumber documentsReadyOn submittedOn numberIssuedOn overdue }
    userErrors { code field allowed } } }";

/// Moves a registration on; gives its new state, or the refusal.
async fn advance(client: &Client, case: &Value, rest: Value) -> String {
    let mut input = json!({"registration": case});
    input.as_object_mut().expect("an object").extend(rest.as_object().expect("an object").clone());
    let answer = client.send(ADVANCE, json!({"input": input})).await;
    if let Some(code) = answer["errors"][0]["extensions"]["code"].as_str() {
        return code.to_owned();
    }
    let (done, error) = (&answer["data"]["done"]["registration"], &answer["data"]["done"]["userErrors"][0]);
    match done["status"].as_str() {
        Some(status) => status.to_owned(),
        None => format!("{} {} {}", error["code"].as_str().expect("a code"), error["field"][1], error["allowed"]),
    }
}

/// A registration of the client's that has just been opened.
async fn opened(client: &Client) -> Value {
    let query = "{ registrations(first: 1, orderBy: DUE_DESC, filter: {status: [OPENED]}) { nodes { id openedOn } } }";
    client.ask(query).await["registrations"]["nodes"][0].take()
}

seeded!(a_registration_goes_step_by_step, async |world: World| {
    let clerk = world.client("clerk").await;
    let case = opened(&clerk).await;
    let (id, opened_on) = (&case["id"], &case["openedOn"]);
    let step = async |rest: Value| advance(&clerk, id, rest).await;
    let first = r#"["DOCUMENTS_READY","CLOSED"]"#;
    assert_eq!(step(json!({"to": "SUBMITTED"})).await, format!(r#"INVALID_TRANSITION "to" {first}"#));
    assert_eq!(step(json!({"to": "CLOSED"})).await, r#"INVALID_TRANSITION "to" []"#);
    assert_eq!(step(json!({"to": "DOCUMENTS_READY", "on": "2026-09-16"})).await, r#"OUT_OF_RANGE "on" []"#);
    assert_eq!(step(json!({"to": "DOCUMENTS_READY", "on": "9999-01-01"})).await, r#"OUT_OF_RANGE "on" []"#);
    assert_eq!(step(json!({"to": "DOCUMENTS_READY", "on": "2026-01-01"})).await, r#"OUT_OF_RANGE "on" []"#);
    let number = json!({"to": "DOCUMENTS_READY", "registrationNumber": "WP BAA-1234"});
    assert_eq!(step(number).await, r#"INVALID "registrationNumber" []"#);
    assert_eq!(step(json!({"to": "DOCUMENTS_READY", "on": opened_on})).await, "DOCUMENTS_READY");
    assert_eq!(step(json!({"to": "DOCUMENTS_READY"})).await, r#"INVALID_TRANSITION "to" ["SUBMITTED","CLOSED"]"#);
    assert_eq!(step(json!({"to": "SUBMITTED"})).await, "SUBMITTED");
    assert_eq!(step(json!({"to": "NUMBER_ISSUED"})).await, r#"REQUIRED "registrationNumber" []"#);
    let before = json!({"to": "NUMBER_ISSUED", "on": "2026-09-14", "registrationNumber": "wp baa-1234"});
    assert_eq!(step(before).await, r#"OUT_OF_RANGE "on" []"#, "a day before the step before");
    assert_eq!(step(json!({"to": "NUMBER_ISSUED", "registrationNumber": "wp baa-1234"})).await, "NUMBER_ISSUED");
    assert_eq!(step(json!({"to": "BOOK_RECEIVED"})).await, "BOOK_RECEIVED");
    assert_eq!(step(json!({"to": "PLATE_RECEIVED"})).await, "PLATE_RECEIVED");
    assert_eq!(step(json!({"to": "CLOSED"})).await, r#"INVALID_TRANSITION "to" []"#);

    let query = "query($id: ID!) { node(id: $id) { ... on RmvCase { registrationNumber documentsReadyOn submittedOn
        bill { status vehicleClass registration { id } } } } }";
    let case = clerk.ask_with(query, json!({"id": id})).await["node"].take();
    assert_eq!((&case["registrationNumber"], &case["documentsReadyOn"]), (&json!("WP BAA-1234"), opened_on));
    assert_eq!((&case["submittedOn"], &case["bill"]["registration"]["id"]), (&json!("2026-09-15"), id));
    assert_eq!((&case["bill"]["status"], &case["bill"]["vehicleClass"]), (&json!("COMPLETED"), &json!("E_MOTORCYCLE")));
    assert_eq!(world.events("registration_advanced").await, 5);
});

seeded!(what_is_overdue_has_no_number_and_its_day_has_gone_by, async |world: World| {
    for persona in ["clerk", "dealer", "hq-all"] {
        let client = world.client(persona).await;
        let list = async |filter: &str| {
            let query = format!(
                "{{ registrations(first: 100{filter}) {{ totalCount nodes {{ dueOn status overdue registrationNumber }} }} }}"
            );
            client.ask(&query).await["registrations"].take()
        };
        let (late, rest, all) =
            (list(", filter: {overdue: true}").await, list(", filter: {overdue: false}").await, list("").await);
        let late_rows = late["nodes"].as_array().expect("nodes");
        assert!(!late_rows.is_empty(), "{persona}");
        for row in late_rows {
            assert!(row["dueOn"].as_str() < Some("2026-09-15") && row["overdue"] == true);
            assert_eq!(row["registrationNumber"], Value::Null);
        }
        assert!(rest["nodes"].as_array().expect("nodes").iter().all(|row| row["overdue"] == false));
        let count = |rows: &Value| rows["totalCount"].as_u64().expect("a count");
        assert_eq!(count(&late) + count(&rest), count(&all), "{persona}");
        let days: Vec<_> = all["nodes"].as_array().expect("nodes").iter().map(|row| row["dueOn"].as_str()).collect();
        assert!(days.is_sorted(), "what is due first comes first");
    }
});

seeded!(registrations_are_moved_on_by_those_who_may_and_see_them, async |world: World| {
    let case = opened(&world.client("clerk").await).await;
    for (persona, outcome) in [
        ("inventory", "FORBIDDEN"),
        ("auditor", "FORBIDDEN"),
        ("sibling", r#"NOT_FOUND "registration" []"#),
        ("stranger", r#"NOT_FOUND "registration" []"#),
        ("manager", "DOCUMENTS_READY"),
    ] {
        let done = advance(&world.client(persona).await, &case["id"], json!({"to": "DOCUMENTS_READY"})).await;
        assert_eq!(done, outcome, "{persona}");
    }
});

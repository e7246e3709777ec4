//! What people are told about why they see something, and the trace that seeing personal data leaves.

use entity::audit_event;
use forecourt::scope::Scope;
use sea_orm::{ColumnTrait, QueryFilter};
use serde_json::{Value, json};

use crate::support::{PERSONAS, World, seeded};

seeded!(whoever_is_refused_is_told_the_rule_and_the_remedy, async |world: World| {
    let mut told = String::new();
    for (persona, coordinate) in [
        ("clerk", "Query.bills"),
        ("inventory", "Bill.total"),
        ("hq-analyst", "Customer.nic"),
        ("clerk", "BikeUnit.landedCost"),
        ("hq-of-two", "Query.branches"),
        ("hq-all", "Quotation"),
    ] {
        let query = "query($c: String!) { explainAccess(coordinate: $c) { allowed role permission scope rolesThatMay remedy } }";
        let answer =
            world.client(persona).await.ask_with(query, json!({"c": coordinate})).await["explainAccess"].take();
        let fields = ["allowed", "role", "permission", "scope", "rolesThatMay", "remedy"];
        let lines = fields.map(|field| format!("  {field}: {}\n", answer[field]));
        told += &format!("{persona}: {coordinate}\n{}", lines.concat());
    }
    insta::assert_snapshot!("explained", told);
});

seeded!(an_explanation_agrees_with_what_happens, async |world: World| {
    for persona in PERSONAS {
        let client = world.client(persona).await;
        for list in ["bills", "bikeUnits", "customers", "quotations", "bikeModels", "branches", "dealerships"] {
            let query = format!(r#"{{ explainAccess(coordinate: "Query.{list}") {{ allowed }} }}"#);
            let allowed = client.ask(&query).await["explainAccess"]["allowed"] == true;
            let answer = client.send(&format!("{{ {list} {{ totalCount }} }}"), Value::Null).await;
            assert_eq!(allowed, answer["errors"].is_null(), "{persona} {list}");
        }
    }
    let clerk = world.client("clerk").await;
    for unknown in ["Nothing", "Bill.nothing", "", "."] {
        let query = "query($c: String!) { explainAccess(coordinate: $c) { allowed } }";
        let answer = clerk.send(query, json!({"c": unknown})).await;
        assert_eq!(answer["errors"][0]["extensions"]["code"], "NOT_FOUND", "{unknown}");
    }
});

seeded!(every_reveal_is_in_the_audit_trail_before_it_is_seen, async |world: World| {
    let query = "{ customers(first: 3) { nodes { name nic phone } }
                   bills(first: 2) { nodes { number buyer { name address } } } }";
    assert!(reveals(&world).await.is_empty());
    world.client("auditor").await.ask(query).await;
    world
        .client("clerk")
        .await
        .ask("{ customers(first: 3) { nodes { name } } bills(first: 2) { nodes { buyer { name } } } }")
        .await;
    assert!(reveals(&world).await.is_empty(), "a masked value or a name is no reveal");
    world.client("clerk").await.ask(query).await;
    let events = reveals(&world).await;
    let of =
        |target: &str| events.iter().filter(|event| event.target_type.as_deref() == Some(target)).collect::<Vec<_>>();
    assert_eq!((of("CUSTOMER").len(), of("BILL").len()), (3, 2));
    assert!(of("CUSTOMER").iter().any(|event| event.summary == "nic, phone"));
    assert!(of("BILL").iter().all(|event| event.summary == "address" && event.user_id.is_some()));
});

async fn reveals(world: &World) -> Vec<audit_event::Model> {
    let tx = world.home.app.read(Scope::system("test")).await.expect("a transaction");
    let query = tx.select::<audit_event::Entity>().filter(audit_event::Column::Action.eq("identity_revealed"));
    tx.all(query).await.expect("events")
}

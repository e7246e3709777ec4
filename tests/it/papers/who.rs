//! Who has what printed: whoever may see all that is on it.

use serde_json::{Value, json};

use super::{PAPER, bill, first, made, sale};
use crate::support::desk::refusals;
use crate::support::{World, seeded};

seeded!(a_bill_is_printed_for_those_who_see_its_buyer, async |world: World| {
    let sale = sale(&world).await;
    for (persona, outcome) in [
        ("anonymous", "UNAUTHENTICATED"),
        ("auditor", "FORBIDDEN"),
        ("hq-analyst", "FORBIDDEN"),
        ("inventory", "FORBIDDEN"),
        ("service", "FORBIDDEN"),
        ("hq-all", "DEALERSHIP_REQUIRED"),
        ("sibling", "NOT_FOUND input.bill"),
        ("stranger", "NOT_FOUND input.bill"),
    ] {
        let answer = world.client(persona).await.change("makeDocument", PAPER, bill(&sale)).await;
        assert_eq!(refusals(&answer), [outcome], "{persona}");
    }
    assert_eq!(world.events("document_made").await, 0);
    let original = made(&world.client("manager").await, bill(&sale)).await;
    assert_eq!(original["isCopy"], false);
    let seen = "query($id: ID!) { node(id: $id) { ... on Document { number link { url } } } }";
    for (persona, outcome) in [
        ("clerk", "link"),
        ("dealer", "link"),
        ("hq-all", "link"),
        ("auditor", "no link"),
        ("hq-analyst", "no link"),
        ("inventory", "NOT_FOUND"),
        ("service", "NOT_FOUND"),
        ("sibling", "NOT_FOUND"),
        ("stranger", "NOT_FOUND"),
    ] {
        let answer = world.client(persona).await.send(seen, json!({"id": original["id"]})).await;
        let told = match (answer["errors"][0]["extensions"]["code"].as_str(), &answer["data"]["node"]["link"]) {
            (Some(code), _) => code,
            (None, Value::Null) => "no link",
            (None, _) => "link",
        };
        assert_eq!(told, outcome, "{persona}");
    }
});

seeded!(what_is_no_row_of_ones_own_is_not_found, async |world: World| {
    let stranger = world.client("stranger").await;
    let theirs = first(&stranger, "bills", "{}").await["id"].take();
    let own = sale(&world).await;
    let clerk = world.client("clerk").await;
    for (field, id) in [
        ("bill", &theirs),
        ("bill", &json!("QgAA")),
        ("creditNote", &own),
        ("quotation", &own),
        ("billProforma", &theirs),
    ] {
        // The clerk may read bills and not what a workshop writes.
        let client = if field == "quotation" { &world.client("dealer").await } else { &clerk };
        let answer = client.change("makeDocument", PAPER, json!({ field: id })).await;
        assert_eq!(refusals(&answer), [format!("NOT_FOUND input.{field}")]);
    }
    let answer = clerk.change("makeDocument", PAPER, json!({"billProforma": own})).await;
    assert!(refusals(&answer)[0].starts_with("INVALID"), "{answer}");
});

seeded!(costs_are_printed_for_those_who_see_them, async |world: World| {
    let (inventory, manager) = (world.client("inventory").await, world.client("manager").await);
    let own = made(&inventory, json!({"stockReport": {}})).await;
    assert_eq!((&own["kind"], own["link"]["url"].is_string()), (&json!("STOCK_REPORT"), true));
    let costed = made(&manager, json!({"stockReport": {}})).await;
    assert_ne!(own["id"], costed["id"], "a report is made anew each time");
    let seen = "query($id: ID!) { node(id: $id) { ... on Document { branch { code } link { url } } } }";
    let looked = inventory.ask_with(seen, json!({"id": costed["id"]})).await;
    assert_eq!(looked["node"], json!({"branch": {"code": "BR01"}, "link": null}));
    let looked = manager.ask_with(seen, json!({"id": own["id"]})).await;
    assert!(looked["node"]["link"]["url"].is_string());
    let whole = made(&world.client("dealer").await, json!({"stockReport": {}})).await;
    assert_eq!(whole["branch"], Value::Null);
    let hidden = manager.send(seen, json!({"id": whole["id"]})).await;
    assert_eq!(hidden["errors"][0]["extensions"]["code"], "NOT_FOUND", "no branch sees what is of all of them");
});

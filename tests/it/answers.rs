//! The form of an answer: what is selected, under its name, however it is resolved. Their order is a matter of `http.rs`.

use serde_json::json;

use crate::support::{World, seeded};

seeded!(fragments_aliases_and_repeated_fields_come_together, async |world: World| {
    let dealer = world.client("dealer").await;
    let plain = "{ bills(first: 5) { nodes { __typename number total { amountMinor currency formatted }
        unit { chassisNumber motorNumber } branch { name code } id } } }";
    let pieces = "query { bills(first: 5) { nodes { __typename ...number total { amountMinor } ... on Bill { total { currency } }
        ... { total { formatted } } ... on Node { __typename id } unit { chassisNumber } ...ends } } }
        fragment number on Bill { number }
        fragment ends on Bill { unit { motorNumber } branch { ...place } id }
        fragment place on Branch { name ... @include(if: true) { code } kept: name @skip(if: true) }";
    let (plain, pieces) = (dealer.send(plain, json!(null)).await, dealer.send(pieces, json!(null)).await);
    assert!(plain["errors"].is_null() && plain["data"]["bills"]["nodes"][0]["branch"]["code"].is_string(), "{plain}");
    assert_eq!(plain, pieces);
});

seeded!(an_alias_answers_beside_its_field, async |world: World| {
    let dealer = world.client("dealer").await;
    let answer = dealer
        .ask("{ bills(first: 1) { nodes { b: number a: number number due: balance { minor: amountMinor } kind: __typename } } }")
        .await;
    let bill = &answer["bills"]["nodes"][0];
    let names: Vec<_> = bill.as_object().expect("a bill").keys().collect();
    assert_eq!(names, ["a", "b", "due", "kind", "number"]);
    assert_eq!((&bill["a"], &bill["b"], &bill["kind"]), (&bill["number"], &bill["number"], &json!("Bill")));
    assert!(bill["due"]["minor"].is_i64());
});

seeded!(a_row_that_fails_names_its_place, async |world: World| {
    let inventory = world.client("inventory").await;
    let answer =
        inventory.send("{ bikeUnits(first: 2) { nodes { chassisNumber bills { number } } } }", json!(null)).await;
    let errors = answer["errors"].as_array().expect("bills are not for the store keeper");
    let paths: Vec<_> = errors.iter().map(|error| error["path"].clone()).collect();
    assert_eq!(paths, [json!(["bikeUnits", "nodes", 0, "bills"]), json!(["bikeUnits", "nodes", 1, "bills"])]);
});

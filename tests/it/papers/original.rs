//! One original, and after it the copy, which says the same.

use serde_json::json;

use super::{PAPER, file, made, prose};
use crate::support::till::Till;
use crate::support::{World, seeded};

seeded!(a_bill_is_printed_once_and_copied_after, async |world: World| {
    let till = Till::of(&world, "clerk").await;
    let sale = till.issued(Till::sale("papers-original", &till.bike("PAPER-1").await)).await;
    let bill = json!({"bill": sale["id"]});
    let original = made(&till.client, bill.clone()).await;
    let kind = if sale["title"] == "TAX_INVOICE" { "TAX_INVOICE" } else { "INVOICE" };
    assert_eq!(
        (&original["kind"], &original["number"], &original["isCopy"], &original["total"], &original["bill"]["id"]),
        (
            &json!(kind),
            &sale["number"],
            &json!(false),
            &json!({"amountMinor": sale["total"]["amountMinor"]}),
            &sale["id"]
        )
    );
    assert_eq!(original["branch"]["code"], "BR01");
    assert!(original["createdBy"]["name"].is_string());

    // What happens meanwhile is on neither.
    let payment =
        json!({"idempotencyKey": "papers-pay", "bill": sale["id"], "method": "CASH", "amountMinor": 5_000_000});
    let paid = till.client.change("takePayment", "payment { id }", payment).await;
    assert!(paid["error"].is_null(), "{paid}");
    let copy = made(&till.client, bill.clone()).await;
    assert_eq!((&copy["isCopy"], &copy["number"]), (&json!(true), &original["number"]));
    assert_eq!(copy["templateVersion"], original["templateVersion"]);
    assert_ne!(copy["id"], original["id"]);
    assert_eq!(copy["checkUrl"], original["checkUrl"], "a copy is checked as its original is");
    let again = made(&till.client, bill).await;
    assert_eq!(again["id"], copy["id"], "there is one copy");

    let (one, two) = (file(&world, &original).await, file(&world, &copy).await);
    assert_eq!(original["size"], one.len());
    assert_eq!(copy["size"], two.len());
    if let (Some(one), Some(two)) = (prose(&one), prose(&two)) {
        let total = sale["total"]["formatted"].as_str().expect("a total").trim_start_matches("Rs. ").to_owned();
        for said in [sale["number"].as_str().expect("a number"), "Nimal Perera", "831937395V", &total] {
            assert!(one.contains(said), "{said} is not on {one}");
        }
        assert!(!one.contains("COPY ONLY") && two.contains("COPY ONLY"));
        let rest = |text: &str| {
            let mut words: Vec<_> = text.replace("COPY ONLY", "").split_whitespace().map(str::to_owned).collect();
            words.sort();
            words
        };
        assert_eq!(rest(&one), rest(&two), "they say the same");
    }
    for (action, times) in [("document_made", 1), ("document_copied", 1)] {
        let events = world.trail(action).await;
        assert_eq!(events.len(), times, "{action}");
        assert!(
            events.iter().all(|event| event.summary == format!("{kind} {}", sale["number"].as_str().expect("one")))
        );
    }
    let seen = world.trail("identity_revealed").await;
    assert!(seen.iter().any(|event| event.summary.contains("printed")), "printing a person's data is on record");
    assert!(seen.iter().any(|event| event.target_type.as_deref() == Some("DOCUMENT")), "and so are links");
});

seeded!(many_who_ask_at_once_are_given_one_original, async |world: World| {
    let till = Till::of(&world, "clerk").await;
    let sale = till.issued(Till::sale("papers-at-once", &till.bike("PAPER-2").await)).await;
    let clients = [world.client("clerk").await, world.client("manager").await, world.client("dealer").await];
    let asked = clients.iter().map(|client| client.change("makeDocument", PAPER, json!({"bill": sale["id"]})));
    let answers = futures_util::future::join_all(asked).await;
    let originals = answers.iter().filter(|answer| answer["document"]["isCopy"] == false).count();
    assert_eq!(originals, 1, "{answers:?}");
    assert_eq!(world.events("document_made").await, 1);
    let looked = till.client.ask_with(
        "query($id: ID!) { node(id: $id) { ... on Bill { documents { isCopy number } } } }",
        json!({"id": sale["id"]}),
    );
    let looked = looked.await;
    assert_eq!(looked["node"]["documents"].as_array().map(Vec::len), Some(2));
});

//! From enquiry to bill: an accepted offer is billed once, as it was offered.

use serde_json::{Value, json};

use crate::support::till::{BILL, Till, minor};
use crate::support::{World, seeded};

/// An enquiry and an accepted offer of a `Z9` at 390,000 rupees, 120,000 of it down.
async fn accepted(till: &Till) -> Value {
    let clerk = &till.client;
    let enquiry = json!({"idempotencyKey": "enquiry-1", "name": "Nimal Perera", "phone": "0712345678"});
    let enquiry = clerk.done("createEnquiry", "enquiry { id }", enquiry).await["enquiry"]["id"].take();
    let mut offer = till.leased("offer-accepted", &Value::Null, 12_000_000);
    offer.as_object_mut().expect("an input").retain(|field, _| field != "unit" && field != "payments");
    (offer["enquiry"], offer["model"], offer["priceMinor"]) = (enquiry, till.model("Z9").clone(), json!(39_000_000));
    let offer = clerk.done("createSalesQuotation", "salesQuotation { id }", offer).await["salesQuotation"].take();
    let input = || json!({"salesQuotation": offer["id"]});
    let number = clerk.done("issueSalesQuotationProforma", "salesQuotation { proformaNumber }", input()).await;
    clerk.done("sendSalesQuotation", "salesQuotation { id }", input()).await;
    clerk.done("acceptSalesQuotation", "salesQuotation { id }", input()).await;
    json!({"id": offer["id"], "proforma": number["salesQuotation"]["proformaNumber"]})
}

fn convert(key: &str, offer: &Value, unit: &Value) -> Value {
    json!({"idempotencyKey": key, "salesQuotation": offer["id"], "unit": unit, "payments": []})
}

seeded!(an_accepted_offer_becomes_one_bill_as_it_was_offered, async |world: World| {
    let till = Till::of(&world, "clerk").await;
    let offer = accepted(&till).await;
    let units = till.bikes("Z9", "ZOFFER", 2).await;
    let dearer = json!({"model": till.model("Z9"), "name": "Dearer", "listPriceMinor": 90_000_000, "leasable": true});
    world.client("dealer").await.done("updateBikeModel", "model { id }", dearer).await;
    world.home.clock.advance(chrono::TimeDelta::days(30));
    let till = Till::of(&world, "clerk").await;
    let bicycle = till.bikes("C01", "COFFER", 1).await.swap_remove(0);
    assert_eq!(
        till.refused("convertSalesQuotation", convert("convert-other", &offer, &bicycle)).await,
        ["INVALID input.unit"]
    );
    let bill = till.bill("convertSalesQuotation", convert("convert-1", &offer, &units[0])).await;
    assert_eq!((minor(&bill, "vehiclePrice"), minor(&bill, "total")), (Some(39_000_000), Some(12_000_000)));
    assert_eq!((minor(&bill, "leasedAmount"), &bill["financeCompany"]["id"]), (Some(27_000_000), &till.company));
    assert_eq!((&bill["proformaNumber"], &bill["date"]), (&offer["proforma"], &json!("2026-10-15")));
    assert_eq!(bill["buyer"], json!({"name": "Nimal Perera", "nic": "831937395V", "phone": "+94712345678"}));
    let query = "query($id: ID!) { node(id: $id) { ... on SalesQuotation { status bill { id } enquiry { status } } } }";
    let then = till.client.ask_with(query, json!({"id": offer["id"]})).await;
    assert_eq!(then["node"], json!({"status": "CONVERTED", "bill": {"id": bill["id"]}, "enquiry": {"status": "WON"}}));
    assert_eq!(till.bill("convertSalesQuotation", convert("convert-1", &offer, &units[0])).await, bill);
    let again = till.refused("convertSalesQuotation", convert("convert-2", &offer, &units[1])).await;
    assert_eq!(again, ["INVALID_TRANSITION input.salesQuotation"]);
    for action in ["sales_quotation_converted", "enquiry_won", "bill_issued"] {
        assert_eq!(world.events(action).await, 1, "{action}");
    }
});

seeded!(eight_who_bill_one_offer_make_one_bill, async |world: World| {
    let till = Till::of(&world, "clerk").await;
    let offer = accepted(&till).await;
    let units = till.bikes("Z9", "ZEIGHT", 8).await;
    let keys: Vec<_> = (0..8).map(|n| format!("convert-at-once-{n}")).collect();
    let ask = |n: usize| till.client.change("convertSalesQuotation", BILL, convert(&keys[n], &offer, &units[n]));
    let answers = futures_util::future::join_all((0..8).map(ask)).await;
    assert_eq!(answers.iter().filter(|answer| answer["bill"].is_object()).count(), 1, "{answers:?}");
    let refused = |answer: &&Value| answer["userErrors"][0]["code"] == "INVALID_TRANSITION";
    assert_eq!(answers.iter().filter(refused).count(), 7, "{answers:?}");
});

seeded!(an_offer_is_billed_after_it_was_accepted_by_those_who_sell, async |world: World| {
    let till = Till::of(&world, "clerk").await;
    let unit = till.bike("ZEARLY").await;
    let mut offer = Till::sale("offer-early", &Value::Null);
    offer.as_object_mut().expect("an input").retain(|field, _| field != "unit" && field != "payments");
    offer["buyer"] = json!({"person": {"name": "Sunil Silva"}});
    offer["model"] = till.model("Z9").clone();
    let offer = till.client.done("createSalesQuotation", "salesQuotation { id }", offer).await["salesQuotation"].take();
    let early = till.refused("convertSalesQuotation", convert("convert-early", &offer, &unit)).await;
    assert_eq!(early, ["INVALID_TRANSITION input.salesQuotation"]);
    for mutation in ["sendSalesQuotation", "acceptSalesQuotation"] {
        till.client.done(mutation, "salesQuotation { id }", json!({"salesQuotation": offer["id"]})).await;
    }
    let mut advance = convert("convert-advance", &offer, &unit);
    advance["estimatedDeliveryOn"] = json!("2026-09-20");
    assert_eq!(till.refused("convertSalesQuotation", advance.clone()).await, ["REQUIRED input.payments"]);
    advance["payments"] = json!([{"method": "CASH", "amountMinor": 1_000_000}]);
    // Nobody knows how to call them.
    assert_eq!(till.refused("convertSalesQuotation", advance).await, ["REQUIRED input.salesQuotation"]);
    for (persona, expected) in [
        ("sibling", "NOT_FOUND input.salesQuotation"),
        ("stranger", "NOT_FOUND input.salesQuotation"),
        ("service", "FORBIDDEN"),
        ("auditor", "FORBIDDEN"),
        ("hq-all", "DEALERSHIP_REQUIRED"),
        ("anonymous", "UNAUTHENTICATED"),
    ] {
        let client = world.client(persona).await;
        let answer = client.change("convertSalesQuotation", BILL, convert("convert-foreign", &offer, &unit)).await;
        assert_eq!(crate::support::desk::refusals(&answer), [expected], "{persona}");
    }
    assert_eq!(till.bill("convertSalesQuotation", convert("convert-late", &offer, &unit)).await["status"], "COMPLETED");
});

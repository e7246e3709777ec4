//! Advances: taken, closed by a second bill, cancelled, kept with another bike.

use serde_json::json;

use crate::support::till::{Till, minor};
use crate::support::{World, seeded};

seeded!(an_advance_keeps_a_bike_and_is_closed_by_the_bill_that_completes_it, async |world: World| {
    let till = Till::of(&world, "clerk").await;
    let unit = till.bike("ZADV").await;
    let advance = till.issued(Till::advance("advance-1", &unit)).await;
    assert_eq!((&advance["status"], &advance["isAdvance"]), (&json!("PENDING"), &json!(true)));
    assert_eq!((minor(&advance, "advanceAmount"), minor(&advance, "balance")), (Some(10_000_000), Some(31_250_000)));
    assert_eq!((&advance["estimatedDeliveryOn"], &advance["deliveredOn"]), (&json!("2026-09-29"), &json!(null)));
    assert_eq!((&advance["unit"]["status"], &advance["registration"]), (&json!("RESERVED"), &json!(null)));
    assert_eq!(
        till.refused("issueBill", Till::sale("over-the-advance", &unit)).await,
        ["UNIT_NOT_AVAILABLE input.unit"]
    );

    let close = json!({"idempotencyKey": "closing-1", "bill": advance["id"],
        "payments": [{"method": "TRANSFER", "amountMinor": 31_250_000, "reference": "slip 7"}]});
    let last = till.bill("closeAdvance", close.clone()).await;
    assert_eq!((&last["status"], &last["isAdvance"]), (&json!("COMPLETED"), &json!(false)));
    assert_eq!((minor(&last, "total"), minor(&last, "balance")), (Some(41_250_000), Some(0)));
    assert_eq!((&last["advanceBill"]["id"], &last["buyer"]), (&advance["id"], &advance["buyer"]));
    assert_eq!((&last["unit"]["status"], &last["registration"]["status"]), (&json!("SOLD"), &json!("OPENED")));
    let received: Vec<_> =
        last["payments"].as_array().expect("payments").iter().map(|row| &row["receivedBill"]["id"]).collect();
    assert!(received.len() == 2 && received.contains(&&advance["id"]) && received.contains(&&last["id"]));
    // The advance stays as it was issued; its money counts for the other bill now.
    let then = till.look(&advance).await;
    assert_eq!((&then["status"], &then["finalBill"]["id"]), (&json!("CONVERTED"), &last["id"]));
    assert_eq!((minor(&then, "total"), minor(&then, "balance")), (minor(&advance, "total"), Some(0)));
    assert_eq!((&then["payments"], &then["date"]), (&json!([]), &advance["date"]));
    assert_eq!(till.bill("closeAdvance", close).await, last);
    let again = json!({"idempotencyKey": "closing-2", "bill": advance["id"], "payments": []});
    assert_eq!(till.refused("closeAdvance", again).await, ["INVALID_TRANSITION input.bill"]);
    let money = json!({"idempotencyKey": "late-money", "bill": advance["id"], "method": "CASH", "amountMinor": 1});
    assert_eq!(till.refused("takePayment", money).await, ["INVALID_TRANSITION input.bill"]);
    let cancel = json!({"bill": last["id"], "reason": "Changed their mind"});
    assert_eq!(till.refused("cancelBill", cancel).await, ["INVALID_TRANSITION input.bill"]);
});

seeded!(the_terms_of_an_advance_may_be_agreed_anew, async |world: World| {
    let till = Till::of(&world, "clerk").await;
    let advance = till.issued(Till::advance("advance-anew", &till.bike("ZANEW").await)).await;
    let close =
        |terms| json!({"idempotencyKey": "closing-anew", "bill": advance["id"], "terms": terms, "payments": []});
    let leased = |down: i64| json!({"leasing": {"downPaymentMinor": down, "financeCompany": till.company}});
    for (terms, expected) in [
        (json!({"priceMinor": 1}), "DISCOUNT_NEEDS_APPROVAL input.terms.priceMinor"),
        (json!({"priceMinor": -5}), "OUT_OF_RANGE input.terms.priceMinor"),
        (leased(99_000_000), "OUT_OF_RANGE input.terms.leasing.downPaymentMinor"),
        (
            json!({"leasing": {"downPaymentMinor": 9, "financeCompany": "QgAA"}}),
            "NOT_FOUND input.terms.leasing.financeCompany",
        ),
    ] {
        assert_eq!(till.refused("closeAdvance", close(terms)).await, [expected]);
    }
    // The down payment is less than the advance: the rest is owed back, and given back by somebody who may.
    let last = till.bill("closeAdvance", close(leased(8_000_000))).await;
    assert_eq!((minor(&last, "total"), minor(&last, "balance")), (Some(8_000_000), Some(-2_000_000)));
    assert_eq!(minor(&last, "financierBalance"), Some(31_950_000));
    let refund =
        json!({"idempotencyKey": "refund-anew", "bill": last["id"], "method": "CASH", "amountMinor": 2_000_000});
    assert_eq!(till.refused("refundPayment", refund.clone()).await, ["FORBIDDEN"]);
    let manager = Till::of(&world, "manager").await;
    assert_eq!(minor(&manager.payment("refundPayment", refund).await, "amount"), Some(-2_000_000));
    assert_eq!(minor(&till.look(&last).await, "balance"), Some(0));
});

seeded!(a_price_change_leaves_an_advance_alone, async |world: World| {
    let till = Till::of(&world, "clerk").await;
    let advance = till.issued(Till::advance("advance-old-price", &till.bike("ZOLD").await)).await;
    let dearer = json!({"model": till.model("Z9"), "name": "Dearer", "listPriceMinor": 50_000_000, "leasable": true});
    world.client("dealer").await.done("updateBikeModel", "model { id }", dearer).await;
    let closed = till
        .bill("closeAdvance", json!({"idempotencyKey": "closing-old-price", "bill": advance["id"], "payments": []}))
        .await;
    assert_eq!((minor(&closed, "vehiclePrice"), minor(&closed, "total")), (Some(39_950_000), Some(41_250_000)));
    // What was issued says what was said then; what is issued now says what is.
    assert_eq!(till.look(&advance).await["modelName"], advance["modelName"]);
    let new = till.issued(Till::sale("sale-new-price", &till.bike("ZNEW").await)).await;
    assert_eq!((minor(&new, "vehiclePrice"), &new["modelName"]), (Some(50_000_000), &json!("Dearer")));
});

seeded!(a_cancelled_advance_gives_bike_and_money_back, async |world: World| {
    let till = Till::of(&world, "clerk").await;
    let unit = till.bike("ZGONE").await;
    let advance = till.issued(Till::advance("advance-gone", &unit)).await;
    let cancel = |reason: &str| json!({"bill": advance["id"], "reason": reason});
    assert_eq!(till.refused("cancelBill", cancel(" ")).await, ["REQUIRED input.reason"]);
    let cancelled = till.bill("cancelBill", cancel("The lender refused")).await;
    assert_eq!((&cancelled["status"], &cancelled["cancelledOn"]), (&json!("CANCELLED"), &json!("2026-09-15")));
    assert_eq!(
        (&cancelled["cancelledReason"], minor(&cancelled, "balance")),
        (&json!("The lender refused"), Some(-10_000_000))
    );
    assert_eq!(cancelled["unit"]["status"], "AVAILABLE");
    assert_eq!(till.refused("cancelBill", cancel("Once more")).await, ["INVALID_TRANSITION input.bill"]);
    let manager = Till::of(&world, "manager").await;
    let refund = |key: &str, amount: i64| json!({"idempotencyKey": key, "bill": advance["id"], "method": "CASH", "amountMinor": amount});
    assert_eq!(
        manager.refused("refundPayment", refund("refund-more", 10_000_001)).await,
        ["OVERPAYMENT input.amountMinor"]
    );
    manager.payment("refundPayment", refund("refund-all", 10_000_000)).await;
    assert_eq!(manager.refused("refundPayment", refund("refund-again", 1)).await, ["OVERPAYMENT input.amountMinor"]);
    assert_eq!(till.issued(Till::sale("sale-after", &unit)).await["unit"]["status"], "SOLD");
});

seeded!(an_advance_is_kept_with_another_bike_of_its_model, async |world: World| {
    let till = Till::of(&world, "clerk").await;
    let units = till.bikes("Z9", "ZSWAP", 3).await;
    let other_model = till.bikes("C01", "CSWAP", 1).await.swap_remove(0);
    let advance = till.issued(Till::advance("advance-swap", &units[0])).await;
    let swap = |unit: &serde_json::Value| json!({"bill": advance["id"], "unit": unit});
    assert_eq!(till.refused("swapUnit", swap(&other_model)).await, ["INVALID input.unit"]);
    let sold = till.issued(Till::sale("sale-swap", &units[2])).await;
    assert_eq!(till.refused("swapUnit", swap(&units[2])).await, ["UNIT_NOT_AVAILABLE input.unit"]);
    let swapped = till.bill("swapUnit", swap(&units[1])).await;
    assert_eq!((&swapped["unit"]["id"], &swapped["unit"]["status"]), (&units[1], &json!("RESERVED")));
    assert_eq!((&swapped["chassisNumber"], &swapped["number"]), (&json!("ZSWAPC1"), &advance["number"]));
    assert_eq!(till.issued(Till::sale("sale-freed", &units[0])).await["unit"]["status"], "SOLD");
    let refused = till.refused("swapUnit", json!({"bill": sold["id"], "unit": units[1]})).await;
    assert_eq!(refused, ["INVALID_TRANSITION input.bill"]);
    assert_eq!(world.events("unit_swapped").await, 1);
});

seeded!(two_that_swap_the_same_bikes_do_not_wait_for_each_other, async |world: World| {
    let till = Till::of(&world, "clerk").await;
    let units = till.bikes("Z9", "ZCROSS", 4).await;
    let one = till.issued(Till::advance("advance-cross-1", &units[0])).await;
    let two = till.issued(Till::advance("advance-cross-2", &units[1])).await;
    for (n, (to_one, to_two)) in [(2, 3), (3, 2), (0, 1), (1, 0)].into_iter().enumerate() {
        let swap = |bill: &serde_json::Value, unit: usize| {
            till.client.change("swapUnit", "bill { id }", json!({"bill": bill["id"], "unit": units[unit]}))
        };
        let (first, second) = tokio::join!(swap(&one, to_one), swap(&two, to_two));
        for answer in [first, second] {
            let refused = answer["userErrors"][0]["code"].as_str();
            assert!(
                answer["error"].is_null() && refused.is_none_or(|code| code == "UNIT_NOT_AVAILABLE"),
                "{n}: {answer}"
            );
        }
    }
});

seeded!(an_advance_needs_money_a_day_and_somebody_to_call, async |world: World| {
    let till = Till::of(&world, "clerk").await;
    let unit = till.bike("ZNEEDS").await;
    for (part, value, expected) in [
        ("payments", json!([]), "REQUIRED input.payments"),
        ("estimatedDeliveryOn", json!("2026-09-14"), "OUT_OF_RANGE input.estimatedDeliveryOn"),
        ("estimatedDeliveryOn", json!("9999-12-31"), "OUT_OF_RANGE input.estimatedDeliveryOn"),
        ("buyer", json!({"person": {"name": "Sunil Silva"}}), "REQUIRED input.buyer.person.phone"),
        ("payments", json!([{"method": "CASH", "amountMinor": 41_250_001}]), "OVERPAYMENT input.payments"),
    ] {
        let mut advance = Till::advance("advance-needs", &unit);
        advance[part] = value;
        assert_eq!(till.refused("issueBill", advance).await, [expected]);
    }
    assert_eq!(world.events("bill_issued").await, 0);
});

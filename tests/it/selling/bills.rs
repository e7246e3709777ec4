//! Issuing bills: what is computed, what is refused, who may.

use serde_json::json;

use crate::support::desk::refusals;
use crate::support::till::{BILL, Till, minor};
use crate::support::{World, seeded};

seeded!(a_cash_sale_is_computed_numbered_and_taken_out_of_stock, async |world: World| {
    let till = Till::of(&world, "clerk").await;
    let unit = till.bike("ZCASH").await;
    let mut sale = Till::sale("sale-cash", &unit);
    sale["purchaserTin"] = json!("100200300-7000");
    sale["payments"] = json!([
        {"method": "CARD", "amountMinor": 1_000_000},
        {"method": "CHEQUE", "amountMinor": 2_000_000, "reference": "204113"},
    ]);
    let bill = till.issued(sale).await;
    assert_eq!((minor(&bill, "vehiclePrice"), minor(&bill, "rmvCharge")), (Some(39_950_000), Some(1_300_000)));
    assert_eq!((minor(&bill, "total"), &bill["total"]["formatted"]), (Some(41_250_000), &json!("Rs. 412,500.00")));
    assert_eq!((minor(&bill, "balance"), minor(&bill, "financierBalance")), (Some(38_250_000), None));
    // Within 399,500.00: 18 % on value and levy, 2.5 % on the value.
    assert_eq!((minor(&bill, "vat"), minor(&bill, "sscl")), (Some(6_094_068), Some(825_754)));
    assert_eq!(bill["title"], "TAX_INVOICE");
    assert!(bill["supplierTin"].as_str().is_some_and(|tin| tin.starts_with("114720365-7000")), "{bill}");
    assert_eq!(bill["purchaserTin"], "100200300-7000");
    assert_eq!((&bill["status"], &bill["saleType"]), (&json!("COMPLETED"), &json!("CASH")));
    assert_eq!((&bill["date"], &bill["deliveredOn"]), (&json!("2026-09-15"), &json!("2026-09-15")));
    assert_eq!(bill["unit"], json!({"id": unit, "status": "SOLD", "soldOn": "2026-09-15"}));
    assert_eq!((&bill["chassisNumber"], &bill["motorNumber"]), (&json!("ZCASHC0"), &json!("ZCASHM0")));
    assert_eq!(bill["registration"], json!({"status": "OPENED", "dueOn": "2026-10-15", "closedOn": null}));
    assert_eq!(bill["buyer"], json!({"name": "Nimal Perera", "nic": "831937395V", "phone": "+94712345678"}));
    let payments = bill["payments"].as_array().expect("payments");
    assert_eq!(payments.len(), 2);
    assert!(payments.iter().all(|payment| payment["paidOn"] == "2026-09-15"));
    assert!(payments.iter().any(|payment| payment["method"] == "CHEQUE" && payment["reference"] == "204113"));
    // The next one of the branch and the month has the next number.
    let next = till.issued(Till::sale("sale-next", &till.bike("ZNEXT").await)).await;
    let serial = |number: &serde_json::Value| {
        number.as_str().and_then(|text| text.strip_prefix("26SEP_BR01_")?.parse::<u32>().ok()).expect("the law's form")
    };
    assert_eq!(serial(&next["number"]), serial(&bill["number"]) + 1);
    for (action, events) in
        [("bill_issued", 2), ("payment_taken", 2), ("registration_opened", 2), ("customer_created", 2)]
    {
        let trail = world.trail(action).await;
        assert_eq!(trail.len(), events, "{action}");
        assert!(trail.iter().all(|event| event.user_id.is_some() && !event.summary.contains("Nimal")), "{trail:?}");
    }
});

seeded!(a_leased_sale_is_paid_by_two, async |world: World| {
    let till = Till::of(&world, "clerk").await;
    let bill = till.issued(till.leased("sale-leased", &till.bike("ZLEASED").await, 12_000_000)).await;
    assert_eq!((minor(&bill, "downPayment"), minor(&bill, "leasedAmount")), (Some(12_000_000), Some(27_950_000)));
    assert_eq!((minor(&bill, "total"), minor(&bill, "balance")), (Some(12_000_000), Some(12_000_000)));
    assert_eq!((minor(&bill, "financierBalance"), &bill["aboveLtvCap"]), (Some(27_950_000), &json!(false)));
    assert_eq!(bill["financeCompany"]["id"], till.company);
    let above = till.issued(till.leased("sale-above", &till.bike("ZABOVE").await, 7_900_000)).await;
    assert_eq!(above["aboveLtvCap"], true);
    let issued = till.bill("issueProforma", json!({"bill": bill["id"]})).await;
    assert_eq!((&issued["proformaNumber"], &issued["proformaOn"]), (&json!("26SEP_BR01_P_1"), &json!("2026-09-15")));
    let again = till.refused("issueProforma", json!({"bill": bill["id"]})).await;
    assert_eq!(again, ["INVALID_TRANSITION input.bill"]);

    // No charge and no registration for what the registrar does not know; nobody leases it.
    let bicycle = till.bikes("C01", "BICYCLE", 2).await;
    let sold = till.issued(Till::sale("sale-bicycle", &bicycle[0])).await;
    assert_eq!((minor(&sold, "rmvCharge"), minor(&sold, "total")), (Some(0), Some(21_950_000)));
    assert!(sold["registration"].is_null());
    assert_eq!(
        till.refused("issueBill", till.leased("sale-unleased", &bicycle[1], 5_000_000)).await,
        ["INVALID input.leasing"]
    );
    let dear = till.leased("sale-too-much-down", &till.bike("ZDOWN").await, 39_950_001);
    assert_eq!(till.refused("issueBill", dear).await, ["OUT_OF_RANGE input.leasing.downPaymentMinor"]);
    let proforma = till.refused("issueProforma", json!({"bill": sold["id"]})).await;
    assert_eq!(proforma, ["INVALID input.bill"]);
});

seeded!(whoever_may_not_give_it_asks_for_a_large_discount, async |world: World| {
    let till = Till::of(&world, "clerk").await;
    let units = till.bikes("Z9", "ZLESS", 3).await;
    let priced = |key: &str, unit, price: i64| {
        let mut sale = Till::sale(key, unit);
        sale["priceMinor"] = json!(price);
        sale
    };
    // Five percent of 399,500.00.
    let bill = till.issued(priced("at-the-limit", &units[0], 37_952_500)).await;
    assert_eq!((minor(&bill, "vehiclePrice"), minor(&bill, "total")), (Some(37_952_500), Some(39_252_500)));
    let less = || priced("under-the-limit", &units[1], 37_952_499);
    assert_eq!(till.refused("issueBill", less()).await, ["DISCOUNT_NEEDS_APPROVAL input.priceMinor"]);
    let manager = Till::of(&world, "manager").await;
    assert_eq!(minor(&manager.issued(less()).await, "vehiclePrice"), Some(37_952_499));
    // Nobody is kept from paying more.
    assert_eq!(minor(&till.issued(priced("above-the-list", &units[2], 40_000_000)).await, "total"), Some(41_300_000));
});

seeded!(a_bike_is_sold_once, async |world: World| {
    let till = Till::of(&world, "clerk").await;
    let unit = till.bike("ZONCE").await;
    till.issued(Till::sale("sale-once", &unit)).await;
    let taken = till.refused("issueBill", Till::sale("sale-twice", &unit)).await;
    assert_eq!(taken, ["UNIT_NOT_AVAILABLE input.unit"]);
    // What the refused sale began is not there: its buyer, its number.
    assert_eq!(world.events("customer_created").await, 1);
    let manager = world.client("manager").await;
    let (kept, broken) = (till.bike("ZKEPT").await, till.bike("ZBROKEN").await);
    manager.done("reserveUnit", "unit { id }", json!({"unit": kept})).await;
    manager.done("markUnitDamaged", "unit { id }", json!({"unit": broken})).await;
    assert_eq!(till.issued(Till::sale("sale-of-kept", &kept)).await["unit"]["status"], "SOLD");
    let damaged = till.refused("issueBill", Till::sale("sale-of-broken", &broken)).await;
    assert_eq!(damaged, ["UNIT_NOT_AVAILABLE input.unit"]);
    let sold = manager.change("releaseUnit", "unit { id }", json!({"unit": unit})).await;
    assert_eq!(refusals(&sold), ["INVALID_TRANSITION input.unit"]);
});

seeded!(bills_are_issued_once_and_by_those_who_sell, async |world: World| {
    let till = Till::of(&world, "clerk").await;
    let (unit, other) = (till.bike("ZKEY").await, till.bike("ZOTHER").await);
    let sale = || Till::sale("one-sale-one-key", &unit);
    let bill = till.issued(sale()).await;
    assert_eq!(till.issued(sale()).await, bill);
    assert_eq!(till.refused("issueBill", Till::sale("one-sale-one-key", &other)).await, ["IDEMPOTENCY_KEY_REUSED"]);
    assert_eq!(world.events("bill_issued").await, 1);
    for (persona, expected) in [
        ("sibling", "NOT_FOUND input.unit"),
        ("stranger", "BRANCH_REQUIRED input.branch"),
        ("dealer", "BRANCH_REQUIRED input.branch"),
        ("service", "FORBIDDEN"),
        ("inventory", "FORBIDDEN"),
        ("auditor", "FORBIDDEN"),
        ("hq-of-two", "DEALERSHIP_REQUIRED"),
        ("anonymous", "UNAUTHENTICATED"),
    ] {
        let sale = Till::sale("somebody-elses", &other);
        let answer = world.client(persona).await.change("issueBill", BILL, sale).await;
        assert_eq!(refusals(&answer), [expected], "{persona}");
    }
    let mut named = Till::sale("dealers-sale", &other);
    named["branch"] = till.branches[0].clone();
    let stranger = world.client("stranger").await.change("issueBill", BILL, named.clone()).await;
    assert_eq!(refusals(&stranger), ["NOT_FOUND input.branch"]);
    let dealer = Till::of(&world, "dealer").await;
    assert_eq!(dealer.issued(named).await["branch"]["code"], "BR01");
    // A customer of the sibling's is nobody here.
    let customers = world.client("sibling").await.ask("{ customers(first: 1) { nodes { id } } }").await;
    let mut sale = Till::sale("a-siblings-customer", &till.bike("ZNOBODY").await);
    sale["buyer"] = json!({"customer": customers["customers"]["nodes"][0]["id"]});
    assert_eq!(till.refused("issueBill", sale).await, ["NOT_FOUND input.buyer.customer"]);
});

seeded!(one_key_at_once_is_one_bill, async |world: World| {
    let till = Till::of(&world, "clerk").await;
    let unit = till.bike("ZATONCE").await;
    let ask = || till.client.change("issueBill", BILL, Till::sale("sale-at-once", &unit));
    let answers = futures_util::future::join_all((0..8).map(|_| ask())).await;
    let issued: Vec<_> = answers.iter().filter(|answer| answer["bill"].is_object()).collect();
    assert!(!issued.is_empty() && issued.iter().all(|answer| answer["bill"] == issued[0]["bill"]), "{answers:?}");
    let under_way = answers.iter().filter(|answer| answer["error"] == "IN_PROGRESS").count();
    assert!(under_way > 0 && issued.len() + under_way == answers.len(), "{answers:?}");
    assert_eq!(world.events("bill_issued").await, 1);
});

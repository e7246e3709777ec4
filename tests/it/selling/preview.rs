//! What a bill would say, asked before it is issued: the same as it then says, and nothing is left behind.

use serde_json::{Value, json};

use crate::support::desk::refusals;
use crate::support::till::{Till, minor};
use crate::support::{PERSONAS, World, seeded};

const FIELDS: &str = "preview { title supplierTin saleType modelName discountBp discountNeedsApproval aboveLtvCap
    listPrice { amountMinor } vehiclePrice { amountMinor } rmvCharge { amountMinor } downPayment { amountMinor }
    leasedAmount { amountMinor } total { amountMinor } balance { amountMinor } vat { amountMinor } sscl { amountMinor } }
    userErrors { code field message allowed }";

/// The answer of a preview; `{"error": code}` if it failed.
async fn asked(till: &Till, field: &str, kind: &str, input: Value) -> Value {
    let query = format!("query($input: {kind}!) {{ answer: {field}(input: $input) {{ {FIELDS} }} }}");
    let mut answer = till.client.send(&query, json!({"input": input})).await;
    match answer["errors"][0]["extensions"]["code"].as_str() {
        Some(code) => json!({"error": code}),
        None => answer["data"]["answer"].take(),
    }
}

async fn previewed(till: &Till, mut sale: Value) -> Value {
    let fields = sale.as_object_mut().expect("an input");
    fields.remove("idempotencyKey");
    fields.remove("buyer");
    asked(till, "previewBill", "PreviewBillInput", sale).await
}

/// What a preview and a bill have in common.
fn common(row: &Value) -> Vec<Value> {
    let money = ["vehiclePrice", "rmvCharge", "downPayment", "leasedAmount", "total", "balance", "vat", "sscl"];
    let money = money.into_iter().map(|field| json!(minor(row, field)));
    money
        .chain(["title", "supplierTin", "saleType", "aboveLtvCap", "modelName"].map(|field| row[field].clone()))
        .collect()
}

seeded!(a_bill_says_what_was_foretold, async |world: World| {
    let till = Till::of(&world, "clerk").await;
    let units = till.bikes("Z9", "ZFORE", 5).await;
    let cheaper = |mut sale: Value| {
        sale["priceMinor"] = json!(38_000_000);
        sale
    };
    for sale in [
        Till::sale("fore-cash", &units[0]),
        till.leased("fore-leased", &units[1], 12_000_000),
        till.leased("fore-above", &units[2], 7_900_000),
        Till::advance("fore-advance", &units[3]),
        cheaper(Till::sale("fore-cheaper", &units[4])),
    ] {
        let foretold = previewed(&till, sale.clone()).await;
        assert_eq!(refusals(&foretold), [""; 0], "{sale}");
        assert_eq!(previewed(&till, sale.clone()).await, foretold, "nothing was kept");
        assert_eq!(common(&foretold["preview"]), common(&till.issued(sale).await));
    }
    assert_eq!(world.events("bill_issued").await, 5);
});

seeded!(what_stands_in_the_way_is_told_as_by_who_issues, async |world: World| {
    let till = Till::of(&world, "clerk").await;
    let (unit, sold) = (till.bike("ZWAY").await, till.bike("ZSOLD").await);
    till.issued(Till::sale("sold-already", &sold)).await;
    let with = |field: &str, value: Value| {
        let mut sale = Till::sale("never-issued", &unit);
        sale[field] = value;
        sale
    };
    let mut above = till.leased("never-issued", &unit, 99_000_000);
    above["priceMinor"] = json!(1);
    for sale in [
        with("priceMinor", json!(0)),
        with("priceMinor", json!(i64::MAX)),
        with("priceMinor", json!(37_952_499)),
        with("unit", sold),
        with("unit", json!("QgAA")),
        with("branch", till.branches[1].clone()),
        with("purchaserTin", json!("?")),
        with("estimatedDeliveryOn", json!("2026-09-29")),
        with("estimatedDeliveryOn", json!("2026-09-01")),
        with("payments", json!([{"method": "CASH", "amountMinor": 99_000_000}])),
        with("payments", json!([{"method": "CASH", "amountMinor": -1}])),
        with("leasing", json!({"downPaymentMinor": 1, "financeCompany": "QgAA"})),
        till.leased("never-issued", &unit, 39_950_001),
        above,
    ] {
        let foretold = previewed(&till, sale.clone()).await;
        let refused = till.client.change("issueBill", "bill { id }", sale.clone()).await;
        assert!(!refusals(&refused).is_empty(), "{sale}");
        assert_eq!(foretold["userErrors"], refused["userErrors"], "{sale}");
    }
    // What does not change the price does not hide it.
    let large = previewed(&till, with("priceMinor", json!(37_952_499))).await["preview"].take();
    assert_eq!((&large["discountBp"], &large["discountNeedsApproval"]), (&json!(500), &json!(true)));
    assert_eq!(minor(&large, "total"), Some(39_252_499));
    let unpaid = previewed(&till, with("estimatedDeliveryOn", json!("2026-09-29"))).await;
    assert_eq!(minor(&unpaid["preview"], "balance"), Some(41_250_000));
    assert!(previewed(&till, with("priceMinor", json!(i64::MAX))).await["preview"].is_null());
    let manager = Till::of(&world, "manager").await;
    let approved = previewed(&manager, with("priceMinor", json!(37_952_499))).await;
    assert_eq!((refusals(&approved).len(), &approved["preview"]["discountNeedsApproval"]), (0, &json!(true)));
});

seeded!(a_model_has_a_price_before_a_bike_is_chosen, async |world: World| {
    let till = Till::of(&world, "clerk").await;
    let of = async |input: Value| asked(&till, "previewBill", "PreviewBillInput", input).await;
    let told = of(json!({"model": till.model("Z9")})).await;
    assert_eq!((refusals(&told).len(), minor(&told["preview"], "total")), (0, Some(41_250_000)));
    let unit = till.bike("ZBOTH").await;
    assert_eq!(refusals(&of(json!({})).await), ["REQUIRED input.unit"]);
    assert_eq!(refusals(&of(json!({"unit": unit, "model": till.model("Z9")})).await), ["INVALID input.model"]);
    assert_eq!(refusals(&of(json!({"model": unit})).await), ["NOT_FOUND input.model"]);
});

seeded!(closing_an_advance_is_foretold_too, async |world: World| {
    let till = Till::of(&world, "clerk").await;
    let advance = till.issued(Till::advance("advance-fore", &till.bike("ZCLOSE").await)).await;
    let of = async |input: Value| asked(&till, "previewClosing", "PreviewClosingInput", input).await;
    let leased = json!({"leasing": {"downPaymentMinor": 12_000_000, "financeCompany": till.company}});
    for (terms, payments) in [
        (json!({"priceMinor": 1}), json!([])),
        (json!({"priceMinor": -5}), json!([])),
        (Value::Null, json!([{"method": "CASH", "amountMinor": 99_000_000}])),
    ] {
        let close =
            json!({"idempotencyKey": "closing-never", "bill": advance["id"], "terms": terms, "payments": payments});
        let foretold = of(json!({"bill": advance["id"], "terms": terms, "payments": payments})).await;
        let refused = till.client.change("closeAdvance", "bill { id }", close).await;
        assert!(!refusals(&refused).is_empty());
        assert_eq!(foretold["userErrors"], refused["userErrors"], "{terms}");
    }
    let foretold = of(json!({"bill": advance["id"]})).await;
    assert_eq!((refusals(&foretold).len(), minor(&foretold["preview"], "balance")), (0, Some(31_250_000)));
    let anew = of(json!({"bill": advance["id"], "terms": leased})).await;
    let close = json!({"idempotencyKey": "closing-fore", "bill": advance["id"], "terms": leased, "payments": []});
    assert_eq!(common(&anew["preview"]), common(&till.bill("closeAdvance", close).await));
    assert_eq!(refusals(&of(json!({"bill": advance["id"]})).await), ["INVALID_TRANSITION input.bill"]);
});

seeded!(previews_are_for_those_who_may_issue_bills, async |world: World| {
    let till = Till::of(&world, "clerk").await;
    let (unit, model) = (till.bike("ZWHO").await, till.model("Z9").clone());
    for persona in PERSONAS {
        let other = Till::of(&world, persona).await;
        let foretold = asked(&other, "previewBill", "PreviewBillInput", json!({"unit": unit})).await;
        let mut sale = Till::sale("who-may-issue", &unit);
        sale["priceMinor"] = json!(0);
        let refused = match other.client.change("issueBill", "bill { id }", sale).await["error"].as_str() {
            Some(code) => vec![code.to_owned()],
            None => match persona {
                "manager" | "clerk" => vec![],
                "dealer" => vec!["BRANCH_REQUIRED input.branch".to_owned()],
                "sibling" => vec!["NOT_FOUND input.unit".to_owned()],
                _ => vec!["BRANCH_REQUIRED input.branch".to_owned()],
            },
        };
        assert_eq!(refusals(&foretold), refused, "{persona}");
        let foretold = asked(&other, "previewBill", "PreviewBillInput", json!({"model": model})).await;
        assert!(persona != "sibling" || refusals(&foretold).is_empty(), "{persona} sells this model too");
    }
    world.home.statements.take();
    previewed(&till, Till::sale("counted", &unit)).await;
    let sent = world.home.statements.take();
    assert!(sent.iter().all(|statement| !statement.sql.to_lowercase().contains("for update")), "{sent:?}");
    assert!(sent.len() <= 13, "{} statements", sent.len());
});

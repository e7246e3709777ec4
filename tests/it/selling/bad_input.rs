//! Bad input of a bill: a stable code, the path of the field, a sentence; nothing is changed.

use serde_json::{Value, json};

use crate::support::desk::unfit_lines;
use crate::support::till::Till;
use crate::support::{World, seeded};

seeded!(a_bill_tells_bad_input_field_by_field, async |world: World| {
    let till = Till::of(&world, "clerk").await;
    let unit = till.bike("ZBAD").await;
    let payment = |method: &str, amount: i64, reference: &str| json!([{"method": method, "amountMinor": amount, "reference": reference}]);
    let leasing = |down: i64, company: &Value| json!({"downPaymentMinor": down, "financeCompany": company});
    let mut cases = vec![
        ("idempotencyKey", json!("short"), "INVALID input.idempotencyKey".to_owned()),
        ("unit", json!("QgAA"), "NOT_FOUND input.unit".to_owned()),
        ("unit", json!("x".repeat(1_000_000)), "NOT_FOUND input.unit".to_owned()),
        ("unit", till.branches[0].clone(), "NOT_FOUND input.unit".to_owned()),
        ("priceMinor", json!(0), "OUT_OF_RANGE input.priceMinor".to_owned()),
        ("priceMinor", json!(-1), "OUT_OF_RANGE input.priceMinor".to_owned()),
        ("priceMinor", json!(i64::MAX), "OUT_OF_RANGE input.priceMinor".to_owned()),
        ("priceMinor", json!(i64::MIN), "OUT_OF_RANGE input.priceMinor".to_owned()),
        ("leasing", leasing(0, &till.company), "OUT_OF_RANGE input.leasing.downPaymentMinor".to_owned()),
        ("leasing", leasing(i64::MAX, &till.company), "OUT_OF_RANGE input.leasing.downPaymentMinor".to_owned()),
        ("leasing", leasing(1, &json!("QgAA")), "NOT_FOUND input.leasing.financeCompany".to_owned()),
        ("payments", payment("CASH", -1, ""), "OUT_OF_RANGE input.payments.0.amountMinor".to_owned()),
        ("payments", payment("CASH", i64::MAX, ""), "OUT_OF_RANGE input.payments.0.amountMinor".to_owned()),
        ("payments", payment("CASH", 41_250_001, ""), "OVERPAYMENT input.payments".to_owned()),
        ("payments", payment("CHEQUE", 1, " "), "REQUIRED input.payments.0.reference".to_owned()),
        ("payments", json!(vec![payment("CASH", 1, "")[0].clone(); 6]), "OUT_OF_RANGE input.payments".to_owned()),
        ("purchaserTin", json!("TIN 1"), "INVALID input.purchaserTin".to_owned()),
        ("estimatedDeliveryOn", json!("9999-12-31"), "OUT_OF_RANGE input.estimatedDeliveryOn".to_owned()),
        ("buyer", json!({"customer": "QgAA"}), "NOT_FOUND input.buyer.customer".to_owned()),
        ("buyer", json!({"person": {"name": " "}}), "REQUIRED input.buyer.person.name".to_owned()),
        ("buyer", json!({"person": {"name": "Nimal", "phone": "12"}}), "INVALID input.buyer.person.phone".to_owned()),
    ];
    for (text, code) in unfit_lines() {
        cases.push(("purchaserTin", json!(text), format!("{code} input.purchaserTin")));
        cases.push(("payments", payment("CASH", 1, &text), format!("{code} input.payments.0.reference")));
        for field in ["name", "address"] {
            let mut person = json!({"name": "Nimal", "phone": "0712345678"});
            person[field] = json!(text);
            cases.push(("buyer", json!({"person": person}), format!("{code} input.buyer.person.{field}")));
        }
    }
    for (part, value, expected) in cases {
        let mut sale = Till::sale("sale-bad-input", &unit);
        if part == "estimatedDeliveryOn" {
            sale["payments"] = payment("CASH", 1, "");
        }
        sale[part] = value;
        assert_eq!(till.refused("issueBill", sale).await, [expected], "{part}");
    }
    // All of it at once.
    let mut sale = Till::sale("sale-bad-input", &unit);
    (sale["priceMinor"], sale["purchaserTin"]) = (json!(-1), json!("a b"));
    sale["buyer"] = json!({"person": {"name": "", "phone": "12"}});
    let refused = till.refused("issueBill", sale).await;
    assert_eq!(
        refused,
        [
            "OUT_OF_RANGE input.priceMinor",
            "INVALID input.purchaserTin",
            "REQUIRED input.buyer.person.name",
            "INVALID input.buyer.person.phone"
        ]
    );
    // None of it left a trace, and the bike is still for sale under the same key.
    assert_eq!((world.events("bill_issued").await, world.events("customer_created").await), (0, 0));
    till.issued(Till::sale("sale-bad-input", &unit)).await;
});

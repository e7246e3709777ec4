//! The ledger: payments taken, disbursed, taken back.

use serde_json::{Value, json};

use crate::support::till::{Till, minor};
use crate::support::{World, seeded};

fn money(key: &str, bill: &Value, amount: i64) -> Value {
    json!({"idempotencyKey": key, "bill": bill["id"], "method": "CASH", "amountMinor": amount})
}

seeded!(payments_settle_a_bill_and_never_more, async |world: World| {
    let till = Till::of(&world, "clerk").await;
    let bill = till.issued(Till::sale("sale-paid", &till.bike("ZPAID").await)).await;
    let mut first = money("payment-first", &bill, 40_000_000);
    first["receivedOn"] = json!("2026-09-10");
    let paid = till.payment("takePayment", first.clone()).await;
    assert_eq!((&paid["paidOn"], minor(&paid["bill"], "balance")), (&json!("2026-09-10"), Some(1_250_000)));
    assert_eq!(till.payment("takePayment", first).await, paid);
    for (part, value, expected) in [
        ("amountMinor", json!(1_250_001), "OVERPAYMENT input.amountMinor"),
        ("amountMinor", json!(0), "OUT_OF_RANGE input.amountMinor"),
        ("amountMinor", json!(-1), "OUT_OF_RANGE input.amountMinor"),
        ("amountMinor", json!(i64::MAX), "OUT_OF_RANGE input.amountMinor"),
        ("method", json!("CHEQUE"), "REQUIRED input.reference"),
        ("receivedOn", json!("2026-09-16"), "OUT_OF_RANGE input.receivedOn"),
        ("receivedOn", json!("2026-08-14"), "OUT_OF_RANGE input.receivedOn"),
        ("receivedOn", json!("9999-12-31"), "OUT_OF_RANGE input.receivedOn"),
        ("reference", json!("a\0b"), "INVALID input.reference"),
        ("bill", json!("QgAA"), "NOT_FOUND input.bill"),
    ] {
        let mut input = money("payment-bad", &bill, 1);
        input[part] = value;
        assert_eq!(till.refused("takePayment", input).await, [expected]);
    }
    let last = till.payment("takePayment", money("payment-last", &bill, 1_250_000)).await;
    assert_eq!(minor(&last["bill"], "balance"), Some(0));
    assert_eq!(till.refused("takePayment", money("payment-more", &bill, 1)).await, ["OVERPAYMENT input.amountMinor"]);
});

seeded!(a_cheque_that_was_not_honoured_is_due_again, async |world: World| {
    let (clerk, manager) = (Till::of(&world, "clerk").await, Till::of(&world, "manager").await);
    let mut sale = Till::sale("sale-cheque", &clerk.bike("ZCHEQUE").await);
    sale["payments"] = json!([{"method": "CHEQUE", "amountMinor": 41_250_000, "reference": "204113"}]);
    let bill = clerk.issued(sale).await;
    let cheque = &bill["payments"][0]["id"];
    let reverse =
        |key: &str, payment: &Value| json!({"idempotencyKey": key, "payment": payment, "reason": "Not honoured"});
    assert_eq!(clerk.refused("reversePayment", reverse("reverse-clerk", cheque)).await, ["FORBIDDEN"]);
    let reversal = manager.payment("reversePayment", reverse("reverse-once", cheque)).await;
    assert_eq!((minor(&reversal, "amount"), &reversal["reverses"]["id"]), (Some(-41_250_000), cheque));
    assert_eq!((minor(&reversal["bill"], "balance"), &reversal["method"]), (Some(41_250_000), &json!("CHEQUE")));
    for payment in [cheque, &reversal["id"]] {
        let again = manager.refused("reversePayment", reverse("reverse-again", payment)).await;
        assert_eq!(again, ["INVALID_TRANSITION input.payment"]);
    }
    let foreign = world
        .client("stranger")
        .await
        .change("reversePayment", "payment { id }", reverse("reverse-foreign", cheque))
        .await;
    assert_eq!(crate::support::desk::refusals(&foreign), ["NOT_FOUND input.payment"]);
    assert_eq!(world.events("payment_reversed").await, 1);
});

seeded!(the_financier_pays_its_share_and_no_more, async |world: World| {
    let till = Till::of(&world, "clerk").await;
    let bill = till.issued(till.leased("sale-financed", &till.bike("ZFIN").await, 12_000_000)).await;
    let share = |key: &str, amount: i64| json!({"idempotencyKey": key, "bill": bill["id"], "amountMinor": amount, "reference": "advice 12"});
    let paid = till.payment("recordDisbursement", share("share-part", 20_000_000)).await;
    assert_eq!((&paid["method"], minor(&paid["bill"], "financierBalance")), (&json!("FINANCIER"), Some(7_950_000)));
    assert_eq!(minor(&paid["bill"], "balance"), Some(12_000_000));
    assert_eq!(
        till.refused("recordDisbursement", share("share-more", 7_950_001)).await,
        ["OVERPAYMENT input.amountMinor"]
    );
    let reverse = json!({"idempotencyKey": "share-back", "payment": paid["id"], "reason": "Entered twice"});
    let back = Till::of(&world, "manager").await.payment("reversePayment", reverse).await;
    assert_eq!(minor(&back["bill"], "financierBalance"), Some(27_950_000));
    let cash = till.issued(Till::sale("sale-unfinanced", &till.bike("ZUNFIN").await)).await;
    let none = json!({"idempotencyKey": "share-none", "bill": cash["id"], "amountMinor": 1});
    assert_eq!(till.refused("recordDisbursement", none).await, ["INVALID input.bill"]);
});

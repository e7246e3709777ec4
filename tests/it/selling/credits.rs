//! Sales taken back by credit notes.

use serde_json::json;

use crate::support::till::{Till, minor};
use crate::support::{World, seeded};

seeded!(a_sale_is_taken_back_by_a_credit_note_over_all_of_it, async |world: World| {
    let (clerk, manager) = (Till::of(&world, "clerk").await, Till::of(&world, "manager").await);
    let unit = clerk.bike("ZBACK").await;
    let mut sale = Till::sale("sale-back", &unit);
    sale["payments"] = json!([{"method": "CASH", "amountMinor": 41_250_000}]);
    let bill = clerk.issued(sale).await;
    let credit = || json!({"idempotencyKey": "credit-back", "bill": bill["id"], "reason": "Battery fails", "returned": "DAMAGED"});
    assert_eq!(clerk.refused("creditBill", credit()).await, ["FORBIDDEN"]);
    let credited = manager.bill("creditBill", credit()).await;
    let note = &credited["creditNote"];
    assert_eq!((minor(note, "amount"), minor(note, "vat")), (Some(41_250_000), minor(&bill, "vat")));
    assert_eq!((&note["date"], &note["reason"]), (&json!("2026-09-15"), &json!("Battery fails")));
    assert!(note["number"].as_str().is_some_and(|number| number.starts_with("26SEP_BR01_C_")), "{note}");
    assert_eq!((&credited["status"], &credited["unit"]["status"]), (&json!("CREDITED"), &json!("DAMAGED")));
    assert_eq!((&credited["unit"]["soldOn"], &credited["registration"]["status"]), (&json!(null), &json!("CLOSED")));
    // The bill stays as it was issued; all that was paid is owed back.
    for field in ["number", "date", "total", "vat", "deliveredOn", "chassisNumber"] {
        assert_eq!(credited[field], bill[field], "{field}");
    }
    assert_eq!(minor(&credited, "balance"), Some(-41_250_000));
    assert_eq!(manager.bill("creditBill", credit()).await, credited);
    let again =
        json!({"idempotencyKey": "credit-again", "bill": bill["id"], "reason": "Again", "returned": "FOR_SALE"});
    assert_eq!(manager.refused("creditBill", again).await, ["INVALID_TRANSITION input.bill"]);
    let refund =
        json!({"idempotencyKey": "refund-back", "bill": bill["id"], "method": "TRANSFER", "amountMinor": 41_250_000});
    manager.payment("refundPayment", refund).await;
    assert_eq!(minor(&clerk.look(&bill).await, "balance"), Some(0));
});

seeded!(a_bike_that_came_back_is_sold_again, async |world: World| {
    let (clerk, manager) = (Till::of(&world, "clerk").await, Till::of(&world, "manager").await);
    let unit = clerk.bike("ZAGAIN").await;
    let leased = clerk.issued(clerk.leased("sale-first", &unit, 12_000_000)).await;
    let disbursement = json!({"idempotencyKey": "disburse-first", "bill": leased["id"], "amountMinor": 27_950_000});
    clerk.payment("recordDisbursement", disbursement).await;
    let credit = json!({"idempotencyKey": "credit-first", "bill": leased["id"], "reason": "The lender withdrew", "returned": "FOR_SALE"});
    let credited = manager.bill("creditBill", credit).await;
    assert_eq!(
        (minor(&credited, "balance"), minor(&credited, "financierBalance")),
        (Some(-12_000_000 + 12_000_000), Some(-27_950_000))
    );
    let second = clerk.issued(Till::sale("sale-second", &unit)).await;
    assert_eq!((&second["unit"]["id"], &second["registration"]["status"]), (&unit, &json!("OPENED")));
    let pending = clerk.issued(Till::advance("advance-not-credited", &clerk.bike("ZPEND").await)).await;
    let credit =
        json!({"idempotencyKey": "credit-pending", "bill": pending["id"], "reason": "None", "returned": "FOR_SALE"});
    assert_eq!(manager.refused("creditBill", credit).await, ["INVALID_TRANSITION input.bill"]);
});

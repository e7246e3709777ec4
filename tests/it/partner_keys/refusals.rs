//! What is refused of those who keep keys.

use serde_json::{Value, json};

use crate::support::desk::{at, refusals, unfit_lines};
use crate::support::partner::COMPANY;
use crate::support::{World, seeded};

seeded!(a_key_that_cannot_be_is_refused_field_by_field, async |world: World| {
    let foreign = world.company(&world.client("stranger").await, COMPANY).await;
    let branch = world.branch_ids(&["BR01"]).await.swap_remove(0);
    for (field, value, expected) in [
        ("name", json!(" "), "REQUIRED input.name"),
        ("name", json!("x".repeat(121)), "OUT_OF_RANGE input.name"),
        ("scopes", json!([]), "REQUIRED input.scopes"),
        ("branches", json!([]), "REQUIRED input.branches"),
        ("branches", json!([branch.clone(), "nonsense"]), "NOT_FOUND input.branches.1"),
        ("branches", json!(vec![branch; 51]), "OUT_OF_RANGE input.branches"),
        ("networks", json!(["203.0.113.0/24", "somewhere"]), "INVALID input.networks.1"),
        ("networks", json!(["203.0.113.0/33"]), "INVALID input.networks.0"),
        ("networks", json!(vec!["10.0.0.1"; 51]), "OUT_OF_RANGE input.networks"),
        ("expiresAt", json!("2026-09-15T06:00:00Z"), "OUT_OF_RANGE input.expiresAt"),
        ("expiresAt", json!("2028-09-15T06:00:00.001Z"), "OUT_OF_RANGE input.expiresAt"),
        ("financeCompany", json!(foreign), "NOT_FOUND input.financeCompany"),
        ("idempotencyKey", json!("short"), "INVALID input.idempotencyKey"),
    ] {
        let answer = world.make_key("refused", json!({field: value})).await;
        assert_eq!(refusals(&answer), [expected]);
        assert_eq!((&answer["secret"], &answer["partnerKey"]), (&Value::Null, &Value::Null));
    }
    for (name, code) in unfit_lines() {
        assert_eq!(refusals(&world.make_key("refused", json!({"name": name})).await), [format!("{code} input.name")]);
    }
    let longest = world.make_key("refused", json!({"expiresAt": "2028-09-15T06:00:00Z"})).await;
    assert_eq!(refusals(&longest), [""; 0], "nothing of what was refused is remembered");
});

seeded!(what_cannot_be_replaced_is_refused, async |world: World| {
    let (_, key) = world.key("kept", json!({})).await;
    let dealer = world.client("dealer").await;
    let rotate = async |changes: Value| {
        let mut input = json!({"idempotencyKey": "rotate-refused", "partnerKey": key["id"]});
        for (field, value) in changes.as_object().expect("fields") {
            input[field] = value.clone();
        }
        refusals(&dealer.change("rotatePartnerKey", "secret", input).await)
    };
    assert_eq!(rotate(json!({"overlapDays": 31})).await, ["OUT_OF_RANGE input.overlapDays"]);
    assert_eq!(rotate(json!({"overlapDays": -1})).await, ["OUT_OF_RANGE input.overlapDays"]);
    assert_eq!(rotate(json!({"expiresAt": "2026-09-15T06:00:00Z"})).await, ["OUT_OF_RANGE input.expiresAt"]);
    assert_eq!(rotate(json!({"partnerKey": "nonsense"})).await, ["NOT_FOUND input.partnerKey"]);
    let reasonless = json!({"partnerKey": key["id"], "reason": ""});
    let answer = dealer.change("revokePartnerKey", "partnerKey { id }", reasonless).await;
    assert_eq!(refusals(&answer), ["REQUIRED input.reason"]);
    let company = json!({"financeCompany": world.company(&dealer, COMPANY).await});
    dealer.done("retireFinanceCompany", "financeCompany { id }", company).await;
    assert_eq!(rotate(json!({})).await, ["INVALID input.partnerKey"]);
    let answer = world.make_key("of-retired", json!({})).await;
    assert_eq!(refusals(&answer), ["INVALID input.financeCompany"]);
});

seeded!(whoever_acts_in_one_branch_keeps_no_keys, async |world: World| {
    let (_, key) = world.key("wide", json!({})).await;
    let narrow = at(&world, "BR01").await;
    let create = json!({
        "idempotencyKey": "narrow-create",
        "financeCompany": world.company(&narrow, COMPANY).await,
        "name": "Portal",
        "scopes": ["BILL_STATUS_READ"],
        "branches": world.branch_ids(&["BR01"]).await,
        "expiresAt": "2027-01-01T00:00:00Z",
    });
    assert_eq!(refusals(&narrow.change("createPartnerKey", "secret", create).await), ["INVALID input"]);
    let rotate = json!({"idempotencyKey": "narrow-rotate", "partnerKey": key["id"]});
    assert_eq!(refusals(&narrow.change("rotatePartnerKey", "secret", rotate).await), ["INVALID input"]);
    let revoke = json!({"partnerKey": key["id"], "reason": "Lost"});
    assert_eq!(refusals(&narrow.change("revokePartnerKey", "partnerKey { id }", revoke).await), ["INVALID input"]);
    let manager = world.client("manager").await;
    assert_eq!(
        manager.send("{ partnerKeys { nodes { id } } }", Value::Null).await["errors"][0]["extensions"]["code"],
        "FORBIDDEN"
    );
});

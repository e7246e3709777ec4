//! A key is made, used, replaced, revoked, and ends.

use chrono::TimeDelta;
use entity::{idempotency, partner_key};
use forecourt::scope::Scope;
use serde_json::{Value, json};

use super::{ask, refused};
use crate::support::desk::refusals;
use crate::support::partner::{COMPANY, KEY};
use crate::support::server::Server;
use crate::support::{World, seeded};

/// A key as the API shows it now.
async fn shown(world: &World, key: &Value) -> Value {
    let query = format!("query($id: ID!) {{ node(id: $id) {{ ... on PartnerKey {{ {KEY} }} }} }}");
    let mut found = world.client("dealer").await.ask_with(&query, json!({"id": key["id"]})).await;
    found["node"].take()
}

async fn rotate(world: &World, key: &Value, changes: Value) -> Value {
    let mut input = json!({"idempotencyKey": format!("rotate-{}", key["keyId"]), "partnerKey": key["id"]});
    for (field, value) in changes.as_object().expect("fields") {
        input[field] = value.clone();
    }
    let fields = format!("secret partnerKey {{ {KEY} }}");
    world.client("dealer").await.change("rotatePartnerKey", &fields, input).await
}

async fn revoke(world: &World, key: &Value) -> Value {
    let input = json!({"partnerKey": key["id"], "reason": "Left in a repository"});
    world.client("dealer").await.change("revokePartnerKey", &format!("partnerKey {{ {KEY} }}"), input).await
}

seeded!(a_key_is_made_used_replaced_and_revoked, async |world: World| {
    let server = Server::start(&world).await;
    let bill = world.leased("dealer", COMPANY).await.swap_remove(0);
    let (old, made) = world.key("life", json!({"networks": ["127.0.0.0/8"]})).await;
    assert_eq!((&made["state"], &made["scopes"]), (&json!("LIVE"), &json!(["BILL_STATUS_READ"])));
    assert_eq!((&made["branches"], &made["networks"]), (&Value::Null, &json!(["127.0.0.0/8"])));
    assert_eq!((&made["createdBy"]["role"], &made["lastUsedAt"]), (&json!("DEALER_ADMIN"), &Value::Null));
    assert_eq!((made["keyId"].as_str(), made["lastFour"].as_str()), (Some(&old[9..21]), Some(&old[56..])));
    assert!(made["financeCompany"]["name"].as_str().is_some_and(|name| name.starts_with(COMPANY)));
    assert_eq!(ask(&server, &old, &bill.path()).await.status, 200);
    let used = shown(&world, &made).await;
    assert_eq!((&used["lastUsedAt"], &used["lastUsedNetwork"]), (&made["createdAt"], &json!("127.0.0.0/24")));

    let answer = rotate(&world, &made, json!({})).await;
    let (new, next) = (answer["secret"].as_str().expect("a text").to_owned(), &answer["partnerKey"]);
    for same in ["name", "scopes", "networks", "branches", "financeCompany", "expiresAt"] {
        assert_eq!(next[same], made[same], "{same}");
    }
    let rotated = shown(&world, &made).await;
    assert_eq!((&rotated["state"], &rotated["successor"]["id"]), (&json!("ROTATED"), &next["id"]));
    assert_eq!(rotated["expiresAt"], "2026-09-22T06:00:00+00:00", "seven days later");
    assert_eq!(refusals(&rotate(&world, &made, json!({"overlapDays": 1})).await), ["IDEMPOTENCY_KEY_REUSED"]);
    let again = json!({"idempotencyKey": "rotate-again"});
    assert_eq!(refusals(&rotate(&world, &made, again).await), ["INVALID_TRANSITION input.partnerKey"]);

    world.home.clock.advance(TimeDelta::days(7) - TimeDelta::seconds(1));
    assert_eq!(ask(&server, &old, &bill.path()).await.status, 200);
    assert_eq!(ask(&server, &new, &bill.path()).await.status, 200);
    world.home.clock.advance(TimeDelta::seconds(1));
    assert_eq!(ask(&server, &old, &bill.path()).await.status, 401);
    assert_eq!(ask(&server, &new, &bill.path()).await.status, 200);
    assert_eq!(shown(&world, &made).await["state"], "EXPIRED");

    let revoked = &revoke(&world, next).await["partnerKey"];
    assert_eq!((&revoked["state"], &revoked["revokedReason"]), (&json!("REVOKED"), &json!("Left in a repository")));
    assert_eq!(revoked["revokedBy"]["role"], "DEALER_ADMIN");
    assert_eq!(ask(&server, &new, &bill.path()).await.status, 401);
    assert_eq!(refusals(&revoke(&world, next).await), ["INVALID_TRANSITION input.partnerKey"]);
    for (action, times) in [("partner_key_created", 2), ("partner_key_rotated", 1), ("partner_key_revoked", 1)] {
        let trail = world.trail(action).await;
        assert_eq!(trail.len(), times, "{action}");
        assert!(trail.iter().all(|event| event.user_id.is_some() && !event.summary.contains("fck_live_")));
    }
    server.stop().await;
});

seeded!(a_replaced_key_lives_no_longer_than_it_would_have, async |world: World| {
    let (text, made) = world.key("short", json!({"expiresAt": "2026-09-17T06:00:00Z"})).await;
    let answer = rotate(&world, &made, json!({"overlapDays": 30, "expiresAt": "2028-09-15T06:00:00Z"})).await;
    assert_eq!(answer["partnerKey"]["expiresAt"], "2028-09-15T06:00:00+00:00");
    assert_eq!(shown(&world, &made).await["expiresAt"], made["expiresAt"]);
    let (at_once, made) = world.key("at-once", json!({})).await;
    rotate(&world, &made, json!({"overlapDays": 0})).await;
    assert_eq!(refused(&world, &at_once, None).await, Some("UNAUTHENTICATED"));
    assert_eq!(refused(&world, &text, None).await, None);
});

seeded!(the_text_is_answered_once_and_kept_nowhere, async |world: World| {
    let first = world.make_key("once", json!({})).await;
    let again = world.make_key("once", json!({})).await;
    assert_eq!((&again["partnerKey"], &again["userErrors"]), (&first["partnerKey"], &json!([])));
    assert_eq!(again["secret"], Value::Null);
    let replaced = rotate(&world, &first["partnerKey"], json!({})).await;
    let again = rotate(&world, &first["partnerKey"], json!({})).await;
    assert_eq!((&again["partnerKey"], &again["secret"]), (&replaced["partnerKey"], &Value::Null));

    let tx = world.home.app.read(Scope::system("test")).await.expect("a transaction");
    let remembered = tx.all(tx.select::<idempotency::Entity>()).await.expect("rows");
    assert!(remembered.iter().any(|row| row.operation == "createPartnerKey"));
    let keys = tx.all(tx.select::<partner_key::Entity>()).await.expect("rows");
    for text in [&first["secret"], &replaced["secret"]].map(|text| text.as_str().expect("a text")) {
        // What is secret of it begins behind the key's id.
        let kept = format!("{remembered:?} {keys:?}");
        assert!(!kept.contains(&text[22..]) && kept.contains(&text[9..21]), "the rows hold {text}");
    }
});

seeded!(a_use_is_noted_once_a_minute_and_never_in_the_way, async |world: World| {
    let (text, made) = world.key("uses", json!({})).await;
    let seen = async |address: &str| {
        assert_eq!(refused(&world, &text, Some(address)).await, None);
        let key = shown(&world, &made).await;
        (key["lastUsedAt"].as_str().map(str::to_owned), key["lastUsedNetwork"].as_str().map(str::to_owned))
    };
    let first = seen("::ffff:203.0.113.9").await;
    assert_eq!(first.1.as_deref(), Some("203.0.113.0/24"));
    world.home.clock.advance(TimeDelta::seconds(59));
    assert_eq!(seen("2001:db8:1:2::3").await, first);
    world.home.clock.advance(TimeDelta::seconds(1));
    let second = seen("2001:db8:1:2::3").await;
    assert_eq!(second.1.as_deref(), Some("2001:db8:1::/48"));

    world.home.clock.advance(TimeDelta::minutes(2));
    let mut statements = 0;
    world.home.faults.set(move || {
        statements += 1;
        statements > 2
    });
    assert_eq!(refused(&world, &text, None).await, None, "a use that cannot be noted is let go");
    world.home.faults.clear();
    let key = shown(&world, &made).await;
    assert_eq!(key["lastUsedAt"].as_str().map(str::to_owned), second.0);
});

//! How it looks: set for a dealership, a branch or a person, each field falling back to the next wider look.

use futures_util::future::join_all;
use serde_json::{Value, json};

use crate::support::desk::{refusals, unfit_lines};
use crate::support::{Client, World, seeded};

const FIELDS: &str = "branding { dealerName logoUrl primaryColor footerNote }";

const LOOK: &str = "{ branding { dealerName logoUrl primaryColor footerNote } }";

async fn branch(client: &Client, code: &str) -> Value {
    let rows = client.ask("{ branches(first: 100) { nodes { id code } } }").await["branches"]["nodes"].take();
    let mut rows = rows.as_array().expect("nodes").iter();
    rows.find(|row| row["code"] == *code).expect("a branch")["id"].clone()
}

/// The clerk, as bills name who sold.
async fn clerk_of(world: &World) -> Value {
    let own = world.client("clerk").await.ask("{ viewer { memberships { id } } }").await;
    own["viewer"]["memberships"][0]["id"].clone()
}

seeded!(the_nearest_look_counts_field_by_field, async |world: World| {
    let (dealer, clerk) = (world.client("dealer").await, world.client("clerk").await);
    let whole =
        json!({"dealerName": "Colombo EV", "primaryColor": "#00AA00", "logoUrl": "https://example.com/logo.png"});
    let set = dealer.done("updateBranding", FIELDS, whole).await["branding"].take();
    let system = "Thank you for your business!";
    assert_eq!(
        set,
        json!({"dealerName": "Colombo EV", "primaryColor": "#00aa00", "footerNote": system,
        "logoUrl": "https://example.com/logo.png"}),
        "what is left out falls back"
    );
    let own = json!({"branch": branch(&dealer, "BR01").await, "primaryColor": "#0000ff", "footerNote": "See you."});
    dealer.done("updateBranding", FIELDS, own).await;
    let person = json!({"staffMember": clerk_of(&world).await, "primaryColor": "#ffffff"});
    dealer.done("updateBranding", FIELDS, person.clone()).await;
    let shown = clerk.ask(LOOK).await["branding"].take();
    assert_eq!(
        shown,
        json!({"dealerName": "Colombo EV", "logoUrl": "https://example.com/logo.png",
        "primaryColor": "#ffffff", "footerNote": "See you."})
    );

    let mut cleared = person;
    cleared["primaryColor"] = Value::Null;
    dealer.done("updateBranding", FIELDS, cleared).await;
    assert_eq!(clerk.ask(LOOK).await["branding"]["primaryColor"], "#0000ff");
    assert_eq!(dealer.ask(LOOK).await["branding"]["primaryColor"], "#00aa00");
    let trail = world.trail("branding_updated").await;
    let mut told: Vec<_> = trail.iter().map(|event| event.summary.as_str()).collect();
    told.sort_unstable();
    assert_eq!(told, ["of BR01", "of a member of staff", "of a member of staff", "of the dealership"]);
});

seeded!(looks_are_set_by_those_who_administer_a_dealership, async |world: World| {
    let dealer = world.client("dealer").await;
    let before = dealer.ask(LOOK).await;
    for persona in ["manager", "clerk", "inventory", "service", "auditor", "sibling", "hq-analyst"] {
        let refused = world.client(persona).await.change("updateBranding", FIELDS, json!({})).await;
        assert_eq!(refusals(&refused), ["FORBIDDEN"], "{persona}");
    }
    let refused = world.client("hq-of-two").await.change("updateBranding", FIELDS, json!({})).await;
    assert_eq!(refusals(&refused), ["DEALERSHIP_REQUIRED"]);
    let (stranger, branch, member) =
        (world.client("stranger").await, branch(&dealer, "BR01").await, clerk_of(&world).await);
    for (field, ids) in [("branch", [branch, json!("QgAA")]), ("staffMember", [member, json!("QgAA")])] {
        for id in ids {
            let refused = stranger.change("updateBranding", FIELDS, json!({field: id, "dealerName": "Mine"})).await;
            assert_eq!(refusals(&refused), [format!("NOT_FOUND input.{field}")]);
        }
    }
    stranger.done("updateBranding", FIELDS, json!({"dealerName": "Mine"})).await;
    assert_eq!(dealer.ask(LOOK).await, before);
});

seeded!(bad_looks_are_told_field_by_field, async |world: World| {
    let dealer = world.client("dealer").await;
    for field in ["dealerName", "logoUrl", "addressLine1", "addressLine2", "brandPartner", "footerNote"] {
        for (line, refusal) in unfit_lines() {
            let refused = dealer.change("updateBranding", FIELDS, json!({field: line})).await;
            assert_eq!(refusals(&refused), [format!("{refusal} input.{field}")]);
        }
    }
    for (field, value, refusal) in [
        ("primaryColor", "red", "INVALID"),
        ("primaryColor", "#12345g", "INVALID"),
        ("primaryColor", "#12345678", "OUT_OF_RANGE"),
        ("logoUrl", "http://example.com/logo.png", "INVALID"),
        ("logoUrl", "javascript:alert(1)", "INVALID"),
        ("logoUrl", "https://127.0.0.1/logo.png", "INVALID"),
        ("phone", "call us", "INVALID"),
        ("phone", "0112345678901234567890123456789", "OUT_OF_RANGE"),
        ("email", "nobody", "INVALID"),
        ("email", "a@b", "INVALID"),
    ] {
        let refused = dealer.change("updateBranding", FIELDS, json!({field: value})).await;
        assert_eq!(refusals(&refused), [format!("{refusal} input.{field}")]);
    }
    let both = json!({"branch": branch(&dealer, "BR01").await, "staffMember": clerk_of(&world).await});
    assert_eq!(refusals(&dealer.change("updateBranding", FIELDS, both).await), ["INVALID input.staffMember"]);
    assert_eq!(world.events("branding_updated").await, 0);
});

seeded!(two_who_set_a_look_at_once_set_one, async |world: World| {
    let dealer = world.client("dealer").await;
    let member = &clerk_of(&world).await;
    let set = (0..6).map(|n| json!({"staffMember": member, "primaryColor": format!("#00000{n}")}));
    let set = join_all(set.map(|input| dealer.done("updateBranding", FIELDS, input))).await;
    assert_eq!(set.len(), 6);
    dealer.done("updateBranding", FIELDS, json!({"staffMember": member})).await;
    let shown = world.client("clerk").await.ask(LOOK).await;
    assert!(
        !shown["branding"]["primaryColor"].as_str().expect("a colour").starts_with("#0000"),
        "no second row is left"
    );
});

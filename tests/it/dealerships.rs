//! Dealerships: opened by head office with all they need to begin, kept by their administrators.

use serde_json::{Value, json};

use crate::support::desk::{refusals, unfit_lines};
use crate::support::{World, seeded};

const FIELDS: &str =
    "dealership { id code name currency timeZone discountLimitBp tariffs { rmvCharge { amountMinor } validFrom }
    taxProfiles { tin vatBp ssclBp validFrom } }";

fn galle(key: &str) -> Value {
    json!({
        "idempotencyKey": key,
        "code": "galle-ev",
        "name": "Galle Electric (Pvt) Ltd",
        "timeZone": "Asia/Colombo",
        "currency": "LKR",
        "tin": "100200300-7000",
        "branch": {"code": "GL01", "name": "Galle Fort"},
        "admin": {"email": "ruwan@galle.example", "name": "Ruwan Fonseka"},
    })
}

seeded!(a_dealership_is_opened_once_with_all_it_needs_to_begin, async |world: World| {
    let hq = world.client("hq-all").await;
    let opened = hq.done("openDealership", FIELDS, galle("opening-galle")).await["dealership"].take();
    assert_eq!((&opened["code"], &opened["discountLimitBp"]), (&json!("galle-ev"), &json!(500)));
    let tariffs = opened["tariffs"].as_array().expect("tariffs");
    assert_eq!(tariffs.len(), 4);
    assert!(tariffs.iter().all(|tariff| tariff["validFrom"] == "2026-09-15"), "{tariffs:?}");
    let taxes = json!([{"tin": "100200300-7000", "vatBp": 1800, "ssclBp": 250, "validFrom": "2026-09-15"}]);
    assert_eq!(opened["taxProfiles"], taxes);
    assert_eq!(hq.done("openDealership", FIELDS, galle("opening-galle")).await["dealership"], opened);
    let mut another = galle("opening-galle");
    another["name"] = json!("Another");
    assert_eq!(refusals(&hq.change("openDealership", FIELDS, another).await), ["IDEMPOTENCY_KEY_REUSED"]);
    let taken = hq.change("openDealership", FIELDS, galle("opening-again")).await;
    assert_eq!(refusals(&taken), ["TAKEN input.code"]);
    for (action, events) in [("dealership_opened", 1), ("branch_created", 1), ("staff_invited", 1)] {
        let trail = world.trail(action).await;
        assert_eq!(trail.len(), events, "{action}");
        assert!(trail.iter().all(|event| event.user_id.is_some() && !event.summary.contains("Ruwan")), "{trail:?}");
    }
    let filter = json!({"dealership": opened["id"]});
    let query = "query($f: StaffFilter) { staff(filter: $f) { nodes { name email role } } }";
    let staff = hq.ask_with(query, json!({"f": filter})).await;
    let admin = json!([{"name": "Ruwan Fonseka", "email": "ruwan@galle.example", "role": "DEALER_ADMIN"}]);
    assert_eq!(staff["staff"]["nodes"], admin);
    let branches = hq.ask("{ branches(first: 100) { nodes { code name dealership { id } } } }").await;
    let first = json!({"code": "GL01", "name": "Galle Fort", "dealership": {"id": opened["id"]}});
    let own = branches["branches"]["nodes"].as_array().expect("branches").iter();
    assert_eq!(own.filter(|branch| branch["dealership"]["id"] == opened["id"]).collect::<Vec<_>>(), [&first]);
    // Nobody else of the group is shown anything of it.
    let dealer = world.client("dealer").await.ask("{ dealerships { totalCount } }").await;
    assert_eq!(dealer["dealerships"]["totalCount"], 1);
});

seeded!(a_dealership_abroad_begins_without_sri_lankas_charges, async |world: World| {
    let mut abroad = galle("opening-abroad");
    (abroad["currency"], abroad["timeZone"]) = (json!("MVR"), json!("Indian/Maldives"));
    let opened = world.client("hq-all").await.done("openDealership", FIELDS, abroad).await["dealership"].take();
    assert_eq!((&opened["tariffs"], &opened["taxProfiles"]), (&json!([]), &json!([])));
});

seeded!(two_who_open_under_one_code_open_one, async |world: World| {
    let hq = world.client("hq-all").await;
    let ask = |key: &'static str| hq.change("openDealership", FIELDS, galle(key));
    let (one, two) = tokio::join!(ask("opening-one-1"), ask("opening-one-2"));
    let taken = |answer: &&Value| answer["userErrors"][0]["code"] == "TAKEN";
    let answers = [one, two];
    assert_eq!(answers.iter().filter(taken).count(), 1, "{answers:?}");
    assert_eq!(answers.iter().filter(|answer| answer["dealership"].is_object()).count(), 1, "{answers:?}");
    assert_eq!((world.events("dealership_opened").await, world.events("staff_invited").await), (1, 1));
});

seeded!(head_office_opens_and_administrators_keep, async |world: World| {
    for (persona, opens, keeps) in [
        ("hq-of-two", "FORBIDDEN", "DEALERSHIP_REQUIRED"),
        ("dealer", "FORBIDDEN", ""),
        ("manager", "FORBIDDEN", "FORBIDDEN"),
        ("clerk", "FORBIDDEN", "FORBIDDEN"),
        ("auditor", "FORBIDDEN", "FORBIDDEN"),
        ("anonymous", "UNAUTHENTICATED", "UNAUTHENTICATED"),
    ] {
        let client = world.client(persona).await;
        let opened = client.change("openDealership", FIELDS, galle("opening-forbidden")).await;
        assert_eq!(refusals(&opened), [opens], "{persona}");
        let input = json!({"name": "Colombo Volt House", "discountLimitBp": 700});
        let kept = client.change("updateDealership", FIELDS, input).await;
        match keeps {
            "" => assert_eq!(
                (&kept["dealership"]["name"], &kept["dealership"]["discountLimitBp"]),
                (&json!("Colombo Volt House"), &json!(700))
            ),
            code => assert_eq!(refusals(&kept), [code], "{persona}"),
        }
    }
    assert_eq!(world.trail("dealership_updated").await.len(), 1);
});

seeded!(a_dealership_tells_bad_input_field_by_field, async |world: World| {
    let hq = world.client("hq-all").await;
    let mut cases = vec![
        ("idempotencyKey", json!("short"), "INVALID input.idempotencyKey".to_owned()),
        ("code", json!(""), "REQUIRED input.code".to_owned()),
        ("code", json!("Galle"), "INVALID input.code".to_owned()),
        ("code", json!("-galle"), "INVALID input.code".to_owned()),
        ("code", json!("g"), "INVALID input.code".to_owned()),
        ("timeZone", json!("Galle"), "INVALID input.timeZone".to_owned()),
        ("currency", json!("RUPEES"), "INVALID input.currency".to_owned()),
        ("tin", json!("TIN 1"), "INVALID input.tin".to_owned()),
        ("branch", json!({"code": "gl01", "name": "Galle"}), "INVALID input.branch.code".to_owned()),
        ("branch", json!({"code": "GL01", "name": " "}), "REQUIRED input.branch.name".to_owned()),
        ("admin", json!({"email": "ruwan", "name": "Ruwan"}), "INVALID input.admin.email".to_owned()),
    ];
    cases.extend(unfit_lines().into_iter().map(|(text, code)| ("name", json!(text), format!("{code} input.name"))));
    for (part, value, expected) in cases {
        let mut input = galle("opening-bad-input");
        input[part] = value;
        assert_eq!(refusals(&hq.change("openDealership", FIELDS, input).await), [expected], "{part}");
    }
    let dealer = world.client("dealer").await;
    for (name, limit, expected) in [
        ("", 500, "REQUIRED input.name"),
        ("A", -1, "OUT_OF_RANGE input.discountLimitBp"),
        ("A", 10_001, "OUT_OF_RANGE input.discountLimitBp"),
    ] {
        let input = json!({"name": name, "discountLimitBp": limit});
        assert_eq!(refusals(&dealer.change("updateDealership", FIELDS, input).await), [expected]);
    }
    assert_eq!(world.events("dealership_opened").await, 0);
});

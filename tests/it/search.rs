//! One box that finds anything, and people by their phone number however it is written.

use serde_json::{Value, json};

use crate::support::till::Till;
use crate::support::{Client, PERSONAS, World, seeded};

const SEARCH: &str = "query($text: String!, $first: Int, $dealership: ID) {
    search(text: $text, first: $first, dealership: $dealership) { bills { id number } units { id chassisNumber }
        customers { id name } quotations { id number } salesQuotations { id number } } }";

const GROUPS: [&str; 5] = ["bills", "units", "customers", "quotations", "salesQuotations"];

async fn found(client: &Client, text: &str) -> Value {
    client.ask_with(SEARCH, json!({"text": text})).await["search"].take()
}

/// Whether a group has the row with this id.
fn holds(found: &Value, group: &str, id: &Value) -> bool {
    found[group].as_array().expect("a group").iter().any(|row| row["id"] == *id)
}

fn is_empty(found: &Value) -> bool {
    GROUPS.iter().all(|group| found[group] == json!([]))
}

seeded!(a_sale_is_found_by_everything_it_is_known_by, async |world: World| {
    let till = Till::of(&world, "clerk").await;
    let unit = till.bike("ZFIND").await;
    let mut sale = Till::sale("sale-found", &unit);
    sale["buyer"] = json!({"person": {"name": "Qadirah Xavier", "nic": "199012345678", "phone": "0771112223"}});
    let bill = till.issued(sale).await;
    let (bill, customer, number) = (&bill["id"], &bill["customer"]["id"], bill["number"].as_str().expect("a number"));
    let clerk = &till.client;
    assert!(holds(&found(clerk, number).await, "bills", bill));
    assert!(holds(&found(clerk, &number.to_lowercase()).await, "bills", bill));
    for text in ["ZFINDC0", "zfindm0", " zfind "] {
        let found = found(clerk, text).await;
        assert!(holds(&found, "bills", bill) && holds(&found, "units", &unit), "{text}: {found}");
    }
    for text in [
        "qadirah",
        "XAV qad",
        "199012345678",
        "199012345678 ",
        "0771112223",
        "077 111 2223",
        "+94 77-1112223",
        "94771112223",
    ] {
        let found = found(clerk, text).await;
        assert!(holds(&found, "bills", bill) && holds(&found, "customers", customer), "{text}: {found}");
    }
    assert!(is_empty(&found(clerk, "q").await) && is_empty(&found(clerk, "  ").await), "too little");
    assert!(is_empty(&found(clerk, "nowhere-at-all").await));
    // Whoever was found by a number has had it told.
    let trail = world.trail("identity_revealed").await;
    assert_eq!(trail.iter().filter(|event| event.summary == "phone").count(), 4);
    assert_eq!(trail.iter().filter(|event| event.summary == "nic").count(), 2);

    // The same texts from elsewhere, and by roles that may not read what they name.
    for persona in PERSONAS {
        let client = world.client(persona).await;
        let (may, is_theirs) = (client.scope().await.expect("a scope"), !["stranger", "sibling"].contains(&persona));
        let may = |permission| is_theirs && may.may(permission);
        use forecourt::permission::Permission::{ReadBills, ReadCustomers, ReadIdentity, ReadStock};
        let by_chassis = found(&client, "ZFINDC0").await;
        assert_eq!(holds(&by_chassis, "bills", bill), may(ReadBills), "{persona}");
        assert_eq!(holds(&by_chassis, "units", &unit), may(ReadStock), "{persona}");
        assert_eq!(holds(&found(&client, "qadirah").await, "customers", customer), may(ReadCustomers), "{persona}");
        // In several dealerships at once nobody is looked for by number.
        let is_one = client.scope().await.expect("a scope").dealership().is_ok();
        for text in ["199012345678", "0771112223"] {
            let found = found(&client, text).await;
            let may = may(ReadCustomers) && may(ReadIdentity) && is_one;
            assert_eq!(holds(&found, "customers", customer), may, "{persona} {text}");
            assert_eq!(
                holds(&found, "bills", bill),
                may && client.scope().await.expect("a scope").may(ReadBills),
                "{persona}"
            );
        }
    }
    let dealership = clerk.ask("{ viewer { dealership { id } } }").await["viewer"]["dealership"]["id"].take();
    for (persona, expected) in [("hq-of-two", true), ("hq-all", true), ("stranger", false), ("sibling", false)] {
        let client = world.client(persona).await;
        let answer = client.ask_with(SEARCH, json!({"text": "0771112223", "dealership": dealership})).await;
        assert_eq!(holds(&answer["search"], "customers", customer), expected, "{persona}");
    }
});

seeded!(a_search_is_bounded, async |world: World| {
    let dealer = world.client("dealer").await;
    for first in [0, 1, 20] {
        let found = dealer.ask_with(SEARCH, json!({"text": "26", "first": first})).await["search"].take();
        assert_eq!(found["bills"].as_array().expect("bills").len(), first);
    }
    assert_eq!(found(&dealer, "26").await["bills"].as_array().expect("bills").len(), 8);
    for (text, first) in [("26".to_owned(), -1), ("26".to_owned(), 21), ("2".repeat(201), 8)] {
        let refused = dealer.send(SEARCH, json!({"text": text, "first": first})).await;
        assert_eq!(refused["errors"][0]["extensions"]["code"], "BAD_USER_INPUT", "{first}");
    }
    let mut counts = Vec::new();
    for first in [1, 20] {
        world.home.statements.take();
        dealer.ask_with(SEARCH, json!({"text": "26", "first": first})).await;
        counts.push(world.home.statements.take().len());
    }
    assert_eq!(counts[0], counts[1], "statements do not grow with rows");
});

seeded!(a_phone_number_finds_its_customers_for_those_who_may_read_it, async |world: World| {
    let clerk = world.client("clerk").await;
    for n in 0..2 {
        let input = json!({"idempotencyKey": format!("customer-{n}"), "name": "Sunil Silva", "phone": "077 111 2223"});
        clerk.done("createCustomer", "customer { id }", input).await;
    }
    let dealership = clerk.ask("{ viewer { dealership { id } } }").await["viewer"]["dealership"]["id"].take();
    let query = "query($p: String!, $d: ID) { customersByPhone(phone: $p, dealership: $d) { id } }";
    let seen = async |persona: &str, phone: &str, dealership: Value| {
        let answer = world.client(persona).await.send(query, json!({"p": phone, "d": dealership})).await;
        match answer["errors"][0]["extensions"]["code"].as_str() {
            Some(code) => code.to_owned(),
            None => answer["data"]["customersByPhone"].as_array().expect("customers").len().to_string(),
        }
    };
    for written in ["0771112223", "+94771112223", "94 77 111-2223", "771112223"] {
        assert_eq!(seen("clerk", written, Value::Null).await, "2", "{written}");
    }
    assert_eq!(world.trail("identity_revealed").await.iter().filter(|event| event.summary == "phone").count(), 8);
    for (persona, everywhere, in_it) in [
        ("dealer", "2", "2"),
        ("sibling", "0", "0"),
        ("stranger", "0", "0"),
        ("hq-of-two", "DEALERSHIP_REQUIRED", "2"),
        ("hq-all", "DEALERSHIP_REQUIRED", "2"),
        ("auditor", "FORBIDDEN", "FORBIDDEN"),
        ("hq-analyst", "FORBIDDEN", "FORBIDDEN"),
        ("inventory", "FORBIDDEN", "FORBIDDEN"),
        ("anonymous", "UNAUTHENTICATED", "UNAUTHENTICATED"),
    ] {
        assert_eq!(seen(persona, "0771112223", Value::Null).await, everywhere, "{persona}");
        assert_eq!(seen(persona, "0771112223", dealership.clone()).await, in_it, "{persona} names the dealership");
    }
    for phone in [" ".to_owned(), "9".repeat(1_000)] {
        assert_eq!(seen("clerk", &phone, Value::Null).await, "BAD_USER_INPUT");
    }
});

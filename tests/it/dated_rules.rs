//! Tariffs, taxes and the form of numbers: set from a day on, so that the past stays as it was.

use chrono::TimeDelta;
use futures_util::future::{join, join_all};
use serde_json::{Value, json};

use crate::support::desk::{at, refusals};
use crate::support::{Client, World, seeded};

/// A day after the group's last: nothing was made on it yet.
const TODAY: &str = "2026-09-16";

const TARIFF: &str = "tariff { id rmvCharge { amountMinor } validFrom validTo }";
const TAXES: &str = "taxProfile { id tin vatBp ssclBp validFrom }";
const PATTERN: &str = "numberPattern { id series pattern validFrom }";

fn tariff(key: &str, charge: i64, from: &str) -> Value {
    json!({"idempotencyKey": key, "vehicleClass": "E_MOTORCYCLE", "saleType": "CASH", "rmvChargeMinor": charge,
           "validFrom": from})
}

fn taxes(key: &str, vat: i32, from: &str) -> Value {
    json!({"idempotencyKey": key, "tin": "104-7000", "vatBp": vat, "ssclBp": 250, "validFrom": from})
}

fn numbers(key: &str, series: &str, pattern: &str, from: &str) -> Value {
    json!({"idempotencyKey": key, "series": series, "pattern": pattern, "validFrom": from})
}

/// A cash offer of the dearest model, as the clerk makes it.
async fn offer(clerk: &Client, key: &str) -> Value {
    let models = clerk.ask("{ bikeModels { nodes { id name } } }").await["bikeModels"]["nodes"].take();
    let mut models = models.as_array().expect("models").iter();
    let model = models.find(|model| model["name"].as_str().is_some_and(|name| name.contains("Z9"))).expect("a model");
    let input = json!({"idempotencyKey": key, "model": model["id"],
        "buyer": {"person": {"name": "Nimal Perera", "phone": "0712345678"}}});
    clerk.done("createSalesQuotation", "salesQuotation { number rmvCharge { amountMinor } }", input).await
        ["salesQuotation"]
        .take()
}

/// A cash bill for any bike of the clerk's branch.
async fn sale(clerk: &Client, key: &str) -> Value {
    let units = clerk.ask("{ bikeUnits(first: 1, filter: {status: [AVAILABLE]}) { nodes { id } } }").await;
    let input = json!({"idempotencyKey": key, "unit": units["bikeUnits"]["nodes"][0]["id"], "payments": [],
        "buyer": {"person": {"name": "Nimal Perera", "phone": "0712345678"}}});
    let fields = "bill { number supplierTin vat { amountMinor } vehiclePrice { amountMinor } }";
    clerk.done("issueBill", fields, input).await["bill"].take()
}

/// The dealer's lists of rules.
async fn rules(dealer: &Client) -> Value {
    let query = "{ dealerships { nodes {
        tariffs { vehicleClass saleType rmvCharge { amountMinor } validFrom validTo }
        taxProfiles { vatBp validFrom } numberPatterns { pattern validFrom } } } }";
    dealer.ask(query).await["dealerships"]["nodes"][0].take()
}

seeded!(a_rule_set_in_another_process_holds_here_too, async |world: World| {
    let there = world.through(world.home.another_process().await, "dealer").await;
    let clerk = world.client("clerk").await;
    // From here on the rules are kept in this process, also that there is no pattern.
    assert_eq!(offer(&clerk, "offer-today").await["rmvCharge"]["amountMinor"], 1_300_000);
    there.done("setTariff", TARIFF, tariff("key-tariff", 1_400_000, TODAY)).await;
    there
        .done("setNumberPattern", PATTERN, numbers("key-numbers", "SALES_QUOTATION", "O-{YY}-{BRANCH}-{N}", TODAY))
        .await;

    world.home.clock.advance(TimeDelta::days(1));
    let clerk = world.client("clerk").await;
    let after = offer(&clerk, "offer-tomorrow").await;
    assert_eq!(after["rmvCharge"]["amountMinor"], 1_400_000);
    assert_eq!(after["number"], "O-26-BR01-1");
});

seeded!(a_tariff_holds_from_its_day_until_the_next, async |world: World| {
    let (dealer, clerk) = (world.client("dealer").await, world.client("clerk").await);
    let october = dealer.done("setTariff", TARIFF, tariff("key-october", 1_400_000, "2026-10-01")).await;
    assert_eq!(october["tariff"]["validTo"], Value::Null);
    let again = dealer.done("setTariff", TARIFF, tariff("key-october", 1_400_000, "2026-10-01")).await;
    assert_eq!(again, october, "the same request twice is one");
    let other = dealer.done("setTariff", TARIFF, tariff("key-october-2", 1_500_000, "2026-10-01")).await;
    assert_eq!(other["tariff"]["id"], october["tariff"]["id"], "the same day replaces what is to come");
    let between = dealer.done("setTariff", TARIFF, tariff("key-between", 1_350_000, "2026-09-20")).await;
    assert_eq!(between["tariff"]["validTo"], "2026-09-30");

    let rules = rules(&dealer).await;
    let of_kind = |row: &&Value| row["vehicleClass"] == "E_MOTORCYCLE" && row["saleType"] == "CASH";
    let shown: Vec<_> = rules["tariffs"].as_array().expect("tariffs").iter().filter(of_kind).collect();
    let days: Vec<_> = shown.iter().map(|row| (&row["rmvCharge"]["amountMinor"], &row["validTo"])).collect();
    assert_eq!(
        days,
        [
            (&json!(1_500_000), &Value::Null),
            (&json!(1_350_000), &json!("2026-09-30")),
            (&json!(1_300_000), &json!("2026-09-19")),
        ]
    );
    assert_eq!(offer(&clerk, "offer-today").await["rmvCharge"]["amountMinor"], 1_300_000);
    world.home.clock.advance(TimeDelta::days(16));
    let clerk = world.client("clerk").await;
    assert_eq!(offer(&clerk, "offer-october").await["rmvCharge"]["amountMinor"], 1_500_000);
    let trail = world.trail("tariff_set").await;
    assert_eq!(trail.len(), 3);
    assert!(trail.iter().any(|event| event.summary == "E_MOTORCYCLE CASH from 2026-10-01: Rs. 15,000.00"));
});

seeded!(todays_tariff_is_set_until_something_was_priced_by_it, async |world: World| {
    world.home.clock.advance(TimeDelta::days(1));
    let (dealer, clerk) = (world.client("dealer").await, world.client("clerk").await);
    let early = refusals(&dealer.change("setTariff", TARIFF, tariff("key-early", 1, "2026-09-15")).await);
    assert_eq!(early, ["OUT_OF_RANGE input.validFrom"]);
    for (key, charge) in [("key-today-1", 1_310_000), ("key-today-2", 1_320_000)] {
        dealer.done("setTariff", TARIFF, tariff(key, charge, TODAY)).await;
    }
    assert_eq!(offer(&clerk, "offer-today").await["rmvCharge"]["amountMinor"], 1_320_000);
    // Whoever acts in a sibling branch does not see the offer, and may not change what it was made by.
    for client in [&dealer, &at(&world, "BR02").await] {
        let late = refusals(&client.change("setTariff", TARIFF, tariff("key-late", 1, TODAY)).await);
        assert_eq!(late, ["OUT_OF_RANGE input.validFrom"]);
    }
    let mut leasing = tariff("key-leasing", 1, TODAY);
    leasing["saleType"] = json!("LEASING");
    dealer.done("setTariff", TARIFF, leasing).await;
    dealer.done("setTariff", TARIFF, tariff("key-tomorrow", 1, "2026-09-17")).await;
});

seeded!(taxes_hold_from_their_day_on, async |world: World| {
    world.home.clock.advance(TimeDelta::days(1));
    let (dealer, clerk) = (world.client("dealer").await, world.client("clerk").await);
    let set = dealer.done("setTaxProfile", TAXES, taxes("key-taxes-1", 1_800, TODAY)).await;
    let again = dealer.done("setTaxProfile", TAXES, taxes("key-taxes-2", 2_000, TODAY)).await;
    assert_eq!(set["taxProfile"]["id"], again["taxProfile"]["id"]);
    let bill = sale(&clerk, "sale-today").await;
    let price = bill["vehiclePrice"]["amountMinor"].as_i64().expect("a price");
    let vat = bill["vat"]["amountMinor"].as_i64().expect("a tax");
    assert!((6 * vat - price).abs() <= 6, "20 % on top is a sixth of the whole: {bill}");
    assert_eq!(bill["supplierTin"], "104-7000");
    let late = refusals(&dealer.change("setTaxProfile", TAXES, taxes("key-late", 1, TODAY)).await);
    assert_eq!(late, ["OUT_OF_RANGE input.validFrom"]);
    let early = refusals(&dealer.change("setTaxProfile", TAXES, taxes("key-early", 1, "2026-09-15")).await);
    assert_eq!(early, ["OUT_OF_RANGE input.validFrom"]);

    let mut none = taxes("key-none", 0, "2026-09-17");
    none["tin"] = Value::Null;
    assert_eq!(dealer.done("setTaxProfile", TAXES, none).await["taxProfile"]["tin"], Value::Null);
    let newest = rules(&dealer).await["taxProfiles"].take();
    let newest: Vec<_> = newest.as_array().expect("profiles").iter().map(|row| row["validFrom"].clone()).collect();
    assert!(newest.windows(2).all(|two| two[0].as_str() > two[1].as_str()), "{newest:?}");
    let trail = world.trail("tax_profile_set").await;
    assert!(trail.iter().any(|event| event.summary == "VAT 20.00 %, SSCL 2.50 % from 2026-09-16"));
    assert_eq!(trail.len(), 3);
});

seeded!(numbers_are_written_anew_from_a_day_on, async |world: World| {
    world.home.clock.advance(TimeDelta::days(1));
    let (dealer, clerk) = (world.client("dealer").await, world.client("clerk").await);
    let set = async |input: Value| refusals(&dealer.change("setNumberPattern", PATTERN, input).await);
    for (n, series) in
        ["BILL", "CREDIT_NOTE", "PROFORMA", "SALES_QUOTATION", "QUOTATION", "INVOICE"].into_iter().enumerate()
    {
        let pattern = format!("{n}-{{YY}}-{{BRANCH}}-{{N}}");
        let input = numbers(&format!("key-{series}"), series, &pattern, TODAY);
        let row = dealer.done("setNumberPattern", PATTERN, input).await["numberPattern"].take();
        assert_eq!((&row["series"], &row["pattern"]), (&json!(series), &json!(pattern)));
    }
    assert_eq!(sale(&clerk, "sale-today").await["number"], "0-26-BR01-1");
    assert_eq!(offer(&clerk, "offer-today").await["number"], "3-26-BR01-1");
    for (series, from, refused) in [
        ("BILL", TODAY, &["OUT_OF_RANGE input.validFrom"][..]),
        ("SALES_QUOTATION", TODAY, &["OUT_OF_RANGE input.validFrom"]),
        ("BILL", "2026-09-15", &["OUT_OF_RANGE input.validFrom"]),
        ("QUOTATION", TODAY, &[]),
        ("BILL", "2026-09-17", &[]),
    ] {
        let pattern = format!("{}-{{YY}}-{{BRANCH}}-{{N}}", &series[..2]);
        assert_eq!(set(numbers(&format!("key-2-{series}-{from}"), series, &pattern, from)).await, refused, "{series}");
    }
    // What was in force before, or will be, is nobody else's; one's own may come back.
    for (series, pattern, refused) in [
        ("INVOICE", "0-{YY}-{BRANCH}-{N}", &["TAKEN input.pattern"][..]),
        ("INVOICE", "BI-{YY}-{BRANCH}-{N}", &["TAKEN input.pattern"]),
        ("INVOICE", "{YY}{MMM}_{BRANCH}_Q_{N}", &["TAKEN input.pattern"]),
        ("INVOICE", "5-{YY}-{BRANCH}-1{N}", &["TAKEN input.pattern"]),
        ("INVOICE", "{YY}{MMM}_{BRANCH}_I_{N}", &[]),
        ("INVOICE", "5-{YY}-{BRANCH}-{N}", &[]),
    ] {
        let input = numbers(&format!("key-3-{pattern}"), series, pattern, "2026-09-20");
        assert_eq!(set(input).await, refused, "{pattern}");
    }
    assert_eq!(world.events("number_pattern_set").await, 10);
});

seeded!(bad_rules_are_told_field_by_field, async |world: World| {
    let dealer = world.client("dealer").await;
    let from = "2026-10-01";
    let rules = [
        ("setTariff", tariff("key-bad-input", 1, from)),
        ("setTaxProfile", taxes("key-bad-input", 1_800, from)),
        ("setNumberPattern", numbers("key-bad-input", "BILL", "B-{YY}-{BRANCH}-{N}", from)),
    ];
    for (mutation, input) in &rules {
        for (day, refusal) in
            [("2026-09-14", "OUT_OF_RANGE"), ("9999-12-31", "OUT_OF_RANGE"), ("1999-01-01", "OUT_OF_RANGE")]
        {
            let mut input = input.clone();
            input["validFrom"] = json!(day);
            let refused = refusals(&dealer.change(mutation, "", input).await);
            assert_eq!(refused, [format!("{refusal} input.validFrom")], "{mutation} {day}");
        }
    }
    for (rule, field, value, refusal) in [
        (0, "rmvChargeMinor", json!(-1), "OUT_OF_RANGE"),
        (0, "rmvChargeMinor", json!(i64::MAX), "OUT_OF_RANGE"),
        (0, "ltvCapBp", json!(7_000), "INVALID"),
        (0, "idempotencyKey", json!("short"), "INVALID"),
        (1, "vatBp", json!(-1), "OUT_OF_RANGE"),
        (1, "vatBp", json!(i32::MAX), "OUT_OF_RANGE"),
        (1, "ssclBp", json!(10_001), "OUT_OF_RANGE"),
        (1, "tin", json!("1\0"), "INVALID"),
        (1, "tin", json!("104 7000"), "INVALID"),
        (1, "tin", json!("1".repeat(21)), "OUT_OF_RANGE"),
        (2, "pattern", json!(" "), "REQUIRED"),
        (2, "pattern", json!("{YY}-{BRANCH}{N}"), "INVALID"),
        (2, "pattern", json!("{BRANCH}-{N}"), "INVALID"),
        (2, "pattern", json!("{YY}{MMM}-{BRANCH}-{N}-TOO-LONG"), "INVALID"),
        (2, "pattern", json!("{YY}-{BRANCH}-{N}\n"), "INVALID"),
        (2, "pattern", json!("x".repeat(1_000_000)), "OUT_OF_RANGE"),
    ] {
        let (mutation, mut input) = rules[rule].clone();
        input[field] = value;
        assert_eq!(
            refusals(&dealer.change(mutation, "", input).await),
            [format!("{refusal} input.{field}")],
            "{field}"
        );
    }
    let mut leasing = tariff("key-bad-cap", 1, from);
    leasing["saleType"] = json!("LEASING");
    leasing["ltvCapBp"] = json!(10_001);
    assert_eq!(refusals(&dealer.change("setTariff", "", leasing).await), ["OUT_OF_RANGE input.ltvCapBp"]);
});

seeded!(rules_are_set_by_those_who_administer_a_dealership, async |world: World| {
    let from = "2026-10-01";
    let rules = [
        ("setTariff", tariff("key-who-may", 1, from)),
        ("setTaxProfile", taxes("key-who-may", 1_800, from)),
        ("setNumberPattern", numbers("key-who-may", "BILL", "B-{YY}-{BRANCH}-{N}", from)),
    ];
    for persona in ["manager", "clerk", "inventory", "service", "auditor", "sibling", "hq-analyst", "hq-of-two"] {
        let client = world.client(persona).await;
        for (mutation, input) in &rules {
            let refused = refusals(&client.change(mutation, "", input.clone()).await);
            let expected = if persona == "hq-of-two" { "DEALERSHIP_REQUIRED" } else { "FORBIDDEN" };
            assert_eq!(refused, [expected], "{persona} {mutation}");
        }
    }
    // A stranger sets the own dealership's rules, and no other's.
    let before = self::rules(&world.client("dealer").await).await;
    for (mutation, input) in rules {
        world.client("stranger").await.done(mutation, "", input).await;
    }
    assert_eq!(self::rules(&world.client("dealer").await).await, before);
});

seeded!(two_rules_are_never_set_at_once, async |world: World| {
    let dealer = world.client("dealer").await;
    let set = (0..6).map(|n| dealer.done("setTariff", TARIFF, tariff(&format!("key-race-{n}"), n, "2026-10-01")));
    let set = join_all(set).await;
    assert!(set.iter().all(|one| one["tariff"]["id"] == set[0]["tariff"]["id"]), "one row was replaced five times");
    let patterns = ["BILL", "INVOICE"].map(|series| {
        dealer.change(
            "setNumberPattern",
            PATTERN,
            numbers(&format!("key-race-{series}"), series, "X-{YY}-{BRANCH}-{N}", "2026-10-01"),
        )
    });
    let mut patterns: Vec<_> = join_all(patterns).await.iter().flat_map(refusals).collect();
    patterns.sort();
    assert_eq!(patterns, ["TAKEN input.pattern"]);
});

seeded!(no_rule_changes_under_a_bill_that_is_being_made, async |world: World| {
    for n in 1..=4 {
        world.home.clock.advance(TimeDelta::days(1));
        let (dealer, clerk) = (world.client("dealer").await, world.client("clerk").await);
        let today = world.home.app.now().date_naive().to_string();
        let mut input = taxes(&format!("key-race-{n}"), 1_800, &today);
        input["tin"] = json!(format!("NEW-{n}"));
        let key = format!("sale-race-{n}");
        let (bill, set) = join(sale(&clerk, &key), dealer.change("setTaxProfile", TAXES, input)).await;
        let made_by_new = bill["supplierTin"] == format!("NEW-{n}");
        assert_eq!(made_by_new, refusals(&set).is_empty(), "{bill} {set}");
    }
});

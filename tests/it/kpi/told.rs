//! What an answer says, to whom, and what it refuses.

use std::collections::BTreeMap;

use entity::bill::{self, Status};
use forecourt::scope::Scope;
use serde_json::{Value, json};

use super::{days, refused, report, values};
use crate::support::{World, seeded};

seeded!(an_answer_says_what_it_is, async |world: World| {
    let manager = world.client("manager").await;
    let question = json!({"range": {"period": "THIS_MONTH"}, "measures": ["UNITS", "VEHICLE_REVENUE", "AVERAGE_SELLING_PRICE"],
        "compareTo": "PREVIOUS_PERIOD"});
    let answer = report(&manager, question).await;
    assert_eq!(answer["definitionVersion"], 1);
    assert_eq!(answer["timeZones"], json!(["Asia/Colombo"]));
    assert_eq!((&answer["from"], &answer["to"]), (&json!("2026-09-01"), &json!("2026-09-15")));
    assert_eq!((&answer["comparedFrom"], &answer["comparedTo"]), (&json!("2026-08-01"), &json!("2026-08-15")));
    assert_eq!(answer["scope"], "the branch BR01 of the dealership colombo-ev");
    assert_eq!(answer["asOf"], "2026-09-15T06:00:00+00:00");
    let total = &answer["totals"][0];
    assert_eq!(total["currency"], "LKR");
    let figure = |n: usize, field: &str| total["figures"][n][field].as_i64().expect("a number");
    assert_eq!(figure(0, "change"), figure(0, "value") - figure(0, "previous"));
    let average = (figure(1, "value") + figure(0, "value") / 2) / figure(0, "value");
    assert_eq!(figure(2, "value"), average);
    assert!(answer["sourceRows"].as_i64() >= Some(figure(0, "value")));
});

/// Completed sales of the old days and the new, told by the documents themselves.
async fn sold(world: &World, from: &str, to: &str) -> BTreeMap<uuid::Uuid, (i64, i64)> {
    let (from, to) = (from.parse().expect("a day"), to.parse().expect("a day"));
    let tx = world.home.app.read(Scope::system("test")).await.expect("a transaction");
    let bills = tx.all(tx.select::<bill::Entity>()).await.expect("bills");
    let notes = tx.all(tx.select::<entity::credit_note::Entity>()).await.expect("credit notes");
    let mut sold: BTreeMap<_, (i64, i64)> = BTreeMap::new();
    let mut count = |branch, day: chrono::NaiveDate, units, minor| {
        if (from..=to).contains(&day) {
            let sum = sold.entry(branch).or_default();
            *sum = (sum.0 + units, sum.1 + minor);
        }
    };
    for bill in &bills {
        if matches!(bill.status, Status::Completed | Status::Credited) {
            count(bill.branch_id, bill.bill_date, 1, bill.vehicle_price_minor);
        }
        if let Some(note) = notes.iter().find(|note| note.bill_id == bill.id) {
            count(bill.branch_id, note.credited_on, -1, -bill.vehicle_price_minor);
        }
    }
    sold.retain(|_, sum| *sum != (0, 0));
    sold
}

seeded!(units_and_revenue_are_what_the_bills_say, async |world: World| {
    let hq = world.client("hq-all").await;
    for (from, to) in [("2026-06-16", "2026-09-15"), ("2026-07-01", "2026-07-31"), ("2026-07-20", "2026-08-10")] {
        let question =
            json!({"range": days(from, to), "measures": ["UNITS", "VEHICLE_REVENUE"], "groupBy": ["BRANCH"]});
        let answer = report(&hq, question).await;
        let expected: Vec<_> = sold(&world, from, to).await.into_values().collect();
        let mut shown: Vec<_> = values(&answer["rows"], 0)
            .zip(values(&answer["rows"], 1))
            .map(|(units, minor)| (units.as_i64().expect("units"), minor.as_i64().expect("money")))
            .collect();
        // Where as many were sold as taken back.
        shown.retain(|sum| *sum != (0, 0));
        let mut sorted = expected.clone();
        shown.sort_unstable();
        sorted.sort_unstable();
        assert_eq!(shown, sorted, "{from} to {to}");
        let total = expected.iter().fold((0, 0), |sum, one| (sum.0 + one.0, sum.1 + one.1));
        assert_eq!(answer["totals"][0]["figures"][0]["value"], total.0);
        assert_eq!(answer["totals"][0]["figures"][1]["value"], total.1);
    }
});

seeded!(each_sees_the_figures_of_what_they_see, async |world: World| {
    let units = async |persona: &str, filter: Value| {
        let question = json!({"range": days("2026-06-16", "2026-09-15"), "measures": ["UNITS"], "filter": filter});
        let answer = report(&world.client(persona).await, question).await;
        answer["totals"][0]["figures"][0]["value"].as_i64().unwrap_or(0)
    };
    let (all, two, dealer, manager) = (
        units("hq-all", json!({})).await,
        units("hq-of-two", json!({})).await,
        units("dealer", json!({})).await,
        units("manager", json!({})).await,
    );
    assert!(all > two && two > dealer && dealer > manager && manager > 0, "{all} {two} {dealer} {manager}");
    assert_eq!(units("clerk", json!({})).await, manager);
    // A filter narrows; what lies elsewhere does not exist.
    let sibling =
        world.client("sibling").await.ask("{ branches { nodes { id } } }").await["branches"]["nodes"][0]["id"].take();
    assert!(units("sibling", json!({})).await > 0);
    assert_eq!(units("manager", json!({"branch": sibling})).await, 0);
    assert_eq!(units("dealer", json!({"branch": sibling})).await, units("sibling", json!({})).await);
    assert_eq!(units("stranger", json!({"branch": sibling})).await, 0);
});

seeded!(margins_are_for_those_who_answer_for_them, async |world: World| {
    let question = json!({"range": {"period": "TWELVE_MONTHS"}, "measures": ["GROSS_PROFIT", "GROSS_MARGIN", "UNITS_WITHOUT_COST"]});
    for persona in ["manager", "dealer", "auditor", "hq-analyst"] {
        let answer = report(&world.client(persona).await, question.clone()).await;
        let figures = &answer["totals"][0]["figures"];
        assert!(figures[0]["value"].as_i64() > Some(0), "{persona}: {figures}");
        assert!(figures[1]["value"].as_f64().is_some_and(|share| share > 0.0 && share < 1.0), "{persona}: {figures}");
    }
    for persona in ["clerk", "inventory", "service"] {
        assert_eq!(refused(&world.client(persona).await, question.clone()).await, "FORBIDDEN", "{persona}");
    }
    let facts = "{ kpi(range: {period: TWELVE_MONTHS}, measures: [UNITS]) { totals { facts(measure: GROSS_PROFIT) { nodes { adds } } } } }";
    let answer = world.client("clerk").await.send(facts, json!({})).await;
    assert_eq!(answer["errors"][0]["extensions"]["code"], "FORBIDDEN");
});

seeded!(groups_are_ranked_and_compared, async |world: World| {
    let dealer = world.client("dealer").await;
    let question = json!({"range": days("2026-07-01", "2026-08-31"), "measures": ["UNITS"], "groupBy": ["BRANCH"],
        "compareTo": "PREVIOUS_PERIOD"});
    let answer = report(&dealer, question).await;
    let rows = answer["rows"].as_array().expect("rows");
    assert!(rows.len() > 1);
    let share: f64 = rows.iter().filter_map(|row| row["figures"][0]["share"].as_f64()).sum();
    assert!((0.999..1.001).contains(&share), "{share}");
    let ranks: Vec<_> = rows.iter().map(|row| row["figures"][0]["rank"].as_i64().expect("a rank")).collect();
    assert!(ranks[0] == 1 && ranks.is_sorted(), "{ranks:?}");
    let question =
        json!({"range": days("2026-07-01", "2026-09-15"), "measures": ["UNITS"], "groupBy": ["MODEL"], "top": 2});
    assert_eq!(report(&dealer, question).await["rows"].as_array().map(Vec::len), Some(2));

    // The third month is compared with the third month.
    let question = json!({"range": days("2026-07-01", "2026-08-31"), "measures": ["UNITS"], "groupBy": ["MONTH"],
        "compareTo": "PREVIOUS_PERIOD"});
    let months = report(&dealer, question).await;
    assert_eq!(months["comparedFrom"], "2026-05-01");
    let june = json!({"range": days("2026-06-01", "2026-06-30"), "measures": ["UNITS"]});
    let june = report(&dealer, june).await["totals"][0]["figures"][0]["value"].clone();
    assert_eq!(months["rows"][1]["figures"][0]["previous"], june);
});

seeded!(what_cannot_be_told_is_refused, async |world: World| {
    let dealer = world.client("dealer").await;
    let asked = |field: &str, value: Value| {
        let mut question = json!({"range": {"period": "THIS_MONTH"}, "measures": ["UNITS"]});
        question[field] = value;
        question
    };
    for (field, value) in [
        ("measures", json!([])),
        ("measures", json!(vec!["UNITS"; 13])),
        ("groupBy", json!(["DAY", "MONTH"])),
        ("range", days("2026-09-15", "2026-09-01")),
        ("range", days("2000-01-01", "2026-09-01")),
        ("range", days("0001-01-01", "0001-01-02")),
        ("top", json!(0)),
        ("top", json!(101)),
    ] {
        assert_eq!(refused(&dealer, asked(field, value.clone())).await, "BAD_USER_INPUT", "{field}: {value}");
    }
    for measure in ["CASH_COLLECTED", "ADVANCES_TAKEN", "OFFER_CONVERSION"] {
        let mut question = asked("measures", json!([measure]));
        question["groupBy"] = json!(["MODEL"]);
        assert_eq!(refused(&dealer, question).await, "BAD_USER_INPUT", "{measure} by model");
    }
    let mut question = asked("measures", json!(["UNITS_RECEIVED"]));
    question["groupBy"] = json!(["SALESPERSON"]);
    assert_eq!(refused(&dealer, question).await, "BAD_USER_INPUT");
    for id in ["QgAA", "not an id"] {
        assert_eq!(refused(&dealer, asked("filter", json!({"model": id}))).await, "NOT_FOUND");
    }
});

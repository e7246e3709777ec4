//! One screen: all of it from one snapshot, in statements whose number does not grow, with targets and their pace.

use serde_json::{Value, json};

use crate::support::{World, seeded};

const BOARD: &str = "{ dashboard(compareTo: PREVIOUS_PERIOD) {
    monthToDate { asOf totals { ...row } rows { ...row dealershipId branchId } }
    trend { rows { period figures { value } } }
    topModels { rows { model { name } figures { value } } }
    topSellers { rows { salesperson { name } figures { value } } }
    now { open(kinds: [STOCK, CUSTOMER_RECEIVABLE, FINANCIER_RECEIVABLE, DELIVERY, REGISTRATION, TRANSFER]) {
        kind total { count } buckets { count } } flow { daysSupply } }
    targets(of: BRANCHES) { branch { code } units { target sold pace gap projection } revenue { target sold } } } }
fragment row on KpiRow { currency figures { measure value previous rank } }";

seeded!(a_screen_is_one_snapshot_in_few_statements, async |world: World| {
    let mut sent = Vec::new();
    for persona in ["clerk", "manager", "dealer", "hq-of-two", "hq-all"] {
        let client = world.client(persona).await;
        client.ask("{ viewer { name } }").await;
        world.home.statements.take();
        let board = client.ask(BOARD).await["dashboard"].take();
        sent.push(world.home.statements.take().len());
        let units = board["monthToDate"]["totals"][0]["figures"][0].clone();
        assert_eq!(units["measure"], "UNITS", "{persona}");
        let league = board["monthToDate"]["rows"].as_array().expect("rows");
        assert_eq!(
            league.iter().map(|row| row["figures"][0]["value"].as_i64().expect("units")).sum::<i64>(),
            units["value"].as_i64().expect("units"),
            "{persona}"
        );
        let this_month = board["trend"]["rows"].as_array().and_then(|rows| rows.last()).expect("months").clone();
        assert_eq!(this_month["figures"][0]["value"], units["value"], "{persona}");
        let profit = league[0]["figures"].as_array().expect("figures");
        let sees_profit = profit.iter().any(|figure| figure["measure"] == "GROSS_PROFIT");
        assert_eq!(sees_profit, persona != "clerk", "{persona}");
        let is_of_several = persona.starts_with("hq");
        assert_eq!(league[0]["branchId"].is_null(), is_of_several, "{persona}");
    }
    // Whoever asks: as many as there are parts, whatever the number of dealerships, branches, models and bills.
    assert!(sent.iter().all(|count| *count <= 26), "{sent:?}");
});

seeded!(a_target_is_told_with_its_pace, async |world: World| {
    let query = "query($of: KpiTargetsOf!, $month: Date!) { kpiTargets(month: $month, of: $of) {
        dealership { code } branch { code } units { target sold pace gap projection } revenue { target } } }";
    let dealer = world.client("dealer").await;
    let asked = |of: &str, month: &str| json!({"of": of, "month": month});
    let branches = dealer.ask_with(query, asked("BRANCHES", "2026-09-01")).await["kpiTargets"].take();
    let branches = branches.as_array().expect("targets");
    assert_eq!(branches.len(), 3);
    for row in branches {
        let number = |field: &str| row["units"][field].as_i64().expect("a number");
        // Fifteen days of thirty.
        assert_eq!(number("pace"), (number("target") + 1) / 2);
        assert_eq!(number("gap"), number("sold") - number("pace"));
        assert_eq!(number("projection"), number("sold") * 2);
    }
    let whole = dealer.ask_with(query, asked("DEALERSHIPS", "2026-09-01")).await["kpiTargets"].take();
    let sum = |field: &str| branches.iter().map(|row| row["units"][field].as_i64().expect("a number")).sum::<i64>();
    assert_eq!(
        (&whole[0]["units"]["target"], &whole[0]["units"]["sold"]),
        (&json!(sum("target")), &json!(sum("sold")))
    );
    assert_eq!(whole[0]["branch"], Value::Null);
    let none = dealer.ask_with(query, asked("BRANCHES", "2030-01-01")).await["kpiTargets"].take();
    assert_eq!(none, json!([]));
    let answer = dealer.send(query, asked("BRANCHES", "2026-09-02")).await;
    assert_eq!(answer["errors"][0]["extensions"]["code"], "BAD_USER_INPUT");
});

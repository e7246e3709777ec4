//! A branch stands among others and sees none of them.

use serde_json::{Value, json};

use crate::support::desk::refusals;
use crate::support::{Client, World, seeded};

const PEERS: &str = "query($measure: KpiMeasure!, $month: Date!, $branch: ID) {
    kpiPeers(measure: $measure, month: $month, branch: $branch) { refusal branches mean own rank percentile } }";

async fn peers(client: &Client, measure: &str) -> Value {
    client.ask_with(PEERS, json!({"measure": measure, "month": "2026-08-01"})).await["kpiPeers"].take()
}

async fn open(world: &World, dealership: &str, measure: &str, open: bool) {
    let everything = world.client("hq-all").await;
    let switch = "mutation($dealership: String!) { switchContext(input: {dealership: $dealership}) { accessToken } }";
    let token =
        everything.ask_with(switch, json!({"dealership": dealership})).await["switchContext"]["accessToken"].take();
    let inside = world.with_token(token.as_str().expect("a token").to_owned());
    let input = json!({"measure": measure, "open": open});
    let opened = inside.done("setPeerMeasure", "opened", input).await["opened"].take();
    assert_eq!(opened.as_array().expect("measures").contains(&json!(measure)), open, "{opened}");
}

seeded!(a_branch_sees_how_it_stands_and_nobody_else, async |world: World| {
    let clerk = world.client("clerk").await;
    assert_eq!(peers(&clerk, "UNITS").await["refusal"], "NOT_OPENED");
    open(&world, "colombo-ev", "UNITS", true).await;
    assert_eq!(peers(&clerk, "UNITS").await["refusal"], "TOO_FEW_BRANCHES", "three branches are three known ones");
    open(&world, "kandy-ride", "UNITS", true).await;
    let shown = peers(&clerk, "UNITS").await;
    assert_eq!((&shown["refusal"], &shown["branches"]), (&Value::Null, &json!(6)), "{shown}");
    // The stranger's dealership has not opened it: neither sees nor counts.
    assert_eq!(
        world.client("stranger").await.send(PEERS, json!({"measure": "UNITS", "month": "2026-08-01"})).await["errors"]
            [0]["extensions"]["code"],
        "BAD_USER_INPUT"
    );

    // What is told is what head office sees.
    let league =
        "{ kpi(range: {days: {from: \"2026-08-01\", to: \"2026-08-31\"}}, measures: [UNITS], groupBy: [BRANCH]) {
        rows { branchId branch { code dealership { code } } figures { value } } } }";
    let rows = world.client("hq-of-two").await.ask(league).await["kpi"]["rows"].take();
    let rows = rows.as_array().expect("rows");
    let units = |row: &Value| row["figures"][0]["value"].as_i64().expect("units");
    let mut all: Vec<_> = rows.iter().map(units).collect();
    all.resize(6, 0);
    let own =
        rows.iter().find(|row| row["branch"]["code"] == "BR01" && row["branch"]["dealership"]["code"] == "colombo-ev");
    let own = own.map_or(0, units);
    assert_eq!(shown["own"], own);
    assert_eq!(shown["mean"], (all.iter().sum::<i64>() * 2 + 6) / 12);
    assert_eq!(shown["rank"], all.iter().filter(|value| **value > own).count() + 1);

    open(&world, "kandy-ride", "UNITS", false).await;
    assert_eq!(peers(&clerk, "UNITS").await["refusal"], "TOO_FEW_BRANCHES");
    assert_eq!(world.trail("peer_measure_opened").await.len(), 2);
    assert_eq!(world.trail("peer_measure_closed").await.len(), 1);
});

seeded!(figures_are_opened_by_head_office_and_seen_by_their_roles, async |world: World| {
    let input = json!({"measure": "UNITS", "open": true});
    for persona in ["dealer", "manager", "clerk", "auditor", "hq-analyst"] {
        let refused = world.client(persona).await.change("setPeerMeasure", "opened", input.clone()).await;
        assert_eq!(refusals(&refused), ["FORBIDDEN"], "{persona}");
    }
    let refused = world.client("hq-of-two").await.change("setPeerMeasure", "opened", input).await;
    assert_eq!(refusals(&refused), ["DEALERSHIP_REQUIRED"]);
    for dealership in ["colombo-ev", "kandy-ride", "ruhuna-motors"] {
        open(&world, dealership, "GROSS_MARGIN", true).await;
    }
    let manager = world.client("manager").await;
    assert!(peers(&manager, "GROSS_MARGIN").await["mean"].as_f64().is_some_and(|share| share > 0.0 && share < 1.0));
    assert_eq!(manager.ask("{ kpiPeerMeasures }").await["kpiPeerMeasures"], json!(["GROSS_MARGIN"]));
    let asked = json!({"measure": "GROSS_MARGIN", "month": "2026-08-01"});
    let answer = world.client("clerk").await.send(PEERS, asked).await;
    assert_eq!(answer["errors"][0]["extensions"]["code"], "FORBIDDEN");
    for month in ["2026-09-01", "2026-08-02", "2027-01-01"] {
        let answer = manager.send(PEERS, json!({"measure": "GROSS_MARGIN", "month": month})).await;
        assert_eq!(answer["errors"][0]["extensions"]["code"], "BAD_USER_INPUT", "{month}");
    }
});

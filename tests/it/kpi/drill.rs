//! Every figure is the sum of its rows: of the very rows it can be opened to.

use async_graphql::InputType;
use forecourt::kpi::Measure;
use serde_json::{Value, json};

use crate::support::{Client, World, seeded};

/// Periods of whole months, of edge days, and of both.
const RANGES: [(&str, &str); 4] = [
    ("2026-06-16", "2026-09-15"),
    ("2026-07-01", "2026-08-31"),
    ("2026-07-05", "2026-07-20"),
    ("2026-09-01", "2026-09-15"),
];

/// Ways to tell apart, with whether they are for sales alone.
const GROUPS: [(&[&str], bool); 9] = [
    (&[], false),
    (&["BRANCH"], false),
    (&["DEALERSHIP", "MONTH"], false),
    (&["WEEK"], false),
    (&["MODEL"], true),
    (&["SALESPERSON"], true),
    (&["FINANCIER", "SALE_TYPE"], true),
    (&["MODEL", "SALE_TYPE", "MONTH"], true),
    (&["BRANCH", "DAY"], false),
];

const QUERY: &str = "query($range: KpiRange!, $measures: [KpiMeasure!]!, $measure: KpiMeasure!, $groupBy: [KpiGroup!]) {
    kpi(range: $range, measures: $measures, groupBy: $groupBy) { rows { ...row } totals { ...row } }
}
fragment row on KpiRow { figures { value } facts(measure: $measure, first: 100) { totalCount nodes { kind adds date } } }";

/// The measures that are sums, with whether they are of sales; quotients are made of these.
fn sums() -> Vec<(String, bool)> {
    let all = Measure::ALL.iter().filter(|measure| measure.definition().by.is_none());
    all.map(|measure| (name(*measure), measure.definition().splits == forecourt::kpi::Splits::Sales)).collect()
}

fn name(measure: Measure) -> String {
    InputType::to_value(&measure).to_string()
}

/// The rows whose figure is not the sum of its facts, of all it is opened to; and how many rows there were.
async fn opened(client: &Client, range: (&str, &str), groups: &[&str], measure: &str) -> (Vec<String>, usize) {
    let range = json!({"days": {"from": range.0, "to": range.1}});
    let asked = json!({"range": range, "measures": [measure], "measure": measure, "groupBy": groups});
    let answer = client.ask_with(QUERY, asked).await;
    let (mut wrong, mut rows) = (Vec::new(), 0);
    for row in ["rows", "totals"].iter().flat_map(|list| answer["kpi"][list].as_array().expect("rows")) {
        let facts = &row["facts"]["nodes"].as_array().expect("facts");
        if row["facts"]["totalCount"].as_u64() > Some(facts.len() as u64) {
            continue;
        }
        rows += 1;
        let sum: i64 = facts.iter().map(|fact| fact["adds"].as_i64().expect("a number")).sum();
        let known = row["figures"][0]["value"].as_i64();
        if known.is_some_and(|value| value != sum) || known.is_none() && sum != 0 {
            wrong.push(format!("{measure} by {groups:?} in {range}: {} of facts that add up to {sum}", row["figures"]));
        }
    }
    (wrong, rows)
}

seeded!(every_figure_is_the_sum_of_its_rows, async |world: World| {
    let (mut wrong, mut rows) = (Vec::new(), 0);
    for persona in ["manager", "dealer", "hq-of-two"] {
        let client = world.client(persona).await;
        for (n, (measure, of_sales)) in sums().into_iter().enumerate() {
            for (k, (groups, sales_alone)) in GROUPS.into_iter().enumerate() {
                if of_sales || !sales_alone {
                    // Each way meets each period with some measure, each measure with some period.
                    let (faults, counted) = opened(&client, RANGES[(n + k) % RANGES.len()], groups, &measure).await;
                    wrong.extend(faults);
                    rows += counted;
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{} of {rows}:\n{}", wrong.len(), wrong.join("\n"));
    assert!(rows > 2_000, "only {rows} figures could be opened");
});

seeded!(the_pages_of_a_figures_rows_follow_each_other, async |world: World| {
    let client = world.client("dealer").await;
    let page = "query($after: String) { kpi(range: {days: {from: \"2026-06-16\", to: \"2026-09-15\"}}, measures: [UNITS]) {
        totals { figures { value } facts(measure: UNITS, first: 7, after: $after) {
            totalCount nodes { kind date bill { number } creditNote { number } } pageInfo { hasNextPage endCursor } } } } }";
    let (mut after, mut seen, mut units) = (Value::Null, Vec::new(), 0);
    loop {
        let total = client.ask_with(page, json!({"after": after})).await["kpi"]["totals"][0].take();
        let facts = &total["facts"];
        for fact in facts["nodes"].as_array().expect("facts") {
            let (bill, note) = (&fact["bill"]["number"], &fact["creditNote"]["number"]);
            units += if fact["kind"] == "SALE" { 1 } else { -1 };
            assert!(bill.is_string() != note.is_string(), "{fact}");
            let number = bill.as_str().or(note.as_str()).expect("a number");
            seen.push((fact["date"].as_str().expect("a day").to_owned(), number.to_owned()));
        }
        if facts["pageInfo"]["hasNextPage"] == false {
            assert_eq!(total["figures"][0]["value"], units);
            assert_eq!(facts["totalCount"], seen.len());
            break;
        }
        after = facts["pageInfo"]["endCursor"].clone();
    }
    assert!(seen.is_sorted_by(|a, b| a.0 >= b.0), "the newest first");
    let mut once = seen.clone();
    once.sort();
    once.dedup();
    assert_eq!(once.len(), seen.len(), "each once");
    // A cursor belongs to its figure's list.
    let other = "query($after: String) { kpi(range: {period: THIS_MONTH}, measures: [UNITS]) {
        totals { facts(measure: UNITS, after: $after) { totalCount } } } }";
    let answer = client.send(other, json!({"after": after})).await;
    assert_eq!(answer["errors"][0]["extensions"]["code"], "BAD_USER_INPUT");
});

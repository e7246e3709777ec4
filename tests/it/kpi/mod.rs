//! Key figures: true, scoped, and each with the rows it was counted from.

mod board;
mod drill;
mod kept;
mod now;
mod peers;
mod told;
mod words;

use serde_json::{Value, json};

use crate::support::Client;

/// What is asked for in most stories.
const REPORT: &str =
    "query($range: KpiRange!, $measures: [KpiMeasure!]!, $groupBy: [KpiGroup!], $compareTo: KpiComparison,
        $filter: KpiFilter, $top: Int) {
    kpi(range: $range, measures: $measures, groupBy: $groupBy, compareTo: $compareTo, filter: $filter, top: $top) {
        definitionVersion timeZones from to comparedFrom comparedTo scope asOf sourceRows
        rows { ...row } totals { ...row }
    }
}
fragment row on KpiRow {
    period dealershipId branchId dealership { code } branch { code } model { name } saleType salesperson { id }
    financeCompany { name } currency
    figures { measure unit value formatted previous change changeShare share rank aboveMean }
}";

/// The days from `from` to `to`.
fn days(from: &str, to: &str) -> Value {
    json!({"days": {"from": from, "to": to}})
}

/// The answer to a question.
async fn report(client: &Client, question: Value) -> Value {
    client.ask_with(REPORT, question).await["kpi"].take()
}

/// The values of the figure at a place, by row.
fn values(rows: &Value, figure: usize) -> impl Iterator<Item = &Value> {
    rows.as_array().expect("rows").iter().map(move |row| &row["figures"][figure]["value"])
}

/// The code of the first error.
async fn refused(client: &Client, question: Value) -> String {
    let answer = client.send(REPORT, question).await;
    answer["errors"][0]["extensions"]["code"].as_str().unwrap_or_default().to_owned()
}

//! Every kind, of the rows of the group.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::{PAPER, file, prose};
use crate::support::{Client, World, seeded};

async fn ids(client: &Client, list: &str, arguments: &str, field: &str) -> Vec<Value> {
    let field = if field.is_empty() { "same: id".to_owned() } else { format!("same: {field} {{ id }}") };
    let rows = client.ask(&format!("{{ {list}({arguments}) {{ nodes {{ id {field} }} }} }}")).await;
    let rows = rows[list]["nodes"].as_array().expect("rows").iter();
    rows.filter_map(|row| match &row["same"] {
        Value::Null => None,
        Value::Object(other) => Some(other["id"].clone()),
        id => Some(id.clone()),
    })
    .collect()
}

seeded!(every_kind_is_printed_of_real_rows, async |world: World| {
    let mut kinds = BTreeSet::new();
    for persona in ["dealer", "stranger"] {
        let client = world.client(persona).await;
        let mut subjects = vec![json!({"stockReport": {}})];
        for (list, arguments, field, subject) in [
            ("bills", "first: 6, filter: {status: [COMPLETED]}", "", "bill"),
            ("bills", "first: 3, filter: {isAdvance: true}", "", "bill"),
            ("bills", "first: 3, filter: {status: [CREDITED]}", "", "bill"),
            ("bills", "first: 3, filter: {status: [CREDITED]}", "creditNote", "creditNote"),
            ("quotations", "first: 3, filter: {kind: QUOTATION}", "", "quotation"),
            ("quotations", "first: 3, filter: {kind: INVOICE}", "", "quotation"),
            ("salesQuotations", "first: 3", "", "salesQuotation"),
            ("salesQuotations", "first: 3, filter: {saleType: LEASING}", "", "salesQuotation"),
        ] {
            subjects.extend(ids(&client, list, arguments, field).await.into_iter().map(|id| json!({ subject: id })));
        }
        for company in ids(&client, "financeCompanies", "first: 2", "").await {
            subjects.push(json!({"financierReport": {"financeCompany": company, "month": "2026-08-17"}}));
        }
        let proformas = client
            .ask(
                "{ bills(first: 100, filter: {saleType: LEASING}) { nodes { id proformaNumber } }
                salesQuotations(first: 100, filter: {saleType: LEASING}) { nodes { id proformaNumber } } }",
            )
            .await;
        for (list, subject) in [("bills", "billProforma"), ("salesQuotations", "salesQuotationProforma")] {
            let rows = proformas[list]["nodes"].as_array().expect("rows").iter();
            let issued = rows.filter(|row| row["proformaNumber"].is_string()).take(2);
            subjects.extend(issued.map(|row| json!({ subject: row["id"] })));
        }
        for subject in subjects {
            let answer = client.change("makeDocument", PAPER, subject.clone()).await;
            let document = &answer["document"];
            assert!(document["id"].is_string(), "{persona}: {subject}: {answer}");
            let bytes = file(&world, document).await;
            assert!(bytes.starts_with(b"%PDF-"), "{subject}");
            let number = document["number"].as_str().expect("a number");
            let text = prose(&bytes);
            let is_report = document["checkUrl"].is_null();
            let first = number.split_whitespace().next().expect("a word");
            assert!(is_report || text.is_none_or(|text| text.contains(first)), "{number} is on it");
            kinds.insert(document["kind"].as_str().expect("a kind").to_owned());
        }
    }
    let all = [
        "ADVANCE_RECEIPT",
        "CLAIM_INVOICE",
        "CLAIM_QUOTATION",
        "CREDIT_NOTE",
        "FINANCIER_REPORT",
        "PROFORMA",
        "SALES_QUOTATION",
        "STOCK_REPORT",
    ];
    for kind in all {
        assert!(kinds.contains(kind), "no {kind} was printed: {kinds:?}");
    }
    assert!(kinds.contains("TAX_INVOICE") || kinds.contains("INVOICE"), "{kinds:?}");
});

seeded!(what_was_printed_is_read_in_as_many_statements_however_many_rows, async |world: World| {
    let dealer = world.client("dealer").await;
    let mut counts = BTreeSet::new();
    // Who asks is remembered for a while.
    dealer.ask("{ viewer { id: __typename } }").await;
    for first in [5, 20, 50] {
        world.home.statements.take();
        let query = "query($first: Int) { bills(first: $first) { nodes { documents { kind number link { url } } } } }";
        dealer.ask_with(query, json!({"first": first})).await;
        let sent = world.home.statements.take();
        counts.insert(sent.iter().filter(|statement| statement.sql.starts_with("SELECT")).count());
    }
    assert_eq!(counts.len(), 1, "statements by page size: {counts:?}");
});

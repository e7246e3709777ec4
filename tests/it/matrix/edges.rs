//! Every edge: from everybody's own rows along every field of the schema, three edges deep, to nothing foreign.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::{Outcomes, code, everybody, reviewed};
use crate::support::grammar::{Grammar, Pruned};
use crate::support::{Client, World, seeded};

const DEPTH: usize = 3;

seeded!(no_edge_leads_from_own_rows_to_foreign_ones, async |world: World| {
    let grammar = Grammar::read();
    let mut refusals = std::collections::BTreeMap::<String, Outcomes>::new();
    let mut walked = Pruned::new();
    for persona in everybody() {
        let client = world.client(persona).await;
        let roots = grammar.lists().into_iter().map(|(list, noun)| (list.name, noun, true));
        for (name, kind, is_list) in roots.chain([("viewer".to_owned(), "Viewer".to_owned(), false)]) {
            for page in if is_list { &["first: 2", "last: 2"][..] } else { &[""] } {
                let walk = Walk { grammar: &grammar, root: &name, kind: &kind, page };
                let refused = walk.run(&client, &mut walked).await;
                for edge in refused.iter().filter(|_| page.starts_with("first") || page.is_empty()) {
                    refusals.entry(edge.clone()).or_default().add(persona, name.clone());
                }
            }
        }
    }
    // What a page of few rows may not have.
    let dealer = world.client("dealer").await;
    for (name, kind, page) in [
        ("bills", "Bill", "first: 5, filter: {isAdvance: true}"),
        ("bills", "Bill", "first: 5, filter: {saleType: LEASING}"),
        ("bills", "Bill", "first: 5, filter: {status: [CREDITED]}"),
        ("bills", "Bill", "first: 25"),
        ("quotations", "Quotation", "first: 5, filter: {status: [CONVERTED]}"),
        ("quotations", "Quotation", "first: 5, filter: {kind: INVOICE}"),
        ("salesQuotations", "SalesQuotation", "first: 5, filter: {status: [CONVERTED]}"),
        ("salesQuotations", "SalesQuotation", "first: 5, filter: {saleType: LEASING}"),
        ("enquiries", "Enquiry", "first: 5, filter: {status: [QUOTED]}"),
    ] {
        Walk { grammar: &grammar, root: name, kind, page }.run(&dealer, &mut walked).await;
    }
    let edges = grammar.nodes().into_iter().flat_map(|kind| {
        let fields = grammar.fields(kind).into_iter().filter(|field| grammar.is_composite(&field.kind));
        fields.map(move |field| (kind.to_owned(), field.name))
    });
    let missed: Vec<_> = edges.filter(|edge| !walked.contains(edge)).collect();
    assert!(missed.is_empty(), "no row of the group has these, so nothing was tried: {missed:?}");
    let report: String = refusals.iter().map(|(edge, who)| format!("{edge}\n{}", who.lines())).collect();
    reviewed("edges_refused", &report);
});

/// A root field with everything that follows from it.
struct Walk<'a> {
    grammar: &'a Grammar,
    root: &'a str,
    kind: &'a str,
    page: &'a str,
}

impl Walk<'_> {
    /// Asks until nothing is refused, leaving out what was; gives the edges refused.
    async fn run(&self, client: &Client, walked: &mut Pruned) -> BTreeSet<String> {
        let (mut pruned, mut refused) = (Pruned::new(), BTreeSet::new());
        loop {
            let query = self.query(&pruned);
            let answer = client.send(&query, Value::Null).await;
            let Some(code) = code(&answer) else {
                note(&answer["data"], walked);
                return refused;
            };
            for error in answer["errors"].as_array().expect("errors") {
                assert!(error["path"].is_array(), "{}: {error}", self.root);
                match self.edge(&error["path"]) {
                    Some(edge) => {
                        refused.insert(format!("{}.{} {code}", edge.0, edge.1));
                        pruned.insert(edge);
                    }
                    // The root field itself.
                    None => return BTreeSet::from([format!("Query.{} {code}", self.root)]),
                }
            }
        }
    }

    fn query(&self, pruned: &Pruned) -> String {
        let Self { grammar, root, kind, page } = self;
        let fields = grammar.selection(kind, DEPTH, pruned);
        match page.is_empty() {
            true => format!("{{ {root} {{ {fields} }} }}"),
            false => format!("{{ {root}({page}) {{ nodes {{ {fields} }} }} }}"),
        }
    }

    /// The last field of an error's path, with the type that has it.
    fn edge(&self, path: &Value) -> Option<(String, String)> {
        let path = path.as_array().expect("a path");
        let mut fields = path.iter().filter_map(Value::as_str).skip(1).filter(|field| *field != "nodes").peekable();
        let mut kind = self.kind.to_owned();
        while let Some(field) = fields.next() {
            if fields.peek().is_none() {
                return Some((kind, field.to_owned()));
            }
            kind = self.grammar.fields(&kind).into_iter().find(|own| own.name == field).expect("a field").kind;
        }
        None
    }
}

/// Notes the edges that led somewhere.
fn note(value: &Value, walked: &mut Pruned) {
    match value {
        Value::Object(fields) => {
            if let Some(kind) = fields.get("__typename").and_then(Value::as_str) {
                let led =
                    fields.iter().filter(|(_, value)| value.is_object() || **value != json!([]) && value.is_array());
                walked.extend(led.map(|(field, _)| (kind.to_owned(), field.clone())));
            }
            fields.values().for_each(|value| note(value, walked));
        }
        Value::Array(values) => values.iter().for_each(|value| note(value, walked)),
        _ => {}
    }
}

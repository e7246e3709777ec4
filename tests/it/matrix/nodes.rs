//! Every type of node by id, asked by everybody: one's own, a sibling branch's, another dealership's, a stranger's, and one
//! that nobody ever gave out.

use std::collections::BTreeMap;
use std::fmt::Write;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::{Value, json};

use super::{everybody, reviewed};
use crate::support::grammar::Grammar;
use crate::support::samples::{PLACES, Samples};
use crate::support::{World, seeded};

seeded!(everybody_asks_every_node_by_id, async |world: World| {
    let grammar = Grammar::read();
    let samples = Samples::of_group(&world, &grammar).await;
    let mut ids = Vec::new();
    for kind in grammar.nodes() {
        for place in PLACES {
            ids.push((kind, place, samples.text(kind, "id", world.places.at(place)).to_owned()));
        }
        let (.., own) = &ids[ids.len() - PLACES.len()];
        ids.push((kind, UNKNOWN, of_no_row(own)));
    }
    ids.push(("Malformed", "", "QgAA".to_owned()));
    let nodes = ids.iter().enumerate().map(|(n, (.., id))| format!(r#"n{n}: node(id: "{id}") {{ __typename id }} "#));
    let query = format!("{{ {} }}", nodes.collect::<String>());
    let mut matrix = String::from("                           ");
    PLACES.iter().chain([&UNKNOWN]).for_each(|place| write!(matrix, " {place:<18}").expect("a String"));
    for persona in everybody() {
        let answer = world.client(persona).await.send(&query, Value::Null).await;
        let mut before = "";
        let mut forbidden = BTreeMap::new();
        for (n, (kind, place, id)) in ids.iter().enumerate() {
            if *kind != before {
                write!(matrix, "\n{persona:<10} {kind:<16}").expect("a String");
                before = kind;
            }
            let outcome = outcome(&answer, &format!("n{n}"), kind, id);
            write!(matrix, " {:<18}", outcome.trim_end()).expect("a String");
            assert!(place.is_empty() || outcome != "found" || persona != "anonymous", "{kind} is shown to nobody");
            if outcome == "FORBIDDEN" {
                *forbidden.entry(kind).or_insert(0) += 1;
            }
        }
        // A role that may not see a type is told so whatever the id: nothing about rows.
        assert!(forbidden.values().all(|ids| *ids == PLACES.len() + 1), "{persona}: {forbidden:?}");
    }
    let matrix: Vec<_> = matrix.lines().map(str::trim_end).collect();
    reviewed("nodes_by_id", &matrix.join("\n"));
});

const UNKNOWN: &str = "unknown";

/// An id of the same type and dealership that nobody ever gave out.
fn of_no_row(id: &str) -> String {
    let mut bytes = URL_SAFE_NO_PAD.decode(id).expect("a global id");
    *bytes.last_mut().expect("it ends in the row's id") ^= 1;
    URL_SAFE_NO_PAD.encode(bytes)
}

/// `found`, or the code of the refusal, whose wording is the same for every id.
fn outcome(answer: &Value, alias: &str, kind: &str, id: &str) -> String {
    let node = &answer["data"][alias];
    if node.is_object() {
        assert_eq!((&node["id"], &node["__typename"]), (&json!(id), &json!(kind)));
        return "found".to_owned();
    }
    let errors = answer["errors"].as_array().expect("a refusal");
    let error = errors.iter().find(|error| error["path"] == json!([alias])).expect("the node's refusal");
    let code = error["extensions"]["code"].as_str().expect("a code");
    // A foreign, an unknown and a malformed id answer alike, word by word.
    let first = errors.iter().find(|error| error["extensions"]["code"] == code).expect("this one at least");
    assert_eq!((&error["message"], &error["extensions"]), (&first["message"], &first["extensions"]), "{kind}");
    let keys: Vec<_> = error.as_object().expect("an error").keys().map(String::as_str).collect();
    assert_eq!(keys, ["extensions", "locations", "message", "path"], "{kind}");
    code.to_owned()
}

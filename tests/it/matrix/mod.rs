//! The matrix: everything that can be asked, by everybody, walked from `schema.graphql`. What is new in the schema
//! fails here until it has its row, or is walked of itself and changes a snapshot that somebody reviews.

mod edges;
mod lists;
mod nodes;
mod roots;
mod subscriptions;

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use crate::support::places::Place;
use crate::support::{PERSONAS, World};

/// Everybody, and nobody.
fn everybody() -> impl Iterator<Item = &'static str> {
    PERSONAS.into_iter().chain(["anonymous"])
}

/// Outcomes of one question: who shares one is written in one line.
#[derive(Default)]
struct Outcomes(BTreeMap<String, Vec<&'static str>>);

impl Outcomes {
    fn add(&mut self, persona: &'static str, outcome: String) {
        self.0.entry(outcome).or_default().push(persona);
    }

    fn lines(&self) -> String {
        self.0.iter().map(|(outcome, personas)| format!("    {outcome}  <-  {}\n", personas.join(" "))).collect()
    }
}

/// The code of an answer's first error.
fn code(answer: &Value) -> Option<&str> {
    answer["errors"][0]["extensions"]["code"].as_str()
}

/// Places in few words: `colombo-ev/BR01+BR02 kandy-ride`. A dealership's own rows go without saying beside a branch's.
fn written(world: &World, places: &BTreeSet<Place>) -> String {
    let mut dealerships = BTreeMap::<&str, Vec<&str>>::new();
    for name in places.iter().map(|place| world.places.name(*place)) {
        let (dealership, branch) = name.split_once('/').map_or((name, None), |(name, branch)| (name, Some(branch)));
        dealerships.entry(dealership).or_default().extend(branch);
    }
    let written = dealerships.into_iter().map(|(dealership, mut branches)| {
        branches.sort_unstable();
        if branches.is_empty() { dealership.to_owned() } else { format!("{dealership}/{}", branches.join("+")) }
    });
    let written: Vec<_> = written.collect();
    if written.is_empty() { "nothing".to_owned() } else { written.join(" ") }
}

/// Compares with the snapshot that somebody has reviewed.
fn reviewed(name: &str, matrix: &str) {
    insta::with_settings!({snapshot_path => "../snapshots"}, { insta::assert_snapshot!(name, matrix) });
}

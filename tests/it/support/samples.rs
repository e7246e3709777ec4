//! Rows of every type of node at every place, as the API shows them to whoever may see everything.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};
use tokio::sync::OnceCell;

use super::grammar::{Grammar, Pruned};
use super::places::{self, Place, Places};
use super::{Client, World};

/// Where samples are taken: the clerk's branch, the sibling's, one of the same head office, one of a stranger's.
pub(crate) const PLACES: [&str; 4] = ["colombo-ev/BR01", "colombo-ev/BR02", "kandy-ride/BR01", "ruhuna-motors/BR01"];

/// Rows by type and place.
pub(crate) struct Samples {
    rows: BTreeMap<(String, Place), Vec<Map<String, Value>>>,
}

impl Samples {
    /// Taken once a process: the group's rows are the same in every home.
    pub(crate) async fn of_group(world: &World, grammar: &Grammar) -> &'static Self {
        static SAMPLES: OnceCell<Samples> = OnceCell::const_new();
        SAMPLES.get_or_init(|| Self::take(world, grammar)).await
    }

    async fn take(world: &World, grammar: &Grammar) -> Self {
        let everything = world.client("hq-all").await;
        let mut samples = Self { rows: BTreeMap::new() };
        for (list, noun) in grammar.lists() {
            let fields = grammar.selection(&noun, 1, &Pruned::new());
            for row in all(&everything, &list.name, &fields).await {
                samples.keep(world, &row);
            }
        }
        samples
    }

    fn keep(&mut self, world: &World, value: &Value) {
        match value {
            Value::Object(fields) => {
                let place = fields.get("id").and_then(Value::as_str).and_then(|id| world.places.of_id(id));
                if let (Some(place), Some(kind)) = (place, fields["__typename"].as_str()) {
                    self.rows.entry((kind.to_owned(), place)).or_default().push(fields.clone());
                }
                fields.values().for_each(|value| self.keep(world, value));
            }
            Value::Array(values) => values.iter().for_each(|value| self.keep(world, value)),
            _ => {}
        }
    }

    /// Rows of a type at a place; of its dealership, where no branch owns the type.
    ///
    /// # Panics
    /// When there are none.
    pub(crate) fn at(&self, kind: &str, place: Place) -> &[Map<String, Value>] {
        let of_dealership = Place { branch: None, ..place };
        let rows = [place, of_dealership].into_iter().find_map(|place| self.rows.get(&(kind.to_owned(), place)));
        rows.unwrap_or_else(|| {
            panic!("no list shows a {kind} at {place:?}: give the group one, or a list an edge to it")
        })
    }

    /// A field of the first row that has it.
    pub(crate) fn text(&self, kind: &str, field: &str, place: Place) -> &str {
        let found = self.at(kind, place).iter().find_map(|row| row.get(field)?.as_str());
        found.unwrap_or_else(|| panic!("no {kind} has a {field}"))
    }

    /// What is written on the first row of a type at a place, as clients see it.
    pub(crate) fn texts(&self, places: &Places, kind: &str, place: Place) -> Vec<String> {
        let mut texts = Vec::new();
        places::each_text(&Value::Object(own(&self.at(kind, place)[0])), &mut |text| texts.push(text.to_owned()));
        texts.retain(|text| !text.is_empty() && places.of_id(text).is_none());
        texts.sort();
        texts.dedup();
        texts
    }
}

/// A row without the rows it leads to, days and kinds.
fn own(row: &Map<String, Value>) -> Map<String, Value> {
    let is_own = |field: &str, value: &Value| match value {
        Value::Object(value) => !value.contains_key("id") && !value.contains_key("amountMinor"),
        Value::String(_) => {
            !field.ends_with("At") && !field.ends_with("On") && field != "date" && field != "__typename"
        }
        _ => false,
    };
    row.iter()
        .filter(|(field, value)| is_own(field, value))
        .map(|(field, value)| (field.clone(), value.clone()))
        .collect()
}

/// All rows of a list, page by page.
pub(crate) async fn all(client: &Client, list: &str, fields: &str) -> Vec<Value> {
    let query = format!(
        "query($after: String) {{ rows: {list}(first: 100, after: $after) {{ nodes {{ {fields} }} pageInfo {{ hasNextPage endCursor }} }} }}"
    );
    let (mut all, mut after) = (Vec::new(), Value::Null);
    loop {
        let mut rows = client.ask_with(&query, json!({"after": after})).await["rows"].take();
        all.append(rows["nodes"].as_array_mut().expect("nodes"));
        if rows["pageInfo"]["hasNextPage"] != true {
            return all;
        }
        after = rows["pageInfo"]["endCursor"].take();
    }
}

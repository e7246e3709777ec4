//! Every list with every filter and every order that could name foreign data: no foreign row comes back, none is counted.

use forecourt::permission::Permission;
use forecourt::scope::Reach;
use serde_json::Value;

use super::code;
use crate::support::grammar::{Grammar, Member, Pruned};
use crate::support::places::Place;
use crate::support::samples::{PLACES, Samples};
use crate::support::{World, canary, places, seeded};

/// One of each way to reach.
const ASKERS: [&str; 3] = ["clerk", "stranger", "hq-of-two"];

/// Arguments that say which page of a list.
const PAGING: [&str; 4] = ["first", "after", "last", "before"];

/// At most so many lists in one operation.
const ALIASES: usize = 25;

/// One way to ask for a list.
struct Case {
    arguments: String,
    /// Whose data it names, so exactly that nobody else has such.
    names: Option<Place>,
}

seeded!(no_filter_and_no_order_brings_a_foreign_row, async |world: World| {
    let grammar = Grammar::read();
    let samples = Samples::of_group(&world, &grammar).await;
    for persona in ASKERS {
        let client = world.client(persona).await;
        let scope = client.scope().await.expect("a scope");
        for (list, noun) in grammar.lists() {
            let coordinate = format!("Query.{}", list.name);
            let opening = Permission::ALL.iter().find(|permission| permission.opens().contains(&coordinate.as_str()));
            if opening.is_some_and(|permission| !scope.may(*permission)) {
                let answer = client.send(&format!("{{ {}(first: 1) {{ totalCount }} }}", list.name), Value::Null).await;
                assert_eq!(code(&answer), Some("FORBIDDEN"), "{persona}: {coordinate}");
                continue;
            }
            for cases in cases(&world, &grammar, samples, &list, &noun).chunks(ALIASES) {
                let asked = cases.iter().enumerate().map(|(n, case)| {
                    let Case { arguments, .. } = case;
                    format!("l{n}: {}({arguments}) {{ totalCount nodes {{ id }} pageInfo {{ hasNextPage hasPreviousPage }} }} ", list.name)
                });
                let query = format!("{{ {} }}", asked.collect::<String>());
                // The client fails a test for a foreign row; what is left to see is what was counted.
                let answer = client.ask(&query).await;
                for (n, case) in cases.iter().enumerate() {
                    let rows = &answer[format!("l{n}")];
                    check(rows, case, scope.reach(), &format!("{persona}: {}({})", list.name, case.arguments));
                }
            }
        }
    }
});

fn check(rows: &Value, case: &Case, reach: &Reach, asked: &str) {
    let (total, shown) =
        (rows["totalCount"].as_u64().expect("a count"), rows["nodes"].as_array().expect("nodes").len());
    if rows["pageInfo"]["hasNextPage"] == false && rows["pageInfo"]["hasPreviousPage"] == false {
        assert_eq!(total, shown as u64, "{asked} counts what it does not show");
    }
    if case.names.is_some_and(|place| !place.is_within(reach)) {
        assert_eq!(total, 0, "{asked} names foreign data and finds something");
    }
}

/// Every value of every argument of a list, one at a time; each order from both ends.
fn cases(world: &World, grammar: &Grammar, samples: &Samples, list: &Member, noun: &str) -> Vec<Case> {
    let mut cases = Vec::new();
    for argument in list.arguments.iter().filter(|argument| !PAGING.contains(&argument.name.as_str())) {
        for (value, names) in values(world, grammar, samples, argument, noun) {
            let name = &argument.name;
            cases.push(Case { arguments: format!("first: 100, {name}: {value}"), names });
            if name == "orderBy" {
                cases.push(Case { arguments: format!("last: 100, {name}: {value}"), names });
            }
        }
    }
    cases.push(Case { arguments: "first: 100".to_owned(), names: None });
    cases
}

/// Literals for an argument or a field of a filter, with the place each names.
fn values(
    world: &World,
    grammar: &Grammar,
    samples: &Samples,
    member: &Member,
    noun: &str,
) -> Vec<(String, Option<Place>)> {
    let values: Vec<_> = match member.kind.as_str() {
        "ID" => {
            let kind = grammar.node_of(member);
            let id = |place: &str| samples.text(&kind, "id", world.places.at(place));
            PLACES.iter().map(|place| (format!("{:?}", id(place)), world.places.of_id(id(place)))).collect()
        }
        "String" => PLACES.iter().flat_map(|place| texts(world, samples, noun, world.places.at(place))).collect(),
        "Boolean" => vec![("true".to_owned(), None), ("false".to_owned(), None)],
        "Date" => vec![("\"2026-07-01\"".to_owned(), None)],
        kind if grammar.is_input(kind) => {
            let fields = grammar.fields(kind).into_iter().flat_map(|field| {
                let values = values(world, grammar, samples, &field, noun);
                values.into_iter().map(move |(value, names)| (format!("{{{}: {value}}}", field.name), names))
            });
            fields.collect()
        }
        kind => grammar.values(kind).into_iter().map(|value| (value, None)).collect(),
    };
    let (name, kind) = (&member.name, &member.kind);
    assert!(!values.is_empty(), "teach tests/it/matrix/lists.rs values of {kind}, for {noun}'s {name}");
    match member.is_list {
        true => values.into_iter().map(|(value, names)| (format!("[{value}]"), names)).collect(),
        false => values,
    }
}

/// What is written on the first rows of a place: whole, with the canary that nobody else has, and as people type it.
fn texts(world: &World, samples: &Samples, noun: &str, place: Place) -> Vec<(String, Option<Place>)> {
    let texts = samples.texts(world.places, noun, place);
    let both = texts.iter().flat_map(|text| {
        let names = canary::named(text).next().map(|code| world.places.at(code));
        let typed = canary::without(text);
        let typed = (!typed.is_empty() && typed != *text).then_some((typed, None));
        std::iter::once((text.clone(), names)).chain(typed)
    });
    both.map(|(text, names)| (Value::String(text).to_string(), names)).collect()
}

seeded!(the_leak_detector_hears_every_type, async |world: World| {
    let grammar = Grammar::read();
    let clerk = world.client("clerk").await.scope().await.expect("a scope");
    let everything = world.client("hq-all").await;
    for (list, noun) in grammar.lists() {
        let fields = grammar.selection(&noun, 0, &Pruned::new());
        let answer = everything.ask(&format!("{{ {}(first: 100) {{ nodes {{ {fields} }} }} }}", list.name)).await;
        let leaks = places::leaks(Some(world.places), Some(clerk.reach()), &answer);
        assert!(leaks.iter().any(|text| world.places.of_id(text).is_some()), "{noun}: no foreign id is heard");
        assert!(leaks.iter().any(|text| text.contains('⟦')), "{noun}: no canary is heard");
        assert!(!places::leaks(Some(world.places), None, &answer).is_empty(), "{noun}: nobody is shown something");
    }
});

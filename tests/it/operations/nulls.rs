//! What a field that failed leaves behind, as the specification has it (section 6.4.4).

use serde_json::{Value, json};

use super::{Asker, codes, defaults};
use crate::support::{World, seeded};

seeded!(what_failed_is_null_or_what_it_belongs_to_is, async |world: World| {
    let inventory = Asker::of(&world, "inventory", &defaults()).await;
    let nobody = json!({"viewer": {"name": null}});
    let expected: [(&str, usize, Value); 6] = [
        ("{ node(id: \"x\") { id } }", 1, json!({"node": null})),
        (
            "{ a: node(id: \"x\") { id } ...F } fragment F on Query { bill(number: \"1\") { number } }",
            2,
            json!({"a": null, "bill": null}),
        ),
        ("{ bill(number: \"1\") { number } bills(first: 1) { nodes { number } } }", 2, Value::Null),
        ("{ bills(first: 1) { nodes { number } } node(id: \"x\") { id } }", 2, Value::Null),
        ("{ bikeUnits(first: 2) { nodes { chassisNumber bills { number } } } }", 2, Value::Null),
        ("{ viewer { name } node(id: \"x\") { id } }", 1, json!({"viewer": {"name": "…"}, "node": null})),
    ];
    for (query, errors, data) in expected {
        let mut answer = inventory.ask(query).await;
        assert_eq!(codes(&answer).len(), errors, "{query}: {answer}");
        if let Some(name) = answer["data"].pointer_mut("/viewer/name") {
            *name = json!("…");
        }
        assert_eq!(answer["data"], data, "{query}");
        let keys = |data: &Value| data.as_object().map(|data| data.keys().cloned().collect::<Vec<_>>());
        assert_eq!(keys(&answer["data"]), keys(&data), "in the order of the document: {query}");
    }
    assert_ne!(inventory.ask("{ viewer { name } }").await["data"], nobody);
});

//! Who may ask what the schema is, and what each role is shown of it.

use forecourt::config::{self, Introspection};

use super::{Asker, codes, defaults};
use crate::support::{World, seeded};

const SCHEMA: &str = "{ __schema { types { name fields { name } } } }";

seeded!(whoever_may_ask_for_the_schema_is_a_setting, async |world: World| {
    let policies = [
        (Introspection::Everybody, [None, None]),
        (Introspection::SignedIn, [Some("INTROSPECTION_REFUSED"), None]),
        (Introspection::Nobody, [Some("INTROSPECTION_REFUSED"), Some("INTROSPECTION_REFUSED")]),
    ];
    for (introspection, expected) in policies {
        for (persona, expected) in ["anonymous", "clerk"].into_iter().zip(expected) {
            let asker = Asker::of(&world, persona, &config::Graphql { introspection, ..defaults() }).await;
            for query in [
                SCHEMA,
                "{ __type(name: \"Bill\") { name } }",
                "{ ...F } fragment F on Query { __schema { description } }",
            ] {
                let answer = asker.ask(query).await;
                assert_eq!(codes(&answer).first().copied(), expected, "{introspection:?} {persona} {query}: {answer}");
            }
            assert_eq!(codes(&asker.ask("{ __typename }").await), [""; 0]);
            let misspelt = asker.ask("{ bils { nodes { number } } }").await.to_string();
            let is_suggested = misspelt.contains("Did you mean");
            assert_eq!(
                is_suggested,
                introspection == Introspection::Everybody,
                "{introspection:?} {persona}: {misspelt}"
            );
        }
    }
});

//! Who may ask what the schema is, and what each role is shown of it.

use std::collections::BTreeSet;

use forecourt::config::{self, Introspection};
use serde_json::Value;

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

/// What somebody is shown, as schema coordinates.
async fn shown(world: &World, persona: &str) -> BTreeSet<String> {
    let limits = config::Graphql { introspection: Introspection::Everybody, ..defaults() };
    let answer = Asker::of(world, persona, &limits).await.ask(SCHEMA).await;
    let types = answer["data"]["__schema"]["types"].as_array().unwrap_or_else(|| panic!("types: {answer}"));
    let coordinates = |of: &Value| {
        let name = of["name"].as_str().expect("a name").to_owned();
        let fields = of["fields"].as_array().into_iter().flatten();
        let fields: Vec<_> =
            fields.map(|field| format!("{name}.{}", field["name"].as_str().expect("a name"))).collect();
        fields.into_iter().chain([name])
    };
    types.iter().flat_map(coordinates).collect()
}

seeded!(a_role_is_shown_what_it_can_use, async |world: World| {
    let everything = shown(&world, "hq-all").await;
    let expected: [(&str, &[&str], &[&str]); 5] = [
        ("dealer", &["Query.bills", "Mutation.createBranch", "BikeUnit.landedCost"], &["Mutation.openDealership"]),
        (
            "clerk",
            &["Query.bills", "Mutation.issueBill", "Customer.nic"],
            &["BikeUnit.landedCost", "Query.staff", "Mutation.creditBill", "PartnerKey", "PartnerKeyState"],
        ),
        (
            "inventory",
            &["Query.bikeUnits", "Mutation.receiveUnits"],
            &[
                "Query.bills",
                "Bill",
                "BillFilter",
                "BikeUnit.bills",
                "Query.customers",
                "Mutation.issueBill",
                "IssueBillInput",
                "KpiReport",
            ],
        ),
        ("auditor", &["Query.bills", "Query.kpi"], &["Mutation.issueBill", "Mutation.createBranch", "Customer.nic"]),
        (
            "anonymous",
            &["Query.viewer", "Mutation.signIn", "SignInInput"],
            &["Query.bills", "Bill", "Customer", "Mutation.issueBill", "Query.kpi"],
        ),
    ];
    for (persona, seen, hidden) in expected {
        let shown = shown(&world, persona).await;
        assert!(shown.is_subset(&everything), "{persona}");
        for place in seen {
            assert!(shown.contains(*place), "{persona} does not see {place}");
        }
        for place in hidden {
            assert!(!shown.contains(*place), "{persona} sees {place}");
            assert!(everything.contains(*place), "{place} is not in the schema");
        }
    }
});

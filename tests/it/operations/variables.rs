//! Variables are checked before anything is carried out, and their values are told to nobody.

use serde_json::{Value, json};

use super::{Asker, codes, defaults};
use crate::support::{World, seeded};

seeded!(variables_that_do_not_fit_are_refused_without_their_values, async |world: World| {
    let dealer = Asker::of(&world, "dealer", &defaults()).await;
    let bills =
        "query($first: Int!, $filter: BillFilter) { bills(first: $first, filter: $filter) { nodes { number } } }";
    let unfit = [
        (json!({}), "The variable $first must be of the type Int!."),
        (json!({"first": null}), "The variable $first must be of the type Int!."),
        (json!({"first": "SECRET"}), "The variable $first must be of the type Int."),
        (json!({"first": 1.5}), "The variable $first must be of the type Int."),
        (json!({"first": [1]}), "The variable $first must be of the type Int."),
        (json!({"first": 1, "filter": "SECRET"}), "The variable $filter must be of the type BillFilter."),
        (
            json!({"first": 1, "filter": {"status": ["SECRET"]}}),
            "The variable $filter.status.0 must be of the type BillStatus.",
        ),
        (
            json!({"first": 1, "filter": {"status": [null]}}),
            "The variable $filter.status.0 must be of the type BillStatus!.",
        ),
        (
            json!({"first": 1, "filter": {"unknown": "SECRET"}}),
            "The variable $filter has a field \"unknown\" that BillFilter does not have.",
        ),
    ];
    for (variables, told) in unfit {
        let answer = dealer.ask_with(bills, variables.clone()).await;
        assert_eq!(codes(&answer), ["GRAPHQL_VALIDATION_FAILED"], "{variables}: {answer}");
        assert_eq!(answer["errors"][0]["message"], told);
        assert!(!answer.to_string().contains("SECRET"));
    }
    let fit = [
        json!({"first": 1}),
        json!({"first": 1, "filter": null}),
        json!({"first": 1, "filter": {"status": "PENDING"}}),
        json!({"first": 1, "filter": {"status": ["PENDING"], "search": null}, "more": "is ignored"}),
    ];
    for variables in fit {
        let answer = dealer.ask_with(bills, variables.clone()).await;
        assert_eq!(codes(&answer), [""; 0], "{variables}: {answer}");
    }
});

seeded!(of_several_operations_the_named_one_is_checked, async |world: World| {
    let dealer = Asker::of(&world, "dealer", &defaults()).await;
    let two = "query A($first: Int!) { bills(first: $first) { nodes { number } } } query B { viewer { name } }";
    let request = |name: Option<&str>| {
        let request = json!({"query": two, "operationName": name, "variables": {}});
        serde_json::from_value::<async_graphql::Request>(request).expect("a request")
    };
    for (name, code) in [
        (Some("B"), None),
        (Some("A"), Some("GRAPHQL_VALIDATION_FAILED")),
        (Some("C"), Some("OPERATION_UNKNOWN")),
        (None, Some("OPERATION_UNKNOWN")),
    ] {
        let answer: Value = dealer.run(request(name), forecourt::graphql::Allowed::Operations).await;
        assert_eq!(codes(&answer).first().copied(), code, "{name:?}: {answer}");
    }
});

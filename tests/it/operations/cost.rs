//! Cost: told before, paid by whoever asks.

use chrono::TimeDelta;
use forecourt::config;
use forecourt::graphql::Allowed;
use serde_json::{Value, json};

use super::{Asker, codes, defaults};
use crate::support::{World, seeded};

seeded!(a_point_is_a_row, async |world: World| {
    let dealer = Asker::of(&world, "dealer", &defaults()).await;
    let cost = async |query: &str, variables: Value| {
        let answer = dealer.ask_with(query, variables).await;
        assert!(answer["errors"].is_null(), "{answer}");
        answer["extensions"]["cost"]["requested"].as_u64().expect("a cost")
    };
    let page = "query($n: Int = 5, $more: Boolean = false) { bills(first: $n) { nodes { number unit { model { name } }
        customer @include(if: $more) { name } } } }";
    assert_eq!(cost(page, json!({})).await, 5 * 3 + 1, "the page, and three rows for each of its own");
    assert_eq!(cost(page, json!({"n": 50})).await, 50 * 3 + 1);
    assert_eq!(cost(page, json!({"n": 50, "more": true})).await, 50 * 4 + 1);
    assert_eq!(cost("{ bills { edges { cursor } } }", json!({})).await, 21);
    assert_eq!(cost("{ bills(first: 0) { totalCount pageInfo { hasNextPage } } }", json!({})).await, 11);
    assert_eq!(cost("{ viewer { name } }", json!({})).await, 1);
    assert_eq!(
        cost("{ a: viewer { name } ...F } fragment F on Query { bills(last: 3) { nodes { id } } }", json!({})).await,
        4
    );
    assert!(cost("{ dashboard { __typename } }", json!({})).await >= 100);
    // What a document was found to cost holds for whoever sends it again, unless a variable or another operation decides.
    let fragment = "query($n: Int) { ...F } fragment F on Query { bills(last: $n) { nodes { id } } }";
    let two = "query A { bills(first: 2) { nodes { id } } } query B { bills(first: 9) { nodes { id } } }";
    for n in [2, 40, 2] {
        assert_eq!(cost(fragment, json!({"n": n})).await, n + 1);
        assert_eq!(cost("{ bills(first: 7) { nodes { id } } }", json!({"n": n})).await, 8);
    }
    for (name, points) in [("A", 3), ("B", 10), ("A", 3)] {
        let request = json!({"query": two, "operationName": name});
        let request = serde_json::from_value(request).expect("a request");
        let answer = dealer.run(request, Allowed::Operations).await;
        assert_eq!(answer["extensions"]["cost"]["requested"], points, "{name}");
    }
});

seeded!(an_operation_that_costs_too_much_is_refused_with_its_price, async |world: World| {
    let dealer = Asker::of(&world, "dealer", &defaults()).await;
    let query = "query($n: Int) { bills(first: $n) { nodes { unit { model { name } branch { name } } customer { name }
        salesperson { name } branch { name } payments { amount { formatted } } } } }";
    let answer = dealer.ask_with(query, json!({"n": 100})).await;
    assert_eq!(codes(&answer), ["LIMIT_EXCEEDED"]);
    assert_eq!(
        answer["errors"][0]["message"],
        "This costs 1201 points, and one operation may cost 1000: ask for smaller pages."
    );
    assert_eq!(codes(&dealer.ask_with(query, json!({"n": 50})).await), [""; 0]);
    for unfit in [json!(-1), json!(2_000_000_000)] {
        let answer = dealer.ask_with(query, json!({"n": unfit})).await;
        assert!(codes(&answer).len() == 1, "{answer}");
    }
});

seeded!(a_budget_is_a_devices_own_and_comes_back, async |world: World| {
    let limits = config::Graphql { budget: 30, budget_per_second: 10, ..defaults() };
    let clerk = Asker::of(&world, "clerk", &limits).await;
    let page = "{ bills(first: 19) { nodes { number } } }";
    let paid = clerk.ask(page).await;
    assert_eq!(paid["extensions"]["cost"], json!({"requested": 20, "available": 10, "restoreRate": 10}));
    let refused = clerk.ask(page).await;
    assert_eq!(codes(&refused), ["RATE_LIMITED"]);
    assert_eq!(refused["errors"][0]["extensions"]["retryAfter"], 1);
    let dealer = clerk.as_persona(&world, "dealer").await;
    assert_eq!(codes(&dealer.ask(page).await), [""; 0], "nobody spends another's");
    world.home.clock.advance(TimeDelta::seconds(1));
    assert_eq!(codes(&clerk.ask(page).await), [""; 0]);
});

//! Limits: refused before a row is touched, whatever the document is.

use std::fmt::Write;
use std::time::Duration;

use forecourt::config;
use forecourt::graphql::Allowed;

use super::{Asker, codes, defaults};
use crate::support::{World, seeded};

/// Ten fragments, each spread ten times by the one before.
fn bomb() -> String {
    let mut text = format!("{{ bills {{ nodes {{ {} }} }} }}", "...F0 ".repeat(10));
    for at in 0..10 {
        let below = if at < 9 { format!("...F{} ", at + 1).repeat(10) } else { String::new() };
        let _ = write!(text, " fragment F{at} on Bill {{ number {below} }}");
    }
    text
}

seeded!(what_is_too_large_is_refused_before_a_row_is_touched, async |world: World| {
    let clerk = Asker::of(&world, "clerk", &defaults()).await;
    let aliases = (0..10_000).fold(String::new(), |text, at| text + &format!("a{at}: viewer {{ name }} "));
    let deep = |times: usize| format!("{{ viewer {} {} }}", "{ dealership ".repeat(times), "}".repeat(times));
    let hostile = [
        ("a bomb of fragments", bomb(), "LIMIT_EXCEEDED"),
        ("ten thousand aliases", format!("{{ {aliases} }}"), "LIMIT_EXCEEDED"),
        ("thirty-one aliases", format!("{{ {} }}", &aliases[..aliases.find("a31").expect("there")]), "LIMIT_EXCEEDED"),
        (
            "a circle",
            "{ ...A } fragment A on Query { ...B } fragment B on Query { ...A }".into(),
            "GRAPHQL_VALIDATION_FAILED",
        ),
        ("directives", format!("{{ viewer {{ name {} }} }}", "@skip(if: false) ".repeat(31)), "LIMIT_EXCEEDED"),
        ("depth", deep(13), "LIMIT_EXCEEDED"),
        ("brackets", deep(50_000), "LIMIT_EXCEEDED"),
        ("lists", format!("{{ bill(number: {}) {{ number }} }}", "[".repeat(100_000)), "LIMIT_EXCEEDED"),
        ("a long text", format!("{{ {} }}", "viewer ".repeat(20_000)), "LIMIT_EXCEEDED"),
        (
            "an introspection bomb",
            "{ __schema { types { fields { type { fields { type { fields { type { fields { name }
            } } } } } } } } }"
                .into(),
            "LIMIT_EXCEEDED",
        ),
        ("nonsense", "{ viewer".into(), "GRAPHQL_PARSE_FAILED"),
        ("nothing", String::new(), "BAD_REQUEST"),
    ];
    for (what, text, code) in hostile {
        world.home.statements.take();
        let answer = clerk.ask(&text).await;
        assert_eq!(codes(&answer), [code], "{what}: {answer}");
        assert!(answer["data"].is_null() && answer["errors"][0]["path"].is_null(), "{what}");
        assert!(answer["errors"][0]["message"].as_str().is_some_and(|told| told.len() < 300), "{what}");
        let sent = world.home.statements.take();
        assert!(sent.iter().all(|sql| !sql.sql.contains("bill")), "{what} read rows: {sent:?}");
    }
    let fits = clerk.ask("{ viewer { dealership { name } } }").await;
    assert_eq!(codes(&fits), [""; 0], "{fits}");
});

seeded!(a_way_in_allows_what_it_is_for, async |world: World| {
    let clerk = Asker::of(&world, "clerk", &defaults()).await;
    let ask = async |text: &str, allowed| {
        let answer = clerk.run(async_graphql::Request::new(text), allowed).await;
        codes(&answer).first().map(ToString::to_string)
    };
    let mutation = "mutation { signOut { userErrors { code } } }";
    assert_eq!(ask("{ viewer { name } }", Allowed::Queries).await, None);
    assert_eq!(ask(mutation, Allowed::Queries).await.as_deref(), Some("GRAPHQL_VALIDATION_FAILED"));
    let mutation = "mutation { requestPasswordReset(input: {email: \"nobody@example.com\"}) }";
    assert_eq!(ask(mutation, Allowed::Queries).await.as_deref(), Some("METHOD_NOT_ALLOWED"));
    let two = "query A { viewer { name } } mutation B { requestPasswordReset(input: {email: \"nobody@example.com\"}) }";
    assert_eq!(ask(two, Allowed::Queries).await.as_deref(), Some("OPERATION_UNKNOWN"));
});

seeded!(what_takes_too_long_is_stopped, async |world: World| {
    let clerk = Asker::of(&world, "clerk", &config::Graphql { deadline_seconds: 0, ..defaults() }).await;
    let begun = std::time::Instant::now();
    // One statement after the other, so that a millisecond, the shortest time there is, is over in between.
    let long = "{ bills { totalCount nodes { unit { model { name } branch { dealership { name } } } customer { name }
        payments { amount { formatted } } } } }";
    let answer = clerk.ask(long).await;
    assert_eq!(codes(&answer), ["DEADLINE_EXCEEDED"], "{answer}");
    assert!(begun.elapsed() < Duration::from_secs(5));
    let whole = Asker::of(&world, "clerk", &defaults()).await.ask(long).await;
    assert_eq!(codes(&whole), [""; 0], "what was stopped keeps nothing: {whole}");
});

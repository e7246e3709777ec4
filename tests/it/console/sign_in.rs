//! Everybody comes in, and finds their own place and the ways of their role.

use super::stage::{Stage, staged};
use crate::support::PERSONAS;

const ALL: &str = "Dashboard, New bill, Bills, Stock, Transfers, Customers, Enquiries, Sales quotations, Quotations, \
    Registrations, Performance, Administration";
const LOOK: &str = "Dashboard, Bills, Stock, Transfers, Customers, Enquiries, Sales quotations, Quotations, \
    Registrations, Performance";
const SELL: &str = "Dashboard, New bill, Bills, Stock, Transfers, Customers, Enquiries, Sales quotations, Quotations, \
    Registrations, Performance";

/// The address of whoever signs in, the name of their place in the bar, and the ways they may go.
fn expected(persona: &str) -> (&'static str, &'static str, &'static str) {
    match persona {
        "hq-all" | "hq-of-two" => ("/at/all/all", "All mine", ALL),
        "hq-analyst" => ("/at/all/all", "All mine", LOOK),
        "dealer" => ("/at/colombo-ev/all", "Colombo Volt House", ALL),
        "manager" => ("/at/colombo-ev/BR01", "BR01", ALL),
        "clerk" => ("/at/colombo-ev/BR01", "BR01", SELL),
        "inventory" => ("/at/colombo-ev/BR01", "BR01", "Stock, Transfers"),
        "service" => ("/at/colombo-ev/BR01", "BR01", "Customers, Quotations"),
        "auditor" => ("/at/colombo-ev/all", "Colombo Volt House", LOOK),
        "stranger" => ("/at/ruhuna-motors/all", "Ruhuna E-Motors", ALL),
        "sibling" => ("/at/colombo-ev/BR02", "BR02", SELL),
        other => panic!("{other} is not expected"),
    }
}

staged!(everybody_comes_into_their_own_place, async |stage: Stage| {
    for persona in PERSONAS {
        let (address, place, ways) = expected(persona);
        let person = stage.person(persona).await;
        let tab = person.sign_in("/").await;
        tab.is_at(address).await;
        tab.is_whole().await;
        let shown = tab.texts("header.bar .where").await.join(" ");
        assert!(shown.contains(place), "{persona} is told to be at {shown}");
        assert_eq!(tab.texts("nav.ways a").await.join(", "), ways, "{persona}");
        tab.done().await;
    }
});

staged!(who_gives_a_wrong_password_is_told, async |stage: Stage| {
    let person = stage.person("clerk").await;
    let tab = person.tab().await;
    tab.open("/").await;
    tab.fill("E-mail address", &person.persona.email).await;
    tab.fill("Password", "not-my-password-at-all").await;
    tab.click("button", "Sign in").await;
    tab.finds("[role=alert]").await;
    assert_eq!(tab.complaints().await, ["SignIn: INVALID_CREDENTIALS"]);
    assert_eq!(tab.texts("h1").await, ["Sign in"]);
    tab.fill("Password", person.persona.password).await;
    tab.click("button", "Sign in").await;
    tab.is_at("/at/colombo-ev/BR01").await;
    tab.done().await;
});

staged!(who_signs_out_leaves_nothing, async |stage: Stage| {
    let person = stage.person("clerk").await;
    let tab = person.sign_in("/at/colombo-ev/BR01/bills").await;
    tab.is_whole().await;
    let other = person.tab().await;
    other.open("/at/colombo-ev/BR01/bills").await;
    other.is_whole().await;
    assert!(other.text().await.contains("BR01"), "the cookie lets another page in");
    other.done().await;

    tab.sign_out().await;
    assert!(!tab.text().await.contains("BR01"), "nothing of the workplace is left");
    tab.open("/at/colombo-ev/BR01/bills").await;
    tab.finds("input[name=password]").await;
    tab.done().await;
});

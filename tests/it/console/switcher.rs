//! Going from one place to another, by keyboard.

use super::stage::{Stage, staged};
use super::tab::Tab;

/// What the frame looks like.
pub(super) async fn colour(tab: &Tab) -> String {
    tab.evaluate("getComputedStyle(document.querySelector('header.bar')).backgroundColor").await
}

staged!(head_office_goes_from_dealership_to_dealership, async |stage: Stage| {
    let person = stage.person("hq-of-two").await;
    let tab = person.sign_in("/").await;
    tab.is_at("/at/all/all").await;
    tab.is_whole().await;
    let before = colour(&tab).await;

    tab.press("Alt+K").await;
    tab.is_in("[role=combobox]").await;
    tab.finds("[role=option]").await;
    let offered = tab.texts("[role=option]").await.join("\n");
    assert!(offered.contains("Colombo Volt House") && offered.contains("Kandy Ride"), "{offered}");
    assert!(!offered.contains("Ruhuna"), "what is not hers is not offered: {offered}");

    tab.write("colombo").await;
    tab.until(
        "only what is called so is offered",
        "![...document.querySelectorAll('[role=option]')].some((one) => /Kandy/.test(one.innerText))",
    )
    .await;
    tab.is_in("[role=combobox]").await;
    tab.press("Enter").await;
    tab.is_at("/at/colombo-ev/all").await;
    tab.is_whole().await;
    let in_colombo = colour(&tab).await;
    assert_ne!(in_colombo, before, "a dealership has its own colour");
    assert!(tab.texts("header.bar .where").await[0].contains("Colombo Volt House"));

    tab.press("Alt+K").await;
    tab.is_in("[role=combobox]").await;
    tab.write("kandy").await;
    tab.until("Kandy is offered first", "/Kandy/.test(document.querySelector('[role=option]')?.innerText)").await;
    tab.press("ArrowDown").await;
    tab.until("an arrow chooses the next", "document.querySelectorAll('[role=option]')[1]?.ariaSelected === 'true'")
        .await;
    tab.press("Enter").await;
    tab.until("a branch of Kandy's is the place", "/^\\/at\\/kandy-ride\\/BR/.test(location.pathname)").await;
    tab.is_whole().await;
    assert_ne!(colour(&tab).await, in_colombo, "another has another");

    // Whoever types faster than the server answers comes where they mean.
    tab.press("Alt+K").await;
    tab.is_in("[role=combobox]").await;
    tab.write("colombo").await;
    tab.press("Enter").await;
    tab.is_at("/at/colombo-ev/all").await;
    tab.is_whole().await;
    tab.done().await;
});

staged!(who_has_one_place_is_offered_no_other, async |stage: Stage| {
    let person = stage.person("clerk").await;
    let tab = person.sign_in("/").await;
    tab.is_at("/at/colombo-ev/BR01").await;
    tab.is_whole().await;
    tab.press("Alt+K").await;
    tab.finds("[role=option]").await;
    let offered = tab.texts("[role=option]").await;
    assert!(offered.len() == 1 && offered[0].contains("BR01"), "{offered:?}");
    tab.press("Escape").await;
    tab.until("Escape closes it", "!document.querySelector('dialog')").await;
    tab.done().await;
});

staged!(the_address_of_a_foreign_place_shows_nothing, async |stage: Stage| {
    let person = stage.person("clerk").await;
    let mut tab = person.sign_in("/").await;
    tab.is_at("/at/colombo-ev/BR01").await;
    for refused in ["UNAUTHENTICATED", "FORBIDDEN", "SCOPE_MISMATCH", "NOT_FOUND"] {
        tab.forgive(refused);
    }
    for foreign in
        ["/at/ruhuna-motors/all/bills", "/at/colombo-ev/BR02/bills", "/at/all/all/bills", "/at/nowhere/BR01/stock"]
    {
        tab.open(foreign).await;
        tab.is_whole().await;
        let text = tab.text().await;
        // Canaries of other places.
        let canaries = text.split('⟦').skip(1).map(|rest| rest.split('⟧').next().unwrap_or_default());
        let strange: Vec<_> = canaries.filter(|place| !["colombo-ev", "colombo-ev/BR01"].contains(place)).collect();
        assert!(strange.is_empty(), "{foreign} shows {strange:?}");
    }
    tab.done().await;
});

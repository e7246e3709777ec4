//! One person in several places at once: no request is about another place than that on screen.

use super::heard::Asked;
use super::stage::{Stage, staged};
use super::tab::Tab;

/// Those that are about nobody's place.
const PLACELESS: [&str; 3] = ["SignIn", "SignOut", "ConfirmIdentity"];

/// Requests whose place is not that of the address at which they were sent.
fn astray(asked: &[Asked]) -> Vec<String> {
    let about = asked.iter().filter(|one| !PLACELESS.contains(&one.name.as_str()));
    let told = |one: &Asked| match one.name.as_str() {
        "RefreshSession" => {
            ["dealership", "branch"].map(|part| one.variables["input"][part].as_str().map(str::to_owned))
        }
        _ => [one.dealership.clone(), one.branch.clone()],
    };
    let wrong = about.filter(|one| told(one) != place(&one.path));
    wrong.map(|one| format!("{} about {:?} from {}", one.name, told(one), one.path)).collect()
}

/// The place of an address.
fn place(path: &str) -> [Option<String>; 2] {
    let path = path.split('?').next().unwrap_or_default();
    let mut parts = path.trim_start_matches("/at/").split('/');
    let mut part = || parts.next().filter(|part| !part.is_empty() && *part != "all").map(str::to_owned);
    match path.starts_with("/at/") {
        true => [part(), part()],
        false => [None, None],
    }
}

/// Everything a page asked was about its own place.
async fn kept_to_its_place(tab: Tab) {
    let asked = tab.asked();
    assert!(asked.len() > 4, "{asked:?}");
    assert_eq!(astray(&asked), Vec::<String>::new());
    tab.done().await;
}

staged!(two_tabs_are_in_two_places, async |stage: Stage| {
    let person = stage.person("dealer").await;
    let one = person.sign_in("/at/colombo-ev/BR01/bills").await;
    let other = person.tab().await;
    other.open("/at/colombo-ev/BR02/bills").await;
    for _ in 0..2 {
        tokio::join!(one.is_whole(), other.is_whole());
        one.finds("tbody tr").await;
        other.finds("tbody tr").await;
        let (first, second) = (one.texts("tbody").await.join(" "), other.texts("tbody").await.join(" "));
        assert!(first.contains("_BR01_") && !first.contains("_BR02_"), "{first}");
        assert!(second.contains("_BR02_") && !second.contains("_BR01_"), "{second}");
        // Each goes on in its own place, and comes back.
        tokio::join!(one.click("link", "Stock"), other.click("link", "Customers"));
        tokio::join!(one.is_whole(), other.is_whole());
        tokio::join!(one.click("link", "Bills"), other.click("link", "Bills"));
    }
    tokio::join!(one.is_whole(), other.is_whole());
    kept_to_its_place(one).await;
    kept_to_its_place(other).await;
});

staged!(who_switches_quickly_sees_the_last_place_alone, async |stage: Stage| {
    let person = stage.person("hq-of-two").await;
    let tab = person.sign_in("/at/all/all/bills").await;
    let places = ["all/all", "colombo-ev/all", "colombo-ev/BR01", "kandy-ride/all", "colombo-ev/BR02"];
    for pause in [false, true, false] {
        for place in places {
            tab.go(&format!("/at/{place}/bills")).await;
            if pause {
                // The frame has asked, and is not answered yet.
                tab.finds("main").await;
            }
        }
    }
    tab.is_whole().await;
    tab.finds("tbody tr").await;
    let shown = tab.texts("tbody").await.join(" ");
    assert!(shown.contains("_BR02_") && !shown.contains("_BR01_"), "{shown}");
    assert!(tab.texts("header.bar .where").await[0].contains("BR02"));
    kept_to_its_place(tab).await;
});

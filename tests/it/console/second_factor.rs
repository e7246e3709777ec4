//! The second factor: it is added, used, used in another way, and taken away.

use super::person::shown;
use super::stage::{Stage, staged};
use super::tab::Tab;

/// Shows the app the code on screen, and types what it shows; gives the recovery codes.
async fn enrol(tab: &Tab) -> Vec<String> {
    tab.until("a picture for the app is shown", "document.querySelector('img.qr')?.naturalWidth > 0").await;
    let secret = tab.texts("code.secret").await.remove(0);
    tab.fill("Code of the app", &shown(&secret, 0)).await;
    tab.press("Enter").await;
    tab.sees("Keep these recovery codes").await;
    let codes = tab.texts(".codes code").await;
    assert_eq!(codes.len(), 10, "{codes:?}");
    codes
}

staged!(who_has_lost_the_phone_comes_in_with_a_recovery_code_once, async |stage: Stage| {
    let person = stage.person("manager").await;
    let mut tab = person.sign_in("/at/colombo-ev/BR01/account").await;
    tab.click("button", "Enrol one").await;
    let codes = enrol(&tab).await;
    // They are shown once: no key takes them away before they are kept.
    tab.press("Escape").await;
    tab.press("Escape").await;
    tab.click("button", "I have kept them").await;
    tab.sees("Recovery codes left: 10.").await;
    assert!(!tab.text().await.contains(&codes[0]), "shown once");

    tab.sign_out().await;
    person.fill_in_with(&mut tab, Some(&codes[3])).await;
    tab.is_at("/at/colombo-ev/BR01").await;
    tab.go("/at/colombo-ev/BR01/account").await;
    tab.sees("Recovery codes left: 9.").await;

    tab.sign_out().await;
    tab.forgive("SignIn: INVALID_CODE");
    person.fill_in_with(&mut tab, Some(&codes[3])).await;
    tab.finds("[role=alert]").await;
    assert_eq!(tab.texts("h1").await, ["Sign in"]);
    tab.fill("Code of your authenticator app, or a recovery code", &codes[4]).await;
    tab.press("Enter").await;
    tab.is_at("/at/colombo-ev/BR01").await;
    tab.done().await;
});

staged!(who_must_have_a_second_factor_and_takes_it_away_enrols_another, async |stage: Stage| {
    let person = stage.person("dealer").await;
    let mut tab = person.sign_in("/at/colombo-ev/all/account").await;
    stage.an_hour_passes().await;
    tab.open("/at/colombo-ev/all/account").await;
    tab.forgive("AccountRemoveFactor: INSUFFICIENT_USER_AUTHENTICATION");
    tab.click("button", "Remove").await;
    tab.sees("you can do nothing until you have enrolled another").await;
    tab.click("button", "Remove").await;
    tab.sees("Confirm that it is you").await;
    tab.write(&person.next_code()).await;
    tab.press("Enter").await;
    tab.sees("The second factor is removed.").await;

    tab.sign_out().await;
    person.fill_in_with(&mut tab, None).await;
    tab.sees("Your role asks for one.").await;
    assert_eq!(tab.texts("nav.ways a").await, Vec::<String>::new(), "nothing of the workplace is shown");
    tab.open("/at/colombo-ev/all/bills").await;
    tab.sees("Your role asks for one.").await;
    enrol(&tab).await;
    tab.click("button", "I have kept them").await;
    tab.finds("tbody tr").await;
    tab.done().await;
});

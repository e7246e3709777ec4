//! What asks for a second factor of lately asks over the page, and goes on by itself.

use super::stage::{Stage, staged};

const FIELD: &str = "Code of your authenticator app, or a recovery code";

staged!(who_makes_a_key_is_asked_who_they_are_and_types_nothing_twice, async |stage: Stage| {
    let person = stage.person("dealer").await;
    let mut tab = person.sign_in("/at/colombo-ev/all/administration/keys").await;
    stage.an_hour_passes().await;
    tab.open("/at/colombo-ev/all/administration/keys").await;
    tab.forgive("AdminCreatePartnerKey: INSUFFICIENT_USER_AUTHENTICATION");
    tab.click("button", "Make a key").await;
    tab.until("there are companies", "document.querySelectorAll('select[name=financeCompany] option').length > 1")
        .await;
    let company: String = tab.evaluate("document.querySelector('select[name=financeCompany]').options[1].text").await;
    tab.choose("For which finance company", &company).await;
    tab.fill("What you call it", "Their back office, 2026").await;
    tab.press("Enter").await;
    tab.sees("Confirm that it is you").await;
    tab.is_in("dialog input[autocomplete=one-time-code]").await;
    let kept: String = tab.evaluate("document.querySelector('[name=name]').value").await;
    assert_eq!(kept, "Their back office, 2026");

    // Whoever will not is where they were, and asks again.
    tab.press("Escape").await;
    tab.until("it is asked no more", "!document.querySelector('input[autocomplete=one-time-code]')").await;
    assert_eq!(tab.texts("code.secret").await, Vec::<String>::new(), "nothing is made");
    tab.click("button", "Make a key").await;
    tab.sees("Confirm that it is you").await;

    // A wrong code is told at once, and the right one is enough.
    tab.forgive("ConfirmIdentity: INVALID_CODE");
    tab.fill(FIELD, "000000").await;
    tab.press("Enter").await;
    tab.finds("dialog [role=alert]").await;
    tab.fill(FIELD, &person.next_code()).await;
    tab.press("Enter").await;
    tab.sees("It is shown this once.").await;
    let secret = tab.texts("code.secret").await;
    assert!(secret.len() == 1 && secret[0].len() > 40, "a key is made");
    tab.click("button", "I have kept it").await;
    tab.sees("Their back office, 2026").await;
    assert!(!tab.text().await.contains(&secret[0]));
    let made =
        tab.asked().iter().filter(|asked| asked.name == "AdminCreatePartnerKey" && asked.codes.is_empty()).count();
    assert_eq!(made, 1);

    // They have proved it: the next thing of the kind is done at once.
    tab.click("button", "Replace: Their back office, 2026").await;
    tab.click("button", "Replace").await;
    tab.sees("It is shown this once.").await;
    tab.click("button", "I have kept it").await;
    tab.done().await;
});

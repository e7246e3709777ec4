//! One person on two devices.

use super::stage::{Stage, staged};

staged!(a_device_that_is_signed_out_from_another_shows_nothing_more, async |stage: Stage| {
    let (office, phone) = (stage.person("clerk").await, stage.person("clerk").await);
    let lost = phone.sign_in("/at/colombo-ev/BR01/bills").await;
    lost.is_whole().await;
    let tab = office.sign_in("/at/colombo-ev/BR01/account").await;
    tab.until("both devices are there", "document.querySelectorAll('main tbody tr').length === 2").await;
    assert_eq!(tab.texts("main tbody .mark").await, ["This one"]);
    tab.click_first("main tbody .row-actions button").await;
    tab.sees("is signed out within five seconds").await;
    tab.click("button", "Sign out").await;
    tab.sees("The device is signed out.").await;
    tab.until("this one is left", "document.querySelectorAll('main tbody tr').length === 1").await;

    let mut lost = lost;
    lost.forgive("UNAUTHENTICATED");
    lost.click("link", "Customers").await;
    lost.sees("Sign in again to go on").await;
    assert_eq!(lost.texts("main tbody tr").await, Vec::<String>::new(), "no customer is shown");
    // Whoever found it goes no further, and leaves nothing behind.
    lost.click("button", "Sign out").await;
    lost.until("it asks who they are", "document.querySelector('h1')?.innerText === 'Sign in'").await;
    assert!(!lost.text().await.contains("BR01"), "{}", lost.text().await);
    lost.done().await;

    tab.click("link", "Customers").await;
    tab.finds("main tbody tr").await;
    tab.done().await;
});

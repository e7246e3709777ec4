//! What keeps a dealership going.

use super::stage::{Stage, staged};
use super::switcher::colour;
use crate::jobs::Working;

staged!(a_dealership_in_another_colour_is_painted_so_at_once, async |stage: Stage| {
    let person = stage.person("dealer").await;
    let tab = person.sign_in("/at/colombo-ev/all/administration/look").await;
    tab.fill("Colour", "teal").await;
    tab.click("button", "Save").await;
    tab.sees("Six digits behind a #").await;
    let before = colour(&tab).await;
    // The canaries of the tests are no part of a number or an address.
    tab.fill("Phone", "011 234 5678").await;
    tab.fill("E-mail", "office@colombo-ev.example").await;
    tab.fill("Colour", "#4a148c").await;
    tab.click("button", "Save").await;
    tab.until(
        "the frame has it",
        "getComputedStyle(document.querySelector('header.bar')).backgroundColor === 'rgb(74, 20, 140)'",
    )
    .await;
    assert_ne!(colour(&tab).await, before);
    tab.done().await;

    let clerk = stage.person("clerk").await;
    let tab = clerk.sign_in("/at/colombo-ev/BR01/bills").await;
    tab.is_whole().await;
    assert_eq!(colour(&tab).await, "rgb(74, 20, 140)", "everybody's frame has it");
    tab.done().await;
});

staged!(somebody_new_is_invited_to_a_branch, async |stage: Stage| {
    let person = stage.person("dealer").await;
    let tab = person.sign_in("/at/colombo-ev/all/administration/staff").await;
    tab.click("button", "Invite somebody").await;
    tab.fill("Name", "Dilani Wickramasinghe").await;
    tab.fill("E-mail address", "dilani@colombo-ev.example").await;
    tab.choose("Role", "Inventory coordinator").await;
    // What is given is told before it is given.
    tab.sees("Sees no money but list prices.").await;
    tab.choose("Branch", "BR02").await;
    tab.click("button", "Send the invitation").await;
    tab.sees("An invitation is on its way to dilani@colombo-ev.example.").await;
    tab.choose("Role", "Inventory coordinator").await;
    tab.has_row(&["Dilani Wickramasinghe", "dilani@colombo-ev.example", "Inventory coordinator", "BR02"]).await;

    // The same address again is told at its field.
    tab.click("button", "Invite somebody").await;
    tab.fill("Name", "Dilani W.").await;
    tab.fill("E-mail address", "dilani@colombo-ev.example").await;
    tab.choose("Role", "Inventory coordinator").await;
    tab.choose("Branch", "BR02").await;
    tab.click("button", "Send the invitation").await;
    tab.finds("dialog .error, dialog [role=alert]").await;
    tab.press("Escape").await;
    tab.until("it is closed", "!document.querySelector('dialog')").await;
    tab.done().await;
});

staged!(a_charge_holds_from_a_day_to_come, async |stage: Stage| {
    let person = stage.person("dealer").await;
    let tab = person.sign_in("/at/colombo-ev/all/administration/tariffs").await;
    tab.has_row(&["Electric motorcycle", "For cash", "Rs. 13,000.00", "Holds now"]).await;
    tab.click("button", "Set a charge").await;
    tab.fill("Charge, LKR", "plenty").await;
    tab.click("button", "Set a charge").await;
    tab.sees("Type an amount, for example 13,500.00.").await;
    tab.fill("Charge, LKR", "14,250").await;
    tab.click("button", "Set a charge").await;
    tab.has_row(&["Electric motorcycle", "For cash", "Rs. 14,250.00", "To come"]).await;
    tab.has_row(&["Electric motorcycle", "For cash", "Rs. 13,000.00", "Holds now"]).await;
    tab.done().await;
});

staged!(a_letter_is_seen_as_its_words_are_written, async |stage: Stage| {
    let person = stage.person("dealer").await;
    let tab = person.sign_in("/at/colombo-ev/all/administration/letters").await;
    tab.finds(".letter").await;
    tab.click_first("main .row-actions button").await;
    tab.fill("Subject", "Ayubowan {{ name }}").await;
    tab.sees("Ayubowan Nimal Perera").await;
    tab.fill("Text", "No link.").await;
    tab.sees("Put {{ link }} on a line of its own").await;
    tab.sees("Ayubowan Nimal Perera").await;
    tab.click("button", "Cancel").await;
    tab.done().await;
});

staged!(a_job_is_called_off_and_tried_again, async |stage: Stage| {
    let person = stage.person("manager").await;
    let tab = person.sign_in("/at/colombo-ev/BR01/administration/jobs").await;
    tab.click("button", "Make key figures anew").await;
    tab.click("button", "Begin").await;
    tab.has_row(&["Key figures made anew", "colombo-ev · BR01", "By you", "Ready"]).await;
    tab.click("button", "Call off: Key figures made anew, colombo-ev · BR01").await;
    tab.click("button", "Call off").await;
    tab.has_row(&["Key figures made anew", "Called off"]).await;
    tab.click("button", "Try again: Key figures made anew, colombo-ev · BR01").await;
    tab.click("button", "Try again").await;
    tab.has_row(&["Key figures made anew", "Ready"]).await;
    tab.done().await;
});

staged!(a_job_is_seen_to_its_end_as_it_goes_on, async |stage: Stage| {
    let world = stage.world().await;
    if world.home.url.starts_with("sqlite") {
        // It tells its own process only, and a worker is another.
        return;
    }
    let person = stage.person("manager").await;
    let tab = person.sign_in("/at/colombo-ev/BR01/administration/jobs").await;
    tab.click("button", "Make key figures anew").await;
    tab.click("button", "Begin").await;
    tab.has_row(&["Key figures made anew", "Ready"]).await;
    let worker = Working::start(&world.home.app);
    // Nobody asks again: it is told.
    tab.has_row(&["Key figures made anew", "Done"]).await;
    worker.stop().await;
    tab.done().await;
});

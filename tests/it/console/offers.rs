//! Somebody asks, is offered something, and takes it or does not; and what the workshop offers.

use super::stage::{Stage, staged};
use super::tab::Tab;

/// Enters an enquiry, and comes to its page.
async fn enquire(tab: &Tab, name: &str) {
    tab.click("button", "New enquiry").await;
    tab.is_in("dialog [name=name]").await;
    tab.fill("Name", name).await;
    tab.fill("Phone", "077 123 4567").await;
    tab.choose_in("dialog select[name=model]", "Z9").await;
    tab.click("button", "Save").await;
    tab.until("it is the page of the enquiry", "/\\/enquiries\\/[\\w-]+$/.test(location.pathname)").await;
    tab.is_whole().await;
    assert_eq!(tab.texts("h1").await, [name]);
}

/// Looks at something else by the way, and comes back.
async fn looks_elsewhere(tab: &Tab) {
    let here: String = tab.evaluate("location.pathname + location.search").await;
    tab.go("/at/colombo-ev/BR01/customers").await;
    tab.until("the form is gone", "!document.querySelector('main form.form')").await;
    tab.go(&here).await;
}

/// What the lines of a quotation are called.
const LINES: &str = "[...document.querySelectorAll('[name=description]')].map((one) => one.value).join('|')";

staged!(an_enquiry_becomes_an_offer_and_the_offer_a_bill, async |stage: Stage| {
    stage.stock(1).await;
    let before = stage.bills().await;
    let person = stage.person("clerk").await;
    let tab = person.sign_in("/at/colombo-ev/BR01/enquiries").await;
    enquire(&tab, "Chathuri Herath").await;
    let enquiry = tab.path().await;

    tab.click("link", "Quote").await;
    tab.sees("It answers the enquiry of Chathuri Herath.").await;
    // What they said is not typed again.
    assert_eq!(tab.evaluate::<String>("document.querySelector('[name=buyer-phone]').value").await, "+94771234567");
    assert_eq!(tab.evaluate::<String>("document.querySelector('[name=price]').value").await, "399,500.00");
    tab.fill("NIC", "199412345678").await;
    tab.fill("Address", "7 Temple Road, Nugegoda").await;
    tab.fill("Price of the bike", "395,000").await;
    looks_elsewhere(&tab).await;
    tab.until("the price is kept", "document.querySelector('[name=price]')?.value === '395,000'").await;
    tab.click("button", "Save the quotation").await;
    tab.is_marked("Draft").await;
    tab.sees("Rs. 408,000.00").await;
    tab.click("button", "Mark as sent").await;
    tab.is_marked("Sent").await;
    tab.click("button", "Accepted").await;
    tab.is_marked("Accepted").await;

    tab.click("button", "Make the bill").await;
    tab.click_first("dialog [name=unit-search]").await;
    tab.write("WEBC").await;
    tab.until(
        "the bike is found",
        "[...document.querySelectorAll('dialog .stock-choice')].map((one) => one.innerText).join().match(/^WEBC0[^,]*$/)",
    )
    .await;
    tab.click_first("dialog .stock-choice input").await;
    tab.click("button", "Issue the bill").await;
    tab.until("it is the page of a bill", "/\\/bills\\/[\\w-]{44}/.test(location.pathname)").await;
    tab.is_whole().await;
    for part in ["Chathuri Herath", "WEBC0", "Rs. 408,000.00"] {
        tab.sees(part).await;
    }
    assert_eq!(stage.bills().await, before + 1);
    tab.go(&enquiry).await;
    tab.is_marked("Won").await;
    tab.done().await;
});

staged!(an_enquiry_of_which_nothing_comes_is_given_up, async |stage: Stage| {
    let person = stage.person("clerk").await;
    let tab = person.sign_in("/at/colombo-ev/BR01/enquiries").await;
    enquire(&tab, "Nuwan Bandara").await;
    tab.click("button", "Give up").await;
    tab.fill("Reason", "He bought a petrol bike").await;
    tab.click("button", "Give up").await;
    tab.is_marked("Lost").await;
    tab.sees("He bought a petrol bike").await;
    assert!(!tab.texts("main button, main a").await.contains(&"Quote".to_owned()), "nothing more is offered");
    tab.go("/at/colombo-ev/BR01/enquiries").await;
    tab.is_whole().await;
    assert!(!tab.text().await.contains("Nuwan Bandara"), "it is not open");
    tab.click("link", "Lost").await;
    tab.has_row(&["Nuwan Bandara", "Lost", "He bought a petrol bike"]).await;
    tab.done().await;
});

staged!(a_repair_is_quoted_accepted_and_invoiced, async |stage: Stage| {
    let person = stage.person("service").await;
    let tab = person.sign_in("/at/colombo-ev/BR01/quotations").await;
    tab.click("link", "New quotation").await;
    tab.click("radio", "Somebody new").await;
    tab.fill("Name", "Anula Dissanayake").await;
    tab.fill("Registration", "WP BDM-4711").await;
    tab.fill("Description, row 1", "Front fork, left").await;
    tab.fill("Rate, row 1", "18,500").await;
    tab.press("Enter").await;
    tab.fill("Description, row 2", "Fitting, hours").await;
    tab.fill("Quantity, row 2", "1.5").await;
    let form = tab.path().await;
    looks_elsewhere(&tab).await;
    tab.until("the lines are kept", &format!("{LINES} === 'Front fork, left|Fitting, hours'")).await;
    // What is missing stands at its cell.
    tab.click("button", "Save the quotation").await;
    tab.is_in("[name=rate][aria-invalid=true]").await;
    tab.write("2,000").await;
    tab.sees("21,500.00").await;
    tab.click("button", "Save the quotation").await;
    tab.is_marked("Draft").await;
    tab.sees("Rs. 21,500.00").await;
    let number = tab.texts("h1").await.remove(0);
    tab.click("button", "Mark as sent").await;
    tab.click("button", "Accepted").await;
    tab.click("button", "Make the invoice").await;
    tab.until("it is the invoice", &format!("document.querySelector('h1')?.innerText !== '{number}'")).await;
    tab.is_whole().await;
    for part in ["Invoice", "Anula Dissanayake", "Rs. 21,500.00", &number] {
        tab.sees(part).await;
    }
    tab.click("link", &number).await;
    tab.is_marked("Converted").await;
    tab.go(&form).await;
    tab.until("the next one is empty", &format!("{LINES} === ''")).await;
    tab.done().await;
});

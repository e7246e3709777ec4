//! The minute-long bill: by the keyboard alone, from anywhere.

use std::time::{Duration, Instant};

use super::stage::{Stage, staged};
use super::tab::Tab;

/// How long a machine may take for what people take less than a minute for.
const BAR: Duration = Duration::from_secs(20);

/// Fills a new bill up to its last field.
pub(super) async fn fill(tab: &Tab, customer: &str) {
    tab.is_in("[name=model]").await;
    tab.write("Z9").await;
    tab.until("the model is found", "/Z9/.test(document.querySelector('[role=option]')?.innerText)").await;
    tab.press("Enter").await;
    // The oldest bike is chosen beforehand.
    tab.is_in("input[name=unit]:checked").await;
    tab.press("Enter").await;
    tab.is_in("[name=customer]").await;
    tab.write(customer).await;
    tab.until(
        "the customer is nobody known",
        &format!("document.querySelector('[role=option][aria-selected=true]')?.innerText.includes('New customer: {customer}')"),
    )
    .await;
    tab.until("all were looked at", "document.querySelector('[name=customer]').closest('.combobox').querySelector('[role=status]').innerText !== ''")
        .await;
    tab.press("Enter").await;
    tab.is_in("[name=nic]").await;
    tab.write("199012345678").await;
    tab.press("Enter").await;
    tab.is_in("[name=phone]").await;
    tab.write("0771234567").await;
    tab.press("Enter").await;
    tab.is_in("[name=address]").await;
    tab.write("12 Galle Road").await;
    tab.press("Enter").await;
    tab.is_in("[name=tin]").await;
}

staged!(a_clerk_issues_a_bill_without_a_mouse, async |stage: Stage| {
    stage.stock(2).await;
    let before = stage.bills().await;
    let person = stage.person("clerk").await;
    let tab = person.sign_in("/").await;
    tab.is_at("/at/colombo-ev/BR01").await;
    tab.is_whole().await;

    let since = Instant::now();
    tab.press("Alt+N").await;
    tab.is_at("/at/colombo-ev/BR01/new-bill").await;
    fill(&tab, "Nimal Perera").await;
    tab.press("Control+Enter").await;
    tab.until("it is the page of a bill", "/\\/bills\\/[\\w-]{44}/.test(location.pathname)").await;
    tab.is_whole().await;
    let took = since.elapsed();

    assert!(tab.texts("h1").await[0].contains("_BR01_"), "{:?}", tab.texts("h1").await);
    tab.sees("Nimal Perera").await;
    assert_eq!(stage.bills().await, before + 1);
    assert!(took < BAR, "{took:?}");
    eprintln!("a bill by keyboard: {took:?}");
    tab.done().await;
});

staged!(a_bill_that_is_being_written_stays_until_one_starts_afresh, async |stage: Stage| {
    stage.stock(1).await;
    let person = stage.person("clerk").await;
    let tab = person.sign_in("/").await;
    tab.is_at("/at/colombo-ev/BR01").await;
    tab.is_whole().await;
    tab.press("Alt+N").await;
    fill(&tab, "Nimal Perera").await;
    let looks_elsewhere = async || {
        tab.go("/at/colombo-ev/BR01/customers").await;
        tab.until("the form is gone", "!document.querySelector('form.new-bill')").await;
        tab.go("/at/colombo-ev/BR01/new-bill").await;
        tab.until("it is there", "document.querySelector('form.new-bill [name=model]')").await;
    };
    looks_elsewhere().await;
    tab.until("it is kept", "document.querySelector('[name=name]')?.value === 'Nimal Perera'").await;
    tab.click("button", "Start afresh").await;
    tab.until("it is empty", "!document.querySelector('[name=name]') && !document.querySelector('[name=model]').value")
        .await;
    looks_elsewhere().await;
    tab.until(
        "it stays empty",
        "!document.querySelector('[name=name]') && !document.querySelector('[name=model]').value",
    )
    .await;
    tab.done().await;
});

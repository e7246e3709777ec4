//! Bikes come in, are kept for somebody, and go to another branch.

use super::stage::{Stage, staged};

staged!(a_delivery_with_a_fault_in_it_is_pasted_mended_and_received, async |stage: Stage| {
    // It is there already: a number of the list was typed wrongly.
    stage.stock(1).await;
    let person = stage.person("inventory").await;
    let tab = person.sign_in("/at/colombo-ev/BR01/stock").await;
    tab.click("link", "Receive a delivery").await;
    tab.finds("select[name=model] option:nth-child(2)").await;
    let models: Vec<String> = tab
        .evaluate("[...document.querySelectorAll('select[name=model] option')].slice(1).map((one) => one.text)")
        .await;
    let model = models.iter().find(|model| model.contains("Z9")).expect("a model");
    tab.click("textbox", "Paste here").await;
    tab.paste(&format!(
        "Chassis No\tEngine no\tModel\tColour\tDate\nPASTEC1\tPASTEM1\t{model}\tRed\t14/9/2026\n\
         WEBC0\tPASTEM2\t{model}\tBlue\t14/9/2026\nPASTEC3\tPASTEM3\tZ99\tBlack\t14/9/2026\n"
    ))
    .await;
    tab.sees("3 rows were added below.").await;
    tab.sees("There is no model called Z99. Choose one.").await;
    tab.sees("1 row needs a correction").await;

    // Whoever looks at something else by the way finds it as it was.
    tab.click_first("nav a[href$='/stock']").await;
    tab.is_at("/at/colombo-ev/BR01/stock").await;
    tab.click("link", "Receive a delivery").await;
    tab.sees("There is no model called Z99. Choose one.").await;
    let kept: Vec<String> =
        tab.evaluate("[...document.querySelectorAll('[name=chassisNumber]')].map((one) => one.value)").await;
    assert_eq!(kept, ["PASTEC1", "WEBC0", "PASTEC3"]);
    tab.choose("Model, row 3", model).await;
    tab.until("nothing is wrong any more", "!document.querySelector('.arrivals [aria-invalid=true]')").await;

    // What only the server knows stands at its cell as well, and the cursor is there.
    tab.click("button", "Take into stock").await;
    tab.is_in("[name=chassisNumber][aria-invalid=true]").await;
    let told: String = tab
        .evaluate("document.getElementById(document.activeElement.getAttribute('aria-describedby')).innerText")
        .await;
    assert!(!told.is_empty());
    let wrong: Vec<String> =
        tab.evaluate("[...document.querySelectorAll('[aria-invalid=true]')].map((one) => one.value)").await;
    assert_eq!(wrong, ["WEBC0"], "{told}");
    tab.fill("Chassis number, row 2", "PASTEC2").await;
    tab.click("button", "Take into stock").await;
    tab.sees("3 units are in stock.").await;

    tab.click("link", "See the stock").await;
    for (chassis, colour) in [("PASTEC1", "Red"), ("PASTEC2", "Blue"), ("PASTEC3", "Black")] {
        tab.has_row(&[chassis, "Z9", colour, "14 Sept 2026", "For sale"]).await;
    }
    tab.click("link", "PASTEC1").await;
    tab.click("button", "Reserve").await;
    tab.sees("The unit is reserved.").await;
    tab.is_marked("Reserved").await;
    tab.done().await;
});

staged!(a_bike_goes_from_one_branch_to_another, async |stage: Stage| {
    stage.stock(1).await;
    let manager = stage.person("manager").await;
    let tab = manager.sign_in("/at/colombo-ev/BR01/transfers").await;
    tab.is_whole().await;

    let keeper = stage.person("inventory").await;
    let mut yard = keeper.sign_in("/at/colombo-ev/BR01/stock?search=WEBC0").await;
    yard.click("link", "WEBC0").await;
    yard.click("button", "Offer to another branch").await;
    yard.fill("To branch", "BR02").await;
    yard.click("button", "Offer a unit").await;
    yard.sees("The unit is offered.").await;

    // The manager was told of it.
    tab.has_row(&["WEBC0", "Out, to BR02", "Requested"]).await;
    tab.click("button", "Send: WEBC0").await;
    tab.has_row(&["WEBC0", "Out, to BR02", "On its way"]).await;
    yard.is_marked("On its way").await;

    let dealer = stage.person("dealer").await;
    let other = dealer.sign_in("/at/colombo-ev/BR02/transfers").await;
    other.has_row(&["WEBC0", "In, from BR01", "On its way"]).await;
    other.click("button", "Receive: WEBC0").await;
    other.sees("The unit is in stock here.").await;
    other.go("/at/colombo-ev/BR02/stock?search=WEBC0").await;
    other.has_row(&["WEBC0", "For sale"]).await;
    other.done().await;

    // Whoever still has it on screen is told that it is gone.
    yard.forgive("StockUnit: NOT_FOUND");
    yard.sees("It does not exist, or not where you act now.").await;
    assert!(!yard.text().await.contains("WEBC0"), "nothing of it is left");
    yard.done().await;
    tab.until("nothing is open any more", "!document.querySelector('main tbody')?.innerText.includes('WEBC0')").await;
    tab.done().await;
});

//! Several dealerships, several currencies.

use serde_json::json;

use super::stage::{Stage, staged};
use super::tab::Tab;
use crate::support::{Client, World};

/// Opens a dealership of another currency, and puts two bikes at 30,500.00 each in stock there.
async fn open_abroad(world: &World, hq: &Client) {
    let opening = json!({
        "idempotencyKey": "opening-abroad", "code": "male-ev", "name": "Malé Electric", "currency": "MVR",
        "timeZone": "Indian/Maldives", "branch": {"code": "ML01", "name": "Malé"},
        "admin": {"email": "aishath@male-ev.example", "name": "Aishath Ali"},
    });
    hq.done("openDealership", "dealership { id }", opening).await;
    let go = r#"mutation { switchContext(input: {dealership: "male-ev", branch: "ML01"}) { accessToken } }"#;
    let token = hq.ask(go).await["switchContext"]["accessToken"].take();
    let there = world.with_token(token.as_str().expect("a token").to_owned());
    let model = json!({
        "idempotencyKey": "model-abroad", "name": "Dhoni", "vehicleClass": "E_MOTORCYCLE", "leasable": false,
        "listPriceMinor": 3_050_000,
    });
    let model = there.done("createBikeModel", "model { id }", model).await["model"]["id"].take();
    let unit = |n| json!({"model": model, "chassisNumber": format!("MALEC{n}"), "motorNumber": format!("MALEM{n}")});
    let units = json!({"idempotencyKey": "bikes-abroad", "units": [unit(1), unit(2)]});
    there.done("receiveUnits", "units { id }", units).await;
}

/// What stands in the tile of the stock's value.
async fn stock_value(tab: &Tab) -> String {
    tab.is_whole().await;
    let tile = "[...document.querySelectorAll('.tile')].find((one) => one.innerText.startsWith('Stock value'))";
    tab.evaluate(&format!("{tile}.querySelector('.tile-value').innerText")).await
}

staged!(head_office_never_sees_a_sum_over_two_currencies, async |stage: Stage| {
    // A code of now is later than any of theirs: they come in by the browser last.
    let world = stage.world().await;
    let hq = world.client("hq-all").await;
    let person = stage.person("hq-all").await;
    let tab = person.sign_in("/at/all/all/dashboard").await;
    let rupees = stock_value(&tab).await;
    assert!(rupees.starts_with("Rs. "), "{rupees}");
    assert_eq!(tab.texts("select[name=currency]").await, Vec::<String>::new(), "there is but one");

    open_abroad(&world, &hq).await;
    tab.open("/at/all/all/dashboard").await;
    assert_eq!(stock_value(&tab).await, rupees, "nothing is added to it");
    tab.choose("Currency", "MVR").await;
    let rufiyaa = stock_value(&tab).await;
    assert_eq!(rufiyaa, "Rf. 61,000.00");
    tab.done().await;
});

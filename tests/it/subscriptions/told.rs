//! What is told: of one's own, after it was committed, as one may see it.

use entity::{bike_unit, bill, kpi_day};
use serde_json::json;

use crate::support::ear::{Ear, Heard};
use crate::support::till::Till;
use crate::support::{World, seeded, touch};

const BILLS: &str = "subscription { billChanged { bill { id number status branch { code } balance { amountMinor }
    registration { status } payments { amount { amountMinor } } buyer { name nic } } } }";
const STOCK: &str = "subscription { stockChanged { unit { id status branch { code } }
    transfer { side status unit { id } branch { code } } } }";
const FIGURES: &str = "subscription { kpiChanged { branches { branch { code } from to now } } }";

/// The bill that is told next.
async fn bill(ear: &mut Ear) -> serde_json::Value {
    ear.data().await["billChanged"]["bill"].take()
}

seeded!(a_sale_is_told_to_whoever_may_see_it, async |world: World| {
    let till = Till::of(&world, "manager").await;
    let (clerk, dealer, inventory) =
        (world.client("clerk").await, world.client("dealer").await, world.client("inventory").await);
    let (mut bills, mut all) = (clerk.listen(BILLS).await, dealer.listen(BILLS).await);
    let mut stock = inventory.listen(STOCK).await;
    assert_eq!(inventory.listen(BILLS).await.next().await, Heard::Refused("FORBIDDEN".to_owned()));
    assert_eq!(world.anonymous().listen(BILLS).await.next().await, Heard::Refused("UNAUTHENTICATED".to_owned()));

    let bike = till.bike("TOLD").await;
    let received = stock.data().await["stockChanged"]["unit"].take();
    assert_eq!((&received["id"], &received["status"]), (&bike, &json!("AVAILABLE")));

    let revealed = world.events("identity_revealed").await;
    let issued = till.issued(Till::sale("key-told", &bike)).await;
    for ear in [&mut bills, &mut all] {
        let told = bill(ear).await;
        assert_eq!((&told["id"], &told["number"]), (&issued["id"], &issued["number"]));
        assert_eq!(told["branch"]["code"], "BR01");
    }
    assert!(world.events("identity_revealed").await > revealed, "what is told in clear is on record");
    assert_eq!(stock.data().await["stockChanged"]["unit"]["status"], "SOLD");

    let payment =
        json!({"idempotencyKey": "key-told-payment", "bill": issued["id"], "method": "CASH", "amountMinor": 100});
    till.payment("takePayment", payment).await;
    let told = bill(&mut bills).await;
    assert_eq!(told["payments"][0]["amount"]["amountMinor"], 100, "as it is after the payment");
});

seeded!(a_transfer_is_told_to_both_branches_each_its_side, async |world: World| {
    let till = Till::of(&world, "manager").await;
    let bike = till.bike("MOVED").await;
    let dealer = world.client("dealer").await;
    let (mut from, mut to) =
        (world.client("clerk").await.listen(STOCK).await, world.client("sibling").await.listen(STOCK).await);
    let offer = json!({"idempotencyKey": "key-moved", "unit": bike, "to": till.branches[1]});
    let transfer = dealer.done("offerTransfer", "transfer { id }", offer).await["transfer"]["id"].take();
    let side = async |ear: &mut Ear| loop {
        let mut told = ear.data().await["stockChanged"].take();
        if told["transfer"].is_object() {
            break told["transfer"].take();
        }
    };
    for (ear, name, code) in [(&mut from, "SENDING", "BR01"), (&mut to, "RECEIVING", "BR02")] {
        let side = side(ear).await;
        assert_eq!((&side["side"], &side["status"]), (&json!(name), &json!("REQUESTED")));
        assert_eq!(side["branch"]["code"], code);
    }
    for (mutation, status) in [("sendTransfer", "IN_TRANSIT"), ("receiveTransfer", "RECEIVED")] {
        dealer.done(mutation, "transfer { id }", json!({"transfer": transfer})).await;
        let (sent, received) = (side(&mut from).await, side(&mut to).await);
        assert_eq!((&sent["status"], &received["status"]), (&json!(status), &json!(status)));
        let has_left = status == "RECEIVED";
        assert_eq!(sent["unit"].is_null(), has_left, "the unit is the other branch's now");
        assert_eq!(received["unit"].is_null(), !has_left);
    }
    // The unit itself is told where it is by then.
    let unit = loop {
        let mut told = to.data().await["stockChanged"].take();
        if told["unit"].is_object() {
            break told["unit"].take();
        }
    };
    assert_eq!((&unit["id"], &unit["branch"]["code"]), (&bike, &json!("BR02")));
});

seeded!(figures_are_told_by_branch_and_days, async |world: World| {
    let till = Till::of(&world, "manager").await;
    let mut figures = world.client("dealer").await.listen(FIGURES).await;
    let bikes = till.bikes("Z9", "FIGURES", 3).await;
    let told = figures.data().await["kpiChanged"]["branches"].take();
    assert_eq!(told, json!([{"branch": {"code": "BR01"}, "from": "2026-09-15", "to": "2026-09-15", "now": true}]));
    let begun = tokio::time::Instant::now();
    for (n, bike) in bikes.iter().enumerate() {
        till.issued(Till::sale(&format!("key-figures-{n}"), bike)).await;
    }
    let sold = begun.elapsed();
    let mut answers = 0;
    // Three sales make so many answers as there are seconds, and one.
    while tokio::time::timeout(std::time::Duration::from_millis(1500), figures.data()).await.is_ok() {
        answers += 1;
    }
    assert!((1..=2 + sold.as_secs()).contains(&answers), "{answers} answers in {sold:?}");
});

seeded!(a_change_that_is_taken_back_tells_nothing, async |world: World| {
    let (app, here) = (&world.home.app, world.places.at("colombo-ev/BR01"));
    let mut ear = world.client("clerk").await.listen(BILLS).await;
    let tx = touch::at(app, here).await;
    touch::rows::<bill::Entity>(&tx, 0, 3).await;
    tx.rollback().await.expect("taken back");
    let tx = touch::at(app, here).await;
    touch::rows::<bill::Entity>(&tx, 0, 3).await;
    drop(tx);
    // One that breaks as it is about to last.
    let tx = touch::at(app, here).await;
    touch::rows::<bill::Entity>(&tx, 0, 3).await;
    world.home.faults.set(|| true);
    tx.commit().await.expect_err("broken");
    world.home.faults.clear();
    touch::one::<bill::Entity>(app, here, 4).await;
    let (first, last) = (bill(&mut ear).await, numbers(&world, 4).await);
    assert_eq!(first["number"], last, "the first that is heard is the first that lasted");
});

/// The number of a bill at the clerk's branch, counted as [`touch`] counts.
async fn numbers(world: &World, skipped: u64) -> String {
    use sea_orm::{QueryOrder, QuerySelect};
    let tx = touch::at(&world.home.app, world.places.at("colombo-ev/BR01")).await;
    let query = tx.select::<bill::Entity>().order_by_asc(bill::Column::Id).offset(skipped).limit(1);
    tx.one(query).await.expect("a query").expect("a bill").bill_number
}

seeded!(what_changes_twice_is_told_once_and_too_much_in_one_word, async |world: World| {
    let (app, here) = (&world.home.app, world.places.at("colombo-ev/BR01"));
    let mut ear = world.client("clerk").await.listen(BILLS).await;
    let tx = touch::at(app, here).await;
    for _ in 0..3 {
        touch::rows::<bill::Entity>(&tx, 0, 1).await;
    }
    tx.commit().await.expect("committed");
    // Heard before the next is told: what waits together is told in one word as well.
    assert!(bill(&mut ear).await.is_object());
    let tx = touch::at(app, here).await;
    touch::rows::<bill::Entity>(&tx, 0, 22).await;
    tx.commit().await.expect("committed");
    assert!(bill(&mut ear).await.is_null(), "twenty-two bills: read anew what you show");
    touch::one::<bill::Entity>(app, here, 2).await;
    assert_eq!(bill(&mut ear).await["number"], numbers(&world, 2).await);
});

seeded!(one_branch_can_be_listened_to, async |world: World| {
    let app = &world.home.app;
    let branches = world.client("dealer").await.ask("{ branches { nodes { id code } } }").await;
    let branches = branches["branches"]["nodes"].as_array().expect("branches").clone();
    let id = |code: &str| branches.iter().find(|branch| branch["code"] == code).expect("a branch")["id"].to_string();
    let at = |id: &str| format!("subscription {{ billChanged(branch: {id}) {{ bill {{ branch {{ code }} }} }} }}");
    let mut ear = world.client("dealer").await.listen(&at(&id("BR02"))).await;
    for place in ["colombo-ev/BR01", "kandy-ride/BR02", "colombo-ev/BR02"] {
        touch::one::<bill::Entity>(app, world.places.at(place), 0).await;
    }
    assert_eq!(bill(&mut ear).await["branch"]["code"], "BR02");
    // A sibling's, a foreign, an unknown and a malformed id answer alike.
    let clerk = world.client("clerk").await;
    for other in [id("BR02"), "\"QgAA\"".to_owned(), "\"\"".to_owned()] {
        assert_eq!(clerk.listen(&at(&other)).await.next().await, Heard::Refused("NOT_FOUND".to_owned()), "{other}");
    }
});

seeded!(a_document_that_cannot_be_listened_to_is_refused, async |world: World| {
    let clerk = world.client("clerk").await;
    for document in [
        "subscription { billChanged { bill { nothing } } }",
        "subscription { billChanged { bill { id } } stockChanged { unit { id } } }",
        "subscription { ...F } fragment F on Subscription { billChanged { bill { id } } }",
        "subscription { ... on Subscription { billChanged { bill { id } } } }",
        "subscription { billChanged @skip(if: true) { bill { id } } }",
        "subscription($no: Boolean = false) { billChanged @include(if: $no) { bill { id } } }",
        "subscription { __typename }",
    ] {
        let refused = clerk.listen(document).await.next().await;
        assert_eq!(refused, Heard::Refused("GRAPHQL_VALIDATION_FAILED".to_owned()), "{document}");
    }
    for (document, code) in [
        ("subscription {", "GRAPHQL_PARSE_FAILED"),
        ("subscription A { billChanged { bill { id } } } query B { __typename }", "OPERATION_UNKNOWN"),
    ] {
        assert_eq!(clerk.listen(document).await.next().await, Heard::Refused(code.to_owned()), "{document}");
    }
    let mut once = clerk.listen("{ viewer { role } }").await;
    assert_eq!(once.next().await, Heard::Data(json!({"viewer": {"role": "SALES"}})), "a query is answered once");
    assert_eq!(once.next().await, Heard::Complete);
});

seeded!(every_row_that_belongs_to_a_noun_tells_of_it, async |world: World| {
    let (app, here) = (&world.home.app, world.places.at("colombo-ev/BR01"));
    let clerk = world.client("clerk").await;
    let mut bills = clerk.listen("subscription { billChanged { bill { id } } }").await;
    touch::one::<entity::payment::Entity>(app, here, 0).await;
    assert!(bill(&mut bills).await["id"].is_string());
    touch::one::<entity::rmv_case::Entity>(app, here, 0).await;
    assert!(bill(&mut bills).await["id"].is_string());
    touch::one::<entity::credit_note::Entity>(app, here, 0).await;
    assert!(bill(&mut bills).await["id"].is_string());
    let mut stock = clerk.listen("subscription { stockChanged { unit { id } transfer { id } } }").await;
    touch::one::<bike_unit::Entity>(app, here, 0).await;
    touch::one::<entity::stock_transfer::Entity>(app, here, 0).await;
    assert!(stock.data().await["stockChanged"]["unit"]["id"].is_string());
    assert!(stock.data().await["stockChanged"]["transfer"]["id"].is_string());
    let mut figures = clerk.listen(FIGURES).await;
    touch::one::<kpi_day::Entity>(app, here, 0).await;
    assert_eq!(figures.data().await["kpiChanged"]["branches"][0]["now"], false);
});

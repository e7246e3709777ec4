//! What is open now: counted from the documents, by age, opened to its items, and shown to whom it is due.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use entity::{bike_unit, bill, dealership, kpi_open, kpi_revision, open_item, rmv_case};
use forecourt::scope::Scope;
use sea_orm::{ColumnTrait, QueryFilter};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::support::till::Till;
use crate::support::{Client, World, seeded};

const TODAY: &str = "2026-09-15";

const NOW: &str = "{ kpiNow { today sourceRows flow { daysSupply stockTurn sellThrough }
    financiers { financeCompany { name } count amount { amountMinor } }
    open(kinds: [STOCK, CUSTOMER_RECEIVABLE, CUSTOMER_CREDIT, FINANCIER_RECEIVABLE, DELIVERY, REGISTRATION, TRANSFER]) {
        kind currency meanAge total { count amount { amountMinor } estimated uncoloured } overdue { count }
        buckets(bounds: [30, 60, 90]) { fromAge toAge count share amount { amountMinor } } } } }";

async fn now(client: &Client) -> Value {
    client.ask(NOW).await["kpiNow"].take()
}

/// A kind's row of an answer.
fn of<'a>(now: &'a Value, kind: &str) -> &'a Value {
    now["open"].as_array().expect("rows").iter().find(|row| row["kind"] == kind).unwrap_or(&Value::Null)
}

fn count(now: &Value, kind: &str) -> i64 {
    of(now, kind)["total"]["count"].as_i64().unwrap_or(0)
}

seeded!(what_is_open_is_what_the_documents_say, async |world: World| {
    let tx = world.home.app.read(Scope::system("test")).await.expect("a transaction");
    let units = tx.all(tx.select::<bike_unit::Entity>()).await.expect("units");
    let bills = tx.all(tx.select::<bill::Entity>()).await.expect("bills");
    let cases = tx.all(tx.select::<rmv_case::Entity>()).await.expect("registrations");
    drop(tx);
    let shown = now(&world.client("hq-all").await).await;
    assert_eq!(shown["today"], TODAY);
    let stock: Vec<_> =
        units.iter().filter(|unit| unit.deleted_at.is_none() && unit.status != bike_unit::Status::Sold).collect();
    let row = of(&shown, "STOCK");
    assert_eq!(row["total"]["count"], stock.len());
    let value = |unit: &&bike_unit::Model| unit.landed_cost_minor.unwrap_or(unit.list_price_minor);
    assert_eq!(row["total"]["amount"]["amountMinor"], stock.iter().map(value).sum::<i64>());
    assert_eq!(row["total"]["estimated"], stock.iter().filter(|unit| unit.landed_cost_minor.is_none()).count());
    assert_eq!(row["total"]["uncoloured"], stock.iter().filter(|unit| unit.colour.is_none()).count());
    let today: NaiveDate = TODAY.parse().expect("a day");
    let age = |unit: &&bike_unit::Model| (today - unit.received_on).num_days();
    let buckets: Vec<_> = row["buckets"].as_array().expect("buckets").iter().map(|bucket| &bucket["count"]).collect();
    let within = |from, to| stock.iter().filter(|unit| (from..=to).contains(&age(unit))).count();
    assert_eq!(
        buckets,
        [within(-999, -1), within(0, 30), within(31, 60), within(61, 90), within(91, 9_999)]
            .map(|n| json!(n))
            .each_ref()
    );

    let live = |bill: &&bill::Model| matches!(bill.status, bill::Status::Pending | bill::Status::Completed);
    let owing: Vec<_> = bills.iter().filter(live).filter(|bill| bill.balance_minor > 0).collect();
    assert_eq!(count(&shown, "CUSTOMER_RECEIVABLE"), owing.len() as i64);
    let sum = owing.iter().map(|bill| bill.balance_minor).sum::<i64>();
    assert_eq!(of(&shown, "CUSTOMER_RECEIVABLE")["total"]["amount"]["amountMinor"], sum);
    let financed = bills.iter().filter(|bill| bill.status == bill::Status::Completed);
    let financed: i64 = financed.filter_map(|bill| bill.financier_balance_minor).filter(|due| *due > 0).sum();
    assert_eq!(of(&shown, "FINANCIER_RECEIVABLE")["total"]["amount"]["amountMinor"], financed);
    let by_company = shown["financiers"].as_array().expect("companies").iter();
    assert_eq!(by_company.map(|row| row["amount"]["amountMinor"].as_i64().expect("money")).sum::<i64>(), financed);
    let open =
        |case: &&rmv_case::Model| !matches!(case.status, rmv_case::Status::PlateReceived | rmv_case::Status::Closed);
    let overdue = cases.iter().filter(open).filter(|case| case.due_on < today).count();
    assert_eq!(count(&shown, "REGISTRATION"), cases.iter().filter(open).count() as i64);
    assert_eq!(of(&shown, "REGISTRATION")["overdue"]["count"], overdue);
    let flow = &shown["flow"];
    assert!(flow["daysSupply"].as_f64() > Some(0.0) && flow["stockTurn"].as_f64() > Some(0.0), "{flow}");
    assert!(flow["sellThrough"].as_f64().is_some_and(|share| share > 0.0 && share < 1.0), "{flow}");
});

seeded!(each_sees_what_is_open_where_they_are, async |world: World| {
    let mut counts = BTreeMap::new();
    for persona in ["hq-all", "hq-of-two", "dealer", "manager", "clerk"] {
        let shown = now(&world.client(persona).await).await;
        counts.insert(persona, (count(&shown, "STOCK"), count(&shown, "REGISTRATION")));
        // What units cost is not for everybody.
        let cost = &of(&shown, "STOCK")["total"]["amount"];
        assert_eq!(cost.is_null(), persona == "clerk", "{persona}");
    }
    assert!(counts["hq-all"].0 > counts["hq-of-two"].0 && counts["hq-of-two"].0 > counts["dealer"].0, "{counts:?}");
    assert!(counts["dealer"].0 > counts["manager"].0 && counts["manager"].0 > 0, "{counts:?}");
    assert_eq!(counts["manager"], counts["clerk"]);
    // Asked for one of its branches, the dealer sees what the branch sees.
    let dealer = world.client("dealer").await;
    let branches = dealer.ask("{ branches { nodes { id code } } }").await["branches"]["nodes"].take();
    let branch = branches.as_array().expect("nodes").iter().find(|row| row["code"] == "BR01").expect("a branch");
    let query = "query($branch: ID!) { kpiNow(place: {branch: $branch}) { open(kinds: [STOCK]) { total { count } } } }";
    let stock =
        dealer.ask_with(query, json!({"branch": branch["id"]})).await["kpiNow"]["open"][0]["total"]["count"].take();
    assert_eq!(stock, counts["manager"].0);
    for persona in ["inventory", "service"] {
        let answer = world.client(persona).await.send(NOW, Value::Null).await;
        assert_eq!(answer["errors"][0]["extensions"]["code"], "FORBIDDEN", "{persona}");
    }
});

seeded!(head_office_sees_at_once_what_any_process_changes, async |world: World| {
    let hq = world.client("hq-all").await;
    // What each dealership has by itself is added up by the database every time.
    let by_dealership = async || {
        let all = hq.ask("{ dealerships(first: 100) { nodes { id } } }").await["dealerships"]["nodes"].take();
        let mut stock = 0;
        for row in all.as_array().expect("nodes") {
            let query =
                "query($one: ID!) { kpiNow(place: {dealership: $one}) { open(kinds: [STOCK]) { total { count } } } }";
            let open = hq.ask_with(query, json!({"one": row["id"]})).await["kpiNow"]["open"].take();
            stock += open[0]["total"]["count"].as_i64().unwrap_or(0);
        }
        stock
    };
    let first = now(&hq).await;
    assert_eq!(now(&hq).await, first);
    assert_eq!(count(&first, "STOCK"), by_dealership().await);

    let till = Till::of(&world, "manager").await;
    let bikes = till.bikes("Z9", "HQ", 2).await;
    assert_eq!(count(&now(&hq).await, "STOCK"), count(&first, "STOCK") + 2);
    till.issued(Till::sale("key-hq-sale", &bikes[0])).await;
    assert_eq!(count(&now(&hq).await, "STOCK"), count(&first, "STOCK") + 1);

    // A hand in the database, which tells nobody, and cells of more dealerships than are read anew at once.
    let tx = world.home.app.write(Scope::system("test")).await.expect("a transaction");
    let home = tx.one(tx.select::<dealership::Entity>()).await.expect("a query").expect("a dealership");
    for n in 0..40 {
        let id = Uuid::from_u128(0x0199_0000_0000_7000_8000_0000_0000_0000 + n);
        let other = dealership::Model { id, code: format!("other-{n}"), ..home.clone() };
        tx.insert::<dealership::Entity>(vec![other]).await.expect("another dealership");
        let since = TODAY.parse().expect("a day");
        let (kind, currency) = (open_item::Kind::Stock, "LKR".to_owned());
        let cell = kpi_open::Model {
            dealership_id: id,
            id,
            branch_id: None,
            kind,
            since,
            currency,
            items: 3,
            amount_minor: 9,
            estimated: 0,
            uncoloured: 0,
        };
        tx.insert::<kpi_open::Entity>(vec![cell]).await.expect("a cell");
    }
    tx.commit().await.expect("committed");
    let expected = count(&first, "STOCK") + 1 + 40 * 3;
    for _ in 0..5 {
        assert_eq!(count(&now(&hq).await, "STOCK"), expected);
    }
    assert_eq!(by_dealership().await, expected);
    let tx = world.home.app.write(Scope::system("test")).await.expect("a transaction");
    let gone = tx.scope().delete::<kpi_open::Entity>().filter(kpi_open::Column::AmountMinor.eq(9));
    assert_eq!(tx.delete(gone).await.expect("deleted"), 40);
    tx.commit().await.expect("committed");
    assert_eq!(count(&now(&hq).await, "STOCK"), count(&first, "STOCK") + 1);

    // Figures that nothing has changed since changes are counted.
    let tx = world.home.app.write(Scope::system("test")).await.expect("a transaction");
    tx.delete(tx.scope().delete::<kpi_revision::Entity>()).await.expect("deleted");
    tx.commit().await.expect("committed");
    assert_eq!(count(&now(&hq).await, "STOCK"), count(&first, "STOCK") + 1);
});

seeded!(an_amount_opens_to_its_items, async |world: World| {
    let client = world.client("manager").await;
    let query = "query($after: String) { kpiNow { open(kinds: [STOCK, CUSTOMER_RECEIVABLE, REGISTRATION]) {
        kind total(ages: {from: 5}) { count } items(ages: {from: 5}, first: 100, after: $after) {
            totalCount nodes { since age bikeUnit { status } bill { number } registration { status } branch { code } } } } } }";
    let open = client.ask(query).await["kpiNow"]["open"].take();
    let rows = open.as_array().expect("rows");
    assert_eq!(rows.len(), 3);
    for row in rows {
        let items = row["items"]["nodes"].as_array().expect("items");
        assert_eq!(row["total"]["count"], row["items"]["totalCount"], "{}", row["kind"]);
        assert!(!items.is_empty() && items.iter().all(|item| item["age"].as_i64() >= Some(5)), "{}", row["kind"]);
        let document = match row["kind"].as_str() {
            Some("STOCK") => "bikeUnit",
            Some("REGISTRATION") => "registration",
            _ => "bill",
        };
        assert!(items.iter().all(|item| item[document].is_object() && item["branch"]["code"] == "BR01"));
    }
});

seeded!(what_is_open_changes_with_what_is_done, async |world: World| {
    let manager = world.client("manager").await;
    let till = Till::of(&world, "manager").await;
    let before = now(&manager).await;
    let bikes = till.bikes("Z9", "OPEN", 2).await;
    let taken = now(&manager).await;
    assert_eq!(count(&taken, "STOCK") - count(&before, "STOCK"), 2);
    till.issued(Till::advance("key-open-advance", &bikes[0])).await;
    till.issued(Till::sale("key-open-sale", &bikes[1])).await;
    let sold = now(&manager).await;
    assert_eq!(count(&sold, "STOCK") - count(&before, "STOCK"), 1, "a unit kept for a customer is in stock");
    assert_eq!(count(&sold, "DELIVERY") - count(&before, "DELIVERY"), 1);
    assert_eq!(count(&sold, "REGISTRATION") - count(&before, "REGISTRATION"), 1);
    assert!(count(&sold, "CUSTOMER_RECEIVABLE") > count(&before, "CUSTOMER_RECEIVABLE"));
});

seeded!(what_sells_and_runs_out_is_told, async |world: World| {
    let risk = "query($place: KpiPlace) { kpiNow(place: $place) { stockOutRisk(fewest: 3, days: 30) {
        model { name } available soldIn30Days daysSupply } } }";
    let rows = world.client("dealer").await.ask(risk).await["kpiNow"]["stockOutRisk"].take();
    let rows = rows.as_array().expect("models");
    assert!(!rows.is_empty());
    for row in rows {
        let number = |field: &str| row[field].as_i64().expect("a number");
        assert!(
            number("soldIn30Days") > 0 && (number("available") < 3 || number("available") < number("soldIn30Days"))
        );
    }
    let group = world.client("hq-of-two").await.ask(risk).await["kpiNow"]["stockOutRisk"].take();
    assert!(group.as_array().is_some_and(|group| rows.iter().all(|row| group.contains(row))), "{group}");
});

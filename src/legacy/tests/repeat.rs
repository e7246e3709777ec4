//! Imports that are repeated, resumed or interrupted.

use entity::{bill, customer, dealership, membership, user};

use super::*;

#[tokio::test]
async fn a_second_import_changes_nothing() {
    let case = Case::new().await;
    let first = case.run().await;
    let before = case.everything().await;
    let second = case.run().await;
    assert_eq!(case.everything().await, before);
    for collection in Collection::ALL {
        let [read, imported, ..] = counts(&first, collection);
        assert_eq!(counts(&second, collection), [read, 0, imported, 0, 0], "{collection:?}");
    }
    assert_eq!(second.totals[0].1.already_there, 3_571_250_000);
}

#[tokio::test]
async fn an_import_goes_on_after_the_last_whole_collection() {
    let interrupted = Case::new().await;
    let later = [Collection::BikeInventory, Collection::Bills, Collection::Quotations, Collection::UserActivities];
    let aside = later.map(|collection| {
        let (path, aside) = (interrupted.path(collection), interrupted.path(collection).with_extension("aside"));
        std::fs::rename(&path, &aside).expect("movable");
        (aside, path)
    });
    let report = interrupted.run().await;
    assert_eq!(counts(&report, Collection::Bills), [0; 5], "a missing file is an empty collection");
    for (aside, path) in aside {
        std::fs::rename(aside, path).expect("movable");
    }
    let report = interrupted.run().await;
    assert_eq!(counts(&report, Collection::Users), [9, 0, 9, 0, 0]);
    assert_eq!(counts(&report, Collection::Bills), [150, 150, 0, 0, 0]);

    let whole = Case::new().await;
    whole.run().await;
    let numbers = |bills: Vec<bill::Model>| bills.into_iter().map(|bill| bill.bill_number).collect::<Vec<_>>();
    assert_eq!(numbers(interrupted.rows::<bill::Entity>().await), numbers(whole.rows::<bill::Entity>().await));
    assert_eq!(interrupted.everything().await.len(), whole.everything().await.len());
}

#[tokio::test]
async fn what_changed_since_is_refused_not_overwritten() {
    let case = Case::new().await;
    case.run().await;
    let before = case.everything().await;
    let line = case.edit(Collection::Bills, |_| true, |bill| bill["totalAmount"] = 1.into());
    let report = case.run().await;
    assert_eq!(case.everything().await, before);
    assert_eq!(counts(&report, Collection::Bills), [150, 0, 149, 0, 1]);
    let why = "differs from what was imported on 2026-09-01; an import never overwrites";
    assert_eq!(rejects(&report), [format!("bills.json:{line} {why}")]);
    let totals = &report.totals[0].1;
    assert_eq!((totals.rejected, totals.read), (100, totals.already_there + 100));
}

#[tokio::test]
async fn the_same_document_twice_is_imported_once() {
    let case = Case::new().await;
    let mut lines = case.lines(Collection::Bills);
    lines.push(lines[0].clone());
    lines.push(lines[1].replacen(r#""status":""#, r#""status":" "#, 1));
    case.put(Collection::Bills, &lines);
    let report = case.run().await;
    assert_eq!(counts(&report, Collection::Bills), [152, 150, 1, 0, 1]);
    assert_eq!(rejects(&report), ["bills.json:152 has the _id of line 2, but differs from it"]);
}

#[tokio::test]
async fn customers_are_found_again_by_a_later_import() {
    let case = Case::new().await;
    case.run().await;
    let before = case.rows::<customer::Entity>().await.len();
    let mut lines = case.lines(Collection::Bills);
    let mut bill: Value = serde_json::from_str(&lines[0]).expect("JSON");
    bill["_id"] = serde_json::json!({"$oid": "aaaaaaaaaaaaaaaaaaaaaaaa"});
    bill["billNumber"] = "BILL-NEW".into();
    bill["bill_number"] = "BILL-NEW".into();
    bill["status"] = "cancelled".into();
    lines.push(bill.to_string());
    case.put(Collection::Bills, &lines);
    let report = case.run().await;
    assert_eq!(counts(&report, Collection::Bills), [151, 1, 150, 0, 0]);
    assert_eq!(case.rows::<customer::Entity>().await.len(), before);
}

#[tokio::test]
async fn a_dealership_in_another_currency_is_left_alone() {
    let case = Case::new().await;
    let tx = case.app.write(Scope::system("test")).await.expect("a transaction");
    let row = dealership::Model {
        discount_limit_bp: 0,
        fiscal_year_month: 1,
        revision: 0,
        reports_need_second_factor: false,
        tricycle_sold_on: None,
        id: uuid::Uuid::from_u128(7),
        code: "tmr-main".into(),
        name: "Elsewhere".into(),
        currency: "EUR".into(),
        time_zone: "Europe/Berlin".into(),
        created_at: case.app.now(),
    };
    tx.insert::<dealership::Entity>(vec![row]).await.expect("insertable");
    tx.commit().await.expect("commits");
    let error = case.try_run(&[KEY]).await.expect_err("refused");
    insta::assert_snapshot!(error.to_string(), @"the dump is in LKR, but the dealership tmr-main keeps its books in EUR");
}

#[tokio::test]
async fn an_account_that_is_here_already_is_never_changed() {
    let case = Case::new().await;
    let before = user::Model {
        id: uuid::Uuid::from_u128(7),
        email: "Staff0@tmr.example".into(),
        email_key: "staff0@tmr.example".into(),
        name: "Somebody".into(),
        password_hash: Some("chosen".into()),
        group_role: None,
        personal: None,
        disabled_at: None,
        created_at: case.app.now(),
    };
    let tx = case.app.write(Scope::system("test")).await.expect("a transaction");
    tx.insert_shared::<user::Entity>(vec![before.clone()]).await.expect("insertable");
    tx.commit().await.expect("commits");
    case.edit(Collection::Users, |_| true, |user| user["accountLocked"] = true.into());
    let report = case.run().await;
    assert_eq!(repairs(&report), ["users.json:1 accountLocked: left as it is, the account was here already"]);
    let tx = case.app.read(Scope::system("test")).await.expect("a transaction");
    let people = tx.all(tx.scope().select_shared::<user::Entity>().expect("a system scope")).await.expect("readable");
    assert_eq!(people.len(), 9);
    assert!(people.contains(&before));
    assert!(case.rows::<membership::Entity>().await.iter().any(|row| row.user_id == before.id));
}

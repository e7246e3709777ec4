//! The old system's dump, read back through the API.

use std::path::PathBuf;

use forecourt::legacy::{self, Import, Report};
use indicatif::ProgressBar;
use secrecy::SecretString;
use serde_json::{Value, json};

use crate::support::{Client, Home, both};

const PASSWORD: &str = "the owner's new password";

both!(an_imported_bill_reads_as_the_old_system_had_it, async |home: Home| {
    let owner = imported(&home).await;
    let answer = owner
        .ask(
            r#"{ bill(number: "BILL-260601-576") {
                billedAt date source status saleType vehicleClass total { amount formatted } balance { amount }
                buyer { name nic address } customer { name nic address branch { code dealership { code } } }
                payments { amount { amount } basis method } salesperson { name } } }"#,
        )
        .await;
    insta::assert_snapshot!("imported_bill", serde_json::to_string_pretty(&answer["bill"]).expect("JSON"));
});

both!(half_past_midnight_in_colombo_is_that_day, async |home: Home| {
    let owner = imported(&home).await;
    let query = r#"{ bills(first: 100, filter: {date: {from: "2026-06-01", to: "2026-06-01"}}) { nodes { number billedAt date } } }"#;
    let bills = owner.ask(query).await["bills"]["nodes"].take();
    let bill = bills.as_array().expect("nodes").iter().find(|bill| bill["number"] == "BILL-260601-576");
    // 00:34 in Colombo is still the day before in UTC.
    assert!(bill.expect("it lies on its day")["billedAt"].as_str().expect("a time").starts_with("2026-05-31T19:04:42"));
});

both!(every_document_is_accounted_for_and_the_money_agrees, async |home: Home| {
    let first = import(&home).await;
    let report = serde_json::to_value(&first).expect("JSON");
    assert_eq!(
        report["collections"]["bills"],
        json!({"read": 150, "imported": 150, "alreadyThere": 0, "repaired": 0, "rejected": 0})
    );
    assert_eq!(report["totals"]["bills"]["imported"], "35712500.00");
    assert_eq!(report["rejects"], json!([]));
    let owner = sign_in(&home).await;
    let (mut total, mut after) = (0, Value::Null);
    loop {
        let page = owner
            .ask_with(
                "query($after: String) { bills(first: 100, after: $after) { totalCount nodes { total { amountMinor } }
                    pageInfo { hasNextPage endCursor } } }",
                json!({"after": after}),
            )
            .await["bills"]
            .take();
        let amounts = page["nodes"].as_array().expect("nodes").iter().map(|bill| bill["total"]["amountMinor"].as_i64());
        total += amounts.sum::<Option<i64>>().expect("integers");
        if page["pageInfo"]["hasNextPage"] == false {
            break;
        }
        after = page["pageInfo"]["endCursor"].clone();
    }
    assert_eq!(total, 3_571_250_000);
    let second = serde_json::to_value(import(&home).await).expect("JSON");
    assert_eq!(
        second["collections"]["bills"],
        json!({"read": 150, "imported": 0, "alreadyThere": 150, "repaired": 0, "rejected": 0})
    );
});

/// The dump, imported, and its owner, signed in.
async fn imported(home: &Home) -> Client {
    import(home).await;
    sign_in(home).await
}

async fn import(home: &Home) -> Report {
    let import = Import {
        dealership: "tmr-main".to_owned(),
        name: None,
        branch: "BR01".to_owned(),
        directory: PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/legacy")),
        keys: vec![SecretString::from("legacy-demo-encryption-key-0123456789abcdef")],
        rejects: home.folder.path().join("rejects.jsonl"),
    };
    legacy::run(&home.app, &import, &ProgressBar::hidden()).await.expect("the dump is imported")
}

async fn sign_in(home: &Home) -> Client {
    let password = SecretString::from(PASSWORD);
    forecourt::auth::set_password(&home.app, "STAFF0@tmr.example", password).await.expect("the owner is there");
    Client::sign_in(home, "staff0@tmr.example", PASSWORD).await
}

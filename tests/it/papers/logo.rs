//! A dealership's logo on what is printed.

use std::io::Write;
use std::process::Command;

use forecourt::integration::files::Key;
use forecourt::scope::Scope;
use forecourt::service::document::MonthOfBills;
use serde_json::{Value, json};

use super::{bill, file, made, prose, sale};
use crate::support::logo::{JPEG, base64, png};
use crate::support::{Client, World, seeded};

const LOOK: &str = "branding { logo phone email }";

/// Width and height of each picture in a file; nothing where nobody can read it.
fn pictures(file: &[u8]) -> Option<Vec<(u32, u32)>> {
    let mut place = tempfile::NamedTempFile::new().expect("a file");
    place.write_all(file).expect("a file of our own");
    let Ok(read) = Command::new("pdfimages").arg("-list").arg(place.path()).output() else {
        assert!(std::env::var("CI").is_err(), "install poppler-utils");
        return None;
    };
    assert!(read.status.success(), "{}", String::from_utf8_lossy(&read.stderr));
    let list = String::from_utf8(read.stdout).expect("UTF-8");
    let side = |text: &str| text.parse().expect("a number");
    let rows = list.lines().skip(2).map(|line| line.split_whitespace().collect::<Vec<_>>());
    Some(rows.filter(|row| row[2] == "image").map(|row| (side(row[3]), side(row[4]))).collect())
}

async fn set(dealer: &Client, input: Value) -> Key {
    let set = dealer.done("setLogo", LOOK, input).await;
    let path = set["branding"]["logo"].as_str().expect("a logo");
    path.trim_start_matches("/files/").split('?').next().expect("a key").parse().expect("a key")
}

/// Loses a logo's file, as a rule of a bucket might.
async fn lose(world: &World, key: &Key) {
    let scope = Scope::system("test").within(key.dealership()).expect("in reach");
    world.home.app.files().delete(&scope, key).await.expect("it is gone");
}

/// Leaves files to be looked at, where `FORECOURT_TEST_PAPERS` names a folder.
fn leave(name: &str, file: &[u8]) {
    if let Ok(folder) = std::env::var("FORECOURT_TEST_PAPERS") {
        std::fs::write(format!("{folder}/{name}.pdf"), file).expect("it is left");
    }
}

seeded!(the_logo_of_the_branch_is_on_its_papers, async |world: World| {
    let (dealer, clerk) = (world.client("dealer").await, world.client("clerk").await);
    let sale = sale(&world).await;
    set(&dealer, json!({"image": base64(&png(400, 90))})).await;
    let original = made(&clerk, bill(&sale)).await;
    let whole = file(&world, &original).await;
    leave("wide", &whole);
    let branch = original["branch"]["code"].clone();
    assert_eq!(branch, "BR01");
    let id = dealer.ask("{ branches(first: 100) { nodes { id code } } }").await["branches"]["nodes"].take();
    let id = id.as_array().expect("nodes").iter().find(|row| row["code"] == branch).expect("it")["id"].clone();
    set(&dealer, json!({"branch": id, "image": base64(&png(60, 150))})).await;
    let copy = file(&world, &made(&clerk, bill(&sale)).await).await;
    let offers = clerk.ask("{ salesQuotations(first: 1) { nodes { id } } }").await;
    let offer = made(&clerk, json!({"salesQuotation": offers["salesQuotations"]["nodes"][0]["id"]})).await;
    let offer = file(&world, &offer).await;
    leave("tall", &offer);
    set(&dealer, json!({"branch": id, "image": base64(JPEG)})).await;
    let stock = json!({"stockReport": {"branch": id}});
    let report = file(&world, &made(&clerk, stock.clone()).await).await;
    leave("photo", &report);
    dealer.done("setLogo", LOOK, json!({"branch": id})).await;
    dealer.done("setLogo", LOOK, json!({})).await;
    let none = file(&world, &made(&clerk, stock).await).await;
    for (what, file, shown) in [
        ("the original", &whole, vec![(400, 90)]),
        ("its copy, although another came meanwhile", &copy, vec![(400, 90)]),
        ("an offer of the branch", &offer, vec![(60, 150)]),
        ("a report", &report, vec![(48, 24)]),
        ("a report after", &none, Vec::new()),
    ] {
        let Some(found) = pictures(file) else { return };
        assert_eq!(found, shown, "{what}");
    }
});

seeded!(a_lost_logo_stops_no_bill, async |world: World| {
    let (dealer, clerk) = (world.client("dealer").await, world.client("clerk").await);
    let key = set(&dealer, json!({"image": base64(&png(30, 30))})).await;
    lose(&world, &key).await;
    let document = made(&clerk, bill(&sale(&world).await)).await;
    let file = file(&world, &document).await;
    if let Some(found) = pictures(&file) {
        assert_eq!(found, []);
    }
    assert_eq!(document["isCopy"], false);
});

seeded!(a_run_reads_each_logo_once, async |world: World| {
    let (dealer, manager) = (world.client("dealer").await, world.client("manager").await);
    let key = set(&dealer, json!({"image": base64(&png(120, 40))})).await;
    let (app, scope) = (&world.home.app, manager.scope().await.expect("a scope"));
    let mut bills = MonthOfBills::of("2026-08-01".parse().expect("a day"));
    let mut documents = bills.next(app, &scope, 1).await.expect("the first");
    lose(&world, &key).await;
    documents.extend(bills.next(app, &scope, 3).await.expect("more"));
    assert!(documents.len() > 2, "the group sells");
    for document in documents {
        let file = app.files().get(&scope, &document.file.parse().expect("a key"), 1 << 30).await.expect("it is kept");
        let Some(found) = pictures(&file.bytes().await.expect("its bytes")) else { return };
        assert_eq!(found, [(120, 40)], "{}", document.number);
    }
});

seeded!(a_tax_invoice_says_how_the_supplier_is_reached, async |world: World| {
    let (dealer, clerk) = (world.client("dealer").await, world.client("clerk").await);
    let reached =
        json!({"phone": "(011) 234-5678", "email": "sales@colombo-ev.example", "addressLine1": "1 Galle Road"});
    let reached = dealer.done("updateBranding", LOOK, reached).await;
    assert_eq!(reached["branding"]["phone"], "+94112345678");
    let sales = clerk.ask("{ bills(first: 20, filter: {status: [COMPLETED]}) { nodes { id title } } }").await;
    let sales = sales["bills"]["nodes"].as_array().expect("bills").clone();
    let sale = sales.iter().find(|sale| sale["title"] == "TAX_INVOICE").expect("a tax invoice");
    let Some(text) = prose(&file(&world, &made(&clerk, bill(&sale["id"])).await).await) else { return };
    assert!(text.contains("TAX INVOICE") && text.contains("Phone +94112345678"), "{text}");
    assert!(text.contains("sales@colombo-ev.example"), "{text}");
});

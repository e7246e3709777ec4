//! An archive takes little memory, however much is in it. In a process of its own, whose memory is nobody else's.

use std::process::Command;

use entity::document::{Entity, Kind, Model};
use entity::{bill, branch};
use forecourt::integration::files::{Class, Kind as FileKind, Shelf};
use forecourt::scope::Scope;
use sea_orm::{ColumnTrait, QueryFilter};
use serde_json::json;
use uuid::Uuid;

use super::archive::{JOB, done, names};
use super::file;
use crate::support::World;
use crate::support::databases::{Content, on_sqlite};

/// Bytes of each document.
const LONG: usize = 4 << 20;

/// Documents in the archive.
const MANY: usize = 40;

/// What it may take beside what the process has anyway: a document as it is read and written, three parts of 8 MiB.
const MOST_KIB: u64 = 48 << 10;

const CHILD: &str = "FORECOURT_TEST_LONG_ARCHIVE";

/// The most memory that this process ever had.
fn peak_kib() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").expect("its status");
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).expect("a peak");
    line.trim().trim_end_matches(" kB").parse().expect("a number")
}

/// Gives a branch a month of its own, of bills whose documents are long.
async fn fill(world: &World) -> Uuid {
    let app = &world.home.app;
    let here = world.places.at("colombo-ev/BR01");
    let scope = Scope::system("test").within(here.dealership).expect("in reach");
    let tx = app.write(scope.clone()).await.expect("a transaction");
    let branches = tx.select::<branch::Entity>().filter(branch::Column::Id.eq(here.branch));
    let branch = tx.one(branches).await.expect("a query").expect("the branch");
    let some = tx.select::<bill::Entity>().filter(bill::Column::BranchId.eq(branch.id));
    let some = tx.one(some.filter(bill::Column::AdvanceBillId.is_null())).await.expect("a query").expect("a bill");
    let day = "2020-02-11".parse().expect("a day");
    let shelf = Shelf::new(here.dealership, Class::Bill, 2020, FileKind::Pdf).expect("a year");
    let (mut bills, mut documents) = (Vec::new(), Vec::new());
    for n in 0..MANY {
        let (id, number) = (Uuid::now_v7(), format!("20FEB_BR01_{n}"));
        let key = shelf.of_row(id, 1);
        bills.push(bill::Model {
            id,
            number_key: number.to_lowercase(),
            bill_number: number.clone(),
            bill_date: day,
            unit_id: None,
            ..some.clone()
        });
        documents.push(Model {
            dealership_id: here.dealership,
            id: Uuid::now_v7(),
            branch_id: here.branch,
            kind: Kind::Invoice,
            number,
            issued_on: day,
            total_minor: Some(1),
            currency: some.currency.clone(),
            subject_id: id,
            bill_id: Some(id),
            credit_note_id: None,
            quotation_id: None,
            sales_quotation_id: None,
            job_id: None,
            template_version: 1,
            is_copy: false,
            shows_cost: false,
            file: key.to_string(),
            bytes: 1,
            created_by_id: None,
            created_at: app.now(),
        });
        let noise: Vec<u8> = (0..LONG).map(|at| (at.wrapping_mul(2_654_435_761 + n) >> 7) as u8).collect();
        app.files().put(&scope, &key, noise).await.expect("kept");
    }
    tx.insert::<bill::Entity>(bills).await.expect("bills");
    tx.insert::<Entity>(documents).await.expect("documents");
    tx.commit().await.expect("committed");
    here.dealership
}

async fn archive() {
    let world = World::in_home(on_sqlite(Content::Group).await).await;
    fill(&world).await;
    let manager = world.client("manager").await;
    let app = &world.home.app;
    // What is needed once is there before it is measured.
    let small = manager.done("archiveBills", JOB, json!({"month": "2026-08-01"})).await["job"].take();
    assert_eq!(done(app, &manager, &small).await["state"], "DONE");
    let before = peak_kib();
    let job = manager.done("archiveBills", JOB, json!({"month": "2020-02-01"})).await["job"].take();
    let over = done(app, &manager, &job).await;
    let took = peak_kib() - before;
    assert_eq!(over["state"], "DONE", "{over}");
    eprintln!("{took} KiB");
    assert!(took < MOST_KIB, "it took {took} KiB");
    assert_eq!(names(&file(&world, &over["document"]).await).len(), MANY);
}

#[tokio::test]
async fn an_archive_takes_little_memory() {
    if std::env::var(CHILD).is_ok() {
        archive().await;
        return;
    }
    let mut child = Command::new(std::env::current_exe().expect("this program"));
    child.args(["papers::memory::an_archive_takes_little_memory", "--exact", "--nocapture"]).env(CHILD, "1");
    // What is long goes back to the system when it is let go, not to a heap for each thread.
    child.env("MALLOC_MMAP_THRESHOLD_", "131072");
    let output = tokio::task::spawn_blocking(move || child.output()).await.expect("no panic").expect("it runs");
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success() && said.contains("KiB"), "{said}");
    eprintln!("{said}");
}

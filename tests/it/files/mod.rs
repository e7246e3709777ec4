//! Files, in a folder and in a bucket.

mod bucket;
mod folder;
mod links;
mod memory;
mod settings;

use std::path::Path;
use std::sync::Arc;

use axum::body::Bytes;
use chrono::{DateTime, Utc};
use forecourt::config::Config;
use forecourt::crypto::Keys;
use forecourt::error::{Error, Result};
use forecourt::integration::files::{Class, Files, Key, Kind, Put, Shelf};
use forecourt::scope::Scope;
use futures_util::stream;
use uuid::Uuid;

use crate::support::World;

const PDF: &[u8] = b"%PDF-1.7 a bill";
const OTHER: &[u8] = b"%PDF-1.7 another bill";

/// More than any file of the tests.
const MUCH: u64 = 1 << 30;

fn files(config: &Config, beside: &Path) -> Files {
    let now = Arc::new(Utc::now) as Arc<dyn Fn() -> DateTime<Utc> + Send + Sync>;
    let (keys, _) = Keys::generate();
    Files::new(&config.files, beside.join("files"), &keys, "http://127.0.0.1:8080", now).expect("settings hold")
}

fn in_folder(folder: &Path) -> Files {
    files(&Config::load(None, &[]).expect("the defaults are valid"), folder)
}

/// The installation itself, within a dealership.
fn within(dealership: Uuid) -> Scope {
    Scope::system("test").within(dealership).expect("any is in reach")
}

fn shelf(dealership: Uuid) -> Shelf {
    Shelf::new(dealership, Class::Bill, 2026, Kind::Pdf).expect("a year")
}

async fn bytes(files: &Files, scope: &Scope, key: &Key) -> Result<Vec<u8>> {
    files.get(scope, key, MUCH).await?.bytes().await
}

/// What either store must do.
async fn keeps_what_it_was_given(files: &Files) {
    let (ours, theirs) = (Uuid::from_u128(1), Uuid::from_u128(2));
    let (scope, shelf) = (within(ours), shelf(ours));
    for key in [shelf.of_content(PDF), shelf.of_row(Uuid::from_u128(9), 1)] {
        assert_eq!(bytes(files, &scope, &key).await.expect_err("nothing yet").code(), "NOT_FOUND");
        assert_eq!(files.put(&scope, &key, PDF).await.expect("kept"), Put::Made);
        assert_eq!(files.put(&scope, &key, PDF).await.expect("kept"), Put::WasThere, "the same again");
        for other in [OTHER, b"%PDF-1.7 a bilk", b""] {
            let refused = files.put(&scope, &key, other).await.expect_err("other bytes");
            assert_eq!(refused.code(), "INTERNAL");
        }
        assert_eq!(bytes(files, &scope, &key).await.expect("there"), PDF, "it stays as it was");

        let foreign = within(theirs);
        assert_eq!(files.put(&foreign, &key, PDF).await.expect_err("not theirs").code(), "NOT_FOUND");
        assert_eq!(bytes(files, &foreign, &key).await.expect_err("not theirs").code(), "NOT_FOUND");
        assert_eq!(files.delete(&foreign, &key).await.expect_err("not theirs").code(), "NOT_FOUND");
        let few = PDF.len() as u64 - 1;
        assert_eq!(files.get(&scope, &key, few).await.err().expect("too long").code(), "INTERNAL");

        files.delete(&scope, &key).await.expect("gone");
        files.delete(&scope, &key).await.expect("gone already");
        assert_eq!(bytes(files, &scope, &key).await.expect_err("gone").code(), "NOT_FOUND");
    }
    race(files, &scope, shelf.of_row(Uuid::from_u128(10), 1)).await;
}

/// Of many who put different bytes under one key at once, one does.
async fn race(files: &Files, scope: &Scope, key: Key) {
    let all = (0..8_u8).map(|byte| files.put(scope, &key, vec![byte; 2_000]));
    let all = futures_util::future::join_all(all).await;
    assert_eq!(all.iter().filter(|put| matches!(put, Ok(Put::Made))).count(), 1, "{all:?}");
    assert_eq!(all.iter().filter(|put| put.is_err()).count(), 7);
    let winner = all.iter().position(|put| put.is_ok()).expect("one");
    assert_eq!(bytes(files, scope, &key).await.expect("there"), vec![u8::try_from(winner).expect("few"); 2_000]);
}

/// A long file comes in parts and comes back whole.
async fn keeps_what_is_long(files: &Files) {
    let dealership = Uuid::from_u128(3);
    let (scope, shelf) = (within(dealership), Shelf::new(dealership, Class::Export, 2026, Kind::Zip).expect("a year"));
    let whole: Vec<u8> = (0..20 << 20_u32).map(|at: u32| (at.wrapping_mul(2_654_435_761) >> 24) as u8).collect();
    let chunks =
        || stream::iter(whole.chunks(1 << 20).map(|part| Ok(Bytes::copy_from_slice(part))).collect::<Vec<_>>());
    let key = files.put_stream(&scope, &shelf, chunks()).await.expect("kept");
    assert_eq!(key, shelf.of_content(&whole), "named after its content");
    assert_eq!(files.put_stream(&scope, &shelf, chunks()).await.expect("kept"), key, "the same again");
    assert!(bytes(files, &scope, &key).await.expect("there") == whole);

    let broken = stream::iter([Ok(Bytes::from_static(PDF)), Err(Error::internal(anyhow::anyhow!("no more")))]);
    assert!(files.put_stream(&scope, &shelf, broken).await.is_err(), "what does not end is not kept");
    let foreign = within(Uuid::from_u128(4));
    assert_eq!(files.put_stream(&foreign, &shelf, chunks()).await.expect_err("not theirs").code(), "NOT_FOUND");
    let short = files.put_stream(&scope, &shelf, stream::iter([Ok(Bytes::from_static(PDF))])).await.expect("kept");
    assert_eq!(bytes(files, &scope, &short).await.expect("there"), PDF);
}

/// The dealership that a persona is of.
async fn dealership_of(world: &World, persona: &str) -> Uuid {
    let scope = world.client(persona).await.scope().await.expect("a scope");
    scope.dealership().expect("of one dealership")
}

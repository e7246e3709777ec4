//! Documents made of rows: printed once, kept, handed out, mailed, put together.

mod archive;
mod check;
mod kinds;
mod links;
mod logo;
mod mail;
mod memory;
mod original;
mod who;

use std::io::Write;
use std::process::Command;

use forecourt::integration::files::Key;
use forecourt::scope::Scope;
use reqwest::Url;
use serde_json::{Value, json};

use crate::support::server::{Answer, Server};
use crate::support::{Client, World};

/// What tests look at on a document.
const PAPER: &str = "document { id kind number date isCopy templateVersion size checkUrl total { amountMinor }
    createdBy { name } branch { code } dealership { code } bill { id } link { url expiresAt } }";

/// Has a document made.
async fn made(client: &Client, of: Value) -> Value {
    client.done("makeDocument", PAPER, of).await["document"].take()
}

/// Opens a document's link.
async fn open(server: &Server, document: &Value) -> Answer {
    let link: Url = document["link"]["url"].as_str().expect("a link").parse().expect("an address");
    server.get(&format!("{}?{}", link.path(), link.query().expect("a query"))).send().await
}

/// The key that is in a link.
fn key_of(document: &Value) -> Key {
    let link: Url = document["link"]["url"].as_str().expect("a link").parse().expect("an address");
    link.path().trim_start_matches("/files/").parse().expect("a key")
}

/// A document's file, as it is kept.
async fn file(world: &World, document: &Value) -> Vec<u8> {
    let key = key_of(document);
    let scope = Scope::system("test").within(key.dealership()).expect("in reach");
    let file = world.home.app.files().get(&scope, &key, 1 << 30).await.expect("it is kept");
    file.bytes().await.expect("its bytes")
}

/// What a file says, with single blanks; nothing where nobody can read it.
fn prose(file: &[u8]) -> Option<String> {
    let mut place = tempfile::NamedTempFile::new().expect("a file");
    place.write_all(file).expect("a file of our own");
    let read = Command::new("pdftotext").arg(place.path()).arg("-").output();
    let Ok(read) = read else {
        assert!(std::env::var("CI").is_err(), "install poppler-utils");
        return None;
    };
    assert!(read.status.success(), "{}", String::from_utf8_lossy(&read.stderr));
    let text = String::from_utf8(read.stdout).expect("UTF-8");
    Some(text.split_whitespace().collect::<Vec<_>>().join(" "))
}

/// The first row of a list.
async fn first(client: &Client, list: &str, filter: &str) -> Value {
    let rows = client.ask(&format!("{{ {list}(first: 1, filter: {filter}) {{ nodes {{ id number }} }} }}")).await;
    rows[list]["nodes"][0].clone()
}

/// A bill of the clerk's branch that is a sale.
async fn sale(world: &World) -> Value {
    let clerk = world.client("clerk").await;
    first(&clerk, "bills", "{status: [COMPLETED], isAdvance: false}").await["id"].take()
}

fn bill(id: &Value) -> Value {
    json!({"bill": id})
}

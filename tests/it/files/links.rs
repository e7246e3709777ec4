//! Links that we answer ourselves.

use std::time::Duration;

use chrono::TimeDelta;
use forecourt::integration::files::{Disposition, Shown};
use reqwest::{StatusCode, Url};
use secrecy::ExposeSecret;
use tokio::io::{AsyncReadExt, AsyncWriteExt};

use super::*;
use crate::support::process::Process;
use crate::support::seeded;
use crate::support::server::{Answer, Server};

/// A week, in seconds.
const WEEK: i64 = 7 * 24 * 60 * 60;

/// Asks for a link's path and query.
async fn open(server: &Server, link: &Url) -> Answer {
    server.get(&format!("{}?{}", link.path(), link.query().unwrap_or_default())).send().await
}

/// Asks for a path as it is: clients take the dots out of theirs.
async fn raw(server: &Server, path: &str) -> String {
    let mut socket = server.connect().await.expect("a connection");
    let request = format!("GET {path} HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n");
    socket.write_all(request.as_bytes()).await.expect("sent");
    let mut answer = Vec::new();
    socket.read_to_end(&mut answer).await.expect("an answer");
    String::from_utf8_lossy(&answer).into_owned()
}

/// A link with one part of its query changed.
fn altered(link: &Url, part: &str, to: Option<&str>) -> Url {
    let mut altered = link.clone();
    let pairs = link.query_pairs().filter(|(name, _)| name != part);
    altered.query_pairs_mut().clear().extend_pairs(pairs);
    if let Some(to) = to {
        altered.query_pairs_mut().append_pair(part, to);
    }
    altered
}

async fn link(world: &World, key: &Key, shown: &Shown, lifetime: Duration) -> Url {
    let link = world.home.app.files().sign(&within(key.dealership()), key, shown, lifetime).await;
    link.expect("a link").expose_secret().parse().expect("an address")
}

seeded!(a_link_opens_one_file_for_a_while, async |world: World| {
    let server = Server::start(&world).await;
    let (ours, theirs) = (dealership_of(&world, "clerk").await, dealership_of(&world, "stranger").await);
    let files = world.home.app.files();
    let (key, other) = (shelf(ours).of_content(PDF), shelf(ours).of_content(OTHER));
    let foreign = shelf(theirs).of_content(PDF);
    for key in [&key, &other, &foreign] {
        let bytes = if *key == other { OTHER } else { PDF };
        files.put(&within(key.dealership()), key, bytes).await.expect("kept");
    }
    let shown = Shown::new(Disposition::Inline, "Bill 26NOV_BR03_1 ශ්‍රී", Kind::Pdf);
    let holds = link(&world, &key, &shown, files.link_lifetime()).await;

    let answer = open(&server, &holds).await;
    assert_eq!((answer.status, answer.text.as_bytes()), (StatusCode::OK, PDF));
    for (name, value) in [
        ("content-type", "application/pdf"),
        ("content-length", "15"),
        ("cache-control", "no-store"),
        ("referrer-policy", "no-referrer"),
        ("x-content-type-options", "nosniff"),
        ("content-security-policy", "default-src 'none'; frame-ancestors 'none'"),
    ] {
        assert_eq!(answer.header(name), Some(value), "{name}");
    }
    insta::allow_duplicates! {
        insta::assert_snapshot!(answer.header("content-disposition").expect("one"), @r#"inline; filename="Bill 26NOV_BR03_1 _____.pdf"; filename*=UTF-8''Bill%2026NOV_BR03_1%20%E0%B7%81%E0%B7%8A%E2%80%8D%E0%B6%BB%E0%B7%93.pdf"#);
    }
    let saved = Shown::new(Disposition::Attachment, "bill", Kind::Pdf);
    let saved = open(&server, &link(&world, &key, &saved, files.link_lifetime()).await).await;
    assert!(saved.header("content-disposition").is_some_and(|header| header.starts_with("attachment; ")));
    assert_eq!(saved.header("content-security-policy"), Some("default-src 'none'; frame-ancestors 'none'; sandbox"));

    let elsewhere = |path: &str| {
        let mut link = holds.clone();
        link.set_path(&format!("/files/{path}"));
        link
    };
    let nothing = link(&world, &shelf(ours).of_content(b"never put"), &shown, files.link_lifetime()).await;
    let exp = holds.query_pairs().find(|(name, _)| name == "exp").expect("an end").1.into_owned();
    let later = (exp.parse::<i64>().expect("seconds") + 1).to_string();
    let refused = [
        altered(&holds, "exp", Some(&later)),
        altered(&holds, "exp", None),
        altered(&holds, "kid", Some("00000000")),
        altered(&holds, "as", Some("attachment")),
        altered(&holds, "name", Some("another.pdf")),
        altered(&holds, "mac", Some("AAAAAAAAAAAAAAAAAAAAAA")),
        altered(&holds, "mac", Some("")),
        altered(&holds, "mac", None),
        altered(&holds, "dealership", Some("1")),
        elsewhere(&other.to_string()),
        elsewhere(&foreign.to_string()),
        elsewhere(&key.to_string().replace(&ours.to_string(), &theirs.to_string())),
        elsewhere(&format!("{ours}%2f..%2f{key}")),
        elsewhere(&format!("..%2f..%2f{key}")),
        elsewhere("..%2f..%2fetc%2fpasswd"),
        nothing,
    ];
    for link in refused {
        same_refusal(&open(&server, &link).await, link.path());
    }
    let query = holds.query().expect("a query");
    for path in [format!("{ours}/../{key}"), format!("./{key}"), format!("/{key}"), format!("%2e%2e/{key}")] {
        assert!(raw(&server, &format!("/files/{path}?{query}")).await.starts_with("HTTP/1.1 404 "), "{path}");
    }
    world.home.clock.advance(TimeDelta::seconds(599));
    assert_eq!(open(&server, &holds).await.status, StatusCode::OK, "until it ends");
    world.home.clock.advance(TimeDelta::seconds(1));
    same_refusal(&open(&server, &holds).await, "ended");
    server.stop().await;
});

/// Whatever is wrong with a link, the answer is the same.
fn same_refusal(answer: &Answer, what: &str) {
    assert_eq!((answer.status, answer.text.as_str()), (StatusCode::NOT_FOUND, "There is nothing here."), "{what}");
    assert_eq!(answer.header("cache-control"), Some("no-store"), "{what}");
}

seeded!(no_link_holds_for_longer_than_a_week, async |world: World| {
    let key = shelf(dealership_of(&world, "clerk").await).of_content(PDF);
    let shown = Shown::new(Disposition::Attachment, "bill", Kind::Pdf);
    let now = world.home.app.now().timestamp();
    for (asked, given) in [(0, 1), (60, 60), (8 * 24 * 60 * 60, WEEK), (u64::MAX, WEEK)] {
        let link = link(&world, &key, &shown, Duration::from_secs(asked)).await;
        let end = link.query_pairs().find(|(name, _)| name == "exp").expect("an end").1.into_owned();
        assert_eq!(end.parse::<i64>().expect("seconds") - now, given);
    }
});

seeded!(a_link_is_in_no_log, async |world: World| {
    let log = world.home.folder.path().join("process.log");
    let errors = std::fs::File::create(&log).expect("a file");
    let process = Process::with(&world.home, |command| {
        command.env("FORECOURT_LOG_FILTER", "trace").env("FORECOURT_FILES_FOLDER", "files").stderr(errors);
    });
    let ours = dealership_of(&world, "clerk").await;
    let key = shelf(ours).of_content(PDF);
    let files = world.home.app.files();
    files.put(&within(ours), &key, PDF).await.expect("kept");
    // By the process's clock, which is no test's.
    world.home.clock.advance(Utc::now() - world.home.app.now());
    let link = link(&world, &key, &Shown::new(Disposition::Inline, "sunethra", Kind::Pdf), files.link_lifetime()).await;
    let mac = link.query_pairs().find(|(name, _)| name == "mac").expect("a seal").1.into_owned();
    let url = process.url.replace("/graphql", &format!("{}?{}", link.path(), link.query().expect("a query")));
    let answer = reqwest::get(&url).await.expect("an answer");
    assert_eq!(answer.status(), StatusCode::OK);
    assert_eq!(answer.bytes().await.expect("a body"), PDF);
    assert_eq!(reqwest::get(url.replace("as=inline", "as=attachment")).await.expect("an answer").status(), 404);
    process.terminate();
    drop(process);
    let said = std::fs::read_to_string(log).expect("a log");
    assert!(said.contains("/files/{*key}"), "the route is told: {said}");
    for secret in [mac.as_str(), "sunethra", "mac=", key.to_string().as_str()] {
        assert!(!said.contains(secret), "{secret} is in the log");
    }
});

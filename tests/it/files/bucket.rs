//! In a bucket that speaks S3.

use std::time::{Duration, Instant};

use forecourt::integration::files::{Disposition, Shown};
use reqwest::{StatusCode, Url};
use secrecy::ExposeSecret;

use super::*;
use crate::support::s3::{self, S3};

struct Link(Url);

impl Link {
    async fn to(files: &Files, key: &Key, lifetime: Duration) -> Self {
        let shown = Shown::new(Disposition::Attachment, "Bill 26NOV_BR03_1 ශ්‍රී", Kind::Pdf);
        let link = files.sign(&within(key.dealership()), key, &shown, lifetime).await.expect("a link");
        Self(link.expose_secret().parse().expect("an address"))
    }

    fn part(&self, name: &str) -> String {
        self.0.query_pairs().find(|(own, _)| own == name).expect("it has the part").1.into_owned()
    }

    fn with(&self, name: &str, value: Option<&str>) -> Url {
        let mut link = self.0.clone();
        let pairs = self.0.query_pairs().filter(|(own, _)| own != name);
        link.query_pairs_mut().clear().extend_pairs(pairs);
        if let Some(value) = value {
            link.query_pairs_mut().append_pair(name, value);
        }
        link
    }
}

async fn status(link: &Url) -> StatusCode {
    reqwest::get(link.clone()).await.expect("an answer").status()
}

#[tokio::test]
async fn a_bucket_keeps_what_it_was_given() {
    let (s3, folder) = (S3::start().await, tempfile::tempdir().expect("a temporary folder"));
    let files = files(&s3.config(), folder.path());
    keeps_what_it_was_given(&files).await;
    assert!(!folder.path().join("files").exists(), "nothing is kept here");
}

#[tokio::test]
async fn a_bucket_keeps_what_is_long() {
    let (s3, folder) = (S3::start().await, tempfile::tempdir().expect("a temporary folder"));
    keeps_what_is_long(&files(&s3.config(), folder.path())).await;
}

#[tokio::test]
async fn a_link_opens_one_file_of_a_bucket_for_a_while() {
    let (s3, folder) = (S3::start().await, tempfile::tempdir().expect("a temporary folder"));
    let files = files(&s3.config(), folder.path());
    let (ours, theirs) = (Uuid::from_u128(1), Uuid::from_u128(2));
    let (key, other) = (shelf(ours).of_content(PDF), shelf(theirs).of_content(OTHER));
    files.put(&within(ours), &key, PDF).await.expect("kept");
    files.put(&within(theirs), &other, OTHER).await.expect("kept");

    let link = Link::to(&files, &key, files.link_lifetime()).await;
    assert_eq!(link.part("X-Amz-Expires"), "600");
    let answer = reqwest::get(link.0.clone()).await.expect("an answer");
    assert_eq!(answer.status(), StatusCode::OK);
    let header = |name: &str| answer.headers().get(name).map(|value| value.to_str().expect("text").to_owned());
    insta::assert_snapshot!(header("content-disposition").expect("one"), @r#"attachment; filename="Bill 26NOV_BR03_1 _____.pdf"; filename*=UTF-8''Bill%2026NOV_BR03_1%20%E0%B7%81%E0%B7%8A%E2%80%8D%E0%B6%BB%E0%B7%93.pdf"#);
    assert_eq!(header("content-type").as_deref(), Some("application/pdf"));
    assert_eq!(header("cache-control").as_deref(), Some("no-store"));
    assert_eq!(answer.bytes().await.expect("a body"), PDF);

    let mut elsewhere = link.0.clone();
    elsewhere.set_path(&link.0.path().replace(&key.to_string(), &other.to_string()));
    let mut unsigned = link.0.clone();
    unsigned.set_query(None);
    for refused in [
        elsewhere,
        unsigned,
        link.with("X-Amz-Expires", Some("900")),
        link.with("response-content-disposition", Some("inline")),
        link.with("response-content-type", Some("text/html")),
        link.with("response-content-disposition", None),
        link.with("X-Amz-Signature", Some(&"0".repeat(64))),
        link.with("X-Amz-Signature", None),
    ] {
        assert_eq!(status(&refused).await, StatusCode::FORBIDDEN, "{refused}");
    }
    let (foreign, shown) = (within(theirs), Shown::new(Disposition::Inline, "", Kind::Pdf));
    let refused = files.sign(&foreign, &key, &shown, Duration::ZERO).await;
    assert_eq!(refused.expect_err("not theirs").code(), "NOT_FOUND");
}

#[tokio::test]
async fn we_answer_the_links_to_logos_ourselves() {
    let (s3, folder) = (S3::start().await, tempfile::tempdir().expect("a temporary folder"));
    let files = files(&s3.config(), folder.path());
    let (ours, theirs) = (Uuid::from_u128(1), Uuid::from_u128(2));
    let logo = Shelf::new(ours, Class::Logo, 2026, Kind::Png).expect("a year").of_content(b"a logo");
    let paper = shelf(ours).of_content(PDF);
    files.put(&within(ours), &logo, &b"a logo"[..]).await.expect("kept");
    files.put(&within(ours), &paper, PDF).await.expect("kept");
    let link = files.picture(&within(ours), &logo).expect("a link");
    let link: Url = format!("https://localhost{link}").parse().expect("an address");
    let query: serde_json::Map<_, _> = link.query_pairs().map(|(name, part)| (name.into(), part.into())).collect();
    let query = serde_json::from_value(query.into()).expect("a query");
    let path = link.path().trim_start_matches("/files/");
    let found = files.follow(path, &query).await.expect("it holds");
    assert_eq!(found.key, logo);
    assert!(found.fresh.is_some_and(|fresh| fresh > Duration::from_secs(23 * 60 * 60)));
    assert_eq!(found.stored.bytes().await.expect("its bytes"), b"a logo");
    for refused in [files.picture(&within(theirs), &logo), files.picture(&within(ours), &paper)] {
        assert_eq!(refused.expect_err("none").code(), "NOT_FOUND");
    }
}

#[tokio::test]
async fn a_link_to_a_bucket_ends() {
    let (s3, folder) = (S3::start().await, tempfile::tempdir().expect("a temporary folder"));
    let files = files(&s3.config(), folder.path());
    let key = shelf(Uuid::from_u128(1)).of_content(PDF);
    files.put(&within(key.dealership()), &key, PDF).await.expect("kept");
    let link = Link::to(&files, &key, Duration::from_secs(1)).await;
    let asked = Instant::now();
    while status(&link.0).await != StatusCode::FORBIDDEN {
        assert!(asked.elapsed() < Duration::from_secs(30), "it goes on");
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    for (asked, given) in [(Duration::from_secs(8 * 24 * 60 * 60), "604800"), (Duration::MAX, "604800")] {
        assert_eq!(Link::to(&files, &key, asked).await.part("X-Amz-Expires"), given);
    }
}

#[tokio::test]
async fn a_wrong_key_opens_no_bucket() {
    let (s3, folder) = (S3::start().await, tempfile::tempdir().expect("a temporary folder"));
    let right = files(&s3.config(), folder.path());
    let key = shelf(Uuid::from_u128(1)).of_content(PDF);
    let scope = within(key.dealership());
    right.put(&scope, &key, PDF).await.expect("kept");
    let wrong = files(&s3::config(&s3.endpoint, "another secret", ""), folder.path());
    assert_eq!(
        wrong.put(&scope, &shelf(key.dealership()).of_content(OTHER), OTHER).await.expect_err("refused").code(),
        "INTERNAL"
    );
    assert_eq!(bytes(&wrong, &scope, &key).await.expect_err("refused").code(), "INTERNAL");
    assert_eq!(status(&Link::to(&wrong, &key, Duration::from_secs(60)).await.0).await, StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn a_bucket_is_named_where_its_service_wants_it() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    for (endpoint, path_style, host) in [
        ("https://account.r2.cloudflarestorage.com", "false", "forecourt-files.account.r2.cloudflarestorage.com"),
        ("https://account.r2.cloudflarestorage.com", "true", "account.r2.cloudflarestorage.com"),
        ("", "false", "forecourt-files.s3.ap-south-1.amazonaws.com"),
    ] {
        let more = format!(
            "path_style = {path_style}
region = \"ap-south-1\""
        );
        let files = files(&s3::config(endpoint, s3::SECRET_KEY, &more), folder.path());
        let key = shelf(Uuid::from_u128(1)).of_content(PDF);
        let link = Link::to(&files, &key, Duration::from_secs(60)).await.0;
        assert_eq!((link.scheme(), link.host_str()), ("https", Some(host)));
        let path = if path_style == "true" { format!("/forecourt-files/{key}") } else { format!("/{key}") };
        assert_eq!(link.path(), path);
    }
}

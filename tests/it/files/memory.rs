//! Long files take little memory, whichever way they go. Each time in a process of its own, whose memory is nobody else's.

use std::process::Command;
use std::time::Duration;

use forecourt::integration::files::{Disposition, Shown};
use futures_util::StreamExt;
use reqwest::Url;
use secrecy::ExposeSecret;

use super::*;
use crate::support::process::Process;
use crate::support::s3::{self, S3};
use crate::support::seeded;

/// Of the long file.
const MIB: u64 = 96;

/// What keeping or reading it may take beside what the process has anyway: three parts of 8 MiB, and what lies about.
const MOST_KIB: u64 = 32 << 10;

/// Names the store of the process of its own.
const CHILD: &str = "FORECOURT_TEST_LONG_FILE";

fn chunk(number: u64) -> Bytes {
    Bytes::from([number.to_be_bytes().as_slice(), &[7; (1 << 20) - 8]].concat())
}

fn long() -> impl futures_util::Stream<Item = Result<Bytes>> + Send {
    stream::iter(0..MIB).map(|number| Ok(chunk(number)))
}

/// The most memory that this process ever had.
fn peak_kib() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").expect("its status");
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).expect("a peak");
    line.trim().trim_end_matches(" kB").parse().expect("a number")
}

/// Keeps a long file and reads it again.
async fn keep_and_read(files: &Files) {
    let dealership = Uuid::from_u128(6);
    let (scope, shelf) = (within(dealership), Shelf::new(dealership, Class::Export, 2026, Kind::Zip).expect("a year"));
    // What is needed once is there before it is measured.
    let first = files.put(&scope, &shelf.of_content(PDF), PDF).await;
    first.expect("kept");
    let before = peak_kib();
    let key = files.put_stream(&scope, &shelf, long()).await.expect("kept");
    let mut read = files.get(&scope, &key, MUCH).await.expect("there").into_stream();
    let mut length = 0;
    while let Some(bytes) = read.next().await {
        length += bytes.expect("bytes").len() as u64;
    }
    assert_eq!(length, MIB << 20);
    let took = peak_kib() - before;
    eprintln!("{took} KiB");
    assert!(took < MOST_KIB, "it took {took} KiB");
}

#[tokio::test]
async fn a_long_file_takes_little_memory() {
    if let Ok(store) = std::env::var(CHILD) {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let config = match store.as_str() {
            "folder" => Config::load(None, &[]).expect("the defaults are valid"),
            endpoint => s3::config(endpoint, s3::SECRET_KEY, ""),
        };
        keep_and_read(&files(&config, folder.path())).await;
        return;
    }
    let s3 = S3::start().await;
    for store in ["folder", &s3.endpoint] {
        let mut child = Command::new(std::env::current_exe().expect("this program"));
        child.args(["files::memory::a_long_file_takes_little_memory", "--exact", "--nocapture"]).env(CHILD, store);
        // What is long goes back to the system when it is let go, not to a heap for each thread.
        child.env("MALLOC_MMAP_THRESHOLD_", "131072");
        let output = tokio::task::spawn_blocking(move || child.output()).await.expect("no panic").expect("it runs");
        let said = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success() && said.contains("KiB"), "{store}: {said}");
        eprintln!("{store}: {said}");
    }
}

seeded!(a_long_file_takes_little_memory_to_serve, async |world: World| {
    let dealership = dealership_of(&world, "clerk").await;
    let (scope, shelf) = (within(dealership), Shelf::new(dealership, Class::Export, 2026, Kind::Zip).expect("a year"));
    let files = world.home.app.files();
    let key = files.put_stream(&scope, &shelf, long()).await.expect("kept");
    let process = Process::with(&world.home, |command| {
        command.env("FORECOURT_FILES_FOLDER", "files");
    });
    // By the process's clock, which is no test's.
    world.home.clock.advance(Utc::now() - world.home.app.now());
    let shown = Shown::new(Disposition::Attachment, "archive", Kind::Zip);
    let link = files.sign(&scope, &key, &shown, Duration::from_secs(600)).await.expect("a link");
    let link: Url = link.expose_secret().parse().expect("an address");
    let url = process.url.replace("/graphql", &format!("{}?{}", link.path(), link.query().expect("a query")));
    let before = process.peak_kib();
    let mut body = reqwest::get(url).await.expect("an answer");
    assert_eq!(body.status(), 200);
    let mut length = 0;
    while let Some(bytes) = body.chunk().await.expect("a body") {
        length += bytes.len() as u64;
    }
    assert_eq!(length, MIB << 20);
    let took = process.peak_kib() - before;
    assert!(took < MOST_KIB, "it took {took} KiB");
});

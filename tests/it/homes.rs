//! The harness itself: every test has an installation of its own.

use std::io::{BufRead, BufReader};
use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use chrono::{DateTime, Utc};
use entity::dealership;
use forecourt::scope::Scope;
use uuid::Uuid;

use crate::support::databases::NOW;
use crate::support::{Home, both, postgres};

both!(a_home_is_migrated_and_empty, async |home: Home| {
    let tx = home.app.read(Scope::system("test")).await.expect("a transaction");
    assert!(tx.all(tx.select::<dealership::Entity>()).await.expect("rows").is_empty());
    assert_eq!(home.app.now(), NOW.parse::<DateTime<Utc>>().expect("a time"));
});

both!(a_home_hears_its_own_statements_only, async |home: Home| {
    let dealership = dealership::Model {
        id: Uuid::from_u128(1),
        code: "COLOMBO".into(),
        name: "Colombo".into(),
        currency: "LKR".into(),
        time_zone: "Asia/Colombo".into(),
        discount_limit_bp: 500,
        fiscal_year_month: 4,
        revision: 0,
        reports_need_second_factor: false,
        tricycle_sold_on: None,
        created_at: home.app.now(),
    };
    let tx = home.app.write(Scope::system("test")).await.expect("a transaction");
    tx.insert::<dealership::Entity>(vec![dealership]).await.expect("inserted");
    tx.commit().await.expect("committed");
    let statements = home.statements.take();
    assert_eq!(statements.iter().filter(|statement| statement.sql.starts_with("INSERT")).count(), 1, "{statements:?}");
    assert!(home.statements.take().is_empty());
});

both!(a_home_keeps_its_key_out_of_files, async |home: Home| {
    let files = std::fs::read_dir(home.folder.path()).expect("a folder").flatten().map(|file| file.file_name());
    let others: Vec<_> = files.filter(|name| !name.to_string_lossy().starts_with("forecourt.db")).collect();
    assert!(others.is_empty() && !std::path::Path::new("forecourt.key").exists(), "{others:?}");
});

/// Set where [`holds_a_server`] is to do so.
const HOLD: &str = "FORECOURT_TEST_HOLD";

#[test]
fn a_killed_test_leaves_no_server_behind() {
    if postgres::server().is_none_or(|server| server.folder().is_none()) {
        return;
    }
    let mut tests = Command::new(std::env::current_exe().expect("this binary"))
        .args(["homes::holds_a_server", "--exact", "--ignored", "--nocapture"])
        .env(HOLD, "1")
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .expect("this binary runs");
    let output = BufReader::new(tests.stderr.take().expect("piped")).lines().map_while(Result::ok);
    let folder = output.filter_map(|line| Some(PathBuf::from(line.strip_prefix("server in ")?))).next();
    let folder = folder.expect("the server started");
    assert!(folder.join("data/postmaster.pid").is_file());
    tests.kill().expect("killed");
    tests.wait().expect("ended");
    let killed = Instant::now();
    while folder.exists() {
        assert!(killed.elapsed() < Duration::from_secs(30), "{} is still there", folder.display());
        std::thread::sleep(Duration::from_millis(20));
    }
}

#[test]
#[ignore = "what a_killed_test_leaves_no_server_behind kills"]
fn holds_a_server() {
    if std::env::var_os(HOLD).is_some() {
        let folder = postgres::server().and_then(|server| server.folder()).expect("a server of our own");
        eprintln!("server in {}", folder.display());
        std::thread::sleep(Duration::from_secs(60));
    }
}

//! The command line, as an operator runs it.

use std::path::Path;
use std::process::{Command, Output};

use serde_json::Value;
use tempfile::TempDir;

const DUMP: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/legacy");
const KEY: &str = "legacy-demo-encryption-key-0123456789abcdef";

#[test]
fn a_dump_is_imported_twice_and_changes_nothing_the_second_time() {
    let folder = tempfile::tempdir().expect("a folder");
    for (run, imported, there) in [(1, 150, 0), (2, 0, 150)] {
        let output = forecourt(
            &folder,
            &["import", "--dealership", "tmr-main", "--legacy-key-env", "LEGACY_KEY", "--report", "report.json", DUMP],
        );
        assert!(output.status.success(), "run {run}: {}", text(&output.stderr));
        assert!(text(&output.stdout).contains("35712500.00"), "{}", text(&output.stdout));
        let report: Value = serde_json::from_slice(&read(folder.path().join("report.json"))).expect("JSON");
        let bills = &report["collections"]["bills"];
        assert_eq!(
            (bills["imported"].as_i64(), bills["alreadyThere"].as_i64()),
            (Some(imported), Some(there)),
            "run {run}"
        );
    }
    assert!(!folder.path().join("tmr-main-rejects.jsonl").exists(), "nothing was rejected");
    let key = std::fs::metadata(folder.path().join("forecourt.db.key")).expect("a key beside the database");
    assert_eq!(std::os::unix::fs::PermissionsExt::mode(&key.permissions()) & 0o777, 0o600);
}

#[test]
fn a_wrong_key_is_named_and_nothing_is_written() {
    let folder = tempfile::tempdir().expect("a folder");
    let output = forecourt(&folder, &["import", "--dealership", "tmr-main", "--legacy-key-env", "WRONG_KEY", DUMP]);
    assert!(!output.status.success());
    insta::assert_snapshot!("wrong_key", text(&output.stderr).lines().last().unwrap_or_default());
    let output =
        forecourt(&folder, &["import", "--dealership", "tmr-main", "--legacy-key-env", "NO_SUCH_VARIABLE", DUMP]);
    assert!(text(&output.stderr).contains("NO_SUCH_VARIABLE"));
}

#[test]
fn a_password_too_short_or_a_person_unknown_is_told() {
    let folder = tempfile::tempdir().expect("a folder");
    assert!(forecourt(&folder, &["migrate"]).status.success());
    for (variable, said) in [("SHORT", "at least 15 characters"), ("KEY", "could not find")] {
        let output =
            forecourt(&folder, &["user", "set-password", "--email", "nobody@example.com", "--password-env", variable]);
        assert!(!output.status.success());
        assert!(text(&output.stderr).contains(said), "{}", text(&output.stderr));
    }
}

#[test]
fn a_database_filled_with_another_key_is_left_alone() {
    let folder = tempfile::tempdir().expect("a folder");
    assert!(forecourt(&folder, &["migrate"]).status.success());
    let key = folder.path().join("forecourt.db.key");
    std::fs::write(&key, forecourt(&folder, &["key", "generate"]).stdout).expect("written");
    let output = forecourt(&folder, &["migrate"]);
    assert!(text(&output.stderr).contains("the master key is not the one"), "{}", text(&output.stderr));
    std::fs::remove_file(&key).expect("removed");
    let output = forecourt(&folder, &["migrate"]);
    assert!(text(&output.stderr).contains("cannot read the master key"), "{}", text(&output.stderr));
    assert!(!key.exists(), "no new key is made for a filled database");
}

#[test]
fn a_setting_that_is_wrong_names_itself() {
    let folder = tempfile::tempdir().expect("a folder");
    let output = forecourt(&folder, &["migrate", "--database-url", "mysql://nowhere"]);
    assert!(text(&output.stderr).contains("database.url must begin with"), "{}", text(&output.stderr));
    std::fs::write(folder.path().join("forecourt.toml"), "[http]\nport = 80\n").expect("written");
    let output = forecourt(&folder, &["migrate"]);
    assert!(text(&output.stderr).contains("unknown setting `http.port`"), "{}", text(&output.stderr));
}

/// Runs the program in `folder`, with its own environment only.
fn forecourt(folder: &TempDir, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_forecourt"))
        .args(arguments)
        .current_dir(folder.path())
        .env_clear()
        .envs([
            ("LEGACY_KEY", KEY),
            ("WRONG_KEY", "another key"),
            ("SHORT", "short"),
            ("KEY", "long enough a password"),
        ])
        .output()
        .expect("the program runs")
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

fn read(file: impl AsRef<Path>) -> Vec<u8> {
    std::fs::read(file).expect("a file")
}

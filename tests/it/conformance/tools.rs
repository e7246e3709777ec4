//! Compilers that read the schema: nothing need run.

use std::process::Command;

use super::installed::{self, ROOT};

#[test]
fn types_are_generated_and_a_program_over_them_compiles() {
    run("codegen.mjs", &[]);
}

#[test]
fn the_console_keeps_to_the_types_of_its_operations() {
    run("console.mjs", &[("CONSOLE", &format!("{ROOT}/console"))]);
}

#[test]
fn nothing_that_clients_rely_on_went_since_the_last_commit() {
    let old = tempfile::NamedTempFile::new().expect("a file");
    let last = Command::new("git").args(["show", "HEAD:schema.graphql"]).current_dir(ROOT).output().expect("git runs");
    // A copy without its history is compared with itself.
    let text = if last.status.success() {
        last.stdout
    } else {
        std::fs::read(format!("{ROOT}/schema.graphql")).expect("it is there")
    };
    std::fs::write(&old, text).expect("a file of our own");
    let changelog = std::fs::read_to_string(format!("{ROOT}/CHANGELOG.md")).expect("it is there");
    let newest = changelog.split("\n## ").nth(1).unwrap_or_default().to_lowercase();
    let is_told = newest.contains("breaking").to_string();
    run("inspector.mjs", &[("OLD_SCHEMA", old.path().to_str().expect("a path")), ("BREAKING_IS_TOLD", &is_told)]);
}

fn run(judge: &str, environment: &[(&str, &str)]) {
    let Some(folder) = installed::folder() else { return };
    let output = Command::new("node")
        .arg(judge)
        .current_dir(folder)
        .env("SCHEMA", folder.join("schema.graphql"))
        .envs(environment.iter().copied())
        .output()
        .expect("node runs");
    let told = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success(), "{judge}\n{told}{}", String::from_utf8_lossy(&output.stderr));
    eprintln!("== {judge}\n{told}");
}

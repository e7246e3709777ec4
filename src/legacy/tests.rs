//! Imports of the small dump in `tests/fixtures/legacy`, as it is and altered.

mod clean;
mod dirty;
mod links;
mod repeat;

use std::path::{Path, PathBuf};
use std::sync::Arc;

use entity::tenant::Tenant;
use secrecy::SecretString;
use serde_json::Value;
use tempfile::TempDir;

use super::*;
use crate::app::Schema;
use crate::config::Config;
use crate::database::Probes;
use crate::scope::Scope;

const KEY: &str = "legacy-demo-encryption-key-0123456789abcdef";

/// A copy of the dump, and an empty installation to import it into.
struct Case {
    folder: TempDir,
    app: App,
}

impl Case {
    async fn new() -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let dump = folder.path().join("dump");
        std::fs::create_dir(&dump).expect("writable");
        let fixture = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/legacy");
        for collection in Collection::ALL {
            std::fs::copy(fixture.join(collection.file()), dump.join(collection.file())).expect("the fixture is there");
        }
        let url = format!("sqlite://{}", folder.path().join("t.db").display());
        let config = Config::load(None, &[("database.url", url)]).expect("valid settings");
        let clock = Arc::new(|| "2026-09-01T04:00:00Z".parse().expect("a time"));
        let app =
            App::open_with(&config, Schema::Migrate, clock, Probes::default()).await.expect("an empty installation");
        Self { folder, app }
    }

    fn path(&self, collection: Collection) -> PathBuf {
        self.folder.path().join("dump").join(collection.file())
    }

    fn lines(&self, collection: Collection) -> Vec<String> {
        let text = std::fs::read_to_string(self.path(collection)).expect("readable");
        text.lines().map(str::to_owned).collect()
    }

    fn put(&self, collection: Collection, lines: &[String]) {
        std::fs::write(self.path(collection), lines.join("\n") + "\n").expect("writable");
    }

    /// Changes the first document that `wanted` picks; its line, counted from 1.
    fn edit(&self, collection: Collection, wanted: impl Fn(&Value) -> bool, change: impl FnOnce(&mut Value)) -> usize {
        let mut lines = self.lines(collection);
        let parse = |line: &String| serde_json::from_str::<Value>(line).expect("JSON");
        let place = lines.iter().position(|line| wanted(&parse(line))).expect("the fixture has such a document");
        let mut document = parse(&lines[place]);
        change(&mut document);
        lines[place] = document.to_string();
        self.put(collection, &lines);
        place + 1
    }

    fn import_with(&self, keys: &[&str]) -> Import {
        Import {
            dealership: "tmr-main".into(),
            name: None,
            branch: "BR01".into(),
            directory: self.folder.path().join("dump"),
            keys: keys.iter().map(|key| SecretString::from(*key)).collect(),
            rejects: self.folder.path().join("rejects.jsonl"),
        }
    }

    async fn run(&self) -> Report {
        self.try_run(&[KEY]).await.expect("imports")
    }

    async fn try_run(&self, keys: &[&str]) -> anyhow::Result<Report> {
        run(&self.app, &self.import_with(keys), &ProgressBar::hidden()).await
    }

    async fn rows<E: Tenant>(&self) -> Vec<E::Model> {
        let tx = self.app.read(Scope::system("test")).await.expect("a transaction");
        tx.all(tx.select::<E>()).await.expect("readable")
    }

    /// Everything the importer writes, as text.
    async fn everything(&self) -> Vec<String> {
        use entity::*;
        let mut all = Vec::new();
        macro_rules! add {
            ($($table:ident),*) => { $(all.extend(self.rows::<$table::Entity>().await.iter().map(|row| format!("{row:?}")));)* };
        }
        add!(dealership, branch, tariff, membership, branding, bike_model, finance_company, bike_unit, customer);
        add!(customer_term, bill, payment, quotation, quotation_item, audit_event, legacy_document);
        let tx = self.app.read(Scope::system("test")).await.expect("a transaction");
        let people = tx.all(tx.scope().select_shared::<user::Entity>().expect("a system scope")).await;
        all.extend(people.expect("readable").iter().map(|row| format!("{row:?}")));
        all.sort();
        all
    }
}

fn counts(report: &Report, collection: Collection) -> [u64; 5] {
    let counts = report.counts(collection);
    [counts.read, counts.imported, counts.already_there, counts.repaired, counts.rejected]
}

/// The repairs as `file:line field: what, why`.
fn repairs(report: &Report) -> Vec<String> {
    let repairs = report.repairs.iter();
    repairs
        .map(|of| format!("{}:{} {}: {}, {}", of.file, of.line, of.repair.field, of.repair.what, of.repair.why))
        .collect()
}

/// The rejects as `file:line why`.
fn rejects(report: &Report) -> Vec<String> {
    report.rejects.iter().map(|of| format!("{}:{} {}", of.file, of.line, of.why)).collect()
}

fn text<'a>(document: &'a Value, field: &str) -> &'a str {
    document[field].as_str().unwrap_or_default()
}

fn oid(document: &Value, field: &str) -> String {
    text(&document[field], "$oid").to_owned()
}

//! One test body, both databases: `both!(name, async |home: Home| { … })` makes the tests `name::sqlite` and
//! `name::postgres`, each with an installation of its own.

use std::sync::{Arc, Mutex};

use chrono::{DateTime, Utc};
use forecourt::app::{App, Schema};
use forecourt::config::Config;
use forecourt::crypto::Keys;
use sea_orm::Statement;
use secrecy::ExposeSecret;
use tempfile::TempDir;

use super::postgres::{self, Fresh};

/// When every test takes place.
pub(crate) const NOW: &str = "2026-09-15T06:00:00Z";

/// A fresh installation: migrated, empty, with a key of its own.
pub(crate) struct Home {
    pub(crate) app: Arc<App>,
    /// Every statement the app has sent since it was opened.
    pub(crate) statements: Statements,
    /// Where its rows are.
    pub(crate) url: String,
    /// For files; removed with the home.
    pub(crate) folder: TempDir,
    /// The database, if it is not in the folder; goes after the app's connections.
    _database: Option<Fresh>,
}

impl Home {
    async fn open(url: String, database: Option<Fresh>, folder: TempDir) -> Self {
        let (_, key) = Keys::generate();
        let overrides = [("database.url", url.clone()), ("keys.master_key", key.expose_secret().to_owned())];
        let config = Config::load(None, &overrides).expect("the defaults are valid");
        let now: DateTime<Utc> = NOW.parse().expect("a time");
        let statements = Statements::default();
        let heard = statements.clone();
        let tap = Arc::new(move |statement: &Statement| heard.push(statement));
        let app = App::open_with(&config, Schema::Migrate, Arc::new(move || now), Some(tap)).await;
        let app = Arc::new(app.expect("a fresh installation opens"));
        statements.take();
        Self { app, statements, url, folder, _database: database }
    }
}

/// Statements as they were sent, oldest first.
#[derive(Clone, Default)]
pub(crate) struct Statements(Arc<Mutex<Vec<Statement>>>);

impl Statements {
    /// What was sent since the last time.
    pub(crate) fn take(&self) -> Vec<Statement> {
        std::mem::take(&mut self.0.lock().expect("no holder panics"))
    }

    fn push(&self, statement: &Statement) {
        self.0.lock().expect("no holder panics").push(statement.clone());
    }
}

/// Makes two tests of one body.
macro_rules! both {
    ($name:ident, $body:expr) => {
        async fn $name(home: $crate::support::Home) {
            $crate::support::databases::run(home, $body).await;
        }

        mod $name {
            #[tokio::test]
            async fn sqlite() {
                super::$name($crate::support::databases::on_sqlite().await).await;
            }

            #[tokio::test]
            async fn postgres() {
                if let Some(home) = $crate::support::databases::on_postgres().await {
                    super::$name(home).await;
                }
            }
        }
    };
}
pub(crate) use both;

/// Ties a closure's argument to its type.
pub(crate) async fn run(home: Home, body: impl AsyncFnOnce(Home)) {
    body(home).await;
}

/// A home in an SQLite file.
pub(crate) async fn on_sqlite() -> Home {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let url = format!("sqlite://{}", folder.path().join("forecourt.db").display());
    Home::open(url, None, folder).await
}

/// A home on PostgreSQL, where this machine has one.
pub(crate) async fn on_postgres() -> Option<Home> {
    let database = postgres::server()?.database().await;
    let folder = tempfile::tempdir().expect("a temporary folder");
    Some(Home::open(database.url.clone(), Some(database), folder).await)
}

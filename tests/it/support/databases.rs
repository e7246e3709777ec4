//! One test body, both databases: `both!(name, async |home: Home| { … })` makes the tests `name::sqlite` and
//! `name::postgres`, each with an installation of its own.

use std::sync::{Arc, LazyLock, Mutex};

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use forecourt::app::{App, Schema};
use forecourt::config::Config;
use forecourt::crypto::Keys;
use forecourt::database::{Fault, Probes};
use forecourt::demo::{self, Plan};
use forecourt::error::Error;
use indicatif::ProgressBar;
use sea_orm::Statement;
use secrecy::{ExposeSecret, SecretString};
use tempfile::TempDir;
use tokio::sync::OnceCell;

use super::postgres::{self, Fresh};
use super::{canary, sealed};

/// When every test takes place.
pub(crate) const NOW: &str = "2026-09-15T06:00:00Z";

/// What a home begins with. Made once a process, then copied.
#[derive(Clone, Copy)]
pub(crate) enum Content {
    /// The tables, empty.
    Tables,
    /// The demo group, small, with canaries in every text.
    Group,
}

/// An installation of one test's own.
#[derive(Clone)]
pub(crate) struct Home {
    pub(crate) app: Arc<App>,
    /// What the app takes the time to be.
    pub(crate) clock: Clock,
    /// Every statement the app has sent since it was opened.
    pub(crate) statements: Statements,
    /// What goes wrong with its transactions.
    pub(crate) faults: Faults,
    /// Where its rows are.
    pub(crate) url: String,
    /// For files; removed with the home.
    pub(crate) folder: Arc<TempDir>,
    /// The database, if it is not in the folder; goes after the app's connections.
    database: Option<Arc<Fresh>>,
}

/// What keeps a home's rows there; in the order in which it goes.
pub(crate) struct Kept {
    pub(crate) app: Arc<App>,
    _folder: Arc<TempDir>,
    _database: Option<Arc<Fresh>>,
}

impl Home {
    async fn open(url: String, database: Option<Fresh>, folder: TempDir) -> Self {
        let clock = Clock::at(NOW.parse().expect("a time"));
        let statements = Statements::default();
        let heard = statements.clone();
        let tap = Arc::new(move |statement: &Statement| heard.push(statement));
        let faults = Faults::default();
        let probes = Probes { tap: Some(tap), fault: Some(faults.read()) };
        let app = App::open_with(&settings(&url, &folder), Schema::Migrate, clock.read(), probes).await;
        let app = Arc::new(app.expect("an installation opens"));
        statements.take();
        let (folder, database) = (Arc::new(folder), database.map(Arc::new));
        Self { app, clock, statements, faults, url, folder, database }
    }

    /// Another process on the same rows.
    pub(crate) async fn another_process(&self) -> Arc<App> {
        self.process_of(&settings(&self.url, &self.folder)).await
    }

    /// Another process on the same rows, with a setting of its own.
    pub(crate) async fn process_with(&self, change: impl FnOnce(&mut Config)) -> Arc<App> {
        let mut config = settings(&self.url, &self.folder);
        change(&mut config);
        self.process_of(&config).await
    }

    async fn process_of(&self, config: &Config) -> Arc<App> {
        let app = App::open_with(config, Schema::Migrate, self.clock.read(), Probes::default()).await;
        Arc::new(app.expect("an installation opens"))
    }

    /// Keeps its rows there for a while longer than the home.
    pub(crate) fn keep(&self) -> Kept {
        let (app, folder) = (Arc::clone(&self.app), Arc::clone(&self.folder));
        Kept { app, _folder: folder, _database: self.database.clone() }
    }
}

/// All databases of the tests share one master key, because their content is copied.
static KEY: LazyLock<SecretString> = LazyLock::new(|| Keys::generate().1);

/// Settings of a server process on a database of the tests.
pub(crate) fn environment(url: &str) -> [(&'static str, String); 3] {
    [
        ("FORECOURT_DATABASE_URL", url.to_owned()),
        ("FORECOURT_DATABASE_ALLOW_PRIVILEGED_LOGIN", "true".to_owned()),
        ("FORECOURT_KEYS_MASTER_KEY", KEY.expose_secret().to_owned()),
    ]
}

/// Settings of a home: its files are in its folder, wherever its rows are.
fn settings(url: &str, folder: &TempDir) -> Config {
    let mut config = config(url);
    config.files.folder = Some(folder.path().join("files"));
    config
}

/// Settings for a database of the tests.
fn config(url: &str) -> Config {
    let overrides = [("database.url", url.to_owned()), ("keys.master_key", KEY.expose_secret().to_owned())];
    Config::load(None, &overrides).expect("the defaults are valid")
}

/// Fills an empty database.
pub(crate) async fn fill(url: &str, content: Content) {
    let now = Clock::at(NOW.parse().expect("a time")).read();
    let app =
        App::open_with(&config(url), Schema::Migrate, now, Probes::default()).await.expect("an empty database opens");
    if let Content::Group = content {
        let plan = Plan::small(app.now().date_naive());
        demo::seed(&app, &plan, &ProgressBar::hidden()).await.expect("the group is seeded");
        canary::plant(url).await;
        sealed::plant(&app).await;
    }
    app.close().await.expect("connections close");
}

/// A clock that moves when told to.
#[derive(Clone)]
pub(crate) struct Clock(Arc<Mutex<DateTime<Utc>>>);

impl Clock {
    fn at(now: DateTime<Utc>) -> Self {
        Self(Arc::new(Mutex::new(now)))
    }

    fn read(&self) -> forecourt::app::Clock {
        let now = Arc::clone(&self.0);
        Arc::new(move || *now.lock().expect("no holder panics"))
    }

    pub(crate) fn advance(&self, by: TimeDelta) {
        *self.0.lock().expect("no holder panics") += by;
    }
}

/// Breaks transactions where a test says.
#[derive(Clone, Default)]
pub(crate) struct Faults(Arc<Mutex<Option<Judge>>>);

/// Whether the next statement fails.
type Judge = Box<dyn FnMut() -> bool + Send>;

impl Faults {
    /// From now on, statements fail when `judge` says so.
    pub(crate) fn set(&self, judge: impl FnMut() -> bool + Send + 'static) {
        *self.0.lock().expect("no holder panics") = Some(Box::new(judge));
    }

    /// Nothing fails any more.
    pub(crate) fn clear(&self) {
        *self.0.lock().expect("no holder panics") = None;
    }

    fn read(&self) -> Fault {
        let judge = Arc::clone(&self.0);
        Arc::new(move || {
            let fails = judge.lock().expect("no holder panics").as_mut().is_some_and(|judge| judge());
            fails.then(|| Error::internal(anyhow::anyhow!("a fault of the test's")))
        })
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
        $crate::support::both!($name, $crate::support::databases::Content::Tables, $body);
    };
    ($name:ident, $content:expr, $body:expr) => {
        async fn $name(home: $crate::support::Home) {
            $crate::support::databases::run(home, $body).await;
        }

        mod $name {
            #[tokio::test]
            async fn sqlite() {
                super::$name($crate::support::databases::on_sqlite($content).await).await;
            }

            #[tokio::test]
            async fn postgres() {
                if let Some(home) = $crate::support::databases::on_postgres($content).await {
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
pub(crate) async fn on_sqlite(content: Content) -> Home {
    static FILLED: [OnceCell<Vec<u8>>; 2] = [const { OnceCell::const_new() }; 2];
    let filled = FILLED[content as usize].get_or_init(async || {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let file = folder.path().join("forecourt.db");
        fill(&format!("sqlite://{}", file.display()), content).await;
        std::fs::read(&file).expect("a closed database is one file")
    });
    let folder = tempfile::tempdir().expect("a temporary folder");
    let file = folder.path().join("forecourt.db");
    std::fs::write(&file, filled.await).expect("a file of our own");
    Home::open(format!("sqlite://{}", file.display()), None, folder).await
}

/// A home in an SQLite file with the demo group as it was yesterday evening by the clock on the wall, and no canaries: what
/// people would see. `plan` says how much of it.
pub(crate) async fn on_sqlite_today(plan: fn(NaiveDate) -> Plan) -> Home {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let url = format!("sqlite://{}", folder.path().join("forecourt.db").display());
    let clock: forecourt::app::Clock = Arc::new(Utc::now);
    let app = App::open_with(&config(&url), Schema::Migrate, clock, Probes::default()).await;
    let app = app.expect("an empty database opens");
    let yesterday = (app.now() - TimeDelta::days(1)).date_naive();
    demo::seed(&app, &plan(yesterday), &ProgressBar::hidden()).await.expect("the group is seeded");
    app.close().await.expect("connections close");
    Home::open(url, None, folder).await
}

/// A home on PostgreSQL, where this machine has one.
pub(crate) async fn on_postgres(content: Content) -> Option<Home> {
    let database = postgres::server()?.database(content).await;
    let folder = tempfile::tempdir().expect("a temporary folder");
    Some(Home::open(database.url.clone(), Some(database), folder).await)
}

//! The database behind its scopes: connections are private, and a transaction is always somebody's.
#![expect(clippy::disallowed_methods, reason = "the only file that connects and runs statements")]

mod batch;
mod level;
mod limit;
mod listening;
mod open;
mod pair;
mod revision;
mod session;
mod tx;
mod watch;

use migration::{Migrator, MigratorTrait};
use sea_orm::sqlx::sqlite::{SqliteJournalMode, SqliteSynchronous};
use sea_orm::{ConnectOptions, ConnectionTrait, DatabaseConnection, DbBackend, Statement};
use std::sync::{Arc, OnceLock};
use std::time::Duration;

use crate::config;
use crate::error::{Error, Result};
use crate::event::{Hearing, Hub};
use crate::fact;
use crate::scope::{Actor, Reach, Scope};
use crate::second_lock;
use crate::telemetry::metric;
pub use level::Level;
pub use limit::Limit;
use listening::Listening;
use open::Source;
use session::Session;
pub use tx::Tx;

/// What operators know the pools by.
const READER: &str = "reader";
const WRITER: &str = "writer";
const ALL: &str = "all";

/// Values one statement may bind: SQLite's limit, the smaller of the two.
const MAX_VALUES: usize = 32_766;

/// How long whoever wants to hear events waits until they come in.
const UNTIL_HEARD: Duration = Duration::from_secs(5);

/// The connections of this process.
pub struct Database {
    reader: DatabaseConnection,
    /// SQLite has one writer; on PostgreSQL this is the same pool.
    writer: DatabaseConnection,
    /// How long a statement may take that somebody waits for.
    statement: Duration,
    tap: Option<Tap>,
    fault: Option<Fault>,
    /// Where what changes is heard of.
    hub: Arc<Hub>,
    /// On PostgreSQL, what fills the hub; there from the first who hears.
    listening: OnceLock<Listening>,
}

/// Hears every statement that is sent, for tests and telemetry.
pub type Tap = Arc<dyn Fn(&Statement) + Send + Sync>;

/// Asked before every statement of a transaction and before its commit; whatever it answers goes wrong. Tests break
/// transactions with it wherever they like.
pub type Fault = Arc<dyn Fn() -> Option<Error> + Send + Sync>;

/// What tests and telemetry attach to a database.
#[derive(Clone, Default)]
pub struct Probes {
    /// Hears what is sent.
    pub tap: Option<Tap>,
    /// Breaks what is about to be sent.
    pub fault: Option<Fault>,
}

impl Database {
    /// Connects; an SQLite file is made when absent.
    ///
    /// # Errors
    /// When the address is not usable or nobody answers there.
    pub async fn connect(config: &config::Database, hub: Hub, probes: Probes) -> anyhow::Result<Self> {
        let Probes { tap, fault } = probes;
        let (hub, listening) = (Arc::new(hub), OnceLock::new());
        let open = async |connections| -> anyhow::Result<DatabaseConnection> {
            let mut connection = sea_orm::Database::connect(options(&config.url, connections)?).await?;
            if let Some(tap) = tap.clone() {
                connection.set_metric_callback(move |info| tap(info.statement));
            }
            Ok(connection)
        };
        let statement = Duration::from_secs(config.statement_seconds.get().into());
        if config.url.starts_with("sqlite:") {
            let writer = open(1).await?;
            // All that is told comes from this process.
            hub.open();
            Ok(Self { reader: open(config.max_connections).await?, writer, statement, tap, fault, hub, listening })
        } else {
            let reader = open(config.max_connections).await?;
            Ok(Self { writer: reader.clone(), reader, statement, tap, fault, hub, listening })
        }
    }

    /// Whether rows live in an SQLite file of this machine.
    pub fn is_embedded(&self) -> bool {
        self.writer.get_database_backend() == DbBackend::Sqlite
    }

    /// Whether this login could step around the second lock, were a transaction ever to forget its role.
    pub async fn is_above_the_second_lock(&self) -> Result<bool> {
        if self.is_embedded() {
            return Ok(false);
        }
        let sql = "select rolsuper or rolbypassrls or exists (select 1 from pg_tables where tablename = 'bill' \
                   and tableowner = current_user) from pg_roles where rolname = current_user";
        let row = self.reader.query_one_raw(Statement::from_string(DbBackend::Postgres, sql)).await?;
        Ok(row.map(|row| row.try_get_by_index(0)).transpose()?.unwrap_or(false))
    }

    /// What the schema still misses, if anything.
    pub async fn behind(&self) -> Result<Option<String>> {
        let pending = Migrator::get_pending_migrations_read_only(&self.writer).await?.len();
        if pending > 0 {
            return Ok(Some(format!("the schema is {pending} changes behind")));
        }
        if !self.counts_as_defined().await? {
            return Ok(Some("what counts as a sale is defined otherwise".to_owned()));
        }
        Ok((!self.is_embedded() && !self.is_locked().await?)
            .then(|| "the second lock does not fit the schema".to_owned()))
    }

    async fn counts_as_defined(&self) -> Result<bool> {
        let backend = self.writer.get_database_backend();
        for view in fact::VIEWS {
            let row = self.writer.query_one_raw(Statement::from_string(backend, view.words(backend))).await?;
            let words: Option<String> = row.map(|row| row.try_get_by_index(0)).transpose()?.flatten();
            if !words.is_some_and(|words| view.is_fit(&words, backend)) {
                return Ok(false);
            }
        }
        Ok(true)
    }

    async fn is_locked(&self) -> Result<bool> {
        let sql = "select count(*) from pg_policy p join pg_class c on c.oid = p.polrelid \
                   where c.relrowsecurity and c.relforcerowsecurity and pg_table_is_visible(c.oid)";
        let row = self.writer.query_one_raw(Statement::from_string(DbBackend::Postgres, sql)).await?;
        let policies: i64 = row.map(|row| row.try_get_by_index(0)).transpose()?.unwrap_or(0);
        Ok(usize::try_from(policies) == Ok(second_lock::policies()))
    }

    /// Brings the schema up to date with the definition of what counts and, on PostgreSQL, fits the second lock to it.
    pub async fn migrate(&self) -> Result<()> {
        Migrator::up(&self.writer, None).await?;
        for view in fact::VIEWS {
            self.writer.execute_unprepared(&view.fitting(self.writer.get_database_backend())).await?;
        }
        if !self.is_embedded() {
            self.writer.execute_unprepared(&second_lock::fitting()).await?;
        }
        Ok(())
    }

    /// Opens a transaction that only reads: one snapshot for all its queries.
    ///
    /// # Errors
    /// `OVERLOADED` when no connection comes free in `database.statement_seconds`. A statement that takes longer is
    /// `DEADLINE_EXCEEDED`, and so is every one after it.
    pub async fn read(&self, scope: Scope) -> Result<Tx> {
        self.read_within(scope, Limit::Of(self.statement)).await
    }

    /// [`Database::read`] for somebody who waits no longer than so, or for work that lasts.
    pub async fn read_within(&self, scope: Scope, limit: Limit) -> Result<Tx> {
        let limit = limit.at_most(self.statement);
        let db = match self.is_embedded() {
            true => self.begin_embedded(false, limit).await?,
            false => self.begin_locked(&scope, true, limit).await?,
        };
        Ok(self.tx(scope, db, true))
    }

    /// Opens a transaction that may write. Dropped without [`Tx::commit`], it changes nothing.
    ///
    /// # Errors
    /// `DEALERSHIP_REQUIRED` for a person who acts in several dealerships: HQ reads all of its own at once and changes
    /// one at a time. `FORBIDDEN` for a partner, who changes nothing. `OVERLOADED` and `DEADLINE_EXCEEDED` as
    /// [`Database::read`].
    pub async fn write(&self, scope: Scope) -> Result<Tx> {
        self.write_within(scope, Limit::Of(self.statement)).await
    }

    /// [`Database::write`] for somebody who waits no longer than so, or for work that lasts.
    pub async fn write_within(&self, scope: Scope, limit: Limit) -> Result<Tx> {
        match (scope.actor(), scope.reach()) {
            (Actor::User(_), Reach::Everything | Reach::Dealerships(_)) => return Err(Error::DealershipRequired),
            (Actor::Partner { .. }, _) => return Err(Error::Forbidden),
            (Actor::User(_) | Actor::System(_), _) => {}
        }
        let limit = limit.at_most(self.statement);
        let db = match self.is_embedded() {
            true => self.begin_embedded(true, limit).await?,
            false => self.begin_locked(&scope, false, limit).await?,
        };
        Ok(self.tx(scope, db, false))
    }

    /// Hears of what is committed from now on, by any process.
    ///
    /// # Errors
    /// `SUBSCRIPTION_LOST` while the database cannot be listened to.
    pub async fn hear(&self) -> Result<Hearing> {
        if !self.is_embedded() {
            let pool = self.writer.get_postgres_connection_pool();
            self.listening.get_or_init(|| Listening::begin(pool, Arc::clone(&self.hub)));
        }
        let heard = tokio::time::timeout(UNTIL_HEARD, self.hub.hear()).await;
        heard.map_err(|_| Error::SubscriptionLost)
    }

    /// How many hear at present.
    pub fn listeners(&self) -> usize {
        self.hub.listeners()
    }

    fn tx(&self, scope: Scope, db: Session, reads_only: bool) -> Tx {
        Tx::new(scope, db, reads_only, self.fault.clone(), Arc::clone(&self.hub))
    }

    async fn begin_embedded(&self, writes: bool, limit: Limit) -> Result<Session> {
        let (pool, name, begin) = match writes {
            true => (&self.writer, WRITER, "begin immediate"),
            false => (&self.reader, READER, "begin"),
        };
        let source = Source { pool: pool.get_sqlite_connection_pool(), name };
        Box::pin(Session::on_sqlite(source, begin, limit, self.tap.clone())).await
    }

    async fn begin_locked(&self, scope: &Scope, reads_only: bool, limit: Limit) -> Result<Session> {
        let source = Source { pool: self.writer.get_postgres_connection_pool(), name: ALL };
        let begin = second_lock::opening(scope, reads_only);
        // Boxed, as what ends it: whoever works in a transaction nests deep and would hold the room for it.
        Box::pin(Session::on_postgres(source, &begin, limit, self.tap.clone())).await
    }

    /// Its connections, as they are now.
    pub fn pools(&self) -> Vec<metric::Pool> {
        if !self.is_embedded() {
            let pool = self.writer.get_postgres_connection_pool();
            return vec![look(ALL, pool)];
        }
        let pools = [(READER, &self.reader), (WRITER, &self.writer)];
        pools.map(|(name, pool)| look(name, pool.get_sqlite_connection_pool())).into()
    }

    /// Closes every connection.
    pub async fn close(self) -> Result<()> {
        self.reader.close().await?;
        Ok(self.writer.close().await?)
    }
}

fn look<D: sea_orm::sqlx::Database>(name: &'static str, pool: &sea_orm::sqlx::Pool<D>) -> metric::Pool {
    metric::Pool { name, most: pool.options().get_max_connections(), open: pool.size(), idle: pool.num_idle() }
}

fn options(url: &str, connections: u32) -> anyhow::Result<ConnectOptions> {
    anyhow::ensure!(
        url.starts_with("sqlite:") || url.starts_with("postgres:") || url.starts_with("postgresql:"),
        "database.url must begin with sqlite:// or postgres://, e.g. sqlite://forecourt.db"
    );
    let mut options = ConnectOptions::new(url);
    options
        .max_connections(connections)
        .acquire_timeout(Duration::from_secs(10))
        .sqlx_logging(false)
        .test_before_acquire(false)
        .set_application_name("forecourt")
        .map_sqlx_sqlite_opts(|options| {
            options
                .create_if_missing(true)
                .foreign_keys(true)
                .journal_mode(SqliteJournalMode::Wal)
                .synchronous(SqliteSynchronous::Normal)
                .busy_timeout(limit::BUSY_TIMEOUT)
        })
        .map_sqlx_sqlite_pool_opts(|options| options.after_release(|connection, _| Box::pin(watch::lift(connection))));
    Ok(options)
}

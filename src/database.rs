//! The database behind its scopes: connections are private, and a transaction is always somebody's.
#![expect(clippy::disallowed_methods, reason = "the only file that connects and runs statements")]

mod batch;
mod level;
mod limit;
mod listening;
mod open;
mod revision;
mod session;
mod watch;

use migration::{Migrator, MigratorTrait};
use sea_orm::sea_query::{Expr, LockType, OnConflict, SelectStatement};
use sea_orm::sqlx::sqlite::{SqliteJournalMode, SqliteSynchronous};
use sea_orm::{
    ActiveModelTrait, ConnectOptions, ConnectionTrait, DatabaseConnection, DbBackend, DbErr, DeleteMany, EntityName,
    EntityTrait, FromQueryResult, InsertMany, IntoActiveModel, Iterable, QueryResult, QuerySelect, QueryTrait, Select,
    Statement, UpdateMany,
};
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};
use std::time::Duration;

use entity::dealership;
use entity::tenant::{Shared, Tenant};

use crate::config;
use crate::error::{Error, Result};
use crate::event::{self, Hearing, Hub, Raised};
use crate::fact;
use crate::scope::{Actor, Reach, Scope};
use crate::second_lock;
use crate::telemetry::metric;
use batch::Batch;
pub use level::Level;
pub use limit::Limit;
use listening::Listening;
use open::Source;
use revision::Revised;
use session::Session;

/// What operators know the pools by.
const READER: &str = "reader";
const WRITER: &str = "writer";
const ALL: &str = "all";

/// Values one statement may bind: SQLite's limit, the smaller of the two.
const MAX_VALUES: usize = 32_766;

/// The column that tells the revision beside rows.
const REVISION: &str = "revision_of_home";

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
        let (fault, hub) = (self.fault.clone(), Arc::clone(&self.hub));
        let (revision, revised) = (OnceLock::new(), Revised::default());
        Tx { scope, db, reads_only, fault, revision, revised, hub, raised: Mutex::default(), batch: Mutex::default() }
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

/// An open transaction bound to a scope: the only thing that runs a query.
pub struct Tx {
    scope: Scope,
    db: Session,
    reads_only: bool,
    fault: Option<Fault>,
    /// The dealership's revision, once it was read.
    revision: OnceLock<i64>,
    revised: Revised,
    hub: Arc<Hub>,
    /// What others are to hear of it.
    raised: Mutex<Raised>,
    /// What is inserted and not sent.
    batch: Mutex<Batch>,
}

impl Tx {
    /// Whose transaction this is.
    pub fn scope(&self) -> &Scope {
        &self.scope
    }

    /// Starts a query on a tenant table, narrowed to the scope.
    pub fn select<E: Tenant>(&self) -> Select<E> {
        self.scope.select()
    }

    /// Every row of a query.
    pub async fn all<E: EntityTrait>(&self, query: Select<E>) -> Result<Vec<E::Model>> {
        self.ready().await?;
        // What only reads sees one state of all, so that once is enough.
        if !self.reads_only || self.revision.get().is_some() || self.scope.dealership().is_err() {
            return Ok(query.all(&self.db).await?);
        }
        let (rows, revision) = self.all_revised(query).await?;
        if let Some(revision) = revision {
            self.revision.get_or_init(|| revision);
        }
        Ok(rows)
    }

    /// Every row of a query, and the revision of the dealership acted in at the same moment; none where there is no row.
    ///
    /// # Errors
    /// `DEALERSHIP_REQUIRED` in a scope over several.
    pub async fn all_revised<E: EntityTrait>(&self, query: Select<E>) -> Result<(Vec<E::Model>, Option<i64>)> {
        self.scope.dealership()?;
        self.ready().await?;
        let home = self.select::<dealership::Entity>().select_only().column(dealership::Column::Revision);
        let mut query = query.into_query();
        query.expr_as(home.into_query(), REVISION);
        let rows = self.db.query_all(&query).await?;
        let revision = rows.first().map(|row| row.try_get("", REVISION)).transpose()?;
        let rows = rows.iter().map(|row| E::Model::from_query_result(row, "")).collect::<Result<_, DbErr>>()?;
        Ok((rows, revision))
    }

    /// The first row of a query, if there is one.
    pub async fn one<E: EntityTrait>(&self, query: Select<E>) -> Result<Option<E::Model>> {
        Ok(self.all(query.limit(1)).await?.pop())
    }

    /// The revision of the dealership acted in as this snapshot has it: there once rows were read, with which it comes.
    pub fn revision(&self) -> Option<i64> {
        self.revision.get().copied()
    }

    /// Whether it has changed rows that processes keep: it sees others then, which nobody else does yet.
    pub fn has_revised(&self) -> bool {
        self.revised.is_any()
    }

    /// The first row of a query, kept from being changed by others until this transaction ends. SQLite has one writer; what
    /// only reads keeps nobody from anything.
    pub async fn one_locked<E: EntityTrait>(&self, query: Select<E>) -> Result<Option<E::Model>> {
        self.one(if self.reads_only { query } else { query.lock_exclusive() }).await
    }

    /// The first row of a query, kept as it is until this transaction ends: whoever wants it by [`Tx::one_locked`] waits.
    /// Any number of transactions may keep the same row, and change what is no key of it. SQLite has one writer; what only reads
    /// keeps nobody from anything.
    pub async fn one_kept<E: EntityTrait>(&self, query: Select<E>) -> Result<Option<E::Model>> {
        self.one(if self.reads_only { query } else { query.lock(LockType::KeyShare) }).await
    }

    /// Takes the lock called `name` until this transaction ends; false when another transaction has it. On SQLite the one
    /// writer is the lock.
    pub async fn try_lock(&self, name: i64) -> Result<bool> {
        self.ready().await?;
        if self.db.get_database_backend() == DbBackend::Sqlite {
            return Ok(true);
        }
        let sql = "select pg_try_advisory_xact_lock($1)";
        let row =
            self.db.query_one_raw(Statement::from_sql_and_values(DbBackend::Postgres, sql, [name.into()])).await?;
        let row = row.ok_or_else(|| Error::internal(anyhow::anyhow!("a lock gives a row")))?;
        Ok(row.try_get_by_index(0)?)
    }

    /// What a query adds up to, a row for each group.
    pub async fn groups(&self, query: SelectStatement) -> Result<Vec<QueryResult>> {
        self.ready().await?;
        Ok(self.db.query_all(&query).await?)
    }

    /// Whether rows live in an SQLite file: the two databases write the arithmetic of days in two ways.
    pub fn is_embedded(&self) -> bool {
        self.db.get_database_backend() == DbBackend::Sqlite
    }

    /// How many rows a query has.
    pub async fn count(&self, mut query: SelectStatement) -> Result<u64> {
        self.ready().await?;
        query.clear_selects().clear_order_by().expr_as(Expr::cust("count(*)"), "rows");
        let row =
            self.db.query_one(&query).await?.ok_or_else(|| Error::internal(anyhow::anyhow!("count has no row")))?;
        Ok(row.try_get::<i64>("", "rows")?.unsigned_abs())
    }

    /// Inserts rows of a tenant table, in as few statements as their number allows.
    ///
    /// # Errors
    /// `SCOPE_MISMATCH` when a row lies outside the scope.
    pub async fn insert<E: Tenant>(&self, rows: Vec<E::Model>) -> Result<()> {
        self.revised.added::<E>(&rows);
        self.raise::<E>(&rows);
        for chunk in chunks::<E>(rows) {
            self.run_insert(chunk.len(), self.scope.insert::<E>(chunk)?).await?;
        }
        Ok(())
    }

    /// Inserts rows of a table that no dealership owns.
    ///
    /// # Errors
    /// `FORBIDDEN` to everyone but the installation itself.
    pub async fn insert_shared<E: Shared>(&self, rows: Vec<E::Model>) -> Result<()> {
        for chunk in chunks::<E>(rows) {
            self.run_insert(chunk.len(), self.scope.insert_shared::<E>(chunk)?).await?;
        }
        Ok(())
    }

    /// Inserts a row of a table that no dealership owns, unless one with a key of its is there; whether it did.
    ///
    /// # Errors
    /// `FORBIDDEN` to everyone but the installation itself.
    pub async fn insert_shared_new<E: Shared>(&self, row: E::Model) -> Result<bool> {
        self.ready().await?;
        // Without naming the key: whoever may only write need not read it.
        let insert = self.scope.insert_shared::<E>(vec![row])?.on_conflict(OnConflict::new().do_nothing().to_owned());
        Ok(insert.exec_without_returning(&self.db).await? == 1)
    }

    /// Runs an update; returns the rows changed.
    pub async fn update<E: EntityTrait>(&self, update: UpdateMany<E>) -> Result<u64> {
        self.ready().await?;
        self.revised.changed::<E>();
        Ok(update.exec(&self.db).await?.rows_affected)
    }

    /// Writes all of a row that is there already; lock it first, so that nothing of others is written over.
    ///
    /// # Errors
    /// `SCOPE_MISMATCH` when the row lies outside the scope.
    pub async fn save<E: Tenant>(&self, row: E::Model) -> Result<()> {
        self.raise::<E>(std::slice::from_ref(&row));
        self.update(self.scope.save::<E>(row)?).await.map(drop)
    }

    /// Inserts rows, or does `instead` with those whose key is there.
    ///
    /// # Errors
    /// `SCOPE_MISMATCH` when a row lies outside the scope.
    pub async fn upsert<E: Tenant>(&self, rows: Vec<E::Model>, instead: OnConflict) -> Result<()> {
        self.revised.changed::<E>();
        self.raise::<E>(&rows);
        for chunk in chunks::<E>(rows) {
            self.run_insert(chunk.len(), self.scope.insert::<E>(chunk)?.on_conflict(instead.clone())).await?;
        }
        Ok(())
    }

    /// [`Tx::upsert`] of one row; gives the row as it is then.
    ///
    /// # Errors
    /// `SCOPE_MISMATCH` when the row lies outside the scope.
    pub async fn upsert_one<E: Tenant>(&self, row: E::Model, instead: OnConflict) -> Result<E::Model> {
        self.ready().await?;
        self.revised.changed::<E>();
        self.raise::<E>(std::slice::from_ref(&row));
        let written = self.scope.insert::<E>(vec![row])?.on_conflict(instead).exec_with_returning(&self.db).await?;
        written.into_iter().next().ok_or_else(|| Error::internal(anyhow::anyhow!("an upsert gives its row")))
    }

    /// Inserts rows of a table that no dealership owns, or does `instead` with those whose key is there; gives them as they
    /// are then. They stay so until this transaction ends: others wait.
    ///
    /// # Errors
    /// `FORBIDDEN` to everyone but the installation itself.
    pub async fn upsert_shared<E: Shared>(&self, rows: Vec<E::Model>, instead: OnConflict) -> Result<Vec<E::Model>> {
        self.ready().await?;
        let insert = self.scope.insert_shared::<E>(rows)?.on_conflict(instead);
        Ok(insert.exec_with_returning(&self.db).await?)
    }

    /// Makes everybody wait who would write to a table, until this transaction ends; readers go on. SQLite has one writer.
    pub async fn keep_writers_out<E: Tenant>(&self) -> Result<()> {
        self.ready().await?;
        if self.db.get_database_backend() == DbBackend::Sqlite {
            return Ok(());
        }
        let table = E::default();
        let sql = format!("lock table {} in share row exclusive mode", table.table_name());
        self.db.execute_unprepared(&sql).await?;
        Ok(())
    }

    /// Runs a deletion; returns the rows that went.
    pub async fn delete<E: EntityTrait>(&self, delete: DeleteMany<E>) -> Result<u64> {
        self.ready().await?;
        self.revised.changed::<E>();
        Ok(delete.exec(&self.db).await?.rows_affected)
    }

    /// Goes on over all branches of the dealership, for what is added up there.
    pub(crate) async fn reach_the_dealership(&mut self, reason: &'static str) -> Result<()> {
        if self.scope.reach_branch().is_none() {
            return Ok(());
        }
        self.ready().await?;
        self.scope = self.scope.spanning_branches(reason);
        if !self.is_embedded() {
            self.db.execute_unprepared(&second_lock::turning(&self.scope)).await?;
        }
        Ok(())
    }

    /// Makes the changes last, and tells of them.
    pub async fn commit(self) -> Result<()> {
        let ready = async {
            self.ready().await?;
            self.raise_revision().await?;
            let raised = self.tell().await?;
            self.sound().map(|()| raised)
        };
        match ready.await {
            Ok(raised) if raised.is_empty() => Ok(self.db.commit().await?),
            // In a task of its own: whoever asked for it may go away in the middle, and it is told of all the same.
            Ok(raised) => {
                let Self { db, hub, .. } = self;
                let made = tokio::spawn(async move { db.commit().await.map(|()| hub.tell(raised)) });
                Ok(made.await.map_err(Error::internal)??)
            }
            Err(error) => self.rollback().await.and(Err(error)),
        }
    }

    /// Tells every process with the commit, on PostgreSQL; gives what is to be told after it.
    async fn tell(&self) -> Result<Vec<event::Event>> {
        let raised = self.raised.lock().unwrap_or_else(PoisonError::into_inner).take();
        if raised.is_empty() || self.is_embedded() {
            return Ok(raised);
        }
        self.ready().await?;
        let payloads = event::encode(&raised).map_err(Error::internal)?;
        let told: Vec<_> = (2..payloads.len() + 2).map(|n| format!("pg_notify($1, ${n})")).collect();
        let values = std::iter::once(listening::CHANNEL.into()).chain(payloads.into_iter().map(Into::into));
        let sql = format!("select {}", told.join(", "));
        self.db.query_one_raw(Statement::from_sql_and_values(DbBackend::Postgres, sql, values)).await?;
        Ok(Vec::new())
    }

    /// Tells others of rows that were changed by [`Tx::update`], which does not by itself.
    pub(crate) fn raise<E: Tenant>(&self, rows: &[E::Model]) {
        self.raised.lock().unwrap_or_else(PoisonError::into_inner).rows::<E>(rows);
    }

    /// Tells whoever keeps rows to read them anew, if one that is kept has changed.
    async fn raise_revision(&self) -> Result<()> {
        match self.revised.telling(&self.scope) {
            Some(update) => self.update(update).await.map(drop),
            None => Ok(()),
        }
    }

    /// Takes the changes back; what they locked is free when this returns, not some time after.
    pub async fn rollback(self) -> Result<()> {
        Ok(self.db.rollback().await?)
    }

    /// Sends what was inserted, so that whatever comes next sees it.
    async fn ready(&self) -> Result<()> {
        self.sound()?;
        let inserts = self.waiting().statement();
        if let Some(inserts) = inserts {
            // Boxed: it is rare, and every question would hold the room for it.
            Box::pin(self.db.execute_raw(inserts)).await?;
            self.sound()?;
        }
        Ok(())
    }

    /// What waits. A change asks one thing after the other, so nobody asks between its being taken and its being sent.
    fn waiting(&self) -> MutexGuard<'_, Batch> {
        self.batch.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn sound(&self) -> Result<()> {
        self.fault.as_ref().and_then(|fault| fault()).map_or(Ok(()), Err)
    }

    /// SQLite is in this process: no trip is saved there.
    async fn run_insert<A: ActiveModelTrait + Send>(&self, rows: usize, insert: InsertMany<A>) -> Result<()>
    where
        <A::Entity as EntityTrait>::Model: IntoActiveModel<A>,
    {
        if self.is_embedded() {
            self.sound()?;
            insert.exec_without_returning(&self.db).await?;
            return Ok(());
        }
        let (table, insert) = (A::Entity::default().table_name(), insert.into_query());
        let values = rows * <A::Entity as EntityTrait>::Column::iter().count();
        if !self.waiting().takes(table, values) {
            self.ready().await?;
        }
        self.waiting().add(table, values, insert);
        Ok(())
    }
}

fn chunks<E: EntityTrait>(mut rows: Vec<E::Model>) -> Vec<Vec<E::Model>> {
    let size = MAX_VALUES / E::Column::iter().count();
    let mut chunks = Vec::with_capacity(rows.len() / size + 1);
    while rows.len() > size {
        let rest = rows.split_off(size);
        chunks.push(std::mem::replace(&mut rows, rest));
    }
    if !rows.is_empty() {
        chunks.push(rows);
    }
    chunks
}

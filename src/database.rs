//! The database behind its scopes: connections are private, and a transaction is always somebody's.
#![expect(clippy::disallowed_methods, reason = "the only file that connects and runs statements")]

use migration::{Migrator, MigratorTrait};
use sea_orm::sea_query::{Expr, SelectStatement};
use sea_orm::sqlx::sqlite::{SqliteJournalMode, SqliteSynchronous};
use sea_orm::{
    ActiveModelTrait, ConnectOptions, ConnectionTrait, DatabaseConnection, DatabaseTransaction, DbBackend, EntityTrait,
    InsertMany, IntoActiveModel, Iterable, Select, SqliteTransactionMode, Statement, TransactionOptions,
    TransactionTrait, UpdateMany,
};
use std::time::Duration;

use entity::tenant::{Shared, Tenant};

use crate::config;
use crate::error::{Error, Result};
use crate::scope::{Actor, Reach, Scope};
use crate::second_lock;

/// How long a statement waits for SQLite's one writer.
const BUSY_TIMEOUT: Duration = Duration::from_secs(10);

/// Values one statement may bind: SQLite's limit, the smaller of the two.
const MAX_VALUES: usize = 32_766;

/// The connections of this process.
pub struct Database {
    reader: DatabaseConnection,
    /// SQLite has one writer; on PostgreSQL this is the same pool.
    writer: DatabaseConnection,
}

/// Hears every statement that is sent, for tests and telemetry.
pub type Tap = std::sync::Arc<dyn Fn(&Statement) + Send + Sync>;

impl Database {
    /// Connects; an SQLite file is made when absent.
    ///
    /// # Errors
    /// When the address is not usable or nobody answers there.
    pub async fn connect(config: &config::Database, tap: Option<Tap>) -> anyhow::Result<Self> {
        let open = async |connections| -> anyhow::Result<DatabaseConnection> {
            let mut connection = sea_orm::Database::connect(options(&config.url, connections)?).await?;
            if let Some(tap) = tap.clone() {
                connection.set_metric_callback(move |info| tap(info.statement));
            }
            Ok(connection)
        };
        if config.url.starts_with("sqlite:") {
            let writer = open(1).await?;
            Ok(Self { reader: open(config.max_connections).await?, writer })
        } else {
            let reader = open(config.max_connections).await?;
            Ok(Self { writer: reader.clone(), reader })
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
        Ok((!self.is_embedded() && !self.is_locked().await?)
            .then(|| "the second lock does not fit the schema".to_owned()))
    }

    async fn is_locked(&self) -> Result<bool> {
        let sql = "select count(*) from pg_policy p join pg_class c on c.oid = p.polrelid \
                   where c.relrowsecurity and c.relforcerowsecurity and pg_table_is_visible(c.oid)";
        let row = self.writer.query_one_raw(Statement::from_string(DbBackend::Postgres, sql)).await?;
        let policies: i64 = row.map(|row| row.try_get_by_index(0)).transpose()?.unwrap_or(0);
        Ok(usize::try_from(policies) == Ok(second_lock::policies()))
    }

    /// Brings the schema up to date and, on PostgreSQL, fits the second lock to it.
    pub async fn migrate(&self) -> Result<()> {
        Migrator::up(&self.writer, None).await?;
        if !self.is_embedded() {
            self.writer.execute_unprepared(&second_lock::fitting()).await?;
        }
        Ok(())
    }

    /// Opens a transaction that only reads: one snapshot for all its queries.
    pub async fn read(&self, scope: Scope) -> Result<Tx> {
        let db = self.reader.begin().await?;
        if !self.is_embedded() {
            db.execute_unprepared(&second_lock::opening(&scope, true)).await?;
        }
        Ok(Tx { scope, db })
    }

    /// Opens a transaction that may write. Dropped without [`Tx::commit`], it changes nothing.
    ///
    /// # Errors
    /// `DEALERSHIP_REQUIRED` for a person who acts in several dealerships: HQ reads all of its own at once and changes
    /// one at a time.
    pub async fn write(&self, scope: Scope) -> Result<Tx> {
        if let (Actor::User(_), Reach::Everything | Reach::Dealerships(_)) = (scope.actor(), scope.reach()) {
            return Err(Error::DealershipRequired);
        }
        let options = TransactionOptions {
            sqlite_transaction_mode: self.is_embedded().then_some(SqliteTransactionMode::Immediate),
            ..Default::default()
        };
        let db = self.writer.begin_with_options(options).await?;
        if !self.is_embedded() {
            db.execute_unprepared(&second_lock::opening(&scope, false)).await?;
        }
        Ok(Tx { scope, db })
    }

    /// Closes every connection.
    pub async fn close(self) -> Result<()> {
        self.reader.close().await?;
        Ok(self.writer.close().await?)
    }
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
        .set_application_name("forecourt")
        .map_sqlx_sqlite_opts(|options| {
            options
                .create_if_missing(true)
                .foreign_keys(true)
                .journal_mode(SqliteJournalMode::Wal)
                .synchronous(SqliteSynchronous::Normal)
                .busy_timeout(BUSY_TIMEOUT)
        });
    Ok(options)
}

/// An open transaction bound to a scope: the only thing that runs a query.
pub struct Tx {
    scope: Scope,
    db: DatabaseTransaction,
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
        Ok(query.all(&self.db).await?)
    }

    /// The first row of a query, if there is one.
    pub async fn one<E: EntityTrait>(&self, query: Select<E>) -> Result<Option<E::Model>> {
        Ok(query.one(&self.db).await?)
    }

    /// How many rows a query has.
    pub async fn count(&self, mut query: SelectStatement) -> Result<u64> {
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
        for chunk in chunks::<E>(rows) {
            self.run_insert(self.scope.insert::<E>(chunk)?).await?;
        }
        Ok(())
    }

    /// Inserts rows of a table that no dealership owns.
    ///
    /// # Errors
    /// `FORBIDDEN` to everyone but the installation itself.
    pub async fn insert_shared<E: Shared>(&self, rows: Vec<E::Model>) -> Result<()> {
        for chunk in chunks::<E>(rows) {
            self.run_insert(self.scope.insert_shared::<E>(chunk)?).await?;
        }
        Ok(())
    }

    /// Runs an update; returns the rows changed.
    pub async fn update<E: EntityTrait>(&self, update: UpdateMany<E>) -> Result<u64> {
        Ok(update.exec(&self.db).await?.rows_affected)
    }

    /// Makes the changes last.
    pub async fn commit(self) -> Result<()> {
        Ok(self.db.commit().await?)
    }

    async fn run_insert<A: ActiveModelTrait + Send>(&self, insert: InsertMany<A>) -> Result<()>
    where
        <A::Entity as EntityTrait>::Model: IntoActiveModel<A>,
    {
        insert.exec_without_returning(&self.db).await?;
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

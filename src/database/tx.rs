//! An open transaction bound to a scope: the only thing that runs a query.
#![expect(clippy::disallowed_methods, reason = "where the statements of every scope are run")]

use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};

use entity::dealership;
use entity::positioned::{self, Positioned};
use entity::tenant::{Shared, Tenant};
use sea_orm::sea_query::{Asterisk, Expr, Func, JoinType, LockType, OnConflict, Query, SelectStatement};
use sea_orm::{
    ConnectionTrait, DbBackend, DeleteMany, EntityTrait, FromQueryResult, Iterable, QueryResult, QuerySelect,
    QueryTrait, Select, UpdateMany,
};

use super::batch::{Batch, Part};
use super::revision::Revised;
use super::session::Session;
use super::{Fault, MAX_VALUES, listening, pair};
use crate::error::{Error, Result};
use crate::event::{self, Hub, Raised};
use crate::scope::Scope;
use crate::second_lock;

/// The column that tells the revision beside rows.
const REVISION: &str = "revision_of_home";

/// The columns that tell whether a lock was free, and whether there is what was asked for under it.
const IS_LOCKED: &str = "is_locked";
const IS_FOUND: &str = "is_found";

/// An open transaction bound to a scope.
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
    /// What is written and not sent.
    batch: Mutex<Batch>,
}

impl Tx {
    pub(super) fn new(scope: Scope, db: Session, reads_only: bool, fault: Option<Fault>, hub: Arc<Hub>) -> Self {
        let (revision, revised) = (OnceLock::new(), Revised::default());
        Self { scope, db, reads_only, fault, revision, revised, hub, raised: Mutex::default(), batch: Mutex::default() }
    }

    /// Whose transaction this is.
    pub fn scope(&self) -> &Scope {
        &self.scope
    }

    /// Starts a query on a tenant table, narrowed to the scope.
    pub fn select<E: Tenant>(&self) -> Select<E> {
        self.scope.select()
    }

    /// Every row of a query.
    pub async fn all<E: EntityTrait<Model: Positioned>>(&self, query: Select<E>) -> Result<Vec<E::Model>> {
        self.ready().await?;
        // What only reads sees one state of all, so that once is enough.
        if !self.reads_only || self.revision.get().is_some() || self.scope.dealership().is_err() {
            return Ok(positioned::models::<E>(&self.db.query_all(&query.into_query()).await?)?);
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
    pub async fn all_revised<E: EntityTrait<Model: Positioned>>(
        &self,
        query: Select<E>,
    ) -> Result<(Vec<E::Model>, Option<i64>)> {
        self.scope.dealership()?;
        self.ready().await?;
        let home = self.select::<dealership::Entity>().select_only().column(dealership::Column::Revision);
        let mut query = query.into_query();
        query.expr_as(home.into_query(), REVISION);
        let rows = self.db.query_all(&query).await?;
        let revision = rows.first().map(|row| row.try_get("", REVISION)).transpose()?;
        Ok((positioned::models::<E>(&rows)?, revision))
    }

    /// The first row of a query, if there is one.
    pub async fn one<E: EntityTrait<Model: Positioned>>(&self, query: Select<E>) -> Result<Option<E::Model>> {
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
    pub async fn one_locked<E: EntityTrait<Model: Positioned>>(&self, query: Select<E>) -> Result<Option<E::Model>> {
        self.one(if self.reads_only { query } else { query.lock_exclusive() }).await
    }

    /// The rows of two queries in one trip, those of the first read first.
    pub async fn both<A, B>(&self, first: Select<A>, second: Select<B>) -> Result<(Vec<A::Model>, Vec<B::Model>)>
    where
        A: EntityTrait<Model: Positioned>,
        B: EntityTrait<Model: Positioned>,
    {
        self.ready().await?;
        pair::read(&self.db, first, second).await
    }

    /// The first rows of two queries in one trip, kept as they are until this transaction ends, that of the first query
    /// first: whoever wants them by [`Tx::one_locked`] waits. Any number of transactions may keep the same row, and change what
    /// is no key of it. SQLite has one writer; what only reads keeps nobody from anything.
    pub async fn both_kept<A, B>(
        &self,
        first: Select<A>,
        second: Select<B>,
    ) -> Result<(Option<A::Model>, Option<B::Model>)>
    where
        A: EntityTrait<Model: Positioned>,
        B: EntityTrait<Model: Positioned>,
    {
        let kept = LockType::KeyShare;
        let (mut first, mut second) = match self.reads_only {
            true => self.both(first.limit(1), second.limit(1)).await?,
            false => self.both(first.limit(1).lock(kept), second.limit(1).lock(kept)).await?,
        };
        Ok((first.pop(), second.pop()))
    }

    /// The first row of a query, under the lock called `name`, which is this transaction's until it ends. On SQLite the one
    /// writer is the lock.
    ///
    /// The row is of the moment before the lock: what whoever had it until then has just committed may be missing, and is
    /// met when the same key is inserted.
    ///
    /// # Errors
    /// `IN_PROGRESS` when another transaction has the lock.
    pub async fn one_under_lock<E: EntityTrait<Model: Positioned>>(
        &self,
        name: i64,
        query: Select<E>,
    ) -> Result<Option<E::Model>> {
        if self.is_embedded() {
            return self.one(query).await;
        }
        self.ready().await?;
        let lock = Expr::cust_with_values("pg_try_advisory_xact_lock($1)", [name]);
        let mut locked = Query::select();
        let lock = Query::select().expr_as(lock, IS_LOCKED).to_owned();
        locked.column(("lock", IS_LOCKED)).column(("found", Asterisk)).from_subquery(lock, "lock");
        let mut query = query.limit(1).into_query();
        query.expr_as(Expr::cust("true"), IS_FOUND);
        locked.join_subquery(JoinType::LeftJoin, query, "found", Expr::col(("lock", IS_LOCKED)));
        let row = self.db.query_one(&locked).await?;
        let row = row.ok_or_else(|| Error::internal(anyhow::anyhow!("a lock gives a row")))?;
        match (row.try_get("", IS_LOCKED)?, row.try_get("", IS_FOUND)?) {
            (false, _) => Err(Error::InProgress),
            (true, None::<bool>) => Ok(None),
            (true, Some(_)) => Ok(Some(E::Model::from_query_result(&row, "")?)),
        }
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
            self.write::<E>(chunk.len(), Part::Insert(self.scope.insert::<E>(chunk)?.into_query())).await?;
        }
        Ok(())
    }

    /// Inserts rows of a table that no dealership owns.
    ///
    /// # Errors
    /// `FORBIDDEN` to everyone but the installation itself.
    pub async fn insert_shared<E: Shared>(&self, rows: Vec<E::Model>) -> Result<()> {
        for chunk in chunks::<E>(rows) {
            self.write::<E>(chunk.len(), Part::Insert(self.scope.insert_shared::<E>(chunk)?.into_query())).await?;
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
        self.revised.changed::<E>();
        self.write::<E>(1, Part::Update(self.scope.save::<E>(row)?.into_query())).await
    }

    /// Inserts rows, or does `instead` with those whose key is there.
    ///
    /// # Errors
    /// `SCOPE_MISMATCH` when a row lies outside the scope.
    pub async fn upsert<E: Tenant>(&self, rows: Vec<E::Model>, instead: OnConflict) -> Result<()> {
        self.revised.changed::<E>();
        self.raise::<E>(&rows);
        for chunk in chunks::<E>(rows) {
            let rows = chunk.len();
            let upsert = self.scope.insert::<E>(chunk)?.on_conflict(instead.clone());
            self.write::<E>(rows, Part::Insert(upsert.into_query())).await?;
        }
        Ok(())
    }

    /// [`Tx::upsert`] of one row; gives the row as it is then. It sees nothing of what this transaction has just inserted.
    ///
    /// # Errors
    /// `SCOPE_MISMATCH` when the row lies outside the scope.
    pub async fn upsert_one<E: Tenant>(&self, row: E::Model, instead: OnConflict) -> Result<E::Model> {
        self.revised.changed::<E>();
        self.raise::<E>(std::slice::from_ref(&row));
        let mut upsert = self.scope.insert::<E>(vec![row])?.on_conflict(instead).into_query();
        upsert.returning_all();
        let row = self.last::<E>(Part::Insert(upsert)).await?;
        let row = row.ok_or_else(|| Error::internal(anyhow::anyhow!("an upsert gives its row")))?;
        Ok(E::Model::from_query_result(&row, "")?)
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
        self.scope = self.scope.spanning_branches(reason);
        if !self.is_embedded() {
            // What waits goes with it, under the policies of the role that it was made in.
            let turn =
                Func::cust("set_config").args(["role".into(), second_lock::role(&self.scope).into(), true.into()]);
            self.ask(Part::Select(Query::select().expr(turn).to_owned())).await?;
        }
        Ok(())
    }

    /// Makes the changes last, and tells of them.
    pub async fn commit(self) -> Result<()> {
        let ready = async {
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

    /// Sends what waits, and with it tells every process with the commit, on PostgreSQL; gives what is to be told after it.
    async fn tell(&self) -> Result<Vec<event::Event>> {
        let raised = self.raised.lock().unwrap_or_else(PoisonError::into_inner).take();
        if raised.is_empty() || self.is_embedded() {
            return self.ready().await.map(|()| raised);
        }
        let mut told = Query::select();
        for payload in event::encode(&raised).map_err(Error::internal)? {
            told.expr(Func::cust("pg_notify").arg(listening::CHANNEL).arg(payload));
        }
        self.ask(Part::Select(told)).await?;
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

    /// Sends what waits, so that whatever comes next sees it.
    async fn ready(&self) -> Result<()> {
        self.sound()?;
        let waited = self.waiting().statement();
        if let Some(waited) = waited {
            // Boxed: it is rare, and every question would hold the room for it.
            Box::pin(self.db.execute_raw(waited)).await?;
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

    /// Writes rows of a table, with the next that is asked. SQLite is in this process: no trip is saved there.
    async fn write<E: EntityTrait>(&self, rows: usize, part: Part) -> Result<()> {
        if self.is_embedded() {
            self.sound()?;
            self.db.execute_raw(part.written(DbBackend::Sqlite)).await?;
            return Ok(());
        }
        let values = self.room::<E>(rows).await?;
        self.waiting().add(E::default().table_name(), values, part);
        Ok(())
    }

    /// Sends what waits together with a statement for a table, which sees nothing of it; gives its row.
    async fn last<E: EntityTrait>(&self, last: Part) -> Result<Option<QueryResult>> {
        self.room::<E>(1).await?;
        self.ask(last).await
    }

    async fn ask(&self, last: Part) -> Result<Option<QueryResult>> {
        self.sound()?;
        let statement = self.waiting().before(last, self.db.get_database_backend());
        Ok(Box::pin(self.db.query_one_raw(statement)).await?)
    }

    /// Sends what waits if rows of a table cannot go with it; gives how many values they have.
    async fn room<E: EntityTrait>(&self, rows: usize) -> Result<usize> {
        let values = rows * E::Column::iter().count();
        if !self.waiting().takes(E::default().table_name(), values) {
            self.ready().await?;
        }
        Ok(values)
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

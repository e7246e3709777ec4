//! An open transaction bound to a scope: the only thing that runs a query.
#![expect(clippy::disallowed_methods, reason = "where the statements of every scope are run")]

mod write;

use std::sync::{Arc, Mutex, OnceLock};

use entity::dealership;
use entity::positioned::{self, Pair, Positioned};
use entity::tenant::Tenant;
use sea_orm::sea_query::{Asterisk, Expr, Func, JoinType, LockType, Query, SelectStatement};
use sea_orm::{ConnectionTrait, DbBackend, EntityTrait, FromQueryResult, QueryResult, QuerySelect, QueryTrait, Select};

use super::batch::{Batch, Part};
use super::revision::Revised;
use super::session::Session;
use super::{Fault, pair};
use crate::error::{Error, Result};
use crate::event::{Hub, Raised};
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
        Ok(positioned::models::<E>(&self.rows(query.into_query()).await?)?)
    }

    /// Every row of a query, each with the row that its `column` names, where the scope reaches that.
    pub async fn all_with<E: Tenant, A: Tenant>(&self, query: Select<E>, column: E::Column) -> Result<Vec<Pair<E, A>>> {
        let query = self.scope.beside::<E, A>(query, column, self.db.get_database_backend());
        Ok(positioned::pairs::<E, A>(&self.rows(query).await?)?)
    }

    async fn rows(&self, query: SelectStatement) -> Result<Vec<QueryResult>> {
        self.ready().await?;
        // What only reads sees one state of all, so that once is enough.
        if !self.reads_only || self.revision.get().is_some() || self.scope.dealership().is_err() {
            return Ok(self.db.query_all(&query).await?);
        }
        let (rows, revision) = self.rows_revised(query).await?;
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
        let (rows, revision) = self.rows_revised(query.into_query()).await?;
        Ok((positioned::models::<E>(&rows)?, revision))
    }

    async fn rows_revised(&self, mut query: SelectStatement) -> Result<(Vec<QueryResult>, Option<i64>)> {
        let home = self.select::<dealership::Entity>().select_only().column(dealership::Column::Revision);
        query.expr_as(home.into_query(), REVISION);
        let rows = self.db.query_all(&query).await?;
        let revision = rows.first().map(|row| row.try_get("", REVISION)).transpose()?;
        Ok((rows, revision))
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
}

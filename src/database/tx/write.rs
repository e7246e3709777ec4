//! What a transaction writes, and what others hear of it when it ends.

use std::sync::{MutexGuard, PoisonError};

use entity::tenant::{Shared, Tenant};
use sea_orm::sea_query::{Func, OnConflict, Query};
use sea_orm::{
    ConnectionTrait, DbBackend, DeleteMany, EntityTrait, FromQueryResult, Iterable, QueryResult, QueryTrait, UpdateMany,
};

use super::Tx;
use crate::database::batch::{Batch, Part};
use crate::database::{MAX_VALUES, listening};
use crate::error::{Error, Result};
use crate::event;

impl Tx {
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

    /// Runs a deletion; returns the rows that went.
    pub async fn delete<E: EntityTrait>(&self, delete: DeleteMany<E>) -> Result<u64> {
        self.ready().await?;
        self.revised.changed::<E>();
        Ok(delete.exec(&self.db).await?.rows_affected)
    }

    /// Tells others of rows that were changed by [`Tx::update`], which does not by itself.
    pub(crate) fn raise<E: Tenant>(&self, rows: &[E::Model]) {
        self.raised.lock().unwrap_or_else(PoisonError::into_inner).rows::<E>(rows);
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

    /// Takes the changes back; what they locked is free when this returns, not some time after.
    pub async fn rollback(self) -> Result<()> {
        Ok(self.db.rollback().await?)
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

    /// Tells whoever keeps rows to read them anew, if one that is kept has changed.
    async fn raise_revision(&self) -> Result<()> {
        match self.revised.telling(&self.scope) {
            Some(update) => self.update(update).await.map(drop),
            None => Ok(()),
        }
    }

    /// Sends what waits, so that whatever comes next sees it.
    pub(super) async fn ready(&self) -> Result<()> {
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

    pub(super) async fn ask(&self, last: Part) -> Result<Option<QueryResult>> {
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

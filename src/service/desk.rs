//! Where a change is made: one transaction of one person at one time.

use chrono::{DateTime, NaiveDate, Utc};
use entity::kind::Source;
use entity::tenant::Tenant;
use entity::{audit_event, branch, dealership};
use sea_orm::{ColumnTrait, QueryFilter, Select};
use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use tokio::sync::OnceCell;
use uuid::Uuid;

use crate::app::App;
use crate::crypto::{Keys, Place};
use crate::database::Tx;
use crate::error::{Error, Refusal, RefusalCode, Result};
use crate::kpi::Tally;
use crate::scope::{Actor, Reach, Scope};
use crate::store::kept::Kept;
use crate::store::load::Key;
use crate::{calendar, id, store};

/// One transaction of one person at one time.
pub struct Desk<'a> {
    pub(super) app: &'a App,
    pub(super) tx: Tx,
    /// Who asked, as far as that person reaches; the transaction's own scope may be wider, or the installation's.
    asker: Scope,
    /// When the change is made: the same for all of its rows.
    pub(super) now: DateTime<Utc>,
    dealership: OnceCell<dealership::Model>,
    /// The dealership's revision, as it was read last.
    revision: AtomicI64,
    events: Mutex<Vec<audit_event::Model>>,
    tally: Mutex<Tally>,
}

/// What is entered into the audit trail.
pub struct Event<'a> {
    /// What was done, e.g. `bill_issued`.
    pub action: &'static str,
    /// The table of the row it was done to.
    pub table: &'a str,
    /// That row.
    pub row: Uuid,
    /// Its branch, if it has one.
    pub branch: Option<Uuid>,
    /// In words and numbers, nothing personal.
    pub summary: String,
}

impl Event<'_> {
    /// Its row in the trail of a dealership; `asker` is who did it.
    pub(super) fn entry(self, asker: &Scope, dealership: Uuid, at: DateTime<Utc>) -> audit_event::Model {
        let user_id = match asker.actor() {
            Actor::User(id) => Some(*id),
            Actor::Partner { .. } | Actor::System(_) => None,
        };
        audit_event::Model {
            dealership_id: dealership,
            id: id::fresh(at),
            branch_id: self.branch,
            occurred_at: at,
            user_id,
            action: self.action.to_owned(),
            target_type: Some(self.table.to_uppercase()),
            target_id: Some(self.row),
            summary: self.summary,
            origin: None,
            source: Source::Live,
            created_at: at,
        }
    }
}

impl<'a> Desk<'a> {
    pub(super) async fn open(app: &'a App, asker: &Scope, scope: Scope) -> Result<Self> {
        Ok(Self::at(app, asker, app.write(scope).await?))
    }

    /// Where a change is looked at that nobody asked for yet.
    pub(super) async fn look(app: &'a App, asker: &Scope) -> Result<Self> {
        Ok(Self::at(app, asker, app.read(asker.clone()).await?))
    }

    fn at(app: &'a App, asker: &Scope, tx: Tx) -> Self {
        Self {
            app,
            tx,
            asker: asker.clone(),
            now: app.now(),
            dealership: OnceCell::new(),
            revision: AtomicI64::default(),
            events: Mutex::default(),
            tally: Mutex::default(),
        }
    }

    pub(super) async fn close(self) -> Result<()> {
        let Self { mut tx, events, tally, .. } = self;
        let tally = tally.into_inner().unwrap_or_else(PoisonError::into_inner);
        match finish(&mut tx, events.into_inner().unwrap_or_else(PoisonError::into_inner), tally).await {
            Ok(()) => tx.commit().await,
            Err(error) => tx.rollback().await.and(Err(error)),
        }
    }

    pub(super) async fn leave(self) -> Result<()> {
        self.tx.rollback().await
    }

    pub(super) fn keys(&self) -> &Keys {
        self.app.keys()
    }

    /// Who asked, as far as that person reaches.
    pub(super) fn asker(&self) -> &Scope {
        &self.asker
    }

    /// Whether the asker may see rows of a branch of the dealership, however far the transaction's scope reaches.
    pub(super) fn reaches(&self, branch: Uuid) -> bool {
        self.asker.reach_branch().is_none_or(|own| own == branch)
    }

    /// The dealership the change is made in.
    pub(super) fn dealership_id(&self) -> Result<Uuid> {
        self.tx.scope().dealership()
    }

    /// The dealership the change is made in, with its currency and its zone.
    pub(super) async fn dealership(&self) -> Result<&dealership::Model> {
        let read = async || {
            let query = self.tx.select::<dealership::Entity>().filter(dealership::Column::Id.eq(self.dealership_id()?));
            let home = self.tx.one(query).await?.ok_or(Error::NotFound)?;
            self.revision.store(home.revision, Ordering::Relaxed);
            Ok(home)
        };
        self.dealership.get_or_try_init(read).await
    }

    /// The dealership's day.
    pub(super) async fn today(&self) -> Result<NaiveDate> {
        store::dealership::day(self.dealership().await?, self.now)
    }

    /// The time of something that happened on a day: now for today, else noon in the dealership's zone.
    pub(super) async fn time_on(&self, day: NaiveDate) -> Result<DateTime<Utc>> {
        if day == self.today().await? {
            return Ok(self.now);
        }
        let zone = calendar::zone(&self.dealership().await?.time_zone).map_err(Error::internal)?;
        Ok(calendar::noon(day, zone))
    }

    /// The branch the change is made in: the one acted in, or the one named by somebody who acts in all of them.
    ///
    /// # Errors
    /// `BRANCH_REQUIRED` when neither says which; `NOT_FOUND` when the named one is out of reach.
    pub(super) async fn branch(&self, named: Option<Key>) -> Result<branch::Model> {
        let dealership = self.dealership_id()?;
        let key = match (named, self.asker.reach()) {
            (Some(key), _) => key,
            (None, Reach::Branch { branch, .. }) => Key { dealership, id: *branch },
            (None, _) => {
                let message = "You act in all branches: choose the one that this is for.";
                return Err(Refusal::new(RefusalCode::BranchRequired, "branch", message).into());
            }
        };
        if !self.reaches(key.id) {
            return Err(not_found("branch").into());
        }
        self.open_branch("branch", key).await
    }

    /// A branch that trades, and goes on to under the same code and the same rules until this change is done: whoever
    /// closes it or changes the rules of its dealership waits. Nothing takes a number or a unit in without having asked here.
    ///
    /// # Errors
    /// A refusal of the field: `NOT_FOUND`, or `INVALID` for a closed branch.
    pub(super) async fn open_branch(&self, field: &str, key: Key) -> Result<branch::Model> {
        // In the order of those who lock both.
        let dealership = Key { dealership: key.dealership, id: key.dealership };
        let (dealership, branch) = (self.named::<dealership::Entity>(dealership), self.named::<branch::Entity>(key));
        let (Some(dealership), Some(branch)) = self.tx.both_kept(dealership, branch).await? else {
            return Err(not_found(field).into());
        };
        // No rule has changed since, and none does: what is kept at this revision holds.
        self.revision.store(dealership.revision, Ordering::Relaxed);
        self.dealership.get_or_init(async || dealership).await;
        match branch.closed_at {
            None => Ok(branch),
            Some(_) => Err(Refusal::new(RefusalCode::Invalid, field, "This branch is closed.").into()),
        }
    }

    /// Makes everybody wait who makes a document or changes a rule of the dealership, until this change is done. Comes
    /// before the lock on a branch.
    pub(super) async fn lock_dealership(&self) -> Result<()> {
        let id = self.dealership_id()?;
        self.find_locked::<dealership::Entity>("", Key { dealership: id, id }).await.map(drop)
    }

    /// All rows of a table whose rows are the dealership's rules, as they are once a branch is open to this change.
    pub(super) async fn rules<E: Tenant>(&self) -> Result<Arc<Vec<E::Model>>>
    where
        E::Model: Send + 'static,
    {
        let dealership = self.dealership().await?.id;
        let kept = self.kept();
        if let Some((kept, at)) = kept
            && let Some(rows) = kept.all::<E>(dealership, at)
        {
            return Ok(rows);
        }
        let (rows, revision) =
            self.tx.all_revised(self.tx.select::<E>().filter(E::dealership().eq(dealership))).await?;
        let rows = Arc::new(rows);
        if let Some((kept, at)) = kept {
            // Rules are added and never taken away: where there is none now, there was none at the revision read before.
            kept.keep_all::<E>(dealership, revision.unwrap_or(at), &rows);
        }
        Ok(rows)
    }

    /// A row of the dealership that rarely changes.
    pub(super) async fn steady<E: Tenant>(&self, key: Key) -> Result<Option<Arc<E::Model>>>
    where
        E::Model: Send + 'static,
    {
        self.dealership().await?;
        let kept = self.kept();
        if let Some((kept, at)) = kept
            && let Some(row) = kept.get::<E>(self.tx.scope(), key, at)
        {
            return Ok(Some(row));
        }
        let (mut rows, revision) = self.tx.all_revised(self.named::<E>(key)).await?;
        let row = rows.pop().map(Arc::new);
        if let (Some((kept, _)), Some(row), Some(revision)) = (kept, &row, revision) {
            kept.keep::<E>(key, revision, row);
        }
        Ok(row)
    }

    /// What the process keeps, and the revision at which this change looks at it; nothing once it has changed such rows
    /// itself.
    fn kept(&self) -> Option<(&Kept, i64)> {
        (!self.tx.has_revised()).then(|| (self.app.kept(), self.revision.load(Ordering::Relaxed)))
    }

    /// The row that an input names.
    ///
    /// # Errors
    /// A `NOT_FOUND` refusal of the field, the same for a foreign, an unknown and a malformed id.
    pub(super) async fn find<E: Tenant>(&self, field: &str, key: Key) -> Result<E::Model> {
        self.tx.one(self.named::<E>(key)).await?.ok_or_else(|| not_found(field).into())
    }

    /// [`Desk::find`], and nobody else changes the row until this change is done.
    pub(super) async fn find_locked<E: Tenant>(&self, field: &str, key: Key) -> Result<E::Model> {
        self.one_locked(self.named::<E>(key)).await?.ok_or_else(|| not_found(field).into())
    }

    /// The first row of a query, which nobody else changes until this change is done.
    pub(super) async fn one_locked<E: Tenant>(&self, query: Select<E>) -> Result<Option<E::Model>> {
        let row = self.tx.one_locked(query).await?;
        row.iter().try_for_each(|row| self.tally().found::<E>(row))?;
        Ok(row)
    }

    fn named<E: Tenant>(&self, key: Key) -> Select<E> {
        store::load::one::<E>(&self.tx, key)
    }

    /// The asker's membership at a branch, or in the dealership, by which rows name who made them; absent for those above
    /// all dealerships.
    pub(super) fn membership(&self, branch: impl Into<Option<Uuid>>) -> Result<Option<Uuid>> {
        Ok(self.asker.membership(self.dealership_id()?, branch.into()))
    }

    /// An id for a row of this change.
    pub(super) fn fresh_id(&self) -> Uuid {
        id::fresh(self.now)
    }

    /// Where a sealed cell of the dealership lives.
    pub(super) fn place(&self, table: &'static str, column: &'static str, row: Uuid) -> Result<Place> {
        Ok(Place { dealership: self.dealership_id()?, table, column, row })
    }

    /// Inserts rows; the key figures count them.
    pub(super) async fn insert<E: Tenant>(&self, rows: Vec<E::Model>) -> Result<()> {
        rows.iter().try_for_each(|row| self.tally().made::<E>(row))?;
        self.tx.insert::<E>(rows).await
    }

    /// Writes all of a locked row; the key figures count it anew.
    pub(super) async fn save<E: Tenant>(&self, row: E::Model) -> Result<()> {
        if self.tally().misses::<E>(&row)? {
            self.find_locked::<E>("", Key::of::<E>(&row, E::id())?).await?;
        }
        self.tally().changed::<E>(&row)?;
        self.tx.save::<E>(row).await
    }

    fn tally(&self) -> MutexGuard<'_, Tally> {
        self.tally.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Enters what was done into the audit trail; written with the end of the change.
    pub(super) fn audit(&self, event: Event<'_>) -> Result<()> {
        self.audit_all(vec![event])
    }

    /// [`Desk::audit`] of many events at once.
    pub(super) fn audit_all(&self, events: Vec<Event<'_>>) -> Result<()> {
        let dealership = self.dealership_id()?;
        let row = |event: Event<'_>| event.entry(&self.asker, dealership, self.now);
        self.events.lock().unwrap_or_else(PoisonError::into_inner).extend(events.into_iter().map(row));
        Ok(())
    }
}

async fn finish(tx: &mut Tx, events: Vec<audit_event::Model>, tally: Tally) -> Result<()> {
    tx.insert::<audit_event::Entity>(events).await?;
    // Last, so that whoever holds a branch's figures is about to let them go.
    tally.write(tx).await
}

/// The refusal of an id that names nothing in reach.
pub fn not_found(field: &str) -> Refusal {
    Refusal::new(RefusalCode::NotFound, field, "We could not find this.")
}

//! Asking for work, calling it off, and asking for it again.

use chrono::{DateTime, Utc};
use entity::job::{Column, Entity, Model, State};
use sea_orm::sea_query::OnConflict;
use sea_orm::{ColumnTrait, QueryFilter};
use uuid::Uuid;

use super::Task;
use crate::database::Tx;
use crate::error::{Error, Result};
use crate::id;
use crate::scope::Actor;

/// In place of a dealership, of what is the installation's own.
pub const INSTALLATION: Uuid = Uuid::nil();

/// What comes first among a dealership's jobs. No priority goes before another dealership's turn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Priority {
    /// Somebody waits for it.
    Soon,
    /// Whenever there is time.
    Normal,
    /// When there is nothing else.
    Bulk,
}

/// What keeps a job from being asked for twice.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unique {
    /// None with this key is asked for while one is under way.
    WhileUnderWay(String),
    /// None with this key is ever asked for again, as long as the job is remembered.
    Once(String),
}

/// A job that is asked for.
pub struct Order {
    kind: &'static str,
    payload: String,
    most_attempts: i32,
    priority: Priority,
    place: Option<(Uuid, Option<Uuid>)>,
    asked_by: Option<Uuid>,
    unique: Option<Unique>,
    not_before: Option<DateTime<Utc>>,
}

/// What became of an order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Made {
    /// A new job.
    New(Uuid),
    /// The job of the same key that was there.
    Known(Uuid),
}

impl Order {
    /// To do `task`, whenever there is time.
    ///
    /// # Errors
    /// When the task cannot be written down.
    pub fn new<T: Task>(task: &T) -> Result<Self> {
        Ok(Self {
            kind: T::KIND,
            payload: serde_json::to_string(task).map_err(Error::internal)?,
            most_attempts: T::ATTEMPTS,
            priority: Priority::Normal,
            place: None,
            asked_by: None,
            unique: None,
            not_before: None,
        })
    }

    /// Before or after others of the dealership.
    #[must_use]
    pub fn priority(self, priority: Priority) -> Self {
        Self { priority, ..self }
    }

    /// In a dealership and, where it is named, a branch of it: for transactions that reach further. The person who asks is
    /// the one who asks, but no further than that.
    #[must_use]
    pub fn at(self, dealership: Uuid, branch: Option<Uuid>) -> Self {
        Self { place: Some((dealership, branch)), ..self }
    }

    /// Shown as asked for by this membership.
    #[must_use]
    pub fn asked_by(self, membership: Option<Uuid>) -> Self {
        Self { asked_by: membership, ..self }
    }

    /// Not twice.
    #[must_use]
    pub fn unique(self, unique: Unique) -> Self {
        Self { unique: Some(unique), ..self }
    }

    /// Not before this time.
    #[must_use]
    pub fn not_before(self, time: DateTime<Utc>) -> Self {
        Self { not_before: Some(time), ..self }
    }

    /// The row, in the scope of a transaction.
    fn row(self, tx: &Tx, now: DateTime<Utc>) -> Result<Model> {
        let scope = tx.scope();
        let (dealership_id, branch_id) = match (self.place, scope.dealership(), scope.actor()) {
            (Some(place), ..) => place,
            (None, Ok(dealership), _) => (dealership, scope.reach_branch()),
            (None, Err(_), Actor::System(_)) => (INSTALLATION, None),
            (None, Err(error), _) => return Err(error),
        };
        let (user_id, role) = match scope.actor() {
            Actor::User(user) => (Some(*user), scope.role()),
            Actor::System(_) => (None, None),
            Actor::Partner { .. } => return Err(Error::Forbidden),
        };
        let (unique_key, is_once) = match self.unique {
            Some(Unique::WhileUnderWay(key)) => (Some(key), false),
            Some(Unique::Once(key)) => (Some(key), true),
            None => (None, false),
        };
        Ok(Model {
            dealership_id,
            id: id::fresh(now),
            branch_id,
            kind: self.kind.to_owned(),
            payload: self.payload,
            user_id,
            role,
            asked_by_id: self.asked_by,
            unique_key,
            is_once,
            priority: match self.priority {
                Priority::Soon => 0,
                Priority::Normal => 1,
                Priority::Bulk => 2,
            },
            state: if self.not_before.is_some() { State::Waiting } else { State::Ready },
            run_at: self.not_before,
            attempts: 0,
            most_attempts: self.most_attempts,
            worker: None,
            lease: None,
            beat: 0,
            is_cancelling: false,
            step: 0,
            steps: None,
            result: None,
            error_code: None,
            error_message: None,
            trace_id: None,
            created_at: now,
            started_at: None,
            ended_at: None,
        })
    }
}

/// Asks for a job in the scope of a transaction, which workers hear of when it commits.
///
/// # Errors
/// `DEALERSHIP_REQUIRED` for a person who acts in several; `SCOPE_MISMATCH` for a place out of reach; `FORBIDDEN` for a
/// partner.
pub async fn enqueue(tx: &Tx, order: Order, now: DateTime<Utc>) -> Result<Made> {
    let row = order.row(tx, now)?;
    let (dealership, kind, own) = (row.dealership_id, row.kind.clone(), row.id);
    let Some(key) = row.unique_key.clone() else {
        tx.insert::<Entity>(vec![row]).await?;
        return Ok(Made::New(own));
    };
    tx.upsert::<Entity>(vec![row], OnConflict::new().do_nothing().to_owned()).await?;
    let kept = tx
        .select::<Entity>()
        .filter(Column::DealershipId.eq(dealership))
        .filter(Column::Kind.eq(kind))
        .filter(Column::UniqueKey.eq(key));
    // A key is a dealership's: another branch may have asked, whose job is out of sight.
    let kept = tx.one(kept).await?.ok_or(Error::InProgress)?.id;
    Ok(if kept == own { Made::New(own) } else { Made::Known(kept) })
}

/// Asks for many jobs at once; none of them unique.
///
/// # Errors
/// As [`enqueue`].
pub async fn enqueue_all(tx: &Tx, orders: Vec<Order>, now: DateTime<Utc>) -> Result<()> {
    let rows = orders.into_iter().map(|order| order.row(tx, now)).collect::<Result<_>>()?;
    tx.insert::<Entity>(rows).await
}

/// Calls a locked job off: one that was not begun never will be, one that runs is stopped by who runs it.
pub async fn cancel(tx: &Tx, job: Model, now: DateTime<Utc>) -> Result<()> {
    let job = match job.state {
        State::Running => Model { is_cancelling: true, ..job },
        _ => over(job, State::Cancelled, now),
    };
    tx.save::<Entity>(job).await
}

/// Lets a locked job that was given up begin anew.
pub async fn replay(tx: &Tx, job: Model) -> Result<()> {
    let ready = Model {
        state: State::Ready,
        run_at: None,
        attempts: 0,
        is_cancelling: false,
        step: 0,
        steps: None,
        ended_at: None,
        ..job
    };
    tx.save::<Entity>(ready).await
}

fn over(job: Model, state: State, now: DateTime<Utc>) -> Model {
    let unique_key = job.unique_key.filter(|_| job.is_once);
    Model { state, unique_key, run_at: None, ended_at: Some(now), ..job }
}

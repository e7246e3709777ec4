//! Work that is done later: asked for, called off, tried again.

use chrono::NaiveDate;
use entity::branch;
use entity::job::{Entity, Model, State};
use serde::Serialize;
use uuid::Uuid;

use super::{Change, Desk, Event, States, step};
use crate::error::{Error, Result};
use crate::permission::Permission;
use crate::queue::{self, Made, Order, Priority, Task, Unique};
use crate::store::load::Key;

impl States for State {
    const NOUN: &'static str = "job";
    const TABLE: &'static [(Self, &'static [Self])] = &[
        (Self::Waiting, &[Self::Cancelled]),
        (Self::Ready, &[Self::Cancelled]),
        (Self::Running, &[Self::Cancelled]),
        (Self::Failed, &[Self::Ready]),
        (Self::Cancelled, &[Self::Ready]),
    ];
}

/// Asks for the key figures to be made anew.
#[derive(Debug, Serialize)]
pub struct RebuildKeyFigures {
    /// Those of this branch alone, and what adds it up.
    pub branch: Option<Key>,
    /// Those of the month of this day alone.
    pub month: Option<NaiveDate>,
}

/// Calls a job off.
#[derive(Debug, Serialize)]
pub struct CancelJob {
    /// Which.
    pub job: Key,
}

/// Lets a job begin anew that was given up or called off.
#[derive(Debug, Serialize)]
pub struct RetryJob {
    /// Which.
    pub job: Key,
}

/// What the audit trail says of a job that was asked for.
pub(super) struct Asked {
    /// What was done, e.g. `bills_archive_asked`.
    pub(super) action: &'static str,
    /// In words and numbers, nothing personal.
    pub(super) summary: String,
}

/// Asks for a task in a branch, or wherever the asker acts; the job that is there already, while the same is under way.
pub(super) async fn ask<T: Task>(
    desk: &Desk<'_>,
    task: &T,
    branch: Option<Key>,
    priority: Priority,
    asked: Asked,
) -> Result<Key> {
    let dealership = desk.dealership_id()?;
    let branch = match branch {
        Some(key) => Some(desk.find::<branch::Entity>("branch", key).await?.id),
        None => desk.tx.scope().reach_branch(),
    };
    let settings = serde_json::to_string(task).map_err(Error::internal)?;
    let order = Order::new(task)?
        .at(dealership, branch)
        .priority(priority)
        .asked_by(desk.membership(branch)?)
        .unique(Unique::WhileUnderWay(format!("{branch:?} {settings}")));
    match queue::enqueue(&desk.tx, order, desk.now).await? {
        Made::Known(id) => Ok(Key { dealership, id }),
        Made::New(id) => {
            audit(desk, asked.action, (id, branch), asked.summary)?;
            Ok(Key { dealership, id })
        }
    }
}

impl Change for RebuildKeyFigures {
    type Outcome = Key;
    const NAME: &'static str = "rebuildKeyFigures";
    const PERMISSION: Permission = Permission::KeepJobs;

    async fn apply(&self, desk: &Desk<'_>) -> Result<Key> {
        let asked = Asked { action: "key_figures_rebuild_asked", summary: "key figures to be made anew".to_owned() };
        ask(desk, &queue::RebuildFigures { month: self.month }, self.branch, Priority::Soon, asked).await
    }
}

impl Change for CancelJob {
    type Outcome = Key;
    const NAME: &'static str = "cancelJob";
    const PERMISSION: Permission = Permission::KeepJobs;

    async fn apply(&self, desk: &Desk<'_>) -> Result<Key> {
        let job = desk.find_locked::<Entity>("job", self.job).await?;
        step("job", job.state, State::Cancelled)?;
        let (of, summary) = told(&job);
        queue::cancel(&desk.tx, job, desk.now).await?;
        audit(desk, "job_cancelled", of, summary)?;
        Ok(self.job)
    }
}

impl Change for RetryJob {
    type Outcome = Key;
    const NAME: &'static str = "retryJob";
    const PERMISSION: Permission = Permission::KeepJobs;

    async fn apply(&self, desk: &Desk<'_>) -> Result<Key> {
        let job = desk.find_locked::<Entity>("job", self.job).await?;
        step("job", job.state, State::Ready)?;
        let (of, summary) = told(&job);
        queue::replay(&desk.tx, job).await?;
        audit(desk, "job_retried", of, summary)?;
        Ok(self.job)
    }
}

fn told(job: &Model) -> ((Uuid, Option<Uuid>), String) {
    ((job.id, job.branch_id), job.kind.clone())
}

fn audit(desk: &Desk<'_>, action: &'static str, (row, branch): (Uuid, Option<Uuid>), summary: String) -> Result<()> {
    desk.audit(Event { action, table: "job", row, branch, summary })
}

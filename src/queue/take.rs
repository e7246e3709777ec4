//! Taking jobs to work on, in turns of the dealerships.

use chrono::{DateTime, Utc};
use entity::job::{Column, Entity, Model, State};
use sea_orm::sea_query::{Expr, ExprTrait, LockBehavior, LockType};
use sea_orm::{ColumnTrait, QueryFilter, QueryOrder, QuerySelect, QueryTrait};
use uuid::Uuid;

use super::READY;
use crate::database::Tx;
use crate::error::Result;

/// Jobs that become ready at a time.
const MOST_PROMOTED: u64 = 1_000;

/// Takes up to `most` jobs of these kinds for `worker`, beginning with the dealership behind `after`, whose turn was the
/// last. Each dealership with ready jobs has its turn before any has another, whatever the priorities of others.
pub async fn take(
    tx: &Tx,
    worker: Uuid,
    kinds: &[&str],
    most: usize,
    after: Option<Uuid>,
    now: DateTime<Utc>,
) -> Result<Vec<Model>> {
    let lanes = lanes(tx, kinds, most, after).await?;
    let Some(each) = most.checked_div(lanes.len()).map(|each| each.max(1)) else { return Ok(Vec::new()) };
    let mut taken = Vec::with_capacity(most);
    for (at, dealership) in lanes.iter().enumerate() {
        // The last takes what is left over.
        let share = if at + 1 == lanes.len() { most - taken.len() } else { each };
        let ready = ready(tx, kinds)
            .filter(Column::DealershipId.eq(*dealership))
            .order_by_asc(Column::Priority)
            .order_by_asc(Column::Id)
            .limit(u64::try_from(share).unwrap_or(1))
            .lock_with_behavior(LockType::Update, LockBehavior::SkipLocked);
        taken.extend(tx.all(ready).await?);
    }
    begin(tx, worker, taken, now).await
}

/// Lets jobs whose time has come be taken; returns how many.
pub async fn promote(tx: &Tx, now: DateTime<Utc>) -> Result<u64> {
    let due = tx
        .select::<Entity>()
        .filter(Expr::cust("state = 'WAITING'"))
        .filter(Column::RunAt.lte(now))
        .order_by_asc(Column::RunAt)
        .limit(MOST_PROMOTED)
        .lock_with_behavior(LockType::Update, LockBehavior::SkipLocked);
    let due = tx.all(due).await?;
    if due.is_empty() {
        return Ok(0);
    }
    let ready = tx
        .scope()
        .update::<Entity>()
        .col_expr(Column::State, Expr::value("READY"))
        .col_expr(Column::RunAt, Expr::cust("null"))
        .filter(Expr::cust("state = 'WAITING'"))
        .filter(Column::DealershipId.is_in(due.iter().map(|job| job.dealership_id)))
        .filter(Column::Id.is_in(due.iter().map(|job| job.id)));
    tx.update(ready).await
}

/// How many jobs of each kind wait to be taken, and since when the oldest does.
pub async fn due(tx: &Tx) -> Result<Vec<(String, u64, DateTime<Utc>)>> {
    let query = tx
        .select::<Entity>()
        .select_only()
        .column(Column::Kind)
        .expr_as(Expr::cust("count(*)"), "jobs")
        .expr_as(Column::CreatedAt.min(), "oldest")
        .filter(Expr::cust(READY))
        .group_by(Column::Kind);
    let groups = tx.groups(query.into_query()).await?;
    let group = |row: &sea_orm::QueryResult| {
        Ok((row.try_get("", "kind")?, row.try_get::<i64>("", "jobs")?.unsigned_abs(), row.try_get("", "oldest")?))
    };
    groups.iter().map(group).collect()
}

fn ready(tx: &Tx, kinds: &[&str]) -> sea_orm::Select<Entity> {
    // What only a later release knows is left to it.
    tx.select::<Entity>().filter(Expr::cust(READY)).filter(Column::Kind.is_in(kinds.iter().copied()))
}

/// The dealerships whose turn is next, each with something ready.
async fn lanes(tx: &Tx, kinds: &[&str], most: usize, after: Option<Uuid>) -> Result<Vec<Uuid>> {
    let mut lanes = Vec::new();
    let mut behind = after;
    let mut has_wrapped = after.is_none();
    while lanes.len() < most {
        let mut next = ready(tx, kinds).order_by_asc(Column::DealershipId).limit(1);
        if let Some(behind) = behind {
            next = next.filter(Column::DealershipId.gt(behind));
        }
        match tx.one(next).await?.map(|job| job.dealership_id) {
            // Round again, from the first one to where this began.
            Some(lane) if has_wrapped && lanes.contains(&lane) => break,
            Some(lane) => {
                lanes.push(lane);
                behind = Some(lane);
            }
            None if has_wrapped => break,
            None => (behind, has_wrapped) = (None, true),
        }
    }
    Ok(lanes)
}

async fn begin(tx: &Tx, worker: Uuid, jobs: Vec<Model>, now: DateTime<Utc>) -> Result<Vec<Model>> {
    if jobs.is_empty() {
        return Ok(jobs);
    }
    let lease = crate::id::fresh(now);
    let update = tx
        .scope()
        .update::<Entity>()
        .col_expr(Column::State, Expr::value("RUNNING"))
        .col_expr(Column::Worker, Expr::value(worker))
        .col_expr(Column::Lease, Expr::value(lease))
        .col_expr(Column::Attempts, Expr::col(Column::Attempts).add(1))
        .col_expr(Column::StartedAt, Expr::value(now))
        .filter(Column::DealershipId.is_in(jobs.iter().map(|job| job.dealership_id)))
        .filter(Column::Id.is_in(jobs.iter().map(|job| job.id)));
    tx.update(update).await?;
    let begun = |job: Model| Model {
        state: State::Running,
        worker: Some(worker),
        lease: Some(lease),
        attempts: job.attempts.saturating_add(1),
        started_at: Some(now),
        ..job
    };
    let jobs: Vec<_> = jobs.into_iter().map(begun).collect();
    super::tell(tx, jobs.iter());
    Ok(jobs)
}

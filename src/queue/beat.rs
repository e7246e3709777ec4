//! Showing that jobs are worked on, and finding those whose worker is gone.

use std::collections::HashMap;
use std::time::Duration;

use chrono::{DateTime, Utc};
use entity::job::{Column, Entity, Model};
use sea_orm::sea_query::{Expr, ExprTrait};
use sea_orm::{ColumnTrait, QueryFilter, QueryOrder, QuerySelect};
use tokio::time::Instant;
use uuid::Uuid;

use super::settle::{Ending, end, leased};
use super::{RUNNING, tell};
use crate::database::Tx;
use crate::error::Result;

/// Jobs of others that are watched at a time.
const MOST_WATCHED: u64 = 1_000;

/// A job, as long as one worker works on it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Lease {
    /// Whose job.
    pub dealership: Uuid,
    /// The job.
    pub job: Uuid,
    /// This attempt at it.
    pub lease: Uuid,
}

/// How far a job is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Step {
    /// Which.
    pub of: Lease,
    /// How much is done.
    pub step: i64,
    /// How much there is to do, once that is known.
    pub steps: Option<i64>,
}

/// What others were seen to work on, by the stopwatch of this process.
#[derive(Default)]
pub struct Watched(HashMap<Lease, (i64, Instant)>);

impl Lease {
    /// The present attempt at a job that is being worked on.
    pub fn of(job: &Model) -> Self {
        Self { dealership: job.dealership_id, job: job.id, lease: job.lease.unwrap_or_default() }
    }
}

impl Watched {
    /// Looks at what others work on; gives the leases that did not show life for `patience`.
    pub fn look(&mut self, seen: &[(Lease, i64)], patience: Duration, now: Instant) -> Vec<(Lease, i64)> {
        let look = |(lease, beat): &(Lease, i64)| match self.0.get(lease) {
            Some((known, since)) if known == beat => (*lease, (*beat, *since)),
            _ => (*lease, (*beat, now)),
        };
        self.0 = seen.iter().map(look).collect();
        let is_silent = |since: Instant| now.duration_since(since) >= patience;
        self.0.iter().filter(|(_, (_, since))| is_silent(*since)).map(|(lease, (beat, _))| (*lease, *beat)).collect()
    }
}

/// Shows that `worker` lives; gives what it still works on, and whether it is asked to stop that.
pub async fn beat(tx: &Tx, worker: Uuid) -> Result<HashMap<Lease, bool>> {
    let own = || Expr::cust(RUNNING).and(Column::Worker.eq(worker));
    let beat = tx.scope().update::<Entity>().col_expr(Column::Beat, Expr::col(Column::Beat).add(1)).filter(own());
    tx.update(beat).await?;
    let own = tx.all(tx.select::<Entity>().filter(own())).await?;
    Ok(own.iter().map(|job| (Lease::of(job), job.is_cancelling)).collect())
}

/// Writes down how far jobs are.
pub async fn report(tx: &Tx, steps: &[Step]) -> Result<()> {
    for Step { of, step, steps } in steps {
        let update = leased(tx.scope().update::<Entity>(), *of)
            .col_expr(Column::Step, Expr::value(*step))
            .col_expr(Column::Steps, Expr::value(*steps));
        tx.update(update).await?;
    }
    let told = tx.all(tx.select::<Entity>().filter(Column::Id.is_in(steps.iter().map(|step| step.of.job)))).await?;
    tell(tx, told.iter());
    Ok(())
}

/// What other workers work on, with their beats.
pub async fn others(tx: &Tx, worker: Uuid) -> Result<Vec<(Lease, i64)>> {
    let query = tx
        .select::<Entity>()
        .filter(Expr::cust(RUNNING))
        .filter(Column::Worker.ne(worker))
        .order_by_asc(Column::StartedAt)
        .order_by_asc(Column::Id)
        .limit(MOST_WATCHED);
    Ok(tx.all(query).await?.iter().map(|job| (Lease::of(job), job.beat)).collect())
}

/// Takes a job from a worker that is gone, unless it showed life meanwhile: the attempt has failed, as any may.
pub async fn rescue(tx: &Tx, lease: Lease, beat: i64, now: DateTime<Utc>) -> Result<bool> {
    let job = leased(tx.select::<Entity>(), lease).filter(Column::Beat.eq(beat));
    let Some(job) = tx.one_locked(job).await? else { return Ok(false) };
    let lost = Ending::Failed {
        code: "WORKER_LOST".into(),
        message: "Whoever worked on it is gone.".into(),
        trace_id: None,
        is_final: false,
    };
    end(tx, job, lost, now).await?;
    Ok(true)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lease(n: u128) -> Lease {
        Lease { dealership: Uuid::nil(), job: Uuid::from_u128(n), lease: Uuid::from_u128(n) }
    }

    #[test]
    fn silence_is_counted_by_the_own_stopwatch() {
        let (mut watched, begun) = (Watched::default(), Instant::now());
        let mut look = |seconds, seen: &[(Lease, i64)]| {
            watched.look(seen, Duration::from_secs(15), begun + Duration::from_secs(seconds))
        };
        assert!(look(0, &[(lease(1), 5), (lease(2), 5)]).is_empty());
        // One shows life, one is new.
        assert!(look(14, &[(lease(1), 6), (lease(2), 5), (lease(3), 0)]).is_empty());
        assert_eq!(look(15, &[(lease(1), 6), (lease(2), 5), (lease(3), 0)]), [(lease(2), 5)]);
        // Another attempt is another lease.
        let again = Lease { lease: Uuid::from_u128(9), ..lease(2) };
        assert!(look(16, &[(again, 5)]).is_empty());
        assert_eq!(watched.0.len(), 1, "what is over is forgotten");
    }
}

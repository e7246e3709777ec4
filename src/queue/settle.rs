//! What came of a job.

use std::borrow::Cow;

use chrono::{DateTime, Utc};
use entity::job::{Column, Entity, Model, State};
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, QueryFilter};

use super::{Lease, RUNNING, backoff, tell};
use crate::database::Tx;
use crate::error::{Error, Result};

/// How an attempt ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Ending {
    /// It is done.
    Done {
        /// What came of it, for people.
        result: Option<String>,
    },
    /// It failed.
    Failed {
        /// Stable, for programs.
        code: Cow<'static, str>,
        /// For people.
        message: Cow<'static, str>,
        /// Of the attempt.
        trace_id: Option<String>,
        /// Whether it would fail again.
        is_final: bool,
    },
    /// It was called off.
    Cancelled,
    /// It was left where it was, for another worker to begin anew.
    Released,
}

/// Writes down how attempts ended. Whoever lost the lease changes nothing.
pub async fn settle(tx: &Tx, ended: &[(Model, Ending)], now: DateTime<Utc>) -> Result<()> {
    let is_plain = |ending: &Ending| *ending == Ending::Done { result: None };
    let (plain, others): (Vec<_>, Vec<_>) = ended.iter().partition(|(_, ending)| is_plain(ending));
    let plain: Vec<_> = plain.into_iter().map(|(job, _)| job).collect();
    if !plain.is_empty() {
        let update = tx
            .scope()
            .update::<Entity>()
            .col_expr(Column::State, Expr::value("DONE"))
            .col_expr(Column::UniqueKey, Expr::cust("case when is_once then unique_key end"))
            .col_expr(Column::EndedAt, Expr::value(now))
            .col_expr(Column::Step, Expr::cust("coalesce(steps, step)"))
            .filter(Expr::cust(RUNNING))
            .filter(Column::DealershipId.is_in(plain.iter().map(|job| job.dealership_id)))
            .filter(Column::Id.is_in(plain.iter().map(|job| job.id)))
            .filter(Column::Lease.is_in(plain.iter().map(|job| job.lease)));
        let freed = [Column::Worker, Column::Lease, Column::ErrorCode, Column::ErrorMessage, Column::TraceId];
        let update = freed.into_iter().fold(update, |update, column| update.col_expr(column, Expr::cust("null")));
        tx.update(update).await?;
        tell(tx, plain.into_iter());
    }
    for (job, ending) in others {
        if let Some(job) = tx.one_locked(leased(tx.select::<Entity>(), Lease::of(job))).await? {
            end(tx, job, ending.clone(), now).await?;
        }
    }
    Ok(())
}

/// Writes down that a job is done in the transaction that holds what it did: both last or neither. Gives it back where
/// another worker has it by now.
///
/// # Errors
/// `CONFLICT` when the lease was lost; nothing of it may last then.
pub async fn finish(tx: &Tx, of: Lease, result: Option<String>, now: DateTime<Utc>) -> Result<()> {
    let job = tx.one_locked(leased(tx.select::<Entity>(), of)).await?.ok_or(Error::Conflict)?;
    end(tx, job, Ending::Done { result }, now).await
}

/// Ends an attempt at a locked job.
pub(super) async fn end(tx: &Tx, job: Model, ending: Ending, now: DateTime<Utc>) -> Result<()> {
    let free = Model { worker: None, lease: None, ..job };
    let over = |state| Model {
        state,
        ended_at: Some(now),
        unique_key: free.unique_key.clone().filter(|_| free.is_once),
        ..free.clone()
    };
    let job = match ending {
        Ending::Done { result } => {
            let step = free.steps.unwrap_or(free.step);
            Model { result, step, error_code: None, error_message: None, trace_id: None, ..over(State::Done) }
        }
        Ending::Cancelled => over(State::Cancelled),
        Ending::Released => Model { state: State::Ready, attempts: free.attempts.saturating_sub(1), ..free },
        Ending::Failed { code, message, trace_id, is_final } => {
            let is_over = is_final || free.attempts >= free.most_attempts;
            let next = match () {
                () if free.is_cancelling => over(State::Cancelled),
                () if is_over => over(State::Failed),
                () => {
                    let run_at = Some(now + backoff::after(free.attempts));
                    Model { state: State::Waiting, run_at, ..free.clone() }
                }
            };
            let (error_code, error_message) = (Some(code.into_owned()), Some(message.into_owned()));
            Model { error_code, error_message, trace_id, ..next }
        }
    };
    tx.save::<Entity>(job).await
}

/// A statement about one attempt at one job.
pub(super) fn leased<S: QueryFilter>(statement: S, of: Lease) -> S {
    statement
        .filter(Expr::cust(RUNNING))
        .filter(Column::DealershipId.eq(of.dealership))
        .filter(Column::Id.eq(of.job))
        .filter(Column::Lease.eq(of.lease))
}

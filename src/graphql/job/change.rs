//! Asking for work, calling it off, trying it again.

use async_graphql::{Context, ID, InputObject, Object};

use super::super::change::{named, named_if, payload};
use super::super::context::cx;
use super::super::date::Date;
use super::super::global_id::Tag;
use super::Job;
use crate::error::Result;
use crate::service::job::{CancelJob, RebuildKeyFigures, RetryJob};

/// Key figures to make anew.
#[derive(InputObject)]
pub(in crate::graphql) struct RebuildKeyFiguresInput {
    /// Those of one branch alone; left out: all that you act in.
    branch: Option<ID>,
    /// Those of the month of this day alone; left out: all of them.
    month: Option<Date>,
}

/// A job to call off.
#[derive(InputObject)]
pub(in crate::graphql) struct CancelJobInput {
    /// Which.
    job: ID,
}

/// A job to begin anew.
#[derive(InputObject)]
pub(in crate::graphql) struct RetryJobInput {
    /// Which: one that was given up or called off.
    job: ID,
}

payload! {
    /// What became of a job.
    JobPayload {
        /// The job; null when it was refused.
        job: Job
    }
}

impl RebuildKeyFiguresInput {
    fn resolve(self) -> Result<RebuildKeyFigures> {
        let Self { branch, month } = self;
        Ok(RebuildKeyFigures {
            branch: named_if(Tag::Branch, "branch", branch.as_ref())?,
            month: month.map(|day| day.0),
        })
    }
}

impl CancelJobInput {
    fn resolve(self) -> Result<CancelJob> {
        Ok(CancelJob { job: named(Tag::Job, "job", &self.job)? })
    }
}

impl RetryJobInput {
    fn resolve(self) -> Result<RetryJob> {
        Ok(RetryJob { job: named(Tag::Job, "job", &self.job)? })
    }
}

#[derive(Default)]
pub(in crate::graphql) struct JobMutation;

#[Object]
impl JobMutation {
    /// Has key figures made anew from the documents, as `forecourt kpi rebuild` does. The same request while it is under way
    /// gives the same job.
    async fn rebuild_key_figures(
        &self,
        ctx: &Context<'_>,
        input: RebuildKeyFiguresInput,
    ) -> async_graphql::Result<JobPayload> {
        let cx = cx(ctx);
        Ok(JobPayload::of(cx, cx.change(input.resolve(), None).await?).await?)
    }

    /// Calls a job off. One that is being done is stopped within a few seconds, and leaves nothing half done.
    async fn cancel_job(&self, ctx: &Context<'_>, input: CancelJobInput) -> async_graphql::Result<JobPayload> {
        let cx = cx(ctx);
        Ok(JobPayload::of(cx, cx.change(input.resolve(), None).await?).await?)
    }

    /// Lets a job that was given up or called off begin anew, with all of its attempts.
    async fn retry_job(&self, ctx: &Context<'_>, input: RetryJobInput) -> async_graphql::Result<JobPayload> {
        let cx = cx(ctx);
        Ok(JobPayload::of(cx, cx.change(input.resolve(), None).await?).await?)
    }
}

//! Work that is done later.

mod change;

pub(super) use change::{JobMutation, JobPayload};

use async_graphql::{Context, Enum, ID, InputObject, Object, SimpleObject};
use chrono::{DateTime, Utc};
use entity::job::Column;

use super::branch::Branch;
use super::connection::{PageArgs, Rows, connect};
use super::context::cx;
use super::dealership::Dealership;
use super::document::Document;
use super::eager::Eager;
use super::global_id::{self, Tag};
use super::node::noun;
use super::staff_member::StaffMember;
use crate::error::Result;
use crate::scope::Actor;
use crate::store::load::Key;
use crate::store::{Order, job};

noun! {
    /// A job.
    Job of job, by job
}

/// Where a job stands.
#[derive(Enum, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "entity::job::State")]
pub(super) enum JobState {
    /// For a time that has not come: a retry, or something that was asked for later.
    Waiting,
    /// For a worker that has time.
    Ready,
    /// It is being done.
    Running,
    /// It is done.
    Done,
    /// It was given up; `retryJob` lets it begin anew.
    Failed,
    /// It was called off.
    Cancelled,
}

/// Why an attempt at a job failed.
#[derive(SimpleObject)]
pub(super) struct JobError {
    /// For programs.
    code: String,
    /// For people.
    message: String,
    /// The trace of the attempt, for whoever operates the installation.
    trace_id: Option<String>,
}

impl Job {
    fn key(&self) -> Key {
        Key { dealership: self.0.dealership_id, id: self.0.id }
    }
}

/// Work that is done later, in the scope of whoever asked for it.
#[Object]
impl Job {
    /// Global id.
    pub(super) async fn id(&self) -> ID {
        global_id::encode(Tag::Job, self.key())
    }

    /// What is done, e.g. `rebuild_figures`.
    async fn kind(&self) -> &str {
        &self.0.kind
    }

    /// Where it stands.
    async fn state(&self) -> JobState {
        self.0.state.into()
    }

    /// Whether it will be stopped: it was called off while it was being done.
    async fn is_cancelling(&self) -> bool {
        self.0.is_cancelling && !self.0.state.is_over()
    }

    /// How many of `steps` are done.
    async fn step(&self) -> i64 {
        self.0.step
    }

    /// How many there are; null while that is not known.
    async fn steps(&self) -> Option<i64> {
        self.0.steps
    }

    /// How often it was begun.
    async fn attempts(&self) -> i32 {
        self.0.attempts
    }

    /// How often it is begun at most.
    async fn most_attempts(&self) -> i32 {
        self.0.most_attempts
    }

    /// When a waiting one becomes ready.
    async fn run_at(&self) -> Option<DateTime<Utc>> {
        self.0.run_at
    }

    /// What came of it, in a sentence.
    async fn result(&self) -> Option<&str> {
        self.0.result.as_deref()
    }

    /// Why the last attempt failed.
    async fn error(&self) -> Option<JobError> {
        let (code, message) = self.0.error_code.clone().zip(self.0.error_message.clone())?;
        Some(JobError { code, message, trace_id: self.0.trace_id.clone() })
    }

    /// The document that it made, once it is done.
    async fn document(&self, ctx: &Context<'_>) -> async_graphql::Result<Option<Eager<Document>>> {
        let cx = cx(ctx);
        Ok(cx.children(cx.loaders().documents_of_job(), self.key()).await?.pop())
    }

    /// Whether you asked for it.
    async fn is_mine(&self, ctx: &Context<'_>) -> async_graphql::Result<bool> {
        Ok(matches!(cx(ctx).scope()?.actor(), Actor::User(user) if self.0.user_id == Some(*user)))
    }

    /// Who asked for it; null for head office and for the installation itself.
    async fn asked_by(&self, ctx: &Context<'_>) -> async_graphql::Result<Option<Eager<StaffMember>>> {
        Ok(cx(ctx).follow(self.0.dealership_id, self.0.asked_by_id).await?)
    }

    /// When it was asked for.
    async fn created_at(&self) -> DateTime<Utc> {
        self.0.created_at
    }

    /// When it was last begun.
    async fn started_at(&self) -> Option<DateTime<Utc>> {
        self.0.started_at
    }

    /// When it was done, given up or called off.
    async fn ended_at(&self) -> Option<DateTime<Utc>> {
        self.0.ended_at
    }

    /// The branch it concerns; null where it concerns all of them.
    async fn branch(&self, ctx: &Context<'_>) -> async_graphql::Result<Option<Eager<Branch>>> {
        Ok(cx(ctx).follow(self.0.dealership_id, self.0.branch_id).await?)
    }

    /// The dealership it concerns; null for the installation's own.
    async fn dealership(&self, ctx: &Context<'_>) -> async_graphql::Result<Option<Eager<Dealership>>> {
        Ok(cx(ctx).follow(self.0.dealership_id, Some(self.0.dealership_id)).await?)
    }
}

/// Which jobs; absent parts do not narrow.
#[derive(InputObject, Default)]
pub(super) struct JobFilter {
    /// In this dealership.
    dealership: Option<ID>,
    /// Of this branch.
    branch: Option<ID>,
    /// In one of these states.
    state: Option<Vec<JobState>>,
    /// Of this kind, e.g. `rebuild_figures`.
    kind: Option<String>,
}

impl JobFilter {
    fn resolve(self) -> Result<job::Filter> {
        let Self { dealership, branch, state, kind } = self;
        Ok(job::Filter {
            dealership: global_id::row(Tag::Dealership, dealership.as_ref())?,
            branch: global_id::row(Tag::Branch, branch.as_ref())?,
            state: state.map(|states| states.into_iter().map(Into::into).collect()),
            kind,
        })
    }
}

#[derive(Default)]
pub(super) struct JobQuery;

#[Object]
impl JobQuery {
    /// Work that is done later, the newest first. Remembered for some weeks after it is over.
    async fn jobs(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "At most so many rows from the list's beginning, 0 to 100; 20 if left out.")] first: Option<
            i32,
        >,
        #[graphql(desc = "Only rows behind this cursor.")] after: Option<String>,
        #[graphql(desc = "At most so many rows from the list's end.")] last: Option<i32>,
        #[graphql(desc = "Only rows before this cursor.")] before: Option<String>,
        #[graphql(desc = "Which ones.")] filter: Option<JobFilter>,
    ) -> async_graphql::Result<Rows<Job>> {
        let cx = cx(ctx);
        let query = job::query(&*cx.tx().await?, &filter.unwrap_or_default().resolve()?);
        let order = Order { by: Column::CreatedAt, descending: true };
        connect(cx, PageArgs { first, after, last, before }, query, order).await
    }
}

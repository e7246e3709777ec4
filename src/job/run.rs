//! One attempt at a job, as whoever does it sees it.

use std::borrow::Cow;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use uuid::Uuid;

use crate::app::App;
use crate::database::{Limit, Tx};
use crate::error::{Error, Result};
use crate::queue::{self, Lease, Step};
use crate::scope::Scope;

/// No steps are known yet.
const UNKNOWN: i64 = -1;

/// One attempt at a job.
#[derive(Clone)]
pub struct Run {
    app: Arc<App>,
    scope: Scope,
    lease: Lease,
    attempt: i32,
    progress: Arc<Progress>,
}

/// How an attempt went well.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// It is done; the worker writes that down.
    Done {
        /// What came of it, for people.
        result: Option<String>,
    },
    /// It is done, and that was written down with what was done ([`Run::finish`]).
    Finished,
}

/// Why an attempt failed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure {
    /// Stable, for programs.
    pub code: Cow<'static, str>,
    /// For people.
    pub message: Cow<'static, str>,
    /// Whether it would fail again.
    pub is_final: bool,
}

/// How far an attempt is. Kept in the process, and written down by the worker now and then: the attempt may hold SQLite's one
/// writer itself.
pub(super) struct Progress {
    step: AtomicI64,
    steps: AtomicI64,
    told: AtomicI64,
}

impl Run {
    pub(super) fn new(app: Arc<App>, scope: Scope, lease: Lease, attempt: i32, progress: Arc<Progress>) -> Self {
        Self { app, scope, lease, attempt, progress }
    }

    /// The running installation.
    pub fn app(&self) -> &Arc<App> {
        &self.app
    }

    /// What it may.
    pub fn scope(&self) -> &Scope {
        &self.scope
    }

    /// Which attempt it is, from one on.
    pub fn attempt(&self) -> i32 {
        self.attempt
    }

    /// The job that it is one at.
    pub fn job(&self) -> Uuid {
        self.lease.job
    }

    /// Opens a transaction that only reads, for as long as it takes.
    pub async fn read(&self) -> Result<Tx> {
        self.app.read_within(self.scope.clone(), Limit::None).await
    }

    /// Opens a transaction that may write, for as long as it takes.
    pub async fn write(&self) -> Result<Tx> {
        self.app.write_within(self.scope.clone(), Limit::None).await
    }

    /// Tells how much is done, and of how much.
    pub fn tell(&self, step: i64, steps: Option<i64>) {
        self.progress.step.store(step, Ordering::Relaxed);
        self.progress.steps.store(steps.unwrap_or(UNKNOWN), Ordering::Relaxed);
    }

    /// Makes what was done last, and the job's end with it: both or neither, however often it is tried.
    ///
    /// # Errors
    /// `CONFLICT` when another worker has the job by now; nothing was done then.
    pub async fn finish(&self, tx: Tx, result: Option<String>) -> Result<Outcome> {
        match queue::finish(&tx, self.lease, result, self.app.now()).await {
            Ok(()) => tx.commit().await.map(|()| Outcome::Finished),
            Err(error) => tx.rollback().await.and(Err(error)),
        }
    }
}

impl Progress {
    /// Of an attempt that begins.
    pub(super) fn begin() -> Arc<Self> {
        Arc::new(Self { step: AtomicI64::new(0), steps: AtomicI64::new(UNKNOWN), told: AtomicI64::new(0) })
    }

    /// What was not written down yet.
    pub(super) fn news(&self, of: Lease) -> Option<Step> {
        let (step, steps) = (self.step.load(Ordering::Relaxed), self.steps.load(Ordering::Relaxed));
        let is_new = self.told.swap(step, Ordering::Relaxed) != step;
        is_new.then_some(Step { of, step, steps: Some(steps).filter(|steps| *steps != UNKNOWN) })
    }
}

impl Failure {
    /// One that comes back however often it is tried.
    pub fn for_good(code: &'static str, message: impl Into<Cow<'static, str>>) -> Self {
        Self { code: code.into(), message: message.into(), is_final: true }
    }

    /// One that may pass.
    pub fn for_now(code: &'static str, message: impl Into<Cow<'static, str>>) -> Self {
        Self { code: code.into(), message: message.into(), is_final: false }
    }

    pub(super) fn unreadable() -> Self {
        Self::for_good("JOB_UNREADABLE", "This release cannot read what is to be done.")
    }
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        let may_pass = matches!(
            error,
            Error::Internal(_)
                | Error::Conflict
                | Error::Overloaded
                | Error::DeadlineExceeded
                | Error::InProgress
                | Error::ProviderUnavailable
        );
        if let Error::Internal(cause) = &error {
            tracing::error!(cause = format!("{cause:#}"), "a job failed");
        }
        Self { code: error.code().into(), message: error.to_string().into(), is_final: !may_pass }
    }
}

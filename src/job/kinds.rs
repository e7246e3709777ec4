//! What a worker can do.

use std::collections::BTreeMap;
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

use super::run::{Failure, Outcome, Run};
use crate::queue::{ArchiveBills, RebuildFigures, Rehearse, SendMail, Sweep, Task, VerifyFigures};

/// How a task is done.
pub trait Work: Task {
    /// How long an attempt may take; one that takes longer has failed.
    const PATIENCE: Duration = Duration::from_secs(15 * 60);

    /// Does it. Dropped in the middle when it is called off, or when the worker stops.
    fn work(self, run: Run) -> impl Future<Output = Result<Outcome, Failure>> + Send;
}

/// All tasks that a worker can do, by name.
#[derive(Default)]
pub struct Kinds(BTreeMap<&'static str, Kind>);

/// How tasks of one name are done.
#[derive(Clone)]
pub(super) struct Kind {
    pub(super) patience: Duration,
    work: Arc<Begin>,
}

/// How a task is begun that was written down as this text.
type Begin = dyn Fn(Run, &str) -> Working + Send + Sync;

/// A task that is being done.
pub(super) type Working = Pin<Box<dyn Future<Output = Result<Outcome, Failure>> + Send>>;

impl Kinds {
    /// All of this release.
    pub fn all() -> Self {
        Self::default()
            .and::<RebuildFigures>()
            .and::<VerifyFigures>()
            .and::<Sweep>()
            .and::<SendMail>()
            .and::<Rehearse>()
            .and::<ArchiveBills>()
    }

    /// One more.
    #[must_use]
    pub fn and<W: Work>(mut self) -> Self {
        let work = |run: Run, payload: &str| -> Working {
            match serde_json::from_str::<W>(payload) {
                Ok(task) => Box::pin(task.work(run)),
                Err(error) => {
                    tracing::error!(kind = W::KIND, cause = %error, "a job that cannot be read");
                    Box::pin(std::future::ready(Err(Failure::unreadable())))
                }
            }
        };
        self.0.insert(W::KIND, Kind { patience: W::PATIENCE, work: Arc::new(work) });
        self
    }

    pub(super) fn names(&self) -> Vec<&'static str> {
        self.0.keys().copied().collect()
    }

    pub(super) fn get(&self, name: &str) -> Option<(&'static str, Kind)> {
        self.0.get_key_value(name).map(|(name, kind)| (*name, kind.clone()))
    }
}

impl Kind {
    pub(super) fn work(&self, run: Run, payload: &str) -> Working {
        (self.work)(run, payload)
    }
}

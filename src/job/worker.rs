//! A worker: takes jobs, does them side by side, shows that it lives, and writes down what came of them.

use std::collections::HashMap;
use std::panic::AssertUnwindSafe;
use std::sync::Arc;
use std::time::Duration;

use chrono::{DateTime, Utc};
use entity::job::Model;
use futures_util::FutureExt;
use tokio::sync::{Notify, oneshot};
use tokio::task::{AbortHandle, JoinSet};
use tokio::time::{Instant, MissedTickBehavior, interval, timeout, timeout_at};
use uuid::Uuid;

use super::kinds::{Kind, Kinds};
use super::run::{Outcome, Progress, Run};
use super::schedule::Schedule;
use crate::app::App;
use crate::auth;
use crate::crypto;
use crate::database::Limit;
use crate::error::{Error, Result};
use crate::event::What;
use crate::queue::{self, Ending, Lease, Watched};
use crate::scope::Scope;
use crate::telemetry::{Later, metric};

/// How often the clock is asked whether something is due.
const CLOCK: Duration = Duration::from_secs(20);

/// After how long a listener that was cut off listens again.
const DEAF: Duration = Duration::from_secs(1);

/// Beats of a lease: so many may be missed.
const BEATS: u32 = 5;

/// Does jobs until it is stopped.
pub struct Worker {
    app: Arc<App>,
    kinds: Kinds,
    id: Uuid,
    /// The dealership whose turn was the last.
    turn: Option<Uuid>,
    under_way: HashMap<Lease, UnderWay>,
    tasks: JoinSet<(Lease, Ending)>,
    /// What is over and not written down yet.
    ended: Vec<(Model, Ending)>,
    watched: Watched,
    schedule: Schedule,
}

/// A job that is being done.
struct UnderWay {
    job: Model,
    progress: Arc<Progress>,
    /// Stops it, and says how it ended then.
    stop: Option<oneshot::Sender<Ending>>,
}

/// Wakes a worker when jobs are asked for; ends with this.
struct Ear(AbortHandle);

impl Drop for Ear {
    fn drop(&mut self) {
        self.0.abort();
    }
}

impl Worker {
    /// One that can do these tasks.
    pub fn new(app: Arc<App>, kinds: Kinds) -> Self {
        Self {
            app,
            kinds,
            id: Uuid::from_bytes(crypto::random()),
            turn: None,
            under_way: HashMap::new(),
            tasks: JoinSet::new(),
            ended: Vec::new(),
            watched: Watched::default(),
            schedule: Schedule::default(),
        }
    }

    /// Works until `stop`; then takes nothing more, and waits a while for what is under way. What is not done by then is
    /// left to others.
    pub async fn run(mut self, stop: impl Future<Output = ()>) {
        let mut stop = std::pin::pin!(stop);
        let told = Arc::new(Notify::new());
        let _ear = listen(&self.app, &told);
        let every = |period: Duration| {
            let mut ticks = interval(period);
            ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
            ticks
        };
        let (lease, poll) = (self.lease(), Duration::from_secs(self.app.jobs().poll_seconds.get().into()));
        let (mut look, mut beat, mut clock) = (every(poll), every(lease / BEATS), every(CLOCK));
        let mut is_hungry = true;
        loop {
            if is_hungry || !self.ended.is_empty() {
                is_hungry = false;
                heed("cannot take jobs", self.take().await);
            }
            tokio::select! {
                Some(over) = self.tasks.join_next() => {
                    self.over(over.ok());
                    while let Some(over) = self.tasks.try_join_next() {
                        self.over(over.ok());
                    }
                    is_hungry = true;
                }
                () = told.notified() => is_hungry = true,
                _ = look.tick() => {
                    heed("cannot look for jobs", self.look().await);
                    is_hungry = true;
                }
                _ = beat.tick() => heed("cannot show that jobs are worked on", self.beat(lease).await),
                _ = clock.tick() => heed("cannot ask for what is due", self.schedule.look(&self.app).await),
                () = &mut stop => break,
            }
        }
        self.drain().await;
    }

    fn lease(&self) -> Duration {
        Duration::from_secs(self.app.jobs().lease_seconds.get().into())
    }

    fn scope() -> Scope {
        Scope::system("the queue")
    }

    /// Writes down what is over, and takes as much as there is room for: in one transaction, so that many small jobs cost
    /// little more than one.
    async fn take(&mut self) -> Result<()> {
        let room = self.app.jobs().at_once.get().saturating_sub(self.under_way.len());
        if room == 0 && self.ended.is_empty() {
            return Ok(());
        }
        let tx = self.app.write_within(Self::scope(), Limit::None).await?;
        let now = self.app.now();
        queue::settle(&tx, &self.ended, now).await?;
        let names = self.kinds.names();
        let taken = match room {
            0 => Vec::new(),
            room => queue::take(&tx, self.id, &names, room, self.turn, now).await?,
        };
        tx.commit().await?;
        self.ended.clear();
        if let Some(last) = taken.last() {
            self.turn = Some(last.dealership_id);
        }
        taken.into_iter().for_each(|job| self.begin(job));
        Ok(())
    }

    /// Lets jobs become ready whose time has come, and counts what waits.
    async fn look(&mut self) -> Result<()> {
        let tx = self.app.write_within(Self::scope(), Limit::None).await?;
        queue::promote(&tx, self.app.now()).await?;
        let due = queue::due(&tx).await?;
        tx.commit().await?;
        for kind in self.kinds.names() {
            let waiting = due.iter().find(|(name, ..)| name == kind);
            metric::due(kind, waiting.map_or(0, |(_, jobs, _)| *jobs));
        }
        let now = self.app.now();
        let age = |since: &DateTime<Utc>| (now - *since).to_std().unwrap_or_default();
        metric::oldest_due(due.iter().map(|(.., since)| age(since)).max().unwrap_or_default());
        Ok(())
    }

    /// Shows that it lives, tells how far jobs are, stops those that are called off or lost, and looks after those of workers
    /// that are gone.
    async fn beat(&mut self, patience: Duration) -> Result<()> {
        let tx = self.app.write_within(Self::scope(), Limit::None).await?;
        if !self.under_way.is_empty() {
            let held = queue::beat(&tx, self.id).await?;
            let news: Vec<_> = self.under_way.iter().filter_map(|(of, job)| job.progress.news(*of)).collect();
            if !news.is_empty() {
                queue::report(&tx, &news).await?;
            }
            for (lease, under_way) in &mut self.under_way {
                let ending = match held.get(lease) {
                    Some(false) => continue,
                    Some(true) => Ending::Cancelled,
                    // It is another worker's now, or over: what is written about it changes nothing.
                    None => Ending::Released,
                };
                under_way.stop(ending);
            }
        }
        let others = queue::others(&tx, self.id).await?;
        for (lease, beat) in self.watched.look(&others, patience, Instant::now()) {
            if queue::rescue(&tx, lease, beat, self.app.now()).await? {
                tracing::warn!(job = %lease.job, "a worker is gone: its job is begun anew");
            }
        }
        tx.commit().await
    }

    fn begin(&mut self, job: Model) {
        let Some((name, kind)) = self.kinds.get(&job.kind) else { return };
        let (lease, progress, (stop, stopped)) = (Lease::of(&job), Progress::begin(), oneshot::channel());
        let attempt = attempt(Arc::clone(&self.app), job.clone(), (name, kind), Arc::clone(&progress), stopped);
        self.tasks.spawn(async move { (lease, attempt.await) });
        self.under_way.insert(lease, UnderWay { job, progress, stop: Some(stop) });
    }

    fn over(&mut self, over: Option<(Lease, Ending)>) {
        let Some((lease, ending)) = over else { return };
        if let Some(UnderWay { job, .. }) = self.under_way.remove(&lease) {
            self.ended.push((job, ending));
        }
    }

    async fn drain(mut self) {
        let until = Instant::now() + Duration::from_secs(self.app.jobs().drain_seconds.into());
        let mut beat = interval(self.lease() / BEATS);
        while !self.tasks.is_empty() {
            tokio::select! {
                over = timeout_at(until, self.tasks.join_next()) => match over {
                    Ok(Some(over)) => self.over(over.ok()),
                    Ok(None) => break,
                    // Dropped: what they have not committed is rolled back.
                    Err(_) => self.under_way.values_mut().for_each(|job| job.stop(Ending::Released)),
                },
                _ = beat.tick() => {
                    heed("cannot show that jobs are worked on", self.beat(self.lease()).await);
                }
            }
        }
        let written = async {
            let tx = self.app.write(Self::scope()).await?;
            queue::settle(&tx, &self.ended, self.app.now()).await?;
            tx.commit().await
        };
        // Whoever watches takes them over in a while.
        heed("cannot write down what came of jobs", written.await);
    }
}

impl UnderWay {
    fn stop(&mut self, ending: Ending) {
        if let Some(stop) = self.stop.take() {
            // It may be over.
            let _ = stop.send(ending);
        }
    }
}

/// Does a job, once; tells how that ended.
async fn attempt(
    app: Arc<App>,
    job: Model,
    (name, kind): (&'static str, Kind),
    progress: Arc<Progress>,
    stopped: oneshot::Receiver<Ending>,
) -> Ending {
    let (later, begun) = (Later::of_nobody(), Instant::now());
    let trace_id = later.trace_id();
    let failed = |code: &'static str, message: &'static str| Ending::Failed {
        code: code.into(),
        message: message.into(),
        trace_id: Some(trace_id.clone()),
        is_final: false,
    };
    let work = async {
        let scope = auth::job_scope(&app, &job).await?;
        let run = Run::new(Arc::clone(&app), scope, Lease::of(&job), job.attempts, progress);
        kind.work(run, &job.payload).await
    };
    let work = AssertUnwindSafe(timeout(kind.patience, work)).catch_unwind();
    let ending = tokio::select! {
        worked = later.run_as(name, work) => match worked {
            Ok(Ok(Ok(Outcome::Done { result }))) => Ending::Done { result },
            Ok(Ok(Ok(Outcome::Finished))) => Ending::Done { result: None },
            Ok(Ok(Err(failure))) => Ending::Failed {
                code: failure.code,
                message: failure.message,
                trace_id: Some(trace_id.clone()),
                is_final: failure.is_final,
            },
            Ok(Err(_)) => failed("TOOK_TOO_LONG", "It took too long and was stopped."),
            Err(_) => failed("INTERNAL", "Something went wrong on our side."),
        },
        Ok(ending) = stopped => ending,
    };
    let outcome = match &ending {
        Ending::Done { .. } => "done",
        Ending::Failed { .. } => "failed",
        Ending::Cancelled => "cancelled",
        Ending::Released => "released",
    };
    metric::worked(name, outcome, begun.elapsed());
    if let Ending::Failed { code, .. } = &ending {
        tracing::warn!(job = %job.id, kind = name, attempt = job.attempts, %code, trace_id, "a job failed");
    }
    ending
}

/// Wakes a worker at what it hears of jobs. Whoever hears nothing looks now and then all the same.
fn listen(app: &Arc<App>, told: &Arc<Notify>) -> Ear {
    let (app, told) = (Arc::clone(app), Arc::clone(told));
    let listening = tokio::spawn(async move {
        loop {
            if let Ok(mut hearing) = app.hear().await {
                // What came while nobody listened was told to nobody.
                told.notify_one();
                while let Ok(event) = hearing.next().await {
                    if matches!(event.what, What::Job(_) | What::Jobs) {
                        told.notify_one();
                    }
                }
            }
            told.notify_one();
            tokio::time::sleep(DEAF).await;
        }
    });
    Ear(listening.abort_handle())
}

/// What fails is tried again at the next occasion.
fn heed(what: &'static str, done: Result<()>) {
    if let Err(error) = done {
        let cause = match &error {
            Error::Internal(cause) => format!("{cause:#}"),
            other => other.to_string(),
        };
        tracing::warn!(cause, "{what}");
    }
}

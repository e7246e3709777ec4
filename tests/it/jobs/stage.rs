//! Tasks for the tests, and workers that do them.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use entity::audit_event;
use entity::job::{Column, Entity, Model, State};
use entity::kind::Source;
use forecourt::app::App;
use forecourt::database::Tx;
use forecourt::job::{Failure, Kinds, Outcome, Run, Work, Worker};
use forecourt::queue::{self, Made, Order, Task};
use forecourt::scope::Scope;
use sea_orm::{ColumnTrait, QueryFilter, QueryOrder, QueryTrait};
use serde::{Deserialize, Serialize};
use tokio::sync::oneshot;
use tokio::task::JoinHandle;
use uuid::Uuid;

use crate::support::Home;
use crate::support::ear::BOUND;

/// Does nothing but say that it was done.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Note {
    /// Whose notes.
    pub(super) test: Uuid,
    pub(super) n: usize,
}

/// Leaves a mark in the audit trail, in one transaction with its end.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Mark {
    pub(super) text: String,
    /// Waits here for as long as this file is there, with the transaction open.
    pub(super) until_gone: Option<String>,
}

/// Goes wrong in one way or another.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) enum Trouble {
    Panics,
    Refused,
    FailsOnce,
    FailsAlways,
}

/// Takes its time, step by step, until it is called off.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Walk {
    pub(super) steps: i64,
    pub(super) millis: u64,
}

/// What was noted, in order.
static NOTES: Mutex<Vec<(Uuid, usize)>> = Mutex::new(Vec::new());

impl Task for Note {
    const KIND: &'static str = "test_note";
}

impl Task for Mark {
    const KIND: &'static str = "test_mark";
}

impl Task for Trouble {
    const KIND: &'static str = "test_trouble";
    const ATTEMPTS: i32 = 3;
}

impl Task for Walk {
    const KIND: &'static str = "test_walk";
}

impl Work for Note {
    async fn work(self, _: Run) -> Result<Outcome, Failure> {
        NOTES.lock().expect("no holder panics").push((self.test, self.n));
        Ok(Outcome::Done { result: None })
    }
}

impl Work for Mark {
    async fn work(self, run: Run) -> Result<Outcome, Failure> {
        let tx = run.write().await?;
        let event = audit_event::Model {
            dealership_id: run.scope().dealership()?,
            id: Uuid::now_v7(),
            branch_id: run.scope().reach_branch(),
            occurred_at: run.app().now(),
            user_id: None,
            action: "test_mark".to_owned(),
            target_type: None,
            target_id: None,
            summary: self.text,
            origin: None,
            source: Source::Live,
            created_at: run.app().now(),
        };
        tx.insert::<audit_event::Entity>(vec![event]).await?;
        if let Some(file) = self.until_gone {
            std::fs::write(format!("{file}.begun"), "").expect("a file");
            while std::path::Path::new(&file).exists() {
                tokio::time::sleep(Duration::from_millis(5)).await;
            }
        }
        Ok(run.finish(tx, Some("marked".to_owned())).await?)
    }
}

impl Work for Trouble {
    async fn work(self, run: Run) -> Result<Outcome, Failure> {
        match self {
            Self::Panics => panic!("as it was asked to"),
            Self::Refused => Err(Failure::for_good("TEST_REFUSED", "It will not do.")),
            Self::FailsOnce if run.attempt() > 1 => Ok(Outcome::Done { result: None }),
            Self::FailsOnce | Self::FailsAlways => Err(Failure::for_now("TEST_FAILED", "Not now.")),
        }
    }
}

impl Work for Walk {
    async fn work(self, run: Run) -> Result<Outcome, Failure> {
        for step in 0..self.steps {
            run.tell(step, Some(self.steps));
            tokio::time::sleep(Duration::from_millis(self.millis)).await;
        }
        Ok(Outcome::Done { result: Some(format!("{} steps", self.steps)) })
    }
}

/// What workers of the tests can do.
pub(super) fn kinds() -> Kinds {
    Kinds::all().and::<Note>().and::<Mark>().and::<Trouble>().and::<Walk>()
}

/// What a test's notes say, in order.
pub(super) fn notes(test: Uuid) -> Vec<usize> {
    let notes = NOTES.lock().expect("no holder panics");
    notes.iter().filter(|(own, _)| *own == test).map(|(_, n)| *n).collect()
}

/// A worker in a task; it drains when it is stopped.
pub(crate) struct Working {
    stop: oneshot::Sender<()>,
    runs: JoinHandle<()>,
}

impl Working {
    pub(crate) fn start(app: &Arc<App>) -> Self {
        let (stop, stopped) = oneshot::channel();
        let worker = Worker::new(Arc::clone(app), kinds());
        let runs = tokio::spawn(worker.run(async move {
            let _ = stopped.await;
        }));
        Self { stop, runs }
    }

    pub(crate) async fn stop(self) {
        let _ = self.stop.send(());
        tokio::time::timeout(BOUND, self.runs).await.expect("it drains").expect("it does not panic");
    }

    /// Ends as a process does that is killed: nothing is written down.
    pub(super) fn kill(self) {
        self.runs.abort();
    }
}

/// A process that takes others for gone after a second, and does so many jobs at a time.
pub(super) async fn hasty(home: &Home, at_once: usize) -> Arc<App> {
    home.process_with(|config| {
        config.jobs.lease_seconds = 1.try_into().expect("not zero");
        config.jobs.poll_seconds = 1.try_into().expect("not zero");
        config.jobs.drain_seconds = 1;
        config.jobs.at_once = at_once.try_into().expect("not zero");
    })
    .await
}

/// A process that does so many jobs at a time and takes nobody for gone, however slow the machine is: the clock of the tests
/// stands still, so that a job would wait for ever for its next attempt.
pub(super) async fn steady(home: &Home, at_once: usize) -> Arc<App> {
    home.process_with(|config| {
        config.jobs.lease_seconds = 3_600.try_into().expect("not zero");
        config.jobs.poll_seconds = 1.try_into().expect("not zero");
        config.jobs.at_once = at_once.try_into().expect("not zero");
    })
    .await
}

/// A transaction of the installation's.
pub(super) async fn tx(app: &App) -> Tx {
    app.write(Scope::system("test")).await.expect("a transaction")
}

/// Asks for a job.
pub(super) async fn ask(app: &App, order: Order) -> Uuid {
    let tx = tx(app).await;
    let made = queue::enqueue(&tx, order, app.now()).await.expect("asked");
    tx.commit().await.expect("committed");
    match made {
        Made::New(id) | Made::Known(id) => id,
    }
}

/// The jobs of a kind, the oldest first.
pub(super) async fn jobs<T: Task>(app: &App) -> Vec<Model> {
    let tx = app.read(Scope::system("test")).await.expect("a transaction");
    let query = tx.select::<Entity>().filter(Column::Kind.eq(T::KIND)).order_by_asc(Column::Id);
    tx.all(query).await.expect("rows")
}

pub(super) async fn job(app: &App, id: Uuid) -> Model {
    let tx = app.read(Scope::system("test")).await.expect("a transaction");
    tx.one(tx.select::<Entity>().filter(Column::Id.eq(id))).await.expect("a query").expect("the job")
}

/// How many jobs of a kind are in a state.
pub(super) async fn count<T: Task>(app: &App, state: State) -> u64 {
    let tx = app.read(Scope::system("test")).await.expect("a transaction");
    let query = tx.select::<Entity>().filter(Column::Kind.eq(T::KIND)).filter(Column::State.eq(state));
    tx.count(query.into_query()).await.expect("a count")
}

/// The marks in the audit trail.
pub(super) async fn marks(app: &App) -> Vec<String> {
    let tx = app.read(Scope::system("test")).await.expect("a transaction");
    let query = tx.select::<audit_event::Entity>().filter(audit_event::Column::Action.eq("test_mark"));
    tx.all(query).await.expect("rows").into_iter().map(|event| event.summary).collect()
}

/// Waits until a job is in a state.
pub(super) async fn until(app: &App, id: Uuid, state: State) -> Model {
    let begun = std::time::Instant::now();
    loop {
        let job = job(app, id).await;
        if job.state == state {
            return job;
        }
        assert!(begun.elapsed() < 3 * BOUND, "{job:?} does not become {state:?}");
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
}

//! `forecourt work`

mod rehearse;

use std::sync::Arc;

use forecourt::app::{App, Schema};
use forecourt::config::Config;
use forecourt::job::{Kinds, Worker};
use tokio::signal::unix::{SignalKind, signal};
use tokio::sync::oneshot;
use tokio::task::JoinHandle;

use super::serve;

#[derive(clap::Args)]
pub(crate) struct Args {
    /// Do so many jobs that are nothing, tell how fast that was, and end.
    #[arg(long, value_name = "JOBS", value_parser = clap::value_parser!(u64).range(1..=1_000_000))]
    rehearse: Option<u64>,
    /// Workers that share a rehearsal.
    #[arg(long, default_value_t = 2, requires = "rehearse", value_parser = clap::value_parser!(u8).range(1..=64))]
    workers: u8,
}

pub(crate) async fn run(config: &Config, args: &Args) -> anyhow::Result<()> {
    if let Some(jobs) = args.rehearse {
        return rehearse::run(config, jobs, args.workers).await;
    }
    let app = Arc::new(App::open(config, Schema::Require).await?);
    app.require_bound_login(&config.database).await?;
    let (mut interrupt, mut terminate) = (signal(SignalKind::interrupt())?, signal(SignalKind::terminate())?);
    serve::show_figures(&app, config).await?;
    println!("Working (Ctrl-C ends it when what is under way is done)");
    let stop = async move {
        tokio::select! {
            _ = interrupt.recv() => {}
            _ = terminate.recv() => {}
        }
    };
    Worker::new(Arc::clone(&app), Kinds::all()).run(stop).await;
    if let Some(app) = Arc::into_inner(app) {
        app.close().await?;
    }
    Ok(())
}

/// Works in this process for as long as `serving` takes, and finishes what is under way then.
pub(crate) async fn beside<T>(app: &Arc<App>, serving: impl Future<Output = T>) -> T {
    let worker = Working::start(app);
    let served = serving.await;
    worker.stop().await;
    served
}

/// A worker in a task of its own.
struct Working {
    /// Told by being dropped.
    stop: oneshot::Sender<()>,
    task: JoinHandle<()>,
}

impl Working {
    fn start(app: &Arc<App>) -> Self {
        let (stop, stopped) = oneshot::channel();
        let worker = Worker::new(Arc::clone(app), Kinds::all());
        let task = tokio::spawn(worker.run(async move {
            let _ = stopped.await;
        }));
        Self { stop, task }
    }

    async fn stop(self) {
        drop(self.stop);
        if let Err(error) = self.task.await {
            tracing::error!(cause = %error, "the worker ended before it was stopped");
        }
    }
}

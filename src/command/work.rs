//! `forecourt work`

use std::sync::Arc;

use forecourt::app::{App, Schema};
use forecourt::config::Config;
use forecourt::job::{Kinds, Worker};
use tokio::signal::unix::{SignalKind, signal};
use tokio::sync::oneshot;

use super::serve;

pub(crate) async fn run(config: &Config) -> anyhow::Result<()> {
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
    let (stop, stopped) = oneshot::channel::<()>();
    let worker = Worker::new(Arc::clone(app), Kinds::all());
    let working = tokio::spawn(worker.run(async move {
        // Told, or dropped.
        let _ = stopped.await;
    }));
    let served = serving.await;
    drop(stop);
    if let Err(error) = working.await {
        tracing::error!(cause = %error, "the worker ended before it was stopped");
    }
    served
}

//! `forecourt serve`

use std::sync::Arc;
use std::time::Duration;

use anyhow::Context;
use forecourt::app::{App, Schema};
use forecourt::auth;
use forecourt::config::Config;
use forecourt::http;
use secrecy::ExposeSecret;
use tokio::net::TcpListener;
use tokio::signal::unix::{SignalKind, signal};

#[derive(clap::Args)]
pub(crate) struct Args {
    /// Address and port; 127.0.0.1:8080 by default.
    #[arg(long, value_name = "ADDR")]
    pub(crate) listen: Option<String>,
}

pub(crate) async fn run(config: &Config) -> anyhow::Result<()> {
    let app = Arc::new(App::open(config, Schema::Require).await?);
    app.require_bound_login(&config.database).await?;
    let listener = listen(config).await?;
    println!("GraphQL and GraphiQL at http://{}/graphql", listener.local_addr()?);
    if let Some(token) = auth::setup_token(&app).await? {
        println!(
            "Nobody can sign in yet. Make the first administrator with the mutation setUp, within a day, and this token: {}",
            token.expose_secret()
        );
    }
    until_stopped(app, config, listener).await
}

pub(crate) async fn listen(config: &Config) -> anyhow::Result<TcpListener> {
    let address = config.http.listen;
    TcpListener::bind(address).await.with_context(|| format!("cannot listen on {address} (http.listen, --listen)"))
}

/// Serves until SIGINT or SIGTERM, then answers what is under way.
pub(crate) async fn until_stopped(app: Arc<App>, config: &Config, listener: TcpListener) -> anyhow::Result<()> {
    let (mut interrupt, mut terminate) = (signal(SignalKind::interrupt())?, signal(SignalKind::terminate())?);
    let notice = Duration::from_secs(config.http.drain_notice_seconds.into());
    show_figures(&app, config).await?;
    let stop = async move {
        tokio::select! {
            _ = interrupt.recv() => Duration::ZERO,
            _ = terminate.recv() => notice,
        }
    };
    Ok(http::serve(app, &config.http, listener, stop).await?)
}

/// Answers `/metrics` where the settings say so.
pub(crate) async fn show_figures(app: &Arc<App>, config: &Config) -> anyhow::Result<()> {
    let Some(address) = config.telemetry.metrics_listen else { return Ok(()) };
    let listener = TcpListener::bind(address).await;
    let listener = listener.with_context(|| format!("cannot listen on {address} (telemetry.metrics_listen)"))?;
    println!("Metrics at http://{}/metrics", listener.local_addr()?);
    tokio::spawn(http::metrics::serve(Arc::clone(app), listener));
    Ok(())
}

//! What operators see of a process: its log, the spans it sends to a collector, and its figures. Nobody's data is in any of
//! them: no argument, no variable, no value of a statement, no header.
//!
//! `http` begins a [`Request`], `graphql` an [`Operation`], `database` a [`statement()`]; a task that goes on for a request is
//! made by [`trace::spawn`].

pub mod metric;
pub mod trace;

mod export;
mod log;
mod operation;
mod request;
mod statement;

use std::sync::OnceLock;
use std::time::Duration;

use anyhow::Context;
use opentelemetry_sdk::trace::SdkTracerProvider;
use tracing_subscriber::Layer;
use tracing_subscriber::layer::SubscriberExt;
use tracing_subscriber::util::SubscriberInitExt;

use crate::config::Config;
pub use operation::{Label, Operation, Told};
pub use request::{Here, Later, Request, asked_by, failed};
pub use statement::statement;

/// The target of spans that are sent to a collector, and of nothing else.
pub(crate) const SPAN: &str = "forecourt::span";

/// How long the last spans may take on their way at the end.
const LAST: Duration = Duration::from_secs(5);

static EXPORTING: OnceLock<()> = OnceLock::new();

/// What is being written and sent, until it is stopped.
pub struct Telemetry(Option<SdkTracerProvider>);

impl Telemetry {
    /// Begins to write the log and to send spans, as the settings say. Once a process.
    ///
    /// # Errors
    /// When the settings are not usable.
    pub fn start(config: &Config) -> anyhow::Result<Self> {
        let collector = config.telemetry.otlp_endpoint.as_ref();
        let provider = collector.map(|collector| export::provider(&config.telemetry, collector)).transpose()?;
        // A list, for whoever is absent from it wants no spans: an absent layer wants all.
        let mut layers = vec![log::layer(&config.log)?];
        layers.extend(provider.as_ref().map(|provider| export::layer(provider).boxed()));
        tracing_subscriber::registry().with(layers).try_init().context("the log was begun before")?;
        if provider.is_some() {
            EXPORTING.get_or_init(|| ());
        }
        Ok(Self(provider))
    }

    /// Sends what is left, as far as the collector takes it.
    pub async fn stop(self) {
        let Some(provider) = self.0 else { return };
        // It waits, and what it waits for runs on this runtime. A collector that is down was told of before.
        let _ = tokio::task::spawn_blocking(move || provider.shutdown_with_timeout(LAST)).await;
    }
}

/// Whether spans are sent anywhere.
pub fn is_exporting() -> bool {
    EXPORTING.get().is_some()
}

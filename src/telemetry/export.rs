//! Spans to a collector, by OTLP over HTTP. What the collector does not take in time is dropped: nothing waits for it.

use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use anyhow::Context;
use opentelemetry::KeyValue;
use opentelemetry::trace::TracerProvider;
use opentelemetry_http::{Bytes, HttpClient, HttpError, Request, Response};
use opentelemetry_otlp::{SpanExporter, WithExportConfig, WithHttpConfig};
use opentelemetry_sdk::Resource;
use opentelemetry_sdk::trace::{Sampler, SdkTracer, SdkTracerProvider};
use reqwest::redirect::Policy;
use reqwest::{Client, Url};
use sea_orm::entity::prelude::async_trait::async_trait;
use tokio::runtime::Handle;
use tracing::{Metadata, Subscriber};
use tracing_opentelemetry::OpenTelemetryLayer;
use tracing_subscriber::Layer;
use tracing_subscriber::filter::filter_fn;
use tracing_subscriber::registry::LookupSpan;
use uuid::Uuid;

use super::{SPAN, metric};
use crate::config;

/// How long the collector may take over a batch.
const TIME: Duration = Duration::from_secs(5);

/// Makes the spans that are sent to `collector`.
///
/// # Errors
/// When the settings are not usable.
pub(super) fn provider(config: &config::Telemetry, collector: &Url) -> anyhow::Result<SdkTracerProvider> {
    let exporter = SpanExporter::builder()
        .with_http()
        .with_http_client(Sender::new()?)
        .with_endpoint(traces(collector))
        .with_timeout(TIME)
        .build()
        .context("the setting `telemetry.otlp_endpoint` is not usable")?;
    let resource = Resource::builder()
        .with_service_name(config.service_name.clone())
        .with_attributes([
            KeyValue::new("service.version", env!("CARGO_PKG_VERSION")),
            KeyValue::new("service.instance.id", instance(config)),
        ])
        .build();
    Ok(SdkTracerProvider::builder()
        .with_resource(resource)
        .with_sampler(sampler(config.sample_ratio))
        // Two thousand spans wait at most, for five seconds, unless OTEL_BSP_… in the environment says otherwise.
        .with_batch_exporter(exporter)
        .build())
}

/// What turns spans of ours, and of nobody else, into spans that are sent. Lines of the log are none of it: what they say is
/// not for others.
pub(super) fn layer<S>(provider: &SdkTracerProvider) -> impl Layer<S> + use<S>
where
    S: Subscriber + for<'a> LookupSpan<'a>,
{
    let layer: OpenTelemetryLayer<S, SdkTracer> =
        tracing_opentelemetry::layer().with_tracer(provider.tracer("forecourt"));
    layer
        .with_location(false)
        .with_threads(false)
        .with_target(false)
        .with_tracked_inactivity(false)
        .with_context_activation(false)
        .with_filter(filter_fn(is_sent))
}

fn is_sent(metadata: &Metadata<'_>) -> bool {
    metadata.is_span() && metadata.target() == SPAN
}

/// Whoever calls has decided about their trace; of those that begin here, so many of a hundred are sent.
#[expect(clippy::float_arithmetic, reason = "the sampler takes a fraction of one")]
fn sampler(percent: u8) -> Sampler {
    Sampler::ParentBased(Box::new(Sampler::TraceIdRatioBased(f64::from(percent) / 100.0)))
}

fn traces(collector: &Url) -> String {
    format!("{}/v1/traces", collector.as_str().trim_end_matches('/'))
}

fn instance(config: &config::Telemetry) -> String {
    config.service_instance.clone().unwrap_or_else(|| Uuid::now_v7().to_string())
}

/// Sends batches on our own runtime; the exporter's thread has none.
#[derive(Debug)]
struct Sender {
    client: Client,
    runtime: Handle,
    /// Whether the collector failed when it was sent to last: an outage is told once.
    is_out: AtomicBool,
}

impl Sender {
    fn new() -> anyhow::Result<Self> {
        let client = Client::builder().timeout(TIME).redirect(Policy::none()).build();
        let client = client.context("cannot make a client of the collector")?;
        Ok(Self { client, runtime: Handle::current(), is_out: AtomicBool::new(false) })
    }

    async fn send(client: Client, request: Request<Bytes>) -> reqwest::Result<Response<Bytes>> {
        let (parts, body) = request.into_parts();
        let url = parts.uri.to_string();
        let answer = client.request(parts.method, url).headers(parts.headers).body(body).send().await?;
        let status = answer.status();
        let mut response = Response::new(answer.bytes().await?);
        *response.status_mut() = status;
        Ok(response)
    }

    fn note(&self, is_taken: bool, cause: &str) {
        metric::exported(is_taken);
        match (self.is_out.swap(!is_taken, Ordering::Relaxed), is_taken) {
            (false, false) => tracing::warn!(cause, "the collector does not take spans: they are dropped"),
            (true, true) => tracing::info!("the collector takes spans again"),
            _ => {}
        }
    }
}

#[async_trait]
impl HttpClient for Sender {
    async fn send_bytes(&self, request: Request<Bytes>) -> Result<Response<Bytes>, HttpError> {
        let sent = self.runtime.spawn(Self::send(self.client.clone(), request)).await?;
        // The address may hold a password.
        let sent = sent.map_err(|error| anyhow::Error::new(error.without_url()));
        match &sent {
            Ok(answer) => self.note(answer.status().is_success(), answer.status().as_str()),
            Err(error) => self.note(false, &format!("{error:#}")),
        }
        Ok(sent?)
    }
}

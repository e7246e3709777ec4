//! A collector of traces that the test runs itself: it takes OTLP over HTTP as a real one does.

use std::sync::{Arc, Mutex, MutexGuard};
use std::time::{Duration, Instant};

use axum::body::Bytes;
use axum::extract::State;
use axum::http::StatusCode;
use axum::routing::post;
use axum::{Router, http::HeaderMap};
use opentelemetry_proto::tonic::collector::trace::v1::ExportTraceServiceRequest;
use opentelemetry_proto::tonic::common::v1::any_value::Value;
use opentelemetry_proto::tonic::common::v1::{AnyValue, KeyValue};
use opentelemetry_proto::tonic::trace::v1::Span;
use prost::Message;
use tokio::net::TcpListener;

/// How long the test waits for what must come.
const PATIENCE: Duration = Duration::from_secs(60);

/// The collector, on a port of its own, for as long as the test runs.
pub(crate) struct Collector {
    /// What `telemetry.otlp_endpoint` is set to.
    pub(crate) endpoint: String,
    taken: Arc<Mutex<Taken>>,
}

/// What was sent, as it came and as it is meant.
#[derive(Default)]
pub(crate) struct Taken {
    pub(crate) spans: Vec<Span>,
    pub(crate) resources: Vec<KeyValue>,
    pub(crate) bytes: Vec<u8>,
    pub(crate) events: usize,
}

impl Collector {
    pub(crate) async fn start() -> Self {
        let taken = Arc::<Mutex<Taken>>::default();
        let router = Router::new().route("/v1/traces", post(take)).with_state(Arc::clone(&taken));
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let endpoint = format!("http://{}", listener.local_addr().expect("an address"));
        tokio::spawn(async move { axum::serve(listener, router).await });
        Self { endpoint, taken }
    }

    /// Settings of a process that sends its spans here, without delay.
    pub(crate) fn settings(&self) -> [(&'static str, String); 2] {
        [("FORECOURT_TELEMETRY_OTLP_ENDPOINT", self.endpoint.clone()), ("OTEL_BSP_SCHEDULE_DELAY", "20".to_owned())]
    }

    pub(crate) fn taken(&self) -> MutexGuard<'_, Taken> {
        self.taken.lock().expect("no holder panics")
    }

    /// The first span of a name, once there is one.
    pub(crate) async fn span(&self, name: &str) -> Span {
        let asked = Instant::now();
        loop {
            if let Some(span) = self.taken().spans.iter().find(|span| span.name == name) {
                return span.clone();
            }
            assert!(asked.elapsed() < PATIENCE, "no {name} comes");
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
    }

    /// All spans of a trace, as a tree of names: once its request's span is there, which ends after all others.
    pub(crate) async fn trace(&self, id: &str) -> Trace {
        let id: Vec<u8> = (0..16).map(|at| u8::from_str_radix(&id[2 * at..2 * at + 2], 16).expect("an id")).collect();
        let asked = Instant::now();
        loop {
            let spans: Vec<_> = self.taken().spans.iter().filter(|span| span.trace_id == id).cloned().collect();
            // Of a request: nobody here is its parent.
            if let Some(root) =
                spans.iter().find(|span| spans.iter().all(|other| other.span_id != span.parent_span_id)).cloned()
                && root.kind == 2
            {
                return Trace { root, spans };
            }
            let names: Vec<_> = self.taken().spans.iter().map(|span| span.name.clone()).collect();
            assert!(asked.elapsed() < PATIENCE, "no request of this trace among {names:?}");
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
    }
}

async fn take(State(taken): State<Arc<Mutex<Taken>>>, headers: HeaderMap, body: Bytes) -> StatusCode {
    assert_eq!(headers["content-type"], "application/x-protobuf");
    let request = ExportTraceServiceRequest::decode(body.clone()).expect("OTLP");
    let mut taken = taken.lock().expect("no holder panics");
    taken.bytes.extend_from_slice(&body);
    for group in request.resource_spans {
        taken.resources = group.resource.map(|resource| resource.attributes).unwrap_or_default();
        for span in group.scope_spans.into_iter().flat_map(|scope| scope.spans) {
            taken.events += span.events.len() + span.links.len();
            taken.spans.push(span);
        }
    }
    StatusCode::OK
}

/// What was sent of one request.
pub(crate) struct Trace {
    pub(crate) root: Span,
    spans: Vec<Span>,
}

impl Trace {
    /// The spans right below another, in the order in which they began.
    pub(crate) fn below(&self, parent: &Span) -> Vec<&Span> {
        let mut below: Vec<_> = self.spans.iter().filter(|span| span.parent_span_id == parent.span_id).collect();
        below.sort_by_key(|span| span.start_time_unix_nano);
        below
    }

    /// Names, a line each, those below another further in.
    pub(crate) fn tree(&self) -> String {
        let mut text = String::new();
        self.draw(&self.root, 0, &mut text);
        text
    }

    fn draw(&self, span: &Span, depth: usize, text: &mut String) {
        *text += &format!("{}{}\n", "  ".repeat(depth), span.name);
        self.below(span).into_iter().for_each(|below| self.draw(below, depth + 1, text));
    }

    pub(crate) fn spans(&self) -> &[Span] {
        &self.spans
    }
}

/// An attribute as text; empty where there is none.
pub(crate) fn attribute(attributes: &[KeyValue], key: &str) -> String {
    let found = attributes.iter().find(|attribute| attribute.key == key);
    found.and_then(|attribute| attribute.value.as_ref()).map(said).unwrap_or_default()
}

fn said(value: &AnyValue) -> String {
    match &value.value {
        Some(Value::StringValue(text)) => text.clone(),
        Some(Value::IntValue(number)) => number.to_string(),
        Some(Value::BoolValue(is)) => is.to_string(),
        other => panic!("{other:?} is no value of ours"),
    }
}

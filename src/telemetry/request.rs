//! One request over HTTP, as operators see it: its span, its line in the log and its figures. Whoever works on it adds what
//! they know, and nothing of what was sent: no query string, no header, no address.

use std::collections::BTreeSet;
use std::future::Future;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Instant;

use axum::http::{HeaderMap, HeaderValue, Method, StatusCode};
use opentelemetry::trace::SpanContext;
use tracing::field::Empty;
use tracing::{Instrument, Span};

use super::operation::{Label, Told};
use super::{SPAN, metric, trace};

/// The line that a request leaves in the log.
const ACCESS: &str = "forecourt::access";

/// How many different codes of errors a request is remembered with.
const MOST_CODES: usize = 10;

tokio::task_local! {
    static PRESENT: Arc<Inner>;
}

/// A request under way. If it goes before it was answered, whoever asked has gone away.
pub struct Request(Arc<Inner>);

struct Inner {
    span: Span,
    context: SpanContext,
    begun: Instant,
    method: &'static str,
    route: Option<Arc<str>>,
    notes: Mutex<Notes>,
}

#[derive(Default)]
struct Notes {
    told: Told,
    operation: Label,
    codes: BTreeSet<String>,
    is_told: bool,
}

impl Request {
    /// A request to `route`, by its template; none for what is not there.
    pub fn begin(method: &Method, route: Option<&str>, headers: &HeaderMap) -> Self {
        Self::new(known(method), route, trace::parent(headers))
    }

    /// An operation over a connection that stays, which `route` opened: a trace of its own, for connections live long.
    pub fn on_stay(route: &str) -> Self {
        Self::new("STAY", Some(route), None)
    }

    /// The id of its trace.
    pub fn trace_id(&self) -> String {
        self.0.context.trace_id().to_string()
    }

    /// What will be done for it after it was answered.
    pub fn later(&self) -> Later {
        Later(self.0.context.clone())
    }

    fn new(method: &'static str, route: Option<&str>, parent: Option<SpanContext>) -> Self {
        let name = route.map_or_else(|| method.to_owned(), |route| format!("{method} {route}"));
        // Of the highest level, so that every line of its has a trace, whatever the log is set to.
        let span = tracing::error_span!(
            target: SPAN,
            "request",
            trace_id = Empty,
            otel.kind = "server",
            otel.name = name,
            otel.status_code = Empty,
            http.request.method = method,
            http.route = route,
            http.response.status_code = Empty,
            error.type = Empty,
        );
        let context = trace::join(parent, &span);
        span.record("trace_id", tracing::field::display(context.trace_id()));
        let (route, notes) = (route.map(Arc::from), Mutex::default());
        Self(Arc::new(Inner { span, context, begun: Instant::now(), method, route, notes }))
    }

    /// Runs what answers it.
    pub async fn run<F: Future>(&self, answer: F) -> F::Output {
        // Boxed: what answers nests deep.
        PRESENT.scope(Arc::clone(&self.0), Box::pin(answer).instrument(self.0.span.clone())).await
    }

    /// The `traceparent` by which whoever asked finds it again.
    pub fn traceparent(&self) -> Option<HeaderValue> {
        HeaderValue::from_str(&trace::header(&self.0.context)).ok()
    }

    /// It is done, where there is no status to tell.
    pub fn done(self) {
        self.answered(StatusCode::OK);
    }

    /// It is answered.
    pub fn answered(self, status: StatusCode) {
        self.0.tell(Some(status));
    }
}

/// What is done for a request after it was answered, time and again: in its trace, and without a line in the log.
#[derive(Clone)]
pub struct Later(SpanContext);

impl Later {
    /// Work that no request waits for: a trace of its own.
    pub fn of_nobody() -> Self {
        Self(trace::join(None, &Span::none()))
    }

    /// The id of its trace.
    pub fn trace_id(&self) -> String {
        self.0.trace_id().to_string()
    }

    /// Runs one of it.
    pub async fn run<F: Future>(&self, work: F) -> F::Output {
        self.run_as("later", work).await
    }

    /// Runs one of it, called so.
    pub async fn run_as<F: Future>(&self, name: &str, work: F) -> F::Output {
        let span = tracing::error_span!(target: SPAN, "later", trace_id = %self.0.trace_id(), otel.name = name);
        let context = trace::join(Some(self.0.clone()), &span);
        let notes = Mutex::new(Notes { is_told: true, ..Notes::default() });
        let later = Inner { span: span.clone(), context, begun: Instant::now(), method: "", route: None, notes };
        PRESENT.scope(Arc::new(later), work.instrument(span)).await
    }
}

impl Drop for Request {
    fn drop(&mut self) {
        self.0.tell(None);
    }
}

/// Where somebody works: the present request, if there is one, and the present span.
#[derive(Clone)]
pub struct Here {
    present: Option<Arc<Inner>>,
    span: Span,
}

impl Here {
    /// Where the caller is.
    pub fn now() -> Self {
        Self { present: PRESENT.try_with(Arc::clone).ok(), span: Span::current() }
    }

    /// Runs `future` as if it were here, in whichever task that is.
    pub async fn run<F: Future>(self, future: F) -> F::Output {
        let future = future.instrument(self.span);
        match self.present {
            Some(request) => PRESENT.scope(request, future).await,
            None => future.await,
        }
    }
}

/// Notes that the present request meets with an error, and counts it.
pub fn failed(code: &str) {
    metric::failed(code);
    note(|notes| {
        if notes.codes.len() < MOST_CODES {
            notes.codes.insert(code.to_owned());
        }
    });
}

/// Notes for whom the present request is.
pub fn asked_by(told: &Told) {
    note(|notes| notes.told = told.clone());
}

/// Notes the operation that the present request was about.
pub(super) fn operated(label: Label) {
    note(|notes| notes.operation = label);
}

/// The place of the present request in its trace.
pub(super) fn context() -> Option<SpanContext> {
    PRESENT.try_with(|request| request.context.clone()).ok()
}

fn note(note: impl FnOnce(&mut Notes)) {
    // Outside of a request there is nobody to note it for.
    let _ = PRESENT.try_with(|request| note(&mut request.notes()));
}

/// A method that we know; others may be made up, any number of them.
fn known(method: &Method) -> &'static str {
    let all = ["GET", "POST", "HEAD", "OPTIONS", "PUT", "PATCH", "DELETE"];
    all.into_iter().find(|name| *name == method.as_str()).unwrap_or("_OTHER")
}

impl Inner {
    fn notes(&self) -> MutexGuard<'_, Notes> {
        // Nothing panics while it is written, so a poisoned note is whole.
        self.notes.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Tells its outcome, once.
    fn tell(&self, status: Option<StatusCode>) {
        let mut notes = self.notes();
        if std::mem::replace(&mut notes.is_told, true) {
            return;
        }
        let took = self.begun.elapsed();
        let route = self.route.as_deref().unwrap_or("unknown");
        let number = status.map(|status| i64::from(status.as_u16()));
        if let Some(number) = number {
            self.span.record("http.response.status_code", number);
        }
        if status.is_none_or(|status| status.is_server_error()) {
            self.span.record("otel.status_code", "ERROR");
            self.span.record("error.type", number.map_or_else(|| "gone".to_owned(), |number| number.to_string()));
        }
        metric::answered(self.method, route, status, took);
        let operation = std::mem::take(&mut notes.operation);
        let codes: Vec<_> = notes.codes.iter().map(String::as_str).collect();
        let id = tracing::field::display;
        tracing::info!(
            target: ACCESS,
            parent: None,
            trace_id = %self.context.trace_id(),
            method = self.method,
            route,
            status = number,
            duration_ms = i64::try_from(took.as_millis()).unwrap_or(i64::MAX),
            operation = operation.name.as_deref(),
            operation_type = operation.kind,
            errors = (!codes.is_empty()).then(|| codes.join(",")),
            role = notes.told.role,
            dealership = notes.told.dealership.map(id),
            branch = notes.told.branch.map(id),
            "{}",
            if status.is_some() { "answered" } else { "whoever asked went away" },
        );
    }
}

//! Figures of this process, in the text that Prometheus reads. Every label is of few values, whatever is asked.

use std::fs;
use std::sync::LazyLock;
use std::sync::atomic::AtomicU64;
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use axum::http::StatusCode;
use prometheus_client::encoding::{EncodeLabelSet, prometheus_text};
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::gauge::Gauge;
use prometheus_client::metrics::histogram::Histogram;
use prometheus_client::metrics::info::Info;
use prometheus_client::registry::{Registry, Unit};

/// What the text is sent as.
pub const MEDIA_TYPE: &str = "text/plain; version=0.0.4; charset=utf-8";

/// Seconds: a statement takes less than one of the first, a request waits no longer than the last.
const SECONDS: [f64; 13] = [0.000_5, 0.001, 0.002_5, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 10.0];

/// Points of cost, up to the most that one operation may have.
const POINTS: [f64; 10] = [1.0, 5.0, 10.0, 25.0, 50.0, 100.0, 250.0, 500.0, 1000.0, 2500.0];

static METRICS: LazyLock<Metrics> = LazyLock::new(Metrics::new);

/// Something that clients hold open; it is counted for as long as this lives.
pub struct Open(Held);

/// What clients hold open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Held {
    /// A WebSocket.
    Socket,
    /// A stream of server-sent events.
    Stream,
    /// A subscription, over either.
    Subscription,
}

/// Connections of a pool to the database, as they are now.
#[derive(Clone, Copy, Debug)]
pub struct Pool {
    /// What it is for: `reader`, `writer`.
    pub name: &'static str,
    /// Connections at most.
    pub most: u32,
    /// Connections there are.
    pub open: u32,
    /// Of those, how many do nothing.
    pub idle: usize,
}

impl Open {
    /// A client opens one.
    pub fn begin(held: Held) -> Self {
        METRICS.held(held).inc();
        Self(held)
    }
}

impl Drop for Open {
    fn drop(&mut self) {
        METRICS.held(self.0).dec();
    }
}

/// All figures, those of pools as the caller has them.
pub fn text(pools: &[Pool]) -> String {
    METRICS.look(pools);
    let mut text = String::new();
    // Writing to a string does not fail.
    let _ = prometheus_text::encode(&mut text, &METRICS.registry);
    text
}

/// A password was not looked at because too many wait already.
pub fn password_refused() {
    METRICS.passwords_refused.inc();
}

/// Waits for a connection of a pool, and counts those who do.
///
/// # Errors
/// Those of `acquire`.
pub async fn acquired<T, E>(pool: &'static str, acquire: impl Future<Output = Result<T, E>>) -> Result<T, E> {
    struct Waiting(Gauge);
    // Whoever waits may go away.
    impl Drop for Waiting {
        fn drop(&mut self) {
            self.0.dec();
        }
    }
    let (pool, begun) = (OfPool { pool }, Instant::now());
    let waiting = Waiting(METRICS.waiting.get_or_create_owned(&pool));
    waiting.0.inc();
    let acquired = acquire.await;
    METRICS.acquire.get_or_create(&pool).observe(begun.elapsed().as_secs_f64());
    if acquired.is_err() {
        METRICS.not_acquired.get_or_create(&pool).inc();
    }
    acquired
}

/// A statement was sent to the database; `operation` is its first word.
pub fn stated(operation: &'static str, took: Duration, is_done: bool) {
    METRICS.statements.get_or_create(&OfStatement { operation }).observe(took.as_secs_f64());
    if !is_done {
        METRICS.statements_failed.get_or_create(&OfStatement { operation }).inc();
    }
}

/// A job of the queue ran; `outcome` is one of few words.
pub fn worked(job: &'static str, outcome: &'static str, took: Duration) {
    METRICS.jobs.get_or_create(&OfRun { job, outcome }).inc();
    METRICS.job_time.get_or_create(&OfJob { job }).observe(took.as_secs_f64());
}

/// So many jobs of a kind are due and wait.
pub fn due(job: &'static str, jobs: u64) {
    METRICS.jobs_due.get_or_create(&OfJob { job }).set(i64::try_from(jobs).unwrap_or(i64::MAX));
}

pub(super) fn answered(method: &'static str, route: &str, status: Option<StatusCode>, took: Duration) {
    let status = status.map_or_else(|| "gone".to_owned(), |status| status.as_str().to_owned());
    METRICS.requests.get_or_create(&OfRequest { method, route: route.to_owned(), status }).inc();
    METRICS.request_time.get_or_create(&OfRoute { method, route: route.to_owned() }).observe(took.as_secs_f64());
}

pub(super) fn operated(kind: &'static str, name: &str, outcome: &'static str, took: Duration) {
    let name = name.to_owned();
    METRICS.operations.get_or_create(&OfOutcome { r#type: kind, name: name.clone(), outcome }).inc();
    METRICS.operation_time.get_or_create(&OfOperation { r#type: kind, name }).observe(took.as_secs_f64());
}

pub(super) fn failed(code: &str) {
    METRICS.errors.get_or_create(&OfError { code: code.to_owned() }).inc();
}

pub(super) fn cost(points: u32) {
    METRICS.cost.observe(f64::from(points));
}

pub(super) fn exported(is_done: bool) {
    METRICS.exports.get_or_create(&OfExport { outcome: if is_done { "ok" } else { "error" } }).inc();
}

/// How long the oldest job waits that is due.
pub fn oldest_due(age: Duration) {
    METRICS.oldest_due.set(age.as_secs_f64());
}

struct Metrics {
    registry: Registry,
    requests: Family<OfRequest, Counter>,
    request_time: Times<OfRoute>,
    operations: Family<OfOutcome, Counter>,
    operation_time: Times<OfOperation>,
    errors: Family<OfError, Counter>,
    cost: Histogram,
    statements: Times<OfStatement>,
    statements_failed: Family<OfStatement, Counter>,
    connections: Family<OfConnection, Gauge>,
    connections_most: Family<OfPool, Gauge>,
    waiting: Family<OfPool, Gauge>,
    acquire: Times<OfPool>,
    not_acquired: Family<OfPool, Counter>,
    sockets: Gauge,
    streams: Gauge,
    subscriptions: Gauge,
    jobs: Family<OfRun, Counter>,
    job_time: Times<OfJob>,
    jobs_due: Family<OfJob, Gauge>,
    oldest_due: Gauge<f64, AtomicU64>,
    passwords_refused: Counter,
    exports: Family<OfExport, Counter>,
    memory: Gauge,
    files: Gauge,
}

type Times<L> = Family<L, Histogram, fn() -> Histogram>;

/// Labels, a struct for each set of them.
macro_rules! labels {
    ($($name:ident { $($label:ident: $kind:ty),* })*) => {$(
        #[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
        struct $name {
            $($label: $kind,)*
        }
    )*};
}

labels! {
    OfRequest { method: &'static str, route: String, status: String }
    OfRoute { method: &'static str, route: String }
    OfOutcome { r#type: &'static str, name: String, outcome: &'static str }
    OfOperation { r#type: &'static str, name: String }
    OfError { code: String }
    OfStatement { operation: &'static str }
    OfPool { pool: &'static str }
    OfConnection { pool: &'static str, state: &'static str }
    OfRun { job: &'static str, outcome: &'static str }
    OfJob { job: &'static str }
    OfExport { outcome: &'static str }
}

impl Metrics {
    fn new() -> Self {
        let mut all = Self {
            registry: Registry::default(),
            requests: Family::default(),
            request_time: Family::new_with_constructor(times),
            operations: Family::default(),
            operation_time: Family::new_with_constructor(times),
            errors: Family::default(),
            cost: Histogram::new(POINTS),
            statements: Family::new_with_constructor(times),
            statements_failed: Family::default(),
            connections: Family::default(),
            connections_most: Family::default(),
            waiting: Family::default(),
            acquire: Family::new_with_constructor(times),
            not_acquired: Family::default(),
            sockets: Gauge::default(),
            streams: Gauge::default(),
            subscriptions: Gauge::default(),
            jobs: Family::default(),
            job_time: Family::new_with_constructor(times),
            jobs_due: Family::default(),
            oldest_due: Gauge::default(),
            passwords_refused: Counter::default(),
            exports: Family::default(),
            memory: Gauge::default(),
            files: Gauge::default(),
        };
        all.registry = all.registered();
        all
    }

    fn registered(&self) -> Registry {
        let mut all = Registry::default();
        let own = all.sub_registry_with_prefix("forecourt");
        let seconds = || Unit::Seconds;
        own.register("http_requests", "Requests that were answered", self.requests.clone());
        own.register_with_unit("http_request_duration", "Time to an answer", seconds(), self.request_time.clone());
        own.register("graphql_operations", "Operations that ended", self.operations.clone());
        own.register_with_unit(
            "graphql_operation_duration",
            "Time of operations",
            seconds(),
            self.operation_time.clone(),
        );
        own.register("errors", "Errors that clients were told", self.errors.clone());
        own.register("graphql_cost_points", "Cost of operations, before they run", self.cost.clone());
        own.register_with_unit("database_statement_duration", "Time of statements", seconds(), self.statements.clone());
        own.register("database_statements_failed", "Statements that failed", self.statements_failed.clone());
        own.register("database_connections", "Connections there are", self.connections.clone());
        own.register("database_connections_most", "Connections there may be", self.connections_most.clone());
        own.register("database_waiting", "Transactions that wait for a connection", self.waiting.clone());
        own.register_with_unit("database_acquire_duration", "Wait for a connection", seconds(), self.acquire.clone());
        own.register("database_not_acquired", "Waits that brought no connection", self.not_acquired.clone());
        own.register("sockets", "WebSockets that are open", self.sockets.clone());
        own.register("event_streams", "Streams of server-sent events that are open", self.streams.clone());
        own.register("subscriptions", "Subscriptions that are open", self.subscriptions.clone());
        own.register("jobs", "Jobs that ran", self.jobs.clone());
        own.register_with_unit("job_duration", "Time of jobs", seconds(), self.job_time.clone());
        own.register("jobs_due", "Jobs that are due and wait", self.jobs_due.clone());
        own.register_with_unit("jobs_oldest_due_age", "Wait of the oldest", seconds(), self.oldest_due.clone());
        own.register("passwords_refused", "Passwords that were not looked at", self.passwords_refused.clone());
        own.register("trace_exports", "Batches of spans sent to the collector", self.exports.clone());
        let build = Info::new([("version", env!("CARGO_PKG_VERSION"))]);
        own.register("build", "What runs", build);
        let process = all.sub_registry_with_prefix("process");
        let start: Gauge = Gauge::default();
        let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        start.set(i64::try_from(since.as_secs()).unwrap_or(i64::MAX));
        process.register_with_unit("start_time", "When this process began, in seconds since 1970", seconds(), start);
        process.register_with_unit("resident_memory", "Memory in use", Unit::Bytes, self.memory.clone());
        process.register("open_fds", "Files and sockets that are open", self.files.clone());
        all
    }

    fn held(&self, held: Held) -> &Gauge {
        match held {
            Held::Socket => &self.sockets,
            Held::Stream => &self.streams,
            Held::Subscription => &self.subscriptions,
        }
    }

    /// Takes in what is only known by looking.
    fn look(&self, pools: &[Pool]) {
        for pool in pools {
            let open = i64::from(pool.open);
            let idle = i64::try_from(pool.idle).unwrap_or(open).min(open);
            for (state, connections) in [("idle", idle), ("busy", open - idle)] {
                self.connections.get_or_create(&OfConnection { pool: pool.name, state }).set(connections);
            }
            self.connections_most.get_or_create(&OfPool { pool: pool.name }).set(i64::from(pool.most));
        }
        self.memory.set(memory());
        self.files.set(fs::read_dir("/proc/self/fd").map_or(0, |files| i64::try_from(files.count()).unwrap_or(0)));
    }
}

fn times() -> Histogram {
    Histogram::new(SECONDS)
}

/// Bytes of memory that this process has; 0 where the system does not tell.
fn memory() -> i64 {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
    let kilobytes = line.and_then(|line| line.split_whitespace().next()).and_then(|number| number.parse::<i64>().ok());
    kilobytes.unwrap_or(0) * 1024
}

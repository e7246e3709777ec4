//! What one operation costs inside the process, step by step, without a network: on an SQLite file with the example group, so
//! that the database's part is small and the same everywhere. Prints the allocations of each step beside its time.
//!
//! `cargo bench --bench execution`
#![recursion_limit = "256"]
#![expect(clippy::print_stdout, reason = "allocations are told beside the times")]

use std::hint::black_box;
use std::sync::Arc;

use async_graphql::parser::parse_query;
use async_graphql::{Request, Response};
use criterion::{BatchSize, Criterion, criterion_group, criterion_main};
use forecourt::app::{App, Schema};
use forecourt::auth::{self, SignIn, Visitor, Workplace};
use forecourt::config::{self, Config};
use forecourt::crypto::Keys;
use forecourt::demo::{self, Plan};
use forecourt::graphql::{self, Allowed, Cx, ForecourtSchema};
use indicatif::ProgressBar;
use secrecy::{ExposeSecret, SecretString};
use tokio::runtime::Runtime;

/// Operations by name: those of the side-by-side.
const OPERATIONS: [(&str, &str); 3] = [
    (
        "branch page",
        "{ bills(first: 20) { nodes { id number date status saleType buyer { name } vehiclePrice { amountMinor }
            total { amountMinor } balance { amountMinor } unit { chassisNumber motorNumber } model { name }
            salesperson { name } branch { name } } } }",
    ),
    (
        "branch tile",
        "{ kpi(range: {period: THIS_MONTH}, measures: [UNITS, VEHICLE_REVENUE], compareTo: PREVIOUS_PERIOD) {
            totals { figures { value previous } } } }",
    ),
    ("nothing", "{ __typename }"),
];

/// An installation with the example group, and somebody of one branch.
struct Bench {
    runtime: Runtime,
    config: Config,
    app: Arc<App>,
    schema: ForecourtSchema,
    token: String,
    _folder: tempfile::TempDir,
}

impl Bench {
    fn new() -> Self {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
        let folder = tempfile::tempdir().expect("a folder");
        let mut config = Config::load(None, &[]).expect("the defaults");
        config.database.url = format!("sqlite://{}", folder.path().join("bench.db").display());
        config.keys.master_key = Some(Keys::generate().1);
        config.auth.access_token_seconds = 24 * 60 * 60;
        let (app, token) = runtime.block_on(async {
            let app = App::open(&config, Schema::Migrate).await.expect("an installation opens");
            let until = app.now().date_naive();
            let personas = demo::seed(&app, &Plan::full(until), &ProgressBar::hidden()).await.expect("a group");
            let clerk = personas.into_iter().find(|persona| persona.persona == "clerk").expect("a clerk");
            let (email, password) = (clerk.email, SecretString::from(clerk.password));
            let input =
                SignIn { email, password, code: None, workplace: Workplace::default(), visitor: Visitor::default() };
            let session = auth::sign_in(&app, input).await.expect("signs in");
            (Arc::new(app), session.access_token.expose_secret().to_owned())
        });
        // The benches ask more in a second than a credential may.
        let schema = graphql::schema(&config::Graphql { budget: u32::MAX, ..config.graphql.clone() });
        Self { runtime, config, app, schema, token, _folder: folder }
    }

    fn run(&self, operation: &str) -> Response {
        self.runtime.block_on(async {
            let scope = auth::authenticate(&self.app, &self.token).await.expect("the token holds");
            let cx = Cx::new(Arc::clone(&self.app), Some(scope));
            graphql::execute(&self.schema, Request::new(operation), cx, Allowed::Operations, "").await
        })
    }
}

fn execution(criterion: &mut Criterion) {
    let bench = Bench::new();
    for (name, operation) in OPERATIONS {
        let mut group = criterion.benchmark_group(name);
        let answer = bench.run(operation);
        assert!(answer.errors.is_empty(), "{:?}", answer.errors);
        let mut step = |step: &str, mut run: Box<dyn FnMut() + '_>| {
            run();
            let counted = allocation_counter::measure(&mut run);
            println!(
                "{name}, {step}: {} allocations, {} bytes, at most {} at once",
                counted.count_total, counted.bytes_total, counted.bytes_max
            );
            group.bench_function(step, |bencher| bencher.iter(&mut run));
        };
        step("parse", Box::new(|| drop(black_box(parse_query(operation)))));
        step(
            "scope",
            Box::new(|| drop(black_box(bench.runtime.block_on(auth::authenticate(&bench.app, &bench.token))))),
        );
        step("parse, scope and resolve", Box::new(|| drop(black_box(bench.run(operation)))));
        step("serialise", Box::new(|| drop(black_box(serde_json::to_vec(&answer)))));
        group.finish();
    }
}

/// A token that was not seen before: its signature is checked, what its holder reaches is known.
fn verify(criterion: &mut Criterion) {
    let bench = Bench::new();
    let scope = bench.runtime.block_on(auth::authenticate(&bench.app, &bench.token)).expect("the token holds");
    let anywhere = Workplace::default();
    let fresh = || {
        let session = auth::switch_context(&bench.app, &scope, &anywhere, None);
        bench.runtime.block_on(session).expect("a session").access_token
    };
    criterion.bench_function("verify a token", |bencher| {
        bencher.iter_batched(
            fresh,
            |token| black_box(bench.runtime.block_on(auth::authenticate(&bench.app, token.expose_secret()))),
            BatchSize::SmallInput,
        );
    });
}

/// Until an installation on a file that is there can answer, without the start of the process.
fn start(criterion: &mut Criterion) {
    let bench = Bench::new();
    let open = || async {
        let app = App::open(&bench.config, Schema::Require).await.expect("an installation opens");
        let cx = Cx::new(Arc::new(app), None);
        graphql::execute(
            &graphql::schema(&bench.config.graphql),
            Request::new("{ __typename }"),
            cx,
            Allowed::Operations,
            "",
        )
        .await
    };
    criterion.bench_function("start", |bencher| bencher.iter(|| black_box(bench.runtime.block_on(open()))));
}

criterion_group!(benches, execution, verify, start);
criterion_main!(benches);

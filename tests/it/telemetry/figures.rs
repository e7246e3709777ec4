//! `/metrics`.

use std::collections::{BTreeMap, BTreeSet};
use std::process::Command;

use reqwest::{Method, StatusCode};
use serde_json::{Value, json};

use super::child::{Process, send};
use crate::support::{World, databases, seeded};

/// Figures that somebody has a dashboard of.
const FAMILIES: [(&str, &str); 15] = [
    ("forecourt_http_requests_total", "counter"),
    ("forecourt_http_request_duration_seconds", "histogram"),
    ("forecourt_graphql_operations_total", "counter"),
    ("forecourt_graphql_operation_duration_seconds", "histogram"),
    ("forecourt_graphql_cost_points", "histogram"),
    ("forecourt_errors_total", "counter"),
    ("forecourt_database_statement_duration_seconds", "histogram"),
    ("forecourt_database_connections", "gauge"),
    ("forecourt_database_acquire_duration_seconds", "histogram"),
    ("forecourt_sockets", "gauge"),
    ("forecourt_event_streams", "gauge"),
    ("forecourt_subscriptions", "gauge"),
    ("forecourt_passwords_refused_total", "counter"),
    ("process_start_time_seconds", "gauge"),
    ("process_resident_memory_bytes", "gauge"),
];

seeded!(figures_are_told_in_the_text_that_prometheus_reads, async |world: World| {
    let process = Process::start(&world.home, &[]);
    let token = process.token(&world, "clerk").await;
    for _ in 0..3 {
        send(process.post("query Bills { bills(first: 2) { nodes { number } } }", Value::Null).bearer_auth(&token))
            .await;
    }
    send(process.post("query Bills { bills(first: 2) { nodes { number } } }", Value::Null)).await;
    send(process.post("{ viewer { name } }", Value::Null).bearer_auth("nonsense")).await;
    let page = Page::read(&process.figures().await);
    for (family, kind) in FAMILIES {
        assert_eq!(page.kinds.get(family).map(String::as_str), Some(kind), "{family}");
    }
    let requests = |status| {
        page.sample("forecourt_http_requests_total", &[("method", "POST"), ("route", "/graphql"), ("status", status)])
    };
    assert_eq!((requests("200"), requests("401")), ("5", "1"));
    let operations = |kind, outcome| {
        let labels = [("type", kind), ("name", "other"), ("outcome", outcome)];
        page.sample("forecourt_graphql_operations_total", &labels)
    };
    assert_eq!(
        (operations("query", "ok"), operations("query", "error"), operations("mutation", "ok")),
        ("3", "1", "1")
    );
    assert_eq!(page.sample("forecourt_errors_total", &[("code", "UNAUTHENTICATED")]), "2");
    let time = "forecourt_graphql_operation_duration_seconds_count";
    assert_eq!(page.sample(time, &[("type", "query"), ("name", "other")]), "4");
    let selects = page.sample("forecourt_database_statement_duration_seconds_count", &[("operation", "SELECT")]);
    assert!(selects.parse::<u32>().is_ok_and(|selects| selects > 6), "{selects}");
    assert_ne!(page.sample("process_resident_memory_bytes", &[]), "0");
});

seeded!(names_of_trusted_documents_tell_figures_apart, async |world: World| {
    let folder = world.home.folder.path().join("documents");
    std::fs::create_dir(&folder).expect("a folder");
    let text = "query Greeting { viewer { name } }";
    std::fs::write(folder.join("greeting.graphql"), text).expect("a document");
    let added = Command::new(env!("CARGO_BIN_EXE_forecourt"))
        .args(["documents", "add", "documents"])
        .env_clear()
        .envs(databases::environment(&world.home.url))
        .current_dir(world.home.folder.path())
        .output();
    assert!(added.expect("the program runs").status.success());
    let process = Process::start(&world.home, &[("FORECOURT_GRAPHQL_DOCUMENTS", "trusted".to_owned())]);
    send(process.post(text, Value::Null)).await;
    send(process.post("query Made { viewer { name } }", Value::Null)).await;
    let page = Page::read(&process.figures().await);
    let operations = |kind, name, outcome| {
        let labels = [("type", kind), ("name", name), ("outcome", outcome)];
        page.sample("forecourt_graphql_operations_total", &labels)
    };
    assert_eq!((operations("query", "Greeting", "ok"), operations("unknown", "other", "error")), ("1", "1"));
    assert_eq!(page.sample("forecourt_errors_total", &[("code", "UNTRUSTED_DOCUMENT")]), "1");
    assert_eq!(page.sample("forecourt_graphql_cost_points_count", &[]), "1");
});

seeded!(figures_are_not_on_the_port_of_the_api, async |world: World| {
    let process = Process::start(&world.home, &[]);
    assert_eq!(send(process.get("/metrics")).await.status, StatusCode::NOT_FOUND);
});

seeded!(what_is_made_up_makes_no_series, async |world: World| {
    let process = Process::start(&world.home, &[]);
    let client = reqwest::Client::new();
    let ask = async |n: usize| {
        send(process.post(&format!("query Made{n} {{ viewer {{ name }} }}"), Value::Null)).await;
        send(process.post(&format!("query Made{n} {{ viewer {{ made{n} }} }}"), Value::Null)).await;
        send(process.post(&format!("{{ made{n}"), json!({"made": n}))).await;
        if n.is_multiple_of(10) {
            send(process.get(&format!("/made/{n}"))).await;
            send(process.get(&format!("/partner/v1/bills/{n}?chassis={n}")).bearer_auth(format!("made.{n}"))).await;
            let method = Method::from_bytes(format!("MADE{n}").as_bytes()).expect("a method");
            send(client.request(method, &process.url)).await;
        }
    };
    ask(0).await;
    let before = Page::read(&process.figures().await).series();
    for n in 1..=1000 {
        ask(n).await;
    }
    let after = Page::read(&process.figures().await).series();
    let new: Vec<_> = after.difference(&before).collect();
    assert!(new.is_empty(), "{new:?}");
    assert!(!after.iter().any(|series| series.contains("ade1")), "{after:?}");
});

/// A page in the text format of Prometheus.
#[derive(Default)]
struct Page {
    kinds: BTreeMap<String, String>,
    samples: BTreeMap<(String, BTreeMap<String, String>), String>,
}

impl Page {
    /// # Panics
    /// Where the text is not as the format wants it.
    fn read(text: &str) -> Self {
        assert!(text.ends_with('\n'), "the last line ends as well");
        let mut page = Self::default();
        for line in text.lines() {
            if let Some(rest) = line.strip_prefix("# TYPE ") {
                let (name, kind) = rest.split_once(' ').expect("a kind");
                assert!(["counter", "gauge", "histogram"].contains(&kind), "{line}");
                assert_eq!(page.kinds.insert(name.to_owned(), kind.to_owned()), None, "{line}");
            } else if !line.starts_with('#') {
                let (series, value) = line.rsplit_once(' ').expect("a value");
                assert!(value.parse::<f64>().is_ok(), "{line}");
                let (name, labels) = series.split_once('{').unwrap_or((series, "}"));
                let labels = labels.strip_suffix('}').expect("an end");
                assert!(name.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_'), "{line}");
                let family = ["_bucket", "_sum", "_count"].into_iter().find_map(|end| name.strip_suffix(end));
                let kind = page.kinds.get(name).or_else(|| page.kinds.get(family.unwrap_or(name)));
                assert!(kind.is_some(), "{line} is of no family");
                let key = (name.to_owned(), read_labels(labels));
                assert_eq!(page.samples.insert(key, value.to_owned()), None, "{line} is there twice");
            }
        }
        page.check_histograms();
        page
    }

    fn check_histograms(&self) {
        for ((name, labels), count) in &self.samples {
            let Some(family) = name.strip_suffix("_count").filter(|name| self.kinds.contains_key(*name)) else {
                continue;
            };
            let mut all = labels.clone();
            all.insert("le".to_owned(), "+Inf".to_owned());
            assert_eq!(self.samples.get(&(format!("{family}_bucket"), all)), Some(count), "{family}");
        }
    }

    fn sample(&self, name: &str, labels: &[(&str, &str)]) -> &str {
        let labels = labels.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
        self.samples.get(&(name.to_owned(), labels)).map_or("0", String::as_str)
    }

    fn series(&self) -> BTreeSet<String> {
        self.samples.keys().map(|(name, labels)| format!("{name} {labels:?}")).collect()
    }
}

fn read_labels(text: &str) -> BTreeMap<String, String> {
    let mut labels = BTreeMap::new();
    let mut rest = text;
    while !rest.is_empty() {
        let (name, value) = rest.split_once("=\"").expect("a label");
        // No value of ours holds a quote.
        let (value, after) = value.split_once('"').expect("its end");
        assert_eq!(labels.insert(name.to_owned(), value.to_owned()), None, "{text}");
        rest = after.strip_prefix(',').unwrap_or(after);
    }
    labels
}

//! The gateway as a process of its own: what it writes and sends is the process's, not one test's.

use std::io::{BufRead, BufReader};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use chrono::Utc;
use forecourt::auth;
use reqwest::header::HeaderMap;
use reqwest::{RequestBuilder, StatusCode};
use serde_json::{Value, json};

use crate::support::{Home, World, databases};

/// How long the test waits for what must come.
const PATIENCE: Duration = Duration::from_secs(60);

pub(super) struct Process {
    child: Child,
    pub(super) url: String,
    /// Of its figures.
    metrics: String,
    client: reqwest::Client,
    log: PathBuf,
}

/// What came back.
pub(super) struct Answer {
    pub(super) status: StatusCode,
    pub(super) headers: HeaderMap,
    pub(super) body: Value,
}

impl Process {
    pub(super) fn start(home: &Home, settings: &[(&'static str, String)]) -> Self {
        let log = home.folder.path().join("process.log");
        let file = std::fs::File::create(&log).expect("a file");
        let mut child = Command::new(env!("CARGO_BIN_EXE_forecourt"))
            .args(["serve", "--listen", "127.0.0.1:0"])
            .env_clear()
            .envs(databases::environment(&home.url))
            .envs([("FORECOURT_LOG_FORMAT", "json"), ("FORECOURT_TELEMETRY_METRICS_LISTEN", "127.0.0.1:0")])
            // One client asks much here.
            .envs([("FORECOURT_GRAPHQL_BUDGET", "1000000"), ("FORECOURT_GRAPHQL_BUDGET_PER_SECOND", "1000000")])
            .envs(settings.iter().map(|(name, value)| (name, value)))
            .current_dir(home.folder.path())
            .stdout(Stdio::piped())
            .stderr(file)
            .spawn()
            .expect("the program starts");
        let mut said = BufReader::new(child.stdout.take().expect("its output")).lines();
        let mut address = |what: &str| {
            let mut lines = said.by_ref().map(|line| line.expect("text"));
            let line = lines.find(|line| line.starts_with(what)).unwrap_or_else(|| panic!("it says where {what} is"));
            line.split_whitespace().find(|word| word.starts_with("http://")).expect("an address").to_owned()
        };
        let (url, metrics) = (address("GraphQL"), address("Metrics"));
        Self { child, url, metrics, client: reqwest::Client::new(), log }
    }

    pub(super) fn post(&self, query: &str, variables: Value) -> RequestBuilder {
        self.client.post(&self.url).json(&json!({"query": query, "variables": variables}))
    }

    pub(super) fn get(&self, path: &str) -> RequestBuilder {
        self.client.get(self.url.replace("/graphql", path))
    }

    /// An access token of a persona.
    pub(super) async fn token(&self, world: &World, name: &str) -> String {
        let persona = world.persona(name);
        let code = persona.second_factor.map(|secret| auth::one_time_code(secret, Utc::now()).expect("a code"));
        let query = "mutation($input: SignInInput!) { signIn(input: $input) { accessToken } }";
        let input = json!({"email": persona.email, "password": persona.password, "code": code});
        let answer = send(self.post(query, json!({"input": input}))).await;
        let token = answer.body["data"]["signIn"]["accessToken"].as_str();
        token.unwrap_or_else(|| panic!("signs in: {}", answer.body)).to_owned()
    }

    /// All figures.
    pub(super) async fn figures(&self) -> String {
        let answer = self.client.get(&self.metrics).send().await.expect("an answer");
        assert_eq!(answer.status(), StatusCode::OK);
        assert!(answer.headers()["content-type"].to_str().expect("text").starts_with("text/plain; version=0.0.4"));
        answer.text().await.expect("text")
    }

    /// The lines of its log for which `is_sought`, once there is one.
    pub(super) async fn lines(&self, is_sought: impl Fn(&Value) -> bool) -> Vec<Value> {
        let asked = Instant::now();
        loop {
            let text = self.logged();
            // The last line may be under way.
            let lines = text.lines().filter_map(|line| serde_json::from_str(line).ok());
            let found: Vec<Value> = lines.filter(&is_sought).collect();
            if !found.is_empty() {
                return found;
            }
            assert!(asked.elapsed() < PATIENCE, "no such line:\n{text}");
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
    }

    pub(super) fn logged(&self) -> String {
        std::fs::read_to_string(&self.log).expect("a log")
    }

    /// Asks it to end; tells how long that took.
    pub(super) async fn end(&mut self) -> Duration {
        let asked = Instant::now();
        let killed = Command::new("kill").args(["-TERM", &self.child.id().to_string()]).status();
        assert!(killed.expect("a signal").success());
        while self.child.try_wait().expect("a child").is_none() {
            assert!(asked.elapsed() < PATIENCE, "it does not end");
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        asked.elapsed()
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        if std::thread::panicking() {
            eprintln!("{}", self.logged());
        }
        // It may have ended by itself.
        let _ = self.child.kill();
        self.child.wait().expect("it is gone");
    }
}

impl Answer {
    /// The id of its trace, by the header that came with it.
    pub(super) fn trace_id(&self) -> &str {
        let header = self.headers["traceparent"].to_str().expect("text");
        assert_eq!(header.len(), 55, "{header}");
        &header[3..35]
    }
}

pub(super) async fn send(request: RequestBuilder) -> Answer {
    let answer = request.send().await.expect("an answer");
    let (status, headers) = (answer.status(), answer.headers().clone());
    let text = answer.text().await.expect("text");
    Answer { status, headers, body: serde_json::from_str(&text).unwrap_or(Value::String(text)) }
}

//! Servers on the demo group, and judges that are let loose on them.

use std::io::{BufRead, BufReader, Lines};
use std::path::Path;
use std::process::{Child, ChildStdout, Command, ExitStatus, Stdio};
use std::time::{Duration, Instant};

use forecourt::demo::{self, Persona};
use serde_json::json;

use super::installed;
use crate::support::Home;
use crate::support::databases;

/// How long a judge may take beyond what it was asked to.
const PATIENCE: Duration = Duration::from_secs(240);

/// An optimised server that is judged instead of the tests' own.
const OVERRIDE: &str = "FORECOURT_TEST_SERVER";

/// A home with servers on it; they end with it.
pub(super) struct Stage {
    servers: [Server; 2],
    home: Home,
}

struct Server {
    process: Child,
    url: String,
    /// Held open: it may say more.
    _said: Lines<BufReader<ChildStdout>>,
}

/// Variables of a server's environment.
type Settings<'a> = &'a [(&'a str, &'a str)];

impl Stage {
    /// Two servers as they are by default.
    pub(super) fn of(home: Home) -> Self {
        Self::twins(home, &[])
    }

    /// Two servers with the same settings.
    pub(super) fn twins(home: Home, settings: Settings) -> Self {
        Self::start(home, [settings, settings])
    }

    /// A server with settings, and another as it is by default.
    pub(super) fn with(home: Home, settings: Settings) -> Self {
        Self::start(home, [settings, &[]])
    }

    fn start(home: Home, settings: [Settings; 2]) -> Self {
        write_sign_ins(home.folder.path());
        let servers = settings.map(|settings| Server::start(forecourt(&home, settings)));
        Self { servers, home }
    }

    /// Runs a command of ours on the same rows.
    pub(super) fn command(&self, arguments: &[&str]) {
        let output = forecourt(&self.home, &[]).args(arguments).output().expect("the program runs");
        assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
    }

    /// Lets a judge look, with more in its environment; prints what it found.
    ///
    /// # Panics
    /// When it finds fault.
    pub(super) fn judge(&self, judge: &str, environment: Settings) {
        let folder = installed::folder().expect("the judges are installed");
        let program = match judge.rsplit('.').next() {
            Some("py") => folder.join("python/bin/python"),
            Some("sh") => "bash".into(),
            _ => "node".into(),
        };
        let [server, other] = &self.servers;
        let log = self.home.folder.path().join("judge.log");
        let file = std::fs::File::create(&log).expect("a file");
        let process = Command::new(program)
            .arg(judge)
            .current_dir(folder)
            .envs([("SERVER", &server.url), ("OTHER_SERVER", &other.url)])
            .env("SERVER_PID", server.process.id().to_string())
            .env("SIGN_INS", self.home.folder.path().join("sign-ins.json"))
            .env("SCHEMA", folder.join("schema.graphql"))
            .env("BAR_MS", if is_optimised() { "50" } else { "2000" })
            .envs(environment.iter().copied())
            .stdin(Stdio::null())
            .stderr(file.try_clone().expect("a file"))
            .stdout(file)
            .spawn()
            .expect("the judge starts");
        let seconds = environment.iter().find(|(name, _)| *name == "SECONDS_IN_ALL");
        let asked = seconds.map_or(0, |(_, seconds)| seconds.parse().expect("a number"));
        let status = end(process, Duration::from_secs(asked) + PATIENCE);
        let told = std::fs::read_to_string(&log).unwrap_or_default();
        assert!(status.is_some_and(|status| status.success()), "{judge}: {status:?}\n{told}");
        eprintln!("== {judge}\n{told}");
    }
}

impl Server {
    fn start(mut command: Command) -> Self {
        command.args(["serve", "--listen", "127.0.0.1:0"]).stdout(Stdio::piped());
        let mut process = command.spawn().expect("the program starts");
        let mut said = BufReader::new(process.stdout.take().expect("its output")).lines();
        let line = said.next().expect("a line").expect("text");
        let url = line.split_whitespace().find(|word| word.starts_with("http://")).expect("an address").to_owned();
        Self { process, url, _said: said }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // A judge may have stopped it.
        drop(self.process.kill());
        drop(self.process.wait());
    }
}

/// How long things may take depends on it.
fn is_optimised() -> bool {
    std::env::var_os(OVERRIDE).is_some() || !cfg!(debug_assertions)
}

/// How a process ended; none if it had to be killed.
fn end(mut process: Child, patience: Duration) -> Option<ExitStatus> {
    let until = Instant::now() + patience;
    while Instant::now() < until {
        match process.try_wait().expect("its state") {
            Some(status) => return Some(status),
            None => std::thread::sleep(Duration::from_millis(50)),
        }
    }
    process.kill().expect("it runs");
    process.wait().expect("it is gone");
    None
}

/// The program, on the rows of a home.
fn forecourt(home: &Home, settings: Settings) -> Command {
    let binary = std::env::var_os(OVERRIDE).unwrap_or_else(|| env!("CARGO_BIN_EXE_forecourt").into());
    let mut command = Command::new(binary);
    command
        .env_clear()
        .envs(databases::environment(&home.url))
        .env("FORECOURT_LOG_FILTER", "error")
        .envs(settings.iter().copied())
        .current_dir(home.folder.path());
    command
}

/// Who can sign in, as `forecourt demo --sign-ins` writes it.
fn write_sign_ins(folder: &Path) {
    let entry = |person: Persona| {
        json!({"persona": person.persona, "email": person.email, "password": person.password,
            "secondFactor": person.second_factor, "dealership": person.dealership, "branch": person.branch})
    };
    let people: Vec<_> = demo::personas().into_iter().map(entry).collect();
    std::fs::write(folder.join("sign-ins.json"), json!(people).to_string()).expect("a file of our own");
}

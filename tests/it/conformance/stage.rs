//! Servers on the demo group, and judges that are let loose on them.

use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use forecourt::demo;
use serde_json::json;

use super::{IS_OPTIMISED, installed};
use crate::support::Home;
use crate::support::databases;

/// How long a judge may take beyond what it was asked to.
const PATIENCE: Duration = Duration::from_secs(240);

/// A home with servers on it; they end with it.
pub(super) struct Stage {
    servers: Vec<Server>,
    home: Home,
}

struct Server {
    process: Child,
    url: String,
}

impl Stage {
    /// A server on the group with `settings`, and another beside it as it is by default.
    pub(super) fn with(home: Home, settings: &[(&str, &str)]) -> Self {
        let mut stage = Self { servers: Vec::new(), home };
        stage.write_sign_ins();
        for settings in [settings, &[]] {
            let server = stage.start(settings);
            stage.servers.push(server);
        }
        stage
    }

    /// As by default.
    pub(super) fn of(home: Home) -> Self {
        Self::with(home, &[])
    }

    /// Two servers with the same settings.
    pub(super) fn twins(home: Home, settings: &[(&str, &str)]) -> Self {
        let mut stage = Self::with(home, settings);
        stage.servers[1] = stage.start(settings);
        stage
    }

    /// Runs a command of ours on the same rows.
    pub(super) fn command(&self, arguments: &[&str]) {
        let output = self.forecourt(&[]).args(arguments).output().expect("the program runs");
        assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
    }

    /// Lets a judge look, with more in its environment; prints what it found.
    ///
    /// # Panics
    /// When it finds fault.
    pub(super) fn judge(&self, judge: &str, environment: &[(&str, &str)]) {
        let folder = installed::folder().expect("the judges are installed");
        let program = match judge.rsplit('.').next() {
            Some("py") => folder.join("python/bin/python"),
            Some("sh") => "bash".into(),
            _ => "node".into(),
        };
        let [server, other] = &self.servers[..] else { panic!("two servers") };
        let log = self.home.folder.path().join("judge.log");
        let file = std::fs::File::create(&log).expect("a file");
        let mut process = Command::new(program)
            .arg(judge)
            .current_dir(folder)
            .envs([("SERVER", &server.url), ("OTHER_SERVER", &other.url)])
            .env("SERVER_PID", server.process.id().to_string())
            .env("SIGN_INS", self.home.folder.path().join("sign-ins.json"))
            .env("SCHEMA", folder.join("schema.graphql"))
            .env("BAR_MS", if IS_OPTIMISED { "50" } else { "2000" })
            .envs(environment.iter().copied())
            .stdin(Stdio::null())
            .stderr(file.try_clone().expect("a file"))
            .stdout(file)
            .spawn()
            .expect("the judge starts");
        let seconds = environment.iter().find(|(name, _)| *name == "SECONDS_IN_ALL");
        let asked = seconds.map_or(0, |(_, seconds)| seconds.parse().expect("a number"));
        let until = Instant::now() + Duration::from_secs(asked) + PATIENCE;
        let status = loop {
            match process.try_wait().expect("its state") {
                Some(status) => break Some(status),
                None if Instant::now() > until => break None,
                None => std::thread::sleep(Duration::from_millis(50)),
            }
        };
        if status.is_none() {
            process.kill().expect("it runs");
            process.wait().expect("it is gone");
        }
        let told = std::fs::read_to_string(&log).unwrap_or_default();
        println!("== {judge}\n{told}");
        assert!(status.is_some_and(|status| status.success()), "{judge}: {status:?}\n{told}");
    }

    fn write_sign_ins(&self) {
        let people: Vec<_> = demo::personas()
            .into_iter()
            .map(|person| {
                json!({"persona": person.persona, "email": person.email, "password": person.password,
                    "secondFactor": person.second_factor, "dealership": person.dealership, "branch": person.branch})
            })
            .collect();
        let text = serde_json::to_vec(&people).expect("JSON");
        std::fs::write(self.home.folder.path().join("sign-ins.json"), text).expect("a file of our own");
    }

    fn start(&self, settings: &[(&str, &str)]) -> Server {
        let mut process = self
            .forecourt(settings)
            .args(["serve", "--listen", "127.0.0.1:0"])
            .stdout(Stdio::piped())
            .spawn()
            .expect("the program starts");
        let mut said = BufReader::new(process.stdout.take().expect("its output")).lines();
        let line = said.next().expect("a line").expect("text");
        let url = line.split_whitespace().find(|word| word.starts_with("http://")).expect("an address").to_owned();
        Server { process, url }
    }

    fn forecourt(&self, settings: &[(&str, &str)]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_forecourt"));
        command
            .env_clear()
            .envs(databases::environment(&self.home.url))
            .env("FORECOURT_LOG_FILTER", "error")
            .envs(settings.iter().copied())
            .current_dir(self.home.folder.path());
        command
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // A judge may have stopped it.
        drop(self.process.kill());
        drop(self.process.wait());
    }
}

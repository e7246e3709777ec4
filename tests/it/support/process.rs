//! `forecourt serve` as a process of its own.

use std::io::{BufRead, BufReader, Lines};
use std::process::{Child, ChildStdout, Command, ExitStatus, Stdio};
use std::time::{Duration, Instant};

use super::{Home, databases};

/// A server; gone when dropped.
pub(crate) struct Process {
    child: Child,
    /// Of GraphQL.
    pub(crate) url: String,
    said: Lines<BufReader<ChildStdout>>,
}

impl Process {
    /// Serves a home's rows on a port of its own, with the defaults.
    pub(crate) fn start(home: &Home) -> Self {
        Self::with(home, |_| ())
    }

    /// The same, with more said to the program.
    pub(crate) fn with(home: &Home, change: impl FnOnce(&mut Command)) -> Self {
        Self::at(home, "127.0.0.1:0", change)
    }

    /// The same, at an address.
    pub(crate) fn at(home: &Home, address: &str, change: impl FnOnce(&mut Command)) -> Self {
        let mut command = Command::new(env!("CARGO_BIN_EXE_forecourt"));
        command
            .args(["serve", "--listen", address])
            .current_dir(home.folder.path())
            .env_clear()
            .envs(databases::environment(&home.url))
            .stdout(Stdio::piped())
            .stderr(Stdio::inherit());
        change(&mut command);
        let mut child = command.spawn().expect("the program starts");
        let mut said = BufReader::new(child.stdout.take().expect("its output")).lines();
        let line = said.next().expect("a line").expect("text");
        let url = line.split_whitespace().find(|word| word.starts_with("http://")).expect("an address").to_owned();
        Self { child, url, said }
    }

    /// The next line it says to whoever started it.
    pub(crate) fn line(&mut self) -> String {
        self.said.next().expect("a line").expect("text")
    }

    /// Where it listens.
    pub(crate) fn address(&self) -> &str {
        self.url.trim_start_matches("http://").trim_end_matches("/graphql")
    }

    /// The most memory it ever had, in KiB.
    pub(crate) fn peak_kib(&self) -> u64 {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.child.id())).expect("its status");
        let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).expect("a peak");
        line.trim().trim_end_matches(" kB").parse().expect("a number")
    }

    /// As a service manager ends it.
    pub(crate) fn terminate(&self) {
        let status = Command::new("kill").arg("-TERM").arg(self.child.id().to_string()).status();
        assert!(status.expect("a signal").success());
    }

    /// As `kill -9` does.
    pub(crate) fn kill(&mut self) {
        self.child.kill().expect("the server runs");
        self.child.wait().expect("it is gone");
    }

    /// How it ended, if it did within `time`.
    pub(crate) async fn ended_within(&mut self, time: Duration) -> Option<ExitStatus> {
        let since = Instant::now();
        while since.elapsed() < time {
            if let Some(status) = self.child.try_wait().expect("its state") {
                return Some(status);
            }
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        None
    }
}

impl Drop for Process {
    /// A test that fails leaves no server behind.
    fn drop(&mut self) {
        if self.child.kill().is_ok() {
            drop(self.child.wait());
        }
    }
}

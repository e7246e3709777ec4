//! A worker as a process of its own: this test program again, with one test that only works.

use std::process::{Child, Command, Stdio};
use std::sync::Arc;

use forecourt::app::{App, Schema};
use forecourt::config::Config;
use forecourt::job::Worker;

use super::stage::kinds;
use crate::support::{Home, databases};

const NAME: &str = "jobs::child::works_until_it_is_killed";

/// Gone when dropped.
pub(super) struct Process(Child);

impl Process {
    pub(super) fn start(home: &Home) -> Self {
        let child = Command::new(std::env::current_exe().expect("this program"))
            .args(["--exact", NAME, "--ignored", "--nocapture"])
            .envs(databases::environment(&home.url))
            .env("FORECOURT_TEST_WORKS", "1")
            .env("FORECOURT_JOBS_POLL_SECONDS", "1")
            .stdout(Stdio::null())
            .spawn()
            .expect("it starts");
        Self(child)
    }

    /// As `kill -9` does.
    pub(super) fn kill(mut self) {
        self.0.kill().expect("it runs");
        self.0.wait().expect("it is gone");
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        if self.0.kill().is_ok() {
            drop(self.0.wait());
        }
    }
}

#[tokio::test]
#[ignore = "a process for other tests"]
async fn works_until_it_is_killed() {
    if std::env::var_os("FORECOURT_TEST_WORKS").is_none() {
        return;
    }
    let config = Config::load(None, &[]).expect("settings");
    let app = Arc::new(App::open(&config, Schema::Require).await.expect("an installation"));
    Worker::new(app, kinds()).run(std::future::pending()).await;
}

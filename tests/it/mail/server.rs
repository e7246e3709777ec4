//! A mail server, as a process of its own: `serve.py` says what it answers to whom.

use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::OnceLock;

use forecourt::config::{Config, Mail};
use serde_json::Value;
use tempfile::TempDir;

const HERE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/it/mail/server");

/// The mail server; gone when dropped.
pub(super) struct Server {
    child: Child,
    port: String,
    ca_file: String,
    folder: TempDir,
}

/// What it took.
pub(super) struct Taken(Value);

impl Server {
    /// One that is spoken to as `tls` says, and by whoever signs in as `user`, if there is one. None on a machine that cannot
    /// run it.
    pub(super) fn start(tls: &str, user: &[&str]) -> Option<Self> {
        let python = installed()?.join("python/bin/python");
        let folder = tempfile::tempdir().expect("a temporary folder");
        let mut child = Command::new(python)
            .arg(format!("{HERE}/serve.py"))
            .arg(folder.path())
            .arg(tls)
            .args(user)
            .stdout(Stdio::piped())
            .spawn()
            .expect("the mail server starts");
        let said = BufReader::new(child.stdout.take().expect("its output")).lines().next();
        let said = said.expect("it says where it is").expect("text");
        let (port, ca_file) = said.split_once(' ').expect("a port and a file");
        Some(Self { child, port: port.to_owned(), ca_file: ca_file.to_owned(), folder })
    }

    /// Settings of an installation that hands its letters to it, with more of them.
    pub(super) fn settings(&self, tls: &str, more: &str) -> Mail {
        settings(&format!("port = {}\ntls = \"{tls}\"\nca_file = \"{}\"\n{more}", self.port, self.ca_file))
    }

    /// All that it took so far.
    pub(super) fn taken(&self) -> Vec<Taken> {
        let read = |number: usize| std::fs::read(self.folder.path().join(format!("{number}.json"))).ok();
        let letters = (1..).map_while(read);
        letters.map(|letter| Taken(serde_json::from_slice(&letter).expect("JSON"))).collect()
    }

    /// The only letter that it took.
    pub(super) fn only(&self) -> Taken {
        let mut taken = self.taken();
        assert_eq!(taken.len(), 1);
        taken.remove(0)
    }

    /// Addresses that it was asked about.
    pub(super) fn asked(&self) -> usize {
        std::fs::read_to_string(self.folder.path().join("asked")).unwrap_or_default().lines().count()
    }
}

/// Settings of an installation that hands its letters to this machine.
pub(super) fn settings(more: &str) -> Mail {
    let file = tempfile::NamedTempFile::new().expect("a file");
    let text = format!("[mail]\nserver = \"127.0.0.1\"\nfrom = \"post@forecourt.example\"\n{more}");
    std::fs::write(file.path(), text).expect("written");
    Config::load(Some(file.path()), &[]).expect("valid settings").mail
}

impl Taken {
    /// A header; there is one of its name, and no more.
    pub(super) fn header(&self, name: &str) -> String {
        let all = self.headers(name);
        assert_eq!(all.len(), 1, "{name}: {all:?}");
        all.into_iter().next().expect("one")
    }

    /// All headers of a name.
    pub(super) fn headers(&self, name: &str) -> Vec<String> {
        let all = self.0["headers"].as_array().expect("headers").iter();
        let own = all.filter(|pair| pair[0].as_str().is_some_and(|own| own.eq_ignore_ascii_case(name)));
        own.map(|pair| pair[1].as_str().expect("text").to_owned()).collect()
    }

    /// What else is told of it, e.g. `text`.
    pub(super) fn part(&self, name: &str) -> String {
        let part = self.0[name].as_str().unwrap_or_else(|| panic!("no {name}: {}", self.0));
        part.replace("\r\n", "\n")
    }

    pub(super) fn value(&self, name: &str) -> &Value {
        &self.0[name]
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        if self.child.kill().is_ok() {
            drop(self.child.wait());
        }
    }
}

/// The folder of its packages, or nothing on a machine that cannot run it.
///
/// # Panics
/// When they cannot be installed, and when something is missing although the environment has `CI=true`.
fn installed() -> Option<&'static Path> {
    static FOLDER: OnceLock<Option<PathBuf>> = OnceLock::new();
    let folder = FOLDER.get_or_init(|| {
        let version = ["-c", "import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))"];
        let found = Command::new("python3").args(version).stderr(Stdio::null()).status();
        if !found.is_ok_and(|status| status.success()) {
            let wanted = std::env::var("CI").is_ok_and(|value| value == "true");
            assert!(!wanted, "CI=true, but the mail server cannot run: install Python 3.11 with venv");
            eprintln!("skipped: install Python 3.11 with venv");
            return None;
        }
        // Beside the binaries that are tested: target/mail.
        let folder = Path::new(env!("CARGO_BIN_EXE_forecourt")).ancestors().nth(2).expect("a target folder");
        let folder = folder.join("mail");
        let output = Command::new(format!("{HERE}/install")).arg(&folder).output().expect("it runs");
        let told = String::from_utf8_lossy(&output.stdout);
        assert!(output.status.success(), "tests/it/mail/server/install fails: {told}");
        Some(folder)
    });
    folder.as_deref()
}

//! A real PostgreSQL for the tests: started from the binaries of this machine in a temporary folder, and gone with the
//! test process however that ends.
#![expect(clippy::disallowed_methods, reason = "databases are made and removed outside every scope")]

mod binaries;
mod process;

use std::path::Path;
use std::sync::OnceLock;

use sea_orm::ConnectionTrait;
use tokio::sync::OnceCell;
use uuid::Uuid;

use super::databases::{self, Content};

use process::Process;

/// A server to use instead, as `postgres://USER@HOST/DATABASE`; the user may create databases.
const OVERRIDE: &str = "FORECOURT_TEST_POSTGRES_URL";

/// What fresh databases are copies of, by their content.
const TEMPLATES: [&str; 2] = ["forecourt_tables", "forecourt_group"];

/// The server that all tests of this process share.
pub(crate) struct Server {
    /// Address of the database from which others are made.
    url: String,
    /// Which templates are made. Absent on somebody else's server: they would stay behind there.
    templates: Option<[OnceCell<()>; 2]>,
    /// Ends with the tests.
    process: Option<Process>,
}

/// The server, or nothing on a machine without PostgreSQL.
///
/// # Panics
/// When it does not start, and when there is none although the environment has `CI=true`.
pub(crate) fn server() -> Option<&'static Server> {
    static SERVER: OnceLock<anyhow::Result<Option<Server>>> = OnceLock::new();
    match SERVER.get_or_init(start) {
        Ok(server) => server.as_ref(),
        Err(error) => panic!("{error:#}"),
    }
}

fn start() -> anyhow::Result<Option<Server>> {
    if let Ok(url) = std::env::var(OVERRIDE) {
        return Ok(Some(Server { url, templates: None, process: None }));
    }
    let Some(binaries) = binaries::find() else {
        let wanted = std::env::var("CI").is_ok_and(|value| value == "true");
        anyhow::ensure!(!wanted, "CI=true, but there is no PostgreSQL: install the Debian package `postgresql`");
        eprintln!("skipped: no PostgreSQL");
        return Ok(None);
    };
    let process = Process::start(&binaries)?;
    let url = format!("postgres://postgres@localhost/postgres?host={}", process.folder().display());
    Ok(Some(Server { url, templates: Some([OnceCell::new(), OnceCell::new()]), process: Some(process) }))
}

impl Server {
    /// A fresh database with `content`, on a server of our own a copy.
    pub(crate) async fn database(&'static self, content: Content) -> Fresh {
        let name = format!("forecourt_test_{}", Uuid::now_v7().simple());
        match &self.templates {
            Some(templates) => {
                let template = TEMPLATES[content as usize];
                templates[content as usize].get_or_init(|| self.make_template(template, content)).await;
                self.run(&format!("create database {name} template {template} strategy file_copy")).await;
            }
            None => {
                self.run(&format!("create database {name}")).await;
                databases::fill(&self.url_of(&name), content).await;
            }
        }
        Fresh { url: self.url_of(&name), name, server: self }
    }

    /// Where a server of our own keeps everything.
    pub(crate) fn folder(&self) -> Option<&Path> {
        self.process.as_ref().map(Process::folder)
    }

    async fn make_template(&self, template: &str, content: Content) {
        // A test may have ended in the middle of this.
        self.run(&format!("drop database if exists {template} with (force)")).await;
        self.run(&format!("create database {template}")).await;
        databases::fill(&self.url_of(template), content).await;
    }

    async fn run(&self, sql: &str) {
        let connection = sea_orm::Database::connect(&self.url).await.expect("the server answers");
        connection.execute_unprepared(sql).await.unwrap_or_else(|error| panic!("{sql}: {error}"));
        connection.close().await.expect("a connection closes");
    }

    fn url_of(&self, database: &str) -> String {
        let (path, query) = self.url.split_at(self.url.find('?').unwrap_or(self.url.len()));
        let (server, _) = path.rsplit_once('/').expect("the server's address ends in /DATABASE");
        format!("{server}/{database}{query}")
    }
}

/// A database of one test's own, removed when dropped. Drop what is connected to it first: the server waits otherwise.
pub(crate) struct Fresh {
    pub(crate) url: String,
    name: String,
    server: &'static Server,
}

impl Drop for Fresh {
    fn drop(&mut self) {
        let (server, sql) = (self.server, format!("drop database {} with (force)", self.name));
        // A runtime of its own: the test's may be ending.
        let removal = std::thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
            runtime.block_on(server.run(&sql));
        });
        assert!(removal.join().is_ok() || std::thread::panicking(), "a database cannot be removed");
    }
}

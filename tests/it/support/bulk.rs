//! A group of 200,000 bills on PostgreSQL, and one person for each way a scope reaches.
#![expect(clippy::disallowed_methods, reason = "rows in bulk come from outside every scope")]

use forecourt::auth;
use forecourt::scope::Scope;
use forecourt::second_lock;
use sea_orm::{ConnectOptions, ConnectionTrait, Database, DatabaseConnection, Statement};
use secrecy::{ExposeSecret, SecretString};
use serde_json::{Value, json};

use super::databases::{self, Content};
use super::sign_in::sign_in;
use super::{Client, Home};

/// How far a scope can reach; each has a person of this name.
pub(crate) const MODES: [&str; 4] = ["branch", "dealership", "group", "all"];

const PASSWORD: &str = "a page of many pages";

/// The group.
pub(crate) struct Bulk {
    pub(crate) home: Home,
}

/// Somebody who asks.
pub(crate) struct Person {
    pub(crate) scope: Scope,
    pub(crate) token: String,
    pub(crate) client: Client,
}

impl Bulk {
    /// Generates the group, where this machine has PostgreSQL.
    pub(crate) async fn generate() -> Option<Self> {
        let home = databases::on_postgres(Content::Tables).await?;
        let bulk = Self { home };
        bulk.connection().await.execute_unprepared(include_str!("bulk.sql")).await.expect("the group is generated");
        for mode in MODES {
            let password = SecretString::from(PASSWORD);
            auth::set_password(&bulk.home.app, &email(mode), password).await.expect("a known person");
        }
        Some(bulk)
    }

    /// One connection, above the second lock.
    pub(crate) async fn connection(&self) -> DatabaseConnection {
        let mut options = ConnectOptions::new(&self.home.url);
        Database::connect(options.max_connections(1).to_owned()).await.expect("the database answers")
    }

    /// The person of a mode.
    pub(crate) async fn person(&self, mode: &str) -> Person {
        let session = sign_in(&self.home.app, &email(mode), PASSWORD, None).await;
        let token = session.access_token.expose_secret().to_owned();
        Person { scope: session.scope, client: Client::with(&self.home, token.clone()), token }
    }

    /// The statement that reads a page, as the server sends it for `query`, and the answer.
    pub(crate) async fn page(&self, person: &Person, query: &str, after: Option<&str>) -> (Statement, Value) {
        self.home.statements.take();
        let answer = person.client.ask_with(query, json!({"after": after})).await;
        let sent = self.home.statements.take();
        let page = sent.into_iter().find(|statement| statement.sql.contains(" LIMIT ") && !is_lookup(statement));
        (page.expect("a page is read"), answer)
    }
}

impl Person {
    /// What this person's transactions begin with.
    pub(crate) fn opening(&self) -> String {
        second_lock::opening(&self.scope, true)
    }
}

fn email(mode: &str) -> String {
    format!("{mode}@bulk.example")
}

/// Whether a statement only finds out who asks, and where.
fn is_lookup(statement: &Statement) -> bool {
    // The first page asks for the revision of the dealership beside its rows.
    let sql = statement.sql.split_once("AS \"revision_of_home\"").map_or(&*statement.sql, |(_, rest)| rest);
    ["user_account", "membership", "dealership", "user_session", "signing_key"]
        .iter()
        .any(|table| sql.contains(&format!("FROM \"{table}\"")))
}

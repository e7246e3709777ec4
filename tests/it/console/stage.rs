//! A server on the demo group, before which people sit.

use std::process::Command;

use chrono::{TimeDelta, Utc};
use entity::{bill, user_session};
use forecourt::scope::Scope;
use sea_orm::QueryTrait;
use sea_orm::sea_query::Expr;

use super::browser::Browser;
use super::person::Person;
use crate::support::databases;
use crate::support::process::Process;
use crate::support::till::Till;
use crate::support::{Home, World};

/// A home with a server on it, and a browser.
pub(super) struct Stage {
    pub(super) server: Process,
    home: Home,
    browser: &'static Browser,
}

impl Stage {
    pub(super) async fn of(home: Home, browser: &'static Browser) -> Self {
        Self { server: serve(&home, "127.0.0.1:0"), home, browser }
    }

    /// Somebody who is not signed in yet.
    pub(super) async fn person(&self, persona: &str) -> Person {
        Person::new(self.browser, self.origin(), persona).await
    }

    /// Where the console is.
    pub(super) fn origin(&self) -> &str {
        self.server.url.trim_end_matches("/graphql")
    }

    /// Ends the server at once, and starts another in its place.
    pub(super) fn restart(&mut self) {
        self.server.kill();
        let address = self.server.address().to_owned();
        self.server = serve(&self.home, &address);
    }

    /// Puts new bikes of the model `Z9` in stock at the clerk's branch.
    pub(super) async fn stock(&self, count: usize) {
        let world = self.world().await;
        Till::of(&world, "clerk").await.bikes("Z9", "WEB", count).await;
    }

    /// The same home, asked without a browser.
    pub(super) async fn world(&self) -> World {
        World::in_home(self.home.clone()).await
    }

    /// What an operator does on the server's machine.
    pub(super) fn operate(&self, arguments: &[&str]) {
        let output = Command::new(env!("CARGO_BIN_EXE_forecourt"))
            .args(arguments)
            .current_dir(self.home.folder.path())
            .env_clear()
            .envs(databases::environment(&self.home.url))
            .output()
            .expect("the program runs");
        assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
    }

    /// Has everybody who is signed in have proved who they are an hour ago, and not since.
    pub(super) async fn an_hour_passes(&self) {
        let tx = self.home.app.write(Scope::system("test")).await.expect("a transaction");
        let then = Utc::now() - TimeDelta::hours(1);
        let sessions = tx.scope().update_shared::<user_session::Entity>().expect("the system's own");
        let sessions = sessions.col_expr(user_session::Column::AuthenticatedAt, Expr::value(then));
        assert!(tx.update(sessions).await.expect("an update") > 0);
        tx.commit().await.expect("committed");
    }

    /// How many bills there are.
    pub(super) async fn bills(&self) -> u64 {
        let tx = self.home.app.read(Scope::system("test")).await.expect("a transaction");
        tx.count(tx.select::<bill::Entity>().into_query()).await.expect("a count")
    }
}

fn serve(home: &Home, address: &str) -> Process {
    // What it refuses is part of the tests, and told by the page.
    Process::at(home, address, |command| {
        command.env("FORECOURT_LOG_FILTER", "error");
    })
}

/// Makes two tests of one story, each before a server of its own; where there is no browser, they are skipped.
macro_rules! staged {
    ($name:ident, $story:expr) => {
        $crate::support::both!(
            $name,
            $crate::support::databases::Content::Group,
            async |home: $crate::support::Home| $crate::console::stage::run(home, $story).await
        );
    };
}
pub(super) use staged;

/// Tells a story where there is a browser.
pub(super) async fn run(home: Home, story: impl AsyncFnOnce(Stage)) {
    if let Some(browser) = Browser::shared() {
        story(Stage::of(home, browser).await).await;
    }
}

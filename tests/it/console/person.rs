//! Somebody with a browser of their own.

use chromiumoxide::cdp::browser_protocol::browser::BrowserContextId;
use chrono::{TimeDelta, Utc};
use forecourt::auth;
use forecourt::demo::{self, Persona};

use super::browser::Browser;
use super::tab::Tab;

/// A persona of the demo group, and the context of their browser; it is forgotten with them.
pub(super) struct Person {
    browser: &'static Browser,
    context: BrowserContextId,
    origin: String,
    pub(super) persona: Persona,
}

impl Person {
    pub(super) async fn new(browser: &'static Browser, origin: &str, name: &str) -> Self {
        let persona = demo::personas().into_iter().find(|persona| persona.persona == name).expect("a persona");
        Self { browser, context: browser.context().await, origin: origin.to_owned(), persona }
    }

    /// A page of theirs, empty yet.
    pub(super) async fn tab(&self) -> Tab {
        Tab::of(self.browser, self.browser.page(&self.context).await, &self.origin).await
    }

    /// A page of theirs at an address, signed in. Once in a home: a one-time code is good once.
    pub(super) async fn sign_in(&self, path: &str) -> Tab {
        let mut tab = self.tab().await;
        tab.open(path).await;
        self.fill_in(&mut tab).await;
        tab.finds("header.bar .who").await;
        tab
    }

    /// Signs in where a form asks for it.
    pub(super) async fn fill_in(&self, tab: &mut Tab) {
        let code = self.persona.second_factor.map(|secret| shown(secret, 0));
        self.fill_in_with(tab, code.as_deref()).await;
    }

    /// The same, with a code of one's own if one is asked for.
    pub(super) async fn fill_in_with(&self, tab: &mut Tab, code: Option<&str>) {
        tab.fill("E-mail address", &self.persona.email).await;
        tab.fill("Password", self.persona.password).await;
        tab.press("Enter").await;
        if let Some(code) = code {
            tab.forgive("SignIn: SECOND_FACTOR_REQUIRED");
            tab.is_in("[name=code]").await;
            tab.write(code).await;
            tab.press("Enter").await;
        }
    }

    /// What their app shows next: it is good where they came in with the code of now.
    pub(super) fn next_code(&self) -> String {
        shown(self.persona.second_factor.expect("an app"), 1)
    }
}

/// What an app with this secret shows, `steps` of half a minute from now. A server takes the one before and the next as well,
/// and none that is not later than the last.
pub(super) fn shown(secret: &str, steps: i32) -> String {
    auth::one_time_code(secret, Utc::now() + TimeDelta::seconds(30) * steps).expect("a code")
}

impl Drop for Person {
    fn drop(&mut self) {
        self.browser.forget(self.context.clone());
    }
}

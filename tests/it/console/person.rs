//! Somebody with a browser of their own.

use chromiumoxide::cdp::browser_protocol::browser::BrowserContextId;
use chrono::Utc;
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
        tab.fill("E-mail address", &self.persona.email).await;
        tab.fill("Password", self.persona.password).await;
        tab.press("Enter").await;
        if let Some(secret) = self.persona.second_factor {
            tab.forgive("SignIn: SECOND_FACTOR_REQUIRED");
            tab.is_in("[name=code]").await;
            tab.write(&auth::one_time_code(secret, Utc::now()).expect("a code")).await;
            tab.press("Enter").await;
        }
    }
}

impl Drop for Person {
    fn drop(&mut self) {
        self.browser.forget(self.context.clone());
    }
}

//! Somebody who listens, without a socket; what they are told goes through the leak detector.

use std::sync::Arc;
use std::time::Duration;

use async_graphql::Response;
use forecourt::app::App;
use forecourt::auth::{Holder, Visitor, Workplace};
use forecourt::graphql::{self, Allowed, Subscriber, Told};
use forecourt::scope::Reach;
use futures_util::StreamExt;
use secrecy::SecretString;
use serde_json::Value;
use tokio::sync::mpsc;
use tokio::task::JoinHandle;
use tokio::time::timeout;

use super::Client;
use super::places::{self, Places};

/// How long anything may take that a test waits for.
pub(crate) const BOUND: Duration = Duration::from_secs(20);

/// A subscription, under way whether it is asked or not.
pub(crate) struct Ear {
    told: mpsc::UnboundedReceiver<Told>,
    runs: JoinHandle<()>,
    reach: Option<Reach>,
    places: Option<&'static Places>,
}

impl Drop for Ear {
    fn drop(&mut self) {
        self.runs.abort();
    }
}

/// What an ear was told.
#[derive(Debug, PartialEq)]
pub(crate) enum Heard {
    /// The data of the answer.
    Data(Value),
    /// The code of what went wrong with one answer.
    Failed(String),
    /// The code of why there was none at all.
    Refused(String),
    /// The code of why there are no more.
    Ended(String),
    /// It is complete.
    Complete,
}

impl Client {
    /// Begins to listen; whatever changes when this returns is heard.
    pub(crate) async fn listen(&self, query: &str) -> Ear {
        let token = self.token().map(|token| SecretString::from(token.to_owned()));
        let holder = Holder::new(self.app(), token, &Workplace::default()).await.expect("a token that holds");
        let reach = holder.scope(self.app()).await.expect("it holds").map(|scope| scope.reach().clone());
        let subscriber =
            Subscriber { app: Arc::clone(self.app()), holder: Arc::new(holder), visitor: Visitor::default() };
        let request = async_graphql::Request::new(query);
        let answers = graphql::subscribe(self.schema(), request, subscriber, Allowed::Everything);
        let (tell, told) = mpsc::unbounded_channel();
        let before = self.app().listeners();
        let runs = tokio::spawn(async move {
            let mut answers = std::pin::pin!(answers);
            while let Some(answer) = answers.next().await {
                let _ = tell.send(answer);
            }
        });
        let ear = Ear { told, runs, reach, places: self.places() };
        // It hears, or it is over.
        until(|| self.app().listeners() > before || ear.runs.is_finished()).await;
        ear
    }
}

impl Ear {
    /// What it is told next.
    ///
    /// # Panics
    /// When it holds anything from out of reach, and when there is nothing for long.
    pub(crate) async fn next(&mut self) -> Heard {
        let told = timeout(BOUND, self.told.recv()).await.expect("it is told something in time");
        let answer = |response: &Response| serde_json::to_value(response).expect("JSON");
        let code = |response: &Response| {
            answer(response)["errors"][0]["extensions"]["code"].as_str().expect("a code").to_owned()
        };
        match told {
            None => Heard::Complete,
            Some(Told::Refused(response)) => Heard::Refused(code(&response)),
            Some(Told::Ended(response)) => Heard::Ended(code(&response)),
            Some(Told::Answer(response)) if !response.errors.is_empty() => Heard::Failed(code(&response)),
            Some(Told::Answer(response)) => {
                let mut answer = answer(&response);
                let leaks = places::leaks(self.places, self.reach.as_ref(), &answer);
                assert!(leaks.is_empty(), "{:?} was told {leaks:?}", self.reach);
                Heard::Data(answer["data"].take())
            }
        }
    }

    /// The data that it is told next.
    pub(crate) async fn data(&mut self) -> Value {
        match self.next().await {
            Heard::Data(data) => data,
            other => panic!("no data: {other:?}"),
        }
    }
}

/// Waits for a condition, for a while.
pub(crate) async fn until(condition: impl Fn() -> bool) {
    let wait = async {
        while !condition() {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    };
    timeout(BOUND, wait).await.expect("it comes true in time");
}

/// Waits until nobody hears any more in a process.
pub(crate) async fn until_nobody_hears(app: &App) {
    until(|| app.listeners() == 0).await;
}

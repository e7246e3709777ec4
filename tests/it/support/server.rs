//! The gateway over a real socket; what it answers goes through the leak detector.

use std::sync::Arc;
use std::time::Duration;

use forecourt::app::App;
use forecourt::auth::{self, Workplace};
use forecourt::config::Config;
use forecourt::http;
use forecourt::scope::Reach;
use reqwest::header::HeaderMap;
use reqwest::{RequestBuilder, StatusCode};
use serde_json::Value;
use tokio::net::TcpListener;
use tokio::sync::oneshot;

use super::World;
use super::places::{self, Places};

/// The gateway on a port of its own.
pub(crate) struct Server {
    /// Of GraphQL.
    pub(crate) url: String,
    app: Arc<App>,
    /// Absent in homes without the group.
    places: Option<&'static Places>,
    stop: oneshot::Sender<Duration>,
    running: tokio::task::JoinHandle<std::io::Result<()>>,
}

/// A request to be sent.
pub(crate) struct Question<'a> {
    server: &'a Server,
    request: RequestBuilder,
}

/// What came back.
pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) text: String,
}

impl Server {
    pub(crate) async fn start(world: &World) -> Self {
        Self { places: Some(world.places), ..Self::of(&world.home.app).await }
    }

    pub(crate) async fn of(app: &Arc<App>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let url = format!("http://{}/graphql", listener.local_addr().expect("an address"));
        let (stop, stopped) = oneshot::channel::<Duration>();
        let stopped = async { stopped.await.unwrap_or_default() };
        let overrides = [("http.base_domain", "forecourt.example".to_owned())];
        let config = Config::load(None, &overrides).expect("the defaults are valid").http;
        let served = Arc::clone(app);
        let running = tokio::spawn(async move { http::serve(served, &config, listener, stopped).await });
        Self { url, app: Arc::clone(app), places: None, stop, running }
    }

    pub(crate) fn post(&self) -> Question<'_> {
        Question { server: self, request: reqwest::Client::new().post(&self.url) }
    }

    /// Asks for a path, e.g. `/graphql`.
    pub(crate) fn get(&self, path: &str) -> Question<'_> {
        let url = self.url.replace("/graphql", path);
        Question { server: self, request: reqwest::Client::new().get(url) }
    }

    /// Sends nothing to a path.
    pub(crate) fn post_to(&self, path: &str) -> Question<'_> {
        let url = self.url.replace("/graphql", path);
        Question { server: self, request: reqwest::Client::new().post(url) }
    }

    pub(crate) async fn stop(self) {
        self.stop.send(Duration::ZERO).expect("the server runs");
        self.running.await.expect("no panic").expect("a clean end");
    }

    /// How far the credential and headers of a request reach; what does not hold reaches nothing.
    async fn reach(&self, headers: &HeaderMap) -> Option<Reach> {
        let text = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
        let credential = text("authorization")?.strip_prefix("Bearer ")?;
        let scope = match auth::authenticate(&self.app, credential).await {
            Ok(scope) => scope,
            Err(_) => {
                let here = Some(std::net::IpAddr::from([127, 0, 0, 1]));
                auth::authenticate_partner(&self.app, credential, here).await.ok()?.scope().clone()
            }
        };
        let named = |name: &str| text(name).map(str::to_owned);
        let workplace = Workplace { dealership: named("x-forecourt-dealership"), branch: named("x-forecourt-branch") };
        Some(auth::narrow(&self.app, scope, &workplace).await.ok()?.reach().clone())
    }
}

impl Question<'_> {
    pub(crate) fn bearer_auth(self, token: impl std::fmt::Display) -> Self {
        Self { request: self.request.bearer_auth(token), ..self }
    }

    pub(crate) fn header(self, name: &str, value: &str) -> Self {
        Self { request: self.request.header(name, value), ..self }
    }

    pub(crate) fn json(self, body: &Value) -> Self {
        Self { request: self.request.json(body), ..self }
    }

    pub(crate) fn body(self, body: &'static str) -> Self {
        Self { request: self.request.body(body), ..self }
    }

    /// # Panics
    /// When the answer holds anything from out of the asker's reach.
    pub(crate) async fn send(self) -> Answer {
        let request = self.request.build().expect("a request");
        // A host name may narrow still more than the headers; what is out of the headers' reach is a leak either way.
        let reach = self.server.reach(request.headers()).await;
        let said = format!("{request:?}");
        let answer = reqwest::Client::new().execute(request).await.expect("an answer");
        let (status, headers) = (answer.status(), answer.headers().clone());
        let answer = Answer { status, headers, text: answer.text().await.expect("text") };
        let body = serde_json::from_str(&answer.text).unwrap_or_else(|_| Value::String(answer.text.clone()));
        let leaks = places::leaks(self.server.places, reach.as_ref(), &body);
        assert!(leaks.is_empty(), "{reach:?} was shown {leaks:?} by\n{said}");
        answer
    }
}

impl Answer {
    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.text).unwrap_or_else(|error| panic!("{error}: {}", self.text))
    }
}

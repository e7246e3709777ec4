//! The gateway over a real socket; what it answers goes through the leak detector.

use std::sync::Arc;
use std::time::Duration;

use forecourt::app::App;
use forecourt::auth::{self, Workplace};
use forecourt::config::{self, Config};
use forecourt::http;
use forecourt::scope::Reach;
use reqwest::header::HeaderMap;
use reqwest::{Method, RequestBuilder, StatusCode};
use serde_json::Value;
use tokio::net::{TcpListener, TcpStream};
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
    stop: Option<oneshot::Sender<Duration>>,
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
    /// Bytes of the body as it came, perhaps compressed: what is compressed is no text.
    pub(crate) length: usize,
    pub(crate) text: String,
}

impl Server {
    pub(crate) async fn start(world: &World) -> Self {
        Self { places: Some(world.places), ..Self::of(&world.home.app).await }
    }

    pub(crate) async fn of(app: &Arc<App>) -> Self {
        Self::with(app, |_| ()).await
    }

    /// One with settings of its own.
    pub(crate) async fn with(app: &Arc<App>, change: impl FnOnce(&mut config::Http)) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let url = format!("http://{}/graphql", listener.local_addr().expect("an address"));
        let (stop, stopped) = oneshot::channel::<Duration>();
        let stopped = async { stopped.await.unwrap_or_default() };
        let overrides = [("http.base_domain", "forecourt.example".to_owned())];
        let mut config = Config::load(None, &overrides).expect("the defaults are valid").http;
        change(&mut config);
        let served = Arc::clone(app);
        let running = tokio::spawn(async move { http::serve(served, &config, listener, stopped).await });
        Self { url, app: Arc::clone(app), places: None, stop: Some(stop), running }
    }

    /// A socket to it.
    pub(crate) async fn connect(&self) -> std::io::Result<TcpStream> {
        let address = self.url.trim_start_matches("http://").trim_end_matches("/graphql");
        TcpStream::connect(address).await
    }

    pub(crate) fn post(&self) -> Question<'_> {
        Question { server: self, request: reqwest::Client::new().post(&self.url) }
    }

    /// Asks for a path, e.g. `/graphql`.
    pub(crate) fn get(&self, path: &str) -> Question<'_> {
        let url = self.url.replace("/graphql", path);
        Question { server: self, request: reqwest::Client::new().get(url) }
    }

    /// Asks `/graphql` by GET.
    pub(crate) fn get_with(&self, pairs: &[(&str, &str)]) -> Question<'_> {
        let mut url = reqwest::Url::parse(&self.url).expect("an address");
        url.query_pairs_mut().extend_pairs(pairs);
        Question { server: self, request: reqwest::Client::new().get(url) }
    }

    /// Sends nothing to a path.
    pub(crate) fn post_to(&self, path: &str) -> Question<'_> {
        let url = self.url.replace("/graphql", path);
        Question { server: self, request: reqwest::Client::new().post(url) }
    }

    /// Asks with a method of one's own.
    pub(crate) fn ask_by(&self, method: Method) -> Question<'_> {
        Question { server: self, request: reqwest::Client::new().request(method, &self.url) }
    }

    /// Tells it to end; balancers have `notice` to hear of it.
    pub(crate) fn begin_to_stop(&mut self, notice: Duration) {
        let stop = self.stop.take().expect("it was not told before");
        stop.send(notice).expect("the server runs");
    }

    pub(crate) async fn stop(mut self) {
        self.begin_to_stop(Duration::ZERO);
        self.ended().await;
    }

    /// Waits for its end.
    pub(crate) async fn ended(self) {
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

    pub(crate) fn body(self, body: impl Into<reqwest::Body>) -> Self {
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
        let body = answer.bytes().await.expect("a body");
        let answer = Answer { status, headers, length: body.len(), text: String::from_utf8_lossy(&body).into_owned() };
        let body = serde_json::from_str(&answer.text).unwrap_or_else(|_| Value::String(answer.text.clone()));
        let leaks = places::leaks(self.server.places, reach.as_ref(), &body);
        assert!(leaks.is_empty(), "{reach:?} was shown {leaks:?} by\n{said}");
        answer
    }
}

impl Answer {
    /// A header, if there is one; of several, the first.
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name).map(|value| value.to_str().expect("text"))
    }

    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.text).unwrap_or_else(|error| panic!("{error}: {}", self.text))
    }
}

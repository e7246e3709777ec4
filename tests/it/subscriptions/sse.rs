//! Event streams: GraphQL over server-sent events, distinct connections mode.

use std::sync::Arc;

use chrono::TimeDelta;
use entity::bill;
use forecourt::scope::Reach;
use reqwest::{RequestBuilder, Response, StatusCode};
use serde_json::{Value, json};
use tokio::time::timeout;

use crate::support::ear::{BOUND, until, until_nobody_hears};
use crate::support::places::{self, Places};
use crate::support::server::Server;
use crate::support::{World, seeded, touch};

const BILLS: &str = "subscription { billChanged { bill { id number } } }";

/// A stream under way.
struct Events {
    response: Response,
    text: String,
    reach: Option<Reach>,
    places: &'static Places,
}

/// What a stream says.
#[derive(Debug, PartialEq)]
enum Event {
    Next(Value),
    Complete,
    Comment,
    Retry(String),
    /// It is over.
    End,
}

impl Events {
    async fn of(world: &World, request: RequestBuilder, persona: &str) -> Result<Self, Response> {
        let client = world.client(persona).await;
        let request = request.header("accept", "text/event-stream");
        let request = client.token().into_iter().fold(request, |request, token| request.bearer_auth(token));
        let response = timeout(BOUND, request.send()).await.expect("an answer in time").expect("an answer");
        if response.status() != StatusCode::OK {
            return Err(response);
        }
        let reach = client.scope().await.map(|scope| scope.reach().clone());
        Ok(Self { response, text: String::new(), reach, places: world.places })
    }

    async fn next(&mut self) -> Event {
        loop {
            if let Some((event, rest)) = self.text.split_once("\n\n") {
                let (event, rest) = (event.to_owned(), rest.to_owned());
                self.text = rest;
                return self.parsed(&event);
            }
            match timeout(BOUND, self.response.chunk()).await.expect("something in time").expect("no fault") {
                Some(bytes) => self.text += std::str::from_utf8(&bytes).expect("text"),
                None => return Event::End,
            }
        }
    }

    fn parsed(&self, event: &str) -> Event {
        if event == ":" {
            return Event::Comment;
        }
        if let Some(after) = event.strip_prefix("retry: ") {
            return Event::Retry(after.to_owned());
        }
        match event.split_once('\n') {
            Some(("event: next", data)) => {
                let answer = data.strip_prefix("data: ").expect("data");
                let answer: Value = serde_json::from_str(answer).expect("JSON");
                let leaks = places::leaks(Some(self.places), self.reach.as_ref(), &answer);
                assert!(leaks.is_empty(), "{:?} was told {leaks:?}", self.reach);
                Event::Next(answer)
            }
            Some(("event: complete", "data:")) => Event::Complete,
            _ => panic!("{event:?}"),
        }
    }
}

fn post(server: &Server, body: &Value) -> RequestBuilder {
    reqwest::Client::new().post(&server.url).json(body)
}

seeded!(an_operation_is_a_stream, async |world: World| {
    let server = Server::start(&world).await;
    let (app, here) = (&world.home.app, world.places.at("colombo-ev/BR01"));
    let mut events = Events::of(&world, post(&server, &json!({"query": BILLS})), "clerk").await.expect("a stream");
    let header = |name: &str| events.response.headers()[name].to_str().expect("text").to_owned();
    assert_eq!(header("content-type"), "text/event-stream");
    assert_eq!((header("cache-control").as_str(), header("x-accel-buffering").as_str()), ("no-store", "no"));
    until(|| app.listeners() == 1).await;
    touch::one::<bill::Entity>(app, world.places.at("colombo-ev/BR02"), 0).await;
    for skipped in 0..3 {
        touch::one::<bill::Entity>(app, here, skipped).await;
        let Event::Next(answer) = events.next().await else { panic!("a bill is told") };
        assert!(answer["data"]["billChanged"]["bill"]["number"].is_string(), "{answer}");
    }
    drop(events);
    until_nobody_hears(app).await;

    // By GET as well, and what is answered once is complete then.
    let address = |query: &str| {
        let mut url = reqwest::Url::parse(&server.url).expect("an address");
        url.query_pairs_mut().append_pair("query", query).append_pair("variables", r#"{"n": 2}"#);
        reqwest::Client::new().get(url)
    };
    let mut events = Events::of(&world, address(BILLS), "clerk").await.expect("a stream");
    until(|| app.listeners() == 1).await;
    touch::one::<bill::Entity>(app, here, 0).await;
    assert!(matches!(events.next().await, Event::Next(_)));
    drop(events);
    let query = "query($n: Int) { bills(first: $n) { nodes { number } } }";
    let mut events = Events::of(&world, address(query), "clerk").await.expect("a stream");
    let Event::Next(answer) = events.next().await else { panic!("an answer") };
    assert_eq!(answer["data"]["bills"]["nodes"].as_array().map(Vec::len), Some(2));
    assert_eq!((events.next().await, events.next().await), (Event::Complete, Event::End));
    server.stop().await;
});

seeded!(what_cannot_be_run_is_refused_as_the_protocol_says, async |world: World| {
    let server = Server::start(&world).await;
    for (persona, query, code) in [
        ("clerk", "subscription { billChanged { nothing } }", "GRAPHQL_VALIDATION_FAILED"),
        ("clerk", "{ nothing }", "GRAPHQL_VALIDATION_FAILED"),
        ("clerk", "subscription { billChanged(branch: \"none\") { bill { id } } }", "NOT_FOUND"),
        ("inventory", BILLS, "FORBIDDEN"),
        ("anonymous", BILLS, "UNAUTHENTICATED"),
    ] {
        let mut events = Events::of(&world, post(&server, &json!({"query": query})), persona).await.expect("a stream");
        let Event::Next(answer) = events.next().await else { panic!("a refusal") };
        assert_eq!(answer["errors"][0]["extensions"]["code"], code, "{query}");
        assert_eq!((events.next().await, events.next().await), (Event::Complete, Event::End), "{query}");
    }
    let refused = async |request: RequestBuilder, persona: &str| {
        Events::of(&world, request, persona).await.err().expect("refused").status()
    };
    let mutation = "mutation { signOut }";
    let by_get = reqwest::Client::new().get(format!("{}?query={}", server.url, "mutation%20%7B%20signOut%20%7D"));
    let mut by_get = Events::of(&world, by_get, "clerk").await.expect("a stream");
    let Event::Next(answer) = by_get.next().await else { panic!("a refusal") };
    assert_eq!(answer["errors"][0]["extensions"]["code"], "METHOD_NOT_ALLOWED");
    assert_eq!(by_get.next().await, Event::Complete);
    let simple = reqwest::Client::new().post(&server.url).body(json!({"query": mutation}).to_string());
    assert_eq!(refused(simple.header("content-type", "text/plain"), "clerk").await, StatusCode::UNSUPPORTED_MEDIA_TYPE);
    let broken = reqwest::Client::new().post(&server.url).header("content-type", "application/json").body("{");
    assert_eq!(refused(broken, "clerk").await, StatusCode::BAD_REQUEST);
    let large = json!({"query": "x".repeat(300_000)});
    assert_eq!(refused(post(&server, &large), "clerk").await, StatusCode::PAYLOAD_TOO_LARGE);
    let nonsense = post(&server, &json!({"query": BILLS})).header("authorization", "Bearer nonsense");
    assert_eq!(refused(nonsense, "anonymous").await, StatusCode::UNAUTHORIZED);
    assert!(world.client("clerk").await.holds().await, "nobody was signed out");
    server.stop().await;
});

seeded!(a_stream_that_is_cut_short_has_no_complete, async |world: World| {
    let server = Server::start(&world).await;
    let request = || post(&server, &json!({"query": BILLS}));
    let mut ended = Events::of(&world, request(), "manager").await.expect("a stream");
    until(|| world.home.app.listeners() == 1).await;
    world.end_memberships("manager").await;
    world.home.clock.advance(TimeDelta::seconds(4));
    let Event::Next(answer) = ended.next().await else { panic!("it is told why") };
    assert_eq!(answer["errors"][0]["extensions"]["code"], "UNAUTHENTICATED");
    assert_eq!(ended.next().await, Event::End);

    let mut stopped = Events::of(&world, request(), "clerk").await.expect("a stream");
    until(|| world.home.app.listeners() == 1).await;
    let ((), retry, end) = tokio::join!(server.stop(), stopped.next(), async {});
    assert_eq!(retry, Event::Retry("1000".to_owned()));
    assert_eq!(stopped.next().await, Event::End);
    let () = end;
});

seeded!(a_silent_stream_shows_that_it_is_alive, async |world: World| {
    let app = world.home.process_with(|config| {
        config.subscriptions.keep_alive_seconds = std::num::NonZeroU32::MIN;
        config.subscriptions.operations_each = 1;
    });
    let app = app.await;
    let server = Server::of(&app).await;
    let request = || post(&server, &json!({"query": BILLS}));
    let mut events = Events::of(&world, request(), "clerk").await.expect("a stream");
    assert_eq!((events.next().await, events.next().await), (Event::Comment, Event::Comment));
    let second = Events::of(&world, request(), "clerk").await.err().expect("one at a time");
    assert_eq!(second.status(), StatusCode::TOO_MANY_REQUESTS);
    drop(events);
    until_nobody_hears(&app).await;
    drop(Arc::clone(&app));
    server.stop().await;
});

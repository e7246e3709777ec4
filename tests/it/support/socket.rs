//! A WebSocket as a client sees it, text by text; what comes in goes through the leak detector.

use forecourt::scope::Reach;
use futures_util::{SinkExt, StreamExt};
use reqwest::StatusCode;
use serde_json::{Value, json};
use tokio::net::TcpStream;
use tokio::time::timeout;
use tokio_tungstenite::tungstenite::client::IntoClientRequest;
use tokio_tungstenite::tungstenite::http::{HeaderName, HeaderValue};
use tokio_tungstenite::tungstenite::{self, Message};
use tokio_tungstenite::{WebSocketStream, client_async};

use super::ear::BOUND;
use super::places::{self, Places};
use super::{Client, World};

/// The subprotocol.
pub(crate) const PROTOCOL: (&str, &str) = ("sec-websocket-protocol", "graphql-transport-ws");

/// An open socket.
pub(crate) struct Socket {
    stream: WebSocketStream<TcpStream>,
    places: Option<&'static Places>,
    reach: Option<Reach>,
}

/// What came in.
#[derive(Debug, PartialEq)]
pub(crate) enum In {
    /// A message.
    Text(Value),
    /// The end, with its code and reason.
    Closed(u16, String),
}

impl Socket {
    /// Opens one at the address of a server's GraphQL; the status, where it is refused.
    pub(crate) async fn open(url: &str, headers: &[(&str, &str)]) -> Result<Self, StatusCode> {
        let mut request = url.replace("http://", "ws://").into_client_request().expect("an address");
        for (name, value) in headers {
            let name: HeaderName = name.parse().expect("a name");
            request.headers_mut().insert(name, HeaderValue::from_str(value).expect("a value"));
        }
        let host = request.uri().authority().expect("a host").to_string();
        let wire = TcpStream::connect(host).await.expect("the server listens");
        match client_async(request, wire).await {
            Ok((stream, _)) => Ok(Self { stream, places: None, reach: None }),
            Err(tungstenite::Error::Http(answer)) => Err(answer.status()),
            // The library insists on a protocol that it asked for.
            Err(error) => panic!("{error}"),
        }
    }

    /// Opens one and says who it is.
    pub(crate) async fn of(world: &World, url: &str, client: &Client) -> Self {
        let mut socket = Self::open(url, &[PROTOCOL]).await.expect("it opens");
        socket.places = Some(world.places);
        socket.reach = client.scope().await.map(|scope| scope.reach().clone());
        let payload = client.token().map_or(json!({}), |token| json!({"authorization": format!("Bearer {token}")}));
        socket.say(json!({"type": "connection_init", "payload": payload})).await;
        assert_eq!(socket.next().await, In::Text(json!({"type": "connection_ack"})));
        socket
    }

    pub(crate) async fn say(&mut self, message: Value) {
        self.send(Message::text(message.to_string())).await;
    }

    pub(crate) async fn send(&mut self, message: Message) {
        self.stream.send(message).await.expect("it is open");
    }

    /// [`Socket::send`], which may not be possible any more, or not yet.
    pub(crate) async fn try_send(&mut self, message: Message) -> Result<(), tungstenite::Error> {
        self.stream.send(message).await
    }

    /// Begins an operation.
    pub(crate) async fn subscribe(&mut self, id: &str, query: &str) {
        self.say(json!({"id": id, "type": "subscribe", "payload": {"query": query}})).await;
    }

    /// What comes in next.
    ///
    /// # Panics
    /// When it holds anything from out of reach, and when nothing comes for long.
    pub(crate) async fn next(&mut self) -> In {
        loop {
            let message = timeout(BOUND, self.stream.next()).await.expect("something comes in time");
            let text = match message {
                Some(Ok(Message::Text(text))) => text,
                Some(Ok(Message::Close(Some(frame)))) => {
                    return In::Closed(frame.code.into(), frame.reason.to_string());
                }
                Some(Ok(Message::Ping(_) | Message::Pong(_))) => continue,
                Some(Ok(other)) => panic!("{other:?}"),
                None | Some(Err(_)) => return In::Closed(1006, String::new()),
            };
            let value: Value = serde_json::from_str(&text).expect("JSON");
            let leaks = places::leaks(self.places, self.reach.as_ref(), &value);
            assert!(self.places.is_none() || leaks.is_empty(), "{:?} was told {leaks:?}", self.reach);
            return In::Text(value);
        }
    }

    /// The message that comes in next.
    pub(crate) async fn text(&mut self) -> Value {
        match self.next().await {
            In::Text(value) => value,
            In::Closed(code, reason) => panic!("closed: {code} {reason}"),
        }
    }
}

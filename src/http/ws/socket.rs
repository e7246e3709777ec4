//! One socket: who it is, what it asks, what it is told, until it closes.
//!
//! Each operation is a task of its own, so that none of them stops in the middle of a transaction while its client is slow;
//! with its answer in hand it waits for its turn. So whoever does not read holds up only itself, and is closed.

use std::collections::HashMap;
use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;

use async_graphql::{Pos, Response};
use axum::extract::ws::{Message, WebSocket};
use futures_util::{Stream, StreamExt, stream};
use tokio::sync::mpsc;
use tokio::task::AbortHandle;
use tokio::time::{Instant, interval_at, timeout};
use tokio_tungstenite::tungstenite;

use super::Opening;
use super::message::{Asked, Bye, Named, Said, Say};
use crate::auth::Holder;
use crate::error::Error;
use crate::graphql::{Allowed, CHECKED, Subscriber, Told, present, subscribe};
use crate::http::Server;
use crate::http::request::trace_id;
use crate::http::stays::{Room, Seat, Who};
use crate::telemetry::metric::{Held, Open};

/// How long a client may take to say goodbye.
const PARTING: Duration = Duration::from_secs(2);

pub(super) struct Socket {
    server: Server,
    socket: WebSocket,
    room: Room,
}

/// Answers of all operations of a socket that wait at a time; of each, one more.
const WAITING: usize = 1;

/// What an operation is answered with, and which one it is; nothing, when it is complete.
type Answer = (Operation, Option<Told>);

/// An operation, by the id that its client gave it. The client may use the id again, but not the number.
#[derive(Clone)]
struct Operation {
    id: Arc<str>,
    number: u64,
}

/// A client that said who it is.
struct Client {
    subscriber: Subscriber,
    who: Who,
    /// One connection of theirs.
    _seat: Seat,
    begun: u64,
    under_way: HashMap<Arc<str>, Running>,
    answers: mpsc::Receiver<Answer>,
    answering: mpsc::Sender<Answer>,
}

/// An operation under way; it ends with this.
struct Running {
    number: u64,
    task: AbortHandle,
}

impl Drop for Running {
    fn drop(&mut self) {
        self.task.abort();
    }
}

impl Socket {
    pub(super) fn new(server: Server, socket: WebSocket, room: Room) -> Self {
        Self { server, socket, room }
    }

    /// Serves it until it closes.
    pub(super) async fn run(mut self, opening: Opening) {
        let _open = Open::begin(Held::Socket);
        let Err(bye) = self.talk(opening).await;
        let (code, Some(frame)) = (bye.code(), bye.frame()) else { return };
        // Whoever hangs up without having read everything takes the goodbye back from the other side, so wait for its own.
        // Of a message that is too large the rest cannot be read: there, wait a while.
        let parting = async {
            if self.socket.send(Message::Close(Some(frame))).await.is_ok() {
                while let Some(Ok(_)) = self.socket.recv().await {}
                if code == Bye::TOO_LARGE.code() {
                    std::future::pending::<()>().await;
                }
            }
        };
        let _ = timeout(PARTING, parting).await;
    }

    async fn talk(&mut self, opening: Opening) -> Result<Infallible, Bye> {
        if self.socket.protocol().is_none() {
            return Err(Bye::NOT_SPOKEN);
        }
        let patience = seconds(self.server.stays.limits().init_seconds);
        let stops = self.room.stops();
        let mut client = tokio::select! {
            known = timeout(patience, Box::pin(self.greet(opening))) => known.map_err(|_| Bye::NO_INIT)??,
            () = stops => return Err(Bye::STOPPING),
        };
        self.say(&Say::ConnectionAck).await?;
        self.serve(&mut client).await
    }

    /// Waits for the client to say who it is.
    async fn greet(&mut self, opening: Opening) -> Result<Client, Bye> {
        loop {
            match self.hear().await? {
                Said::ConnectionInit { payload } => return client(&self.server, opening, Named::of(payload)).await,
                Said::Ping { payload } => self.say(&Say::Pong { payload }).await?,
                Said::Pong { .. } | Said::Complete { .. } => {}
                Said::Subscribe { .. } => return Err(Bye::UNAUTHORIZED),
            }
        }
    }

    async fn serve(&mut self, client: &mut Client) -> Result<Infallible, Bye> {
        let every = |period: Duration| interval_at(Instant::now() + period, period);
        let (mut ping, mut check) = (every(seconds(self.server.stays.limits().ping_seconds)), every(CHECKED));
        let mut is_alive = true;
        let mut stops = std::pin::pin!(self.room.stops());
        loop {
            tokio::select! {
                received = self.socket.recv() => {
                    is_alive = true;
                    if let Some(text) = text(received)? {
                        self.answer(client, Said::parse(&text)?).await?;
                    }
                }
                Some((operation, told)) = client.answers.recv() => self.tell(client, operation, told).await?,
                _ = ping.tick() => {
                    if !std::mem::take(&mut is_alive) {
                        return Err(Bye::NO_PONG);
                    }
                    self.send(Message::Ping(Default::default())).await?;
                }
                _ = check.tick() => client.still_holds().await?,
                () = &mut stops => return Err(Bye::STOPPING),
            }
        }
    }

    async fn answer(&mut self, client: &mut Client, said: Said) -> Result<(), Bye> {
        match said {
            Said::ConnectionInit { .. } => Err(Bye::TWO_INITS),
            Said::Ping { payload } => self.say(&Say::Pong { payload }).await,
            Said::Pong { .. } => Ok(()),
            Said::Subscribe { id, payload } => self.begin(client, id, *payload).await,
            Said::Complete { id } => {
                // It may have completed on our side meanwhile.
                client.under_way.remove(id.as_str());
                Ok(())
            }
        }
    }

    async fn begin(&mut self, client: &mut Client, id: String, asked: Asked) -> Result<(), Bye> {
        if client.under_way.contains_key(id.as_str()) {
            return Err(Bye::taken(&id));
        }
        let request = asked.request()?;
        let Some(seat) = self.server.stays.operation(client.who) else {
            let error = async_graphql::Error::new_with_source(Error::TooManyOperations);
            let mut response = Response::from_errors(vec![error.into_server_error(Pos::default())]);
            present(&mut response, &trace_id());
            return self.say(&Say::Error { id: &id, payload: &response.errors }).await;
        };
        client.begun += 1;
        let operation = Operation { id: id.into(), number: client.begun };
        let told = subscribe(&self.server.schema, request, client.subscriber.clone(), Allowed::Everything);
        let task = tokio::spawn(run(operation.clone(), told, client.answering.clone(), seat)).abort_handle();
        client.under_way.insert(operation.id, Running { number: operation.number, task });
        Ok(())
    }

    async fn tell(&mut self, client: &mut Client, operation: Operation, told: Option<Told>) -> Result<(), Bye> {
        let Operation { id, number } = operation;
        // What its client has ended is not told any more, though it was on its way.
        if client.under_way.get(&id).is_none_or(|running| running.number != number) {
            return Ok(());
        }
        match told {
            Some(Told::Answer(response)) => self.say(&Say::Next { id: &id, payload: &response }).await,
            Some(Told::Refused(response) | Told::Ended(response)) => {
                if is_signed_out(&response) {
                    client.still_holds().await?;
                }
                client.under_way.remove(&id);
                self.say(&Say::Error { id: &id, payload: &response.errors }).await
            }
            None => {
                client.under_way.remove(&id);
                self.say(&Say::Complete { id: &id }).await
            }
        }
    }

    /// What the client says next.
    async fn hear(&mut self) -> Result<Said, Bye> {
        loop {
            let received = self.socket.recv().await;
            if let Some(text) = text(received)? {
                return Said::parse(&text);
            }
        }
    }

    async fn say(&mut self, message: &Say<'_>) -> Result<(), Bye> {
        let text = serde_json::to_string(message).map_err(|error| {
            tracing::error!(cause = %error, "a message is no JSON");
            Bye::FAULT
        })?;
        self.send(Message::Text(text.into())).await
    }

    async fn send(&mut self, message: Message) -> Result<(), Bye> {
        let patience = seconds(self.server.stays.limits().send_seconds);
        match timeout(patience, self.socket.send(message)).await {
            Ok(sent) => sent.map_err(|_| Bye::GONE),
            Err(_) => Err(Bye::NOT_READING),
        }
    }
}

impl Client {
    /// Makes sure that its credential has not ended.
    ///
    /// # Errors
    /// The goodbye after which a client comes back with another token; an error would end what it subscribed to.
    async fn still_holds(&self) -> Result<(), Bye> {
        // Where it cannot be asked, nothing is known to have ended.
        match self.subscriber.holder.scope(&self.subscriber.app).await {
            Err(Error::Unauthenticated) => Err(Bye::SIGNED_OUT),
            _ => Ok(()),
        }
    }
}

/// Runs an operation to its end, whether anybody takes its answers or not.
async fn run(operation: Operation, told: impl Stream<Item = Told>, answering: mpsc::Sender<Answer>, _seat: Seat) {
    let mut told = std::pin::pin!(told.map(Some).chain(stream::once(std::future::ready(None))));
    while let Some(told) = told.next().await {
        if answering.send((operation.clone(), told)).await.is_err() {
            return;
        }
    }
}

/// Finds out who a client is.
async fn client(server: &Server, opening: Opening, named: crate::error::Result<Named>) -> Result<Client, Bye> {
    let app = &server.app;
    let known = async {
        let named = named?;
        let workplace = named.workplace(&opening.workplace)?;
        let holder = Holder::new(app, named.token.or(opening.token), &workplace).await?;
        let scope = holder.scope(app).await?;
        Ok((holder, scope))
    };
    let (holder, scope) = known.await.map_err(refusal)?;
    let who = Who::of(scope.as_ref(), &opening.visitor);
    let seat = server.stays.connection(who).ok_or(Bye::TOO_MANY)?;
    let subscriber = Subscriber { app: Arc::clone(app), holder: Arc::new(holder), visitor: opening.visitor };
    let (answering, answers) = mpsc::channel(WAITING);
    Ok(Client { subscriber, who, _seat: seat, begun: 0, under_way: HashMap::new(), answers, answering })
}

/// The text of what was received; none of what only shows that the other side is there.
fn text(received: Option<Result<Message, axum::Error>>) -> Result<Option<String>, Bye> {
    match received {
        None | Some(Ok(Message::Close(_))) => Err(Bye::GONE),
        Some(Ok(Message::Text(text))) => Ok(Some(text.as_str().to_owned())),
        Some(Ok(Message::Binary(_))) => Err(Bye::invalid("Only text messages are understood")),
        Some(Ok(Message::Ping(_) | Message::Pong(_))) => Ok(None),
        Some(Err(error)) => match error.into_inner().downcast_ref() {
            Some(tungstenite::Error::Capacity(_)) => Err(Bye::TOO_LARGE),
            Some(tungstenite::Error::Utf8(_)) => Err(Bye::invalid("Only text messages are understood")),
            _ => Err(Bye::GONE),
        },
    }
}

fn is_signed_out(response: &Response) -> bool {
    response.errors.iter().any(|error| matches!(error.source::<Error>(), Some(Error::Unauthenticated)))
}

/// How a client is told that it is not let in.
fn refusal(error: Error) -> Bye {
    match error {
        Error::Internal(cause) => {
            tracing::error!(cause = format!("{cause:#}"), "cannot find out who opens a socket");
            Bye::FAULT
        }
        Error::Overloaded | Error::DeadlineExceeded => Bye::BUSY,
        _ => Bye::FORBIDDEN,
    }
}

fn seconds(seconds: std::num::NonZeroU32) -> Duration {
    Duration::from_secs(seconds.get().into())
}

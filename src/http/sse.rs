//! Event streams: GraphQL over server-sent events, distinct connections mode. One request is one operation; `next` for each
//! answer, `complete` after the last.
//!
//! A stream that is cut short, because the credential ended, something was missed or the server stops, ends without
//! `complete`: a client of the reference implementation then asks again, with a token that it asks for anew. What does not
//! hold is refused before the stream begins, with a status.

use std::convert::Infallible;
use std::num::NonZeroU32;
use std::sync::Arc;
use std::time::Duration;

use axum::body::{Body, Bytes};
use axum::extract::{FromRequest, FromRequestParts, Request};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, header};
use axum::response::{IntoResponse, Response};
use futures_util::{Stream, StreamExt, stream};
use secrecy::SecretString;
use tokio::sync::mpsc::{self, error::TrySendError};
use tokio::time::{Instant, interval_at, timeout};

use super::Server;
use super::graphql::{Ask, MediaType, Refusal, body, refused};
use super::request::{bearer, trace_id};
use super::stays::{Room, Seat, Who};
use super::visitor::Device;
use super::workplace::workplace;
use crate::auth::{Holder, Visitor};
use crate::error::{Error, Result};
use crate::graphql::{Allowed, Subscriber, Told, subscribe};
use crate::scope::Scope;
use crate::telemetry::metric::{Held, Open};

/// After how long a client asks again when the server stops.
const AGAIN: Bytes = Bytes::from_static(b"retry: 1000\n\n");

/// What shows that a stream is alive.
const ALIVE: Bytes = Bytes::from_static(b":\n\n");

/// Runs one operation as whoever the request names, and answers as long as there is something to tell.
pub(super) async fn stream(server: Server, request: Request) -> Response {
    let trace_id = trace_id();
    match begin(&server, request).await {
        Ok(stream) => stream,
        Err(Why::Error(error)) => refused(error, MediaType::Json, &trace_id),
        Err(Why::Refusal(refusal)) => refusal.into_response(),
    }
}

/// Why there is no stream.
enum Why {
    Error(Error),
    Refusal(Refusal),
}

impl From<Error> for Why {
    fn from(error: Error) -> Self {
        Self::Error(error)
    }
}

impl From<Refusal> for Why {
    fn from(refusal: Refusal) -> Self {
        Self::Refusal(refusal)
    }
}

async fn begin(server: &Server, request: Request) -> Result<Response, Why> {
    let (mut parts, body) = request.into_parts();
    let Ok(Device(visitor)) = Device::from_request_parts(&mut parts, server).await;
    // A stream cannot set the cookie that would take its place.
    let visitor = Visitor { refresh: None, ..visitor };
    let (holder, scope) = holder(server, &parts.headers).await?;
    // A link must not change anything.
    let allowed = if parts.method == Method::GET { Allowed::Readings } else { Allowed::Everything };
    let Ask(request) = Ask::from_request(Request::from_parts(parts, body), server).await?;
    let (stays, who) = (&server.stays, Who::of(scope.as_ref(), &visitor));
    let room = stays.room().ok_or(Error::Overloaded)?;
    let seats = stays.connection(who).zip(stays.operation(who)).ok_or(Error::TooManyOperations)?;
    let subscriber = Subscriber { app: Arc::clone(&server.app), holder: Arc::new(holder), visitor };
    let told = subscribe(&server.schema, request, subscriber, allowed);
    let (line, lines) = mpsc::channel(1);
    let wire = Wire { line, room, _seats: seats, patience: seconds(stays.limits().send_seconds) };
    tokio::spawn(wire.tell(told, seconds(stays.limits().keep_alive_seconds)));
    let lines = stream::unfold(lines, async |mut lines| {
        let line = lines.recv().await?;
        Some((Ok::<_, Infallible>(line), lines))
    });
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static("text/event-stream")),
        (header::CACHE_CONTROL, HeaderValue::from_static("no-store")),
        // Nothing between may keep events until there are more of them.
        (HeaderName::from_static("x-accel-buffering"), HeaderValue::from_static("no")),
    ];
    Ok((headers, Body::from_stream(lines)).into_response())
}

async fn holder(server: &Server, headers: &HeaderMap) -> Result<(Holder, Option<Scope>)> {
    let token = bearer(headers)?.map(SecretString::from);
    let workplace = workplace(headers, server.base_domain.as_deref())?;
    let holder = Holder::new(&server.app, token, &workplace).await?;
    let scope = holder.scope(&server.app).await?;
    Ok((holder, scope))
}

/// The other end of a stream: what is told waits here until the client takes it.
struct Wire {
    line: mpsc::Sender<Bytes>,
    room: Room,
    _seats: (Seat, Seat),
    patience: Duration,
}

impl Wire {
    /// Tells until there is nothing more to tell, or nobody who listens.
    async fn tell(self, told: impl Stream<Item = Told> + Send, keep_alive: Duration) {
        let _open = Open::begin(Held::Stream);
        let mut told = std::pin::pin!(told);
        let mut stops = std::pin::pin!(self.room.stops());
        let mut alive = interval_at(Instant::now() + keep_alive, keep_alive);
        loop {
            let is_heard = tokio::select! {
                told = told.next() => match told {
                    // It is over after that, which is told next.
                    Some(Told::Answer(response) | Told::Refused(response)) => self.send(next(&response)).await,
                    Some(Told::Ended(response)) => {
                        self.send(next(&response)).await;
                        false
                    }
                    None => {
                        self.complete().await;
                        false
                    }
                },
                // Without waiting: the operation may be in the middle of something. A client that has not read what came
                // last needs no sign of life.
                _ = alive.tick() => !matches!(self.line.try_send(ALIVE), Err(TrySendError::Closed(_))),
                () = &mut stops => {
                    self.send(AGAIN).await;
                    false
                }
                () = self.line.closed() => false,
            };
            if !is_heard {
                return;
            }
        }
    }

    async fn complete(&self) -> bool {
        self.send(Bytes::from_static(b"event: complete\ndata:\n\n")).await
    }

    async fn send(&self, line: Bytes) -> bool {
        timeout(self.patience, self.line.send(line)).await.is_ok_and(|sent| sent.is_ok())
    }
}

fn next(response: &async_graphql::Response) -> Bytes {
    match body(response) {
        Ok(response) => format!("event: next\ndata: {response}\n\n").into(),
        Err(error) => {
            tracing::error!(cause = %error, "an answer is no JSON");
            ALIVE
        }
    }
}

fn seconds(seconds: NonZeroU32) -> Duration {
    Duration::from_secs(seconds.get().into())
}

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

use async_graphql::{Pos, Variables};
use axum::Json;
use axum::body::{Body, Bytes, to_bytes};
use axum::extract::{FromRequestParts, Query, Request};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, header};
use axum::response::{IntoResponse, Response};
use futures_util::{Stream, StreamExt, stream};
use secrecy::SecretString;
use serde::Deserialize;
use tokio::sync::mpsc::{self, error::TrySendError};
use tokio::time::{Instant, interval_at, timeout};

use super::Server;
use super::request::{bearer, trace_id};
use super::stays::{Room, Seat, Who};
use super::visitor::Device;
use super::workplace::workplace;
use crate::auth::{Holder, Visitor};
use crate::error::{Error, Result};
use crate::graphql::{Allowed, Subscriber, Told, present, subscribe};
use crate::scope::Scope;
use crate::telemetry::metric::{Held, Open};

/// Bytes of a request's body at most.
const LARGEST: usize = 256 * 1024;

/// After how long a client asks again when the server stops.
const AGAIN: Bytes = Bytes::from_static(b"retry: 1000\n\n");

/// What shows that a stream is alive.
const ALIVE: Bytes = Bytes::from_static(b":\n\n");

/// Runs one operation as whoever the request names, and answers as long as there is something to tell.
pub(super) async fn stream(server: Server, request: Request) -> Response {
    let trace_id = trace_id();
    match begin(&server, request).await {
        Ok(stream) => stream,
        Err(Refusal::Error(error)) => refused(error, &trace_id),
        Err(Refusal::Status(status)) => status.into_response(),
    }
}

/// Why there is no stream.
enum Refusal {
    Error(Error),
    Status(StatusCode),
}

impl From<Error> for Refusal {
    fn from(error: Error) -> Self {
        Self::Error(error)
    }
}

async fn begin(server: &Server, request: Request) -> Result<Response, Refusal> {
    let (mut parts, body) = request.into_parts();
    let Ok(Device(visitor)) = Device::from_request_parts(&mut parts, server).await;
    // A stream cannot set the cookie that would take its place.
    let visitor = Visitor { refresh: None, ..visitor };
    let (holder, scope) = holder(server, &parts.headers).await?;
    let request = asked(&mut parts, body).await.map_err(Refusal::Status)?;
    // A link must not change anything.
    let allowed = if parts.method == Method::GET { Allowed::Readings } else { Allowed::Everything };
    let (stays, who) = (&server.stays, Who::of(scope.as_ref(), &visitor));
    let room = stays.room().ok_or(Refusal::Status(StatusCode::SERVICE_UNAVAILABLE))?;
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

/// An operation in the address of a request.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Asked {
    #[serde(default)]
    query: String,
    operation_name: Option<String>,
    variables: Option<String>,
    extensions: Option<String>,
}

async fn asked(parts: &mut Parts, body: Body) -> Result<async_graphql::Request, StatusCode> {
    match parts.method {
        Method::POST => {
            let content_type = parts.headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok());
            let media_type = content_type.and_then(|value| value.split(';').next()).unwrap_or_default().trim();
            // Other types are sent across sites by browsers without asking first.
            if !media_type.eq_ignore_ascii_case("application/json") {
                return Err(StatusCode::UNSUPPORTED_MEDIA_TYPE);
            }
            let body = to_bytes(body, LARGEST).await.map_err(|_| StatusCode::PAYLOAD_TOO_LARGE)?;
            serde_json::from_slice(&body).map_err(|_| StatusCode::BAD_REQUEST)
        }
        Method::GET => {
            let asked = Query::<Asked>::from_request_parts(parts, &()).await;
            let Ok(Query(asked)) = asked else { return Err(StatusCode::BAD_REQUEST) };
            asked.request().map_err(|_| StatusCode::BAD_REQUEST)
        }
        _ => Err(StatusCode::METHOD_NOT_ALLOWED),
    }
}

impl Asked {
    fn request(self) -> serde_json::Result<async_graphql::Request> {
        let mut request = async_graphql::Request::new(self.query);
        request.operation_name = self.operation_name.filter(|name| !name.is_empty());
        if let Some(variables) = self.variables.filter(|text| !text.is_empty()) {
            request.variables = Variables::from_json(serde_json::from_str(&variables)?);
        }
        if let Some(extensions) = self.extensions.filter(|text| !text.is_empty()) {
            request.extensions = serde_json::from_str(&extensions)?;
        }
        Ok(request)
    }
}

fn refused(error: Error, trace_id: &str) -> Response {
    let status = match error {
        Error::Unauthenticated => StatusCode::UNAUTHORIZED,
        Error::ScopeMismatch => StatusCode::BAD_REQUEST,
        Error::TooManyOperations => StatusCode::TOO_MANY_REQUESTS,
        _ => StatusCode::INTERNAL_SERVER_ERROR,
    };
    let error = async_graphql::Error::new_with_source(error).into_server_error(Pos::default());
    let mut response = async_graphql::Response::from_errors(vec![error]);
    present(&mut response, trace_id);
    (status, Json(response)).into_response()
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
    match serde_json::to_string(response) {
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

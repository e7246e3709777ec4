//! WebSockets: `graphql-transport-ws`, as its protocol says. How to close one, and when, is what clients rely on:
//!
//! | Code | Why |
//! | --- | --- |
//! | 4400 | a message that is none of the protocol's |
//! | 4401 | an operation before `connection_init` was acknowledged |
//! | 4403 | a token that does not hold, or no longer does |
//! | 4406 | the client does not speak `graphql-transport-ws` |
//! | 4408 | no `connection_init` in time |
//! | 4409 | an id that is in use |
//! | 4429 | a second `connection_init`; more sockets of one device than are allowed |
//! | 1001 | no pong in time |
//! | 1009 | a message that is too large |
//! | 1012 | the server stops: connect again |
//! | 1013 | the server is busy; the client does not read what it is sent |
//!
//! Clients of the reference implementation connect again after 1001, 1012, 1013, 4403 and 4408, with a token that they ask
//! for anew, and give up after the others.

mod message;
mod socket;

use axum::extract::ws::{WebSocket, WebSocketUpgrade};
use axum::extract::{FromRequestParts, Request};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use secrecy::SecretString;

use super::Server;
use super::request::bearer;
use super::visitor::Device;
use super::workplace::workplace;
use crate::auth::{Visitor, Workplace};
use crate::error::Error;
use socket::Socket;

const PROTOCOL: &str = "graphql-transport-ws";

/// Bytes of a message at most; of one that is sent, as large as it is.
const LARGEST: usize = 256 * 1024;

/// Bytes of the buffer that a socket reads into, for as long as it is open.
const READ_BUFFER: usize = 1024;

/// Who opened a socket, as far as the request tells.
pub(super) struct Opening {
    token: Option<SecretString>,
    workplace: Workplace,
    visitor: Visitor,
}

/// Turns a request into a socket.
pub(super) async fn upgrade(server: Server, request: Request) -> Response {
    let (mut parts, _) = request.into_parts();
    let upgrade = match WebSocketUpgrade::from_request_parts(&mut parts, &server).await {
        Ok(upgrade) => upgrade,
        Err(refusal) => return refusal.into_response(),
    };
    let Ok(Device(visitor)) = Device::from_request_parts(&mut parts, &server).await;
    let opening = match opening(&server, &parts.headers, visitor) {
        Ok(opening) => opening,
        Err(Error::Unauthenticated) => return StatusCode::UNAUTHORIZED.into_response(),
        Err(_) => return StatusCode::BAD_REQUEST.into_response(),
    };
    let Some(room) = server.stays.room() else {
        // Another instance may have some.
        return (StatusCode::SERVICE_UNAVAILABLE, [(header::RETRY_AFTER, "5")]).into_response();
    };
    let upgrade = upgrade.protocols([PROTOCOL]).read_buffer_size(READ_BUFFER).write_buffer_size(0);
    let upgrade = upgrade.max_message_size(LARGEST).max_frame_size(LARGEST);
    upgrade.on_upgrade(async move |socket: WebSocket| Socket::new(server, socket, room).run(opening).await)
}

fn opening(server: &Server, headers: &axum::http::HeaderMap, visitor: Visitor) -> crate::error::Result<Opening> {
    Ok(Opening {
        token: bearer(headers)?.map(SecretString::from),
        workplace: workplace(headers, server.base_domain.as_deref())?,
        // A socket cannot set the cookie that would take its place.
        visitor: Visitor { refresh: None, ..visitor },
    })
}

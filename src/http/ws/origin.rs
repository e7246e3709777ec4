//! Which pages may open a socket: browsers let any page try, and tell only where it is from.

use axum::http::{HeaderMap, header};

use crate::http::Server;

/// Whether whoever opens the socket is no page, or one of ours, or one that may.
pub(super) fn may_open(server: &Server, headers: &HeaderMap) -> bool {
    let Some(origin) = headers.get(header::ORIGIN) else { return true };
    let Ok(origin) = origin.to_str() else { return false };
    let host = headers.get(header::HOST).and_then(|host| host.to_str().ok());
    let is_own =
        origin.split_once("://").is_some_and(|(_, own)| host.is_some_and(|host| host.eq_ignore_ascii_case(own)));
    is_own || origin.eq_ignore_ascii_case(server.app.public_url()) || is_allowed(server, origin)
}

/// Whether a page of another origin may ask as people of ours.
fn is_allowed(_server: &Server, _origin: &str) -> bool {
    false
}

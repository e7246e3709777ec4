//! `GET /.well-known/jwks.json`: the keys by which others check our tokens (RFC 7517).

use axum::Json;
use axum::extract::State;
use axum::http::{HeaderName, header};
use jsonwebtoken::jwk::JwkSet;

use super::Server;

/// What a key is published as, and for how long it may be kept before it is asked for again.
const HEADERS: [(HeaderName, &str); 2] =
    [(header::CONTENT_TYPE, "application/jwk-set+json"), (header::CACHE_CONTROL, "public, max-age=300")];

pub(super) async fn get(State(server): State<Server>) -> ([(HeaderName, &'static str); 2], Json<JwkSet>) {
    (HEADERS, Json(server.app.tokens().published().clone()))
}

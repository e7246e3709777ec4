//! `GET /.well-known/jwks.json`: the keys by which others check our tokens (RFC 7517).

use axum::Json;
use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};

use super::Server;
use crate::auth;

/// What the keys are published as.
const MEDIA_TYPE: &str = "application/jwk-set+json";

pub(super) async fn get(State(server): State<Server>) -> Response {
    match server.app.tokens().ring(&server.app).await {
        Ok(ring) => {
            let kept = format!("public, max-age={}", auth::PUBLISHED_SECONDS);
            let headers = [(header::CONTENT_TYPE, MEDIA_TYPE.to_owned()), (header::CACHE_CONTROL, kept)];
            (headers, Json(ring.published())).into_response()
        }
        Err(error) => {
            tracing::error!(cause = format!("{error:#}"), "cannot read the signing keys");
            StatusCode::INTERNAL_SERVER_ERROR.into_response()
        }
    }
}

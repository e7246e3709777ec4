//! `/graphql`: GraphQL over HTTP as its specification has it, and the page for people.

mod accept;
mod answer;
mod ask;
mod refusal;

use std::sync::Arc;

use axum::Router;
use axum::extract::State;
use axum::http::{HeaderMap, HeaderValue, Method, Uri, header};
use axum::middleware::from_fn_with_state;
use axum::response::IntoResponse;
use axum::routing::get;
use tower_http::set_header::SetResponseHeaderLayer;

use super::request::{bearer, trace_id};
use super::visitor::Device;
use super::workplace::workplace;
use super::{Server, graphiql, origin, stays};
use crate::auth;
use crate::error::Result;
use crate::graphql::{Allowed, Cx, execute};
use crate::scope::Scope;

pub(super) use accept::{MediaType, prefers_events};
pub(super) use answer::{body, refused};
pub(super) use ask::Ask;
pub(super) use refusal::Refusal;

/// An answer is one person's at one time, in the form and for the page that asked.
const VARY: HeaderValue = HeaderValue::from_static("Accept, Accept-Encoding, Authorization, Origin");
const NOT_KEPT: HeaderValue = HeaderValue::from_static("no-store");

/// `/graphql`, whichever way it is asked.
pub(super) fn routes(server: &Server) -> Router<Server> {
    Router::new().route("/graphql", get(read).post(run).fallback(no_method)).layer((
        SetResponseHeaderLayer::if_not_present(header::CACHE_CONTROL, NOT_KEPT),
        SetResponseHeaderLayer::overriding(header::VARY, VARY),
        server.origins.cors(),
        from_fn_with_state(server.clone(), origin::guard),
        from_fn_with_state(server.clone(), stays::branch),
    ))
}

/// A query in the address, or the page for whoever came without one.
async fn read(
    server: State<Server>,
    method: Method,
    address: Uri,
    headers: HeaderMap,
    device: Device,
    media_type: Result<MediaType, Refusal>,
    ask: Result<Ask, Refusal>,
) -> axum::response::Response {
    if !ask::is_in(&address) && accept::prefers_page(&headers) {
        return graphiql::page().await.into_response();
    }
    run(server, method, headers, device, media_type, ask).await
}

/// Runs one operation as whoever the `Authorization` header names, or as nobody.
async fn run(
    State(server): State<Server>,
    method: Method,
    headers: HeaderMap,
    Device(visitor): Device,
    media_type: Result<MediaType, Refusal>,
    // Last: it reads the body.
    ask: Result<Ask, Refusal>,
) -> axum::response::Response {
    let media_type = match media_type {
        Ok(media_type) => media_type,
        Err(refusal) => return refusal.into_response(),
    };
    let request = match ask {
        Ok(Ask(request)) => request,
        Err(refusal) => return refusal.answer(media_type),
    };
    // A link or an image on any page sends a GET, with cookies. A query is harmless then: no cookie gives it authority, and
    // no page of another origin may read its answer.
    let allowed = if method == Method::POST { Allowed::Operations } else { Allowed::Queries };
    let trace_id = trace_id();
    match scope(&server, &headers).await {
        Ok(scope) => {
            let cx = Cx::from_visitor(Arc::clone(&server.app), scope, visitor);
            let response = execute(&server.schema, request, cx, allowed, &trace_id).await;
            answer::of(media_type, allowed, response)
        }
        Err(error) => refused(error, media_type, &trace_id),
    }
}

async fn no_method() -> Refusal {
    Refusal::method_not_allowed("Ask with POST, or a query with GET.", "GET, HEAD, POST, OPTIONS")
}

async fn scope(server: &Server, headers: &HeaderMap) -> Result<Option<Scope>> {
    let Some(token) = bearer(headers)? else { return Ok(None) };
    let scope = auth::authenticate(&server.app, token).await?;
    let workplace = workplace(headers, server.base_domain.as_deref())?;
    auth::narrow(&server.app, scope, &workplace).await.map(Some)
}

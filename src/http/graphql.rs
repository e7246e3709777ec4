//! `POST /graphql`.

use async_graphql::{ParseRequestError, Response, ServerError};
use async_graphql_axum::{GraphQLRequest, GraphQLResponse};
use axum::extract::{FromRequest, Request, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::IntoResponse;
use std::sync::Arc;

use super::Server;
use super::request::{bearer, trace_id};
use super::visitor::Device;
use super::workplace::workplace;
use crate::auth;
use crate::error::{Error, Result};
use crate::graphql::{Allowed, Cx, execute, present};
use crate::scope::Scope;
use crate::telemetry;

/// Runs one operation as whoever the `Authorization` header names, or as nobody.
pub(super) async fn post(
    State(server): State<Server>,
    headers: HeaderMap,
    Device(visitor): Device,
    // Last: it reads the body.
    request: Json,
) -> axum::response::Response {
    let trace_id = trace_id();
    match scope(&server, &headers).await {
        Ok(scope) => {
            let cx = Cx::from_visitor(Arc::clone(&server.app), scope, visitor);
            GraphQLResponse::from(execute(&server.schema, request.0, cx, Allowed::Operations, &trace_id).await)
                .into_response()
        }
        Err(error) => {
            let status = match error {
                Error::Unauthenticated => StatusCode::UNAUTHORIZED,
                Error::ScopeMismatch => StatusCode::BAD_REQUEST,
                _ => StatusCode::INTERNAL_SERVER_ERROR,
            };
            let refusal = async_graphql::Error::new_with_source(error).into_server_error(Default::default());
            refused(status, refusal, &trace_id)
        }
    }
}

async fn scope(server: &Server, headers: &HeaderMap) -> Result<Option<Scope>> {
    let Some(token) = bearer(headers)? else { return Ok(None) };
    let scope = auth::authenticate(&server.app, token).await?;
    let workplace = workplace(headers, server.base_domain.as_deref())?;
    auth::narrow(&server.app, scope, &workplace).await.map(Some)
}

fn refused(status: StatusCode, error: ServerError, trace_id: &str) -> axum::response::Response {
    let mut response = Response::from_errors(vec![error]);
    present(&mut response, trace_id);
    (status, GraphQLResponse::from(response)).into_response()
}

/// A request sent as JSON. Other types are refused: a browser sends them across sites without asking first.
pub(super) struct Json(async_graphql::Request);

impl<S: Send + Sync> FromRequest<S> for Json {
    type Rejection = Unreadable;

    async fn from_request(request: Request, state: &S) -> Result<Self, Unreadable> {
        let content_type = request.headers().get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok());
        let media_type = content_type.and_then(|value| value.split(';').next()).unwrap_or_default().trim();
        if !media_type.eq_ignore_ascii_case("application/json") {
            return Err(Unreadable(StatusCode::UNSUPPORTED_MEDIA_TYPE, "Send the request as application/json."));
        }
        GraphQLRequest::from_request(request, state).await.map(|request| Self(request.into_inner()))
    }
}

/// A body that is no GraphQL request.
pub(super) struct Unreadable(StatusCode, &'static str);

impl From<ParseRequestError> for Unreadable {
    fn from(error: ParseRequestError) -> Self {
        match error {
            ParseRequestError::PayloadTooLarge => Self(StatusCode::PAYLOAD_TOO_LARGE, "The request is too large."),
            _ => Self(StatusCode::BAD_REQUEST, "The body is not a GraphQL request in JSON."),
        }
    }
}

impl IntoResponse for Unreadable {
    fn into_response(self) -> axum::response::Response {
        let Self(status, message) = self;
        telemetry::failed("BAD_REQUEST");
        let mut error = ServerError::new(message, None);
        error.extensions.get_or_insert_default().set("code", "BAD_REQUEST");
        (status, GraphQLResponse::from(Response::from_errors(vec![error]))).into_response()
    }
}

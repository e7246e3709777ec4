//! A GraphQL response as HTTP has it: its status, its headers, and no `data` where nothing ran.

use std::collections::BTreeMap;

use async_graphql::{ErrorExtensionValues, Pos, Response, ServerError, Value};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::IntoResponse;
use serde::Serialize;

use super::accept::MediaType;
use crate::error::Error;
use crate::graphql::{Allowed, present};

/// The answer to a well-formed request. Plain JSON says 200 to it even if nothing ran, except that one must sign in or ask by
/// another method: for that, clients look at the status.
pub(in crate::http) fn of(media_type: MediaType, allowed: Allowed, response: Response) -> axum::response::Response {
    if !is_refused(&response) {
        return with_status(StatusCode::OK, media_type, response);
    }
    let status = match (status(&response.errors), media_type) {
        (StatusCode::UNAUTHORIZED, _) => StatusCode::UNAUTHORIZED,
        (StatusCode::METHOD_NOT_ALLOWED, _) if allowed == Allowed::Queries => StatusCode::METHOD_NOT_ALLOWED,
        (_, MediaType::Json) => StatusCode::OK,
        // A subscription: no other method would do either.
        (StatusCode::METHOD_NOT_ALLOWED, _) => StatusCode::BAD_REQUEST,
        (status, MediaType::GraphqlResponse) => status,
    };
    with_status(status, media_type, response)
}

/// The answer to a request of which the document was not even looked at.
pub(in crate::http) fn refused(error: Error, media_type: MediaType, trace_id: &str) -> axum::response::Response {
    let error = async_graphql::Error::new_with_source(error).into_server_error(Pos::default());
    let mut response = Response::from_errors(vec![error]);
    present(&mut response, trace_id);
    with_status(status(&response.errors), media_type, response)
}

/// A response as it goes out, in JSON: without `data` where nothing ran.
pub(in crate::http) fn body(response: &Response) -> serde_json::Result<String> {
    let Response { errors, data, extensions, .. } = response;
    serde_json::to_string(&Body { errors, data: (!is_refused(response)).then_some(data), extensions })
}

/// An answer whose status does not follow from its errors.
pub(super) fn with_status(status: StatusCode, media_type: MediaType, response: Response) -> axum::response::Response {
    let text = match body(&response) {
        Ok(text) => text,
        Err(error) => {
            tracing::error!(%error, "an answer cannot be written");
            return StatusCode::INTERNAL_SERVER_ERROR.into_response();
        }
    };
    let mut answer = (status, text).into_response();
    let headers = answer.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(media_type.text()));
    match status {
        StatusCode::METHOD_NOT_ALLOWED => drop(headers.insert(header::ALLOW, HeaderValue::from_static("POST"))),
        // The rest of the body, if it ever comes, is no next request.
        StatusCode::REQUEST_TIMEOUT => drop(headers.insert(header::CONNECTION, HeaderValue::from_static("close"))),
        _ => {}
    }
    for error in &response.errors {
        challenge(headers, error);
    }
    headers.extend(response.http_headers);
    answer
}

/// A body's parts in the order in which the specification likes them: errors are seen first.
#[derive(Serialize)]
struct Body<'a> {
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    errors: &'a [ServerError],
    #[serde(skip_serializing_if = "Option::is_none")]
    data: Option<&'a Value>,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    extensions: &'a BTreeMap<String, Value>,
}

/// Whether nothing ran: errors of fields have a path.
fn is_refused(response: &Response) -> bool {
    let errors = &response.errors;
    response.data == Value::Null && !errors.is_empty() && errors.iter().all(|error| error.path.is_empty())
}

/// The status that says why a request was refused.
fn status(errors: &[ServerError]) -> StatusCode {
    match errors.first().and_then(code) {
        Some("UNAUTHENTICATED") => StatusCode::UNAUTHORIZED,
        Some("METHOD_NOT_ALLOWED") => StatusCode::METHOD_NOT_ALLOWED,
        Some("RATE_LIMITED" | "TOO_MANY_OPERATIONS") => StatusCode::TOO_MANY_REQUESTS,
        Some("OVERLOADED") => StatusCode::SERVICE_UNAVAILABLE,
        Some("DEADLINE_EXCEEDED") => StatusCode::GATEWAY_TIMEOUT,
        Some("INTERNAL") => StatusCode::INTERNAL_SERVER_ERROR,
        _ => StatusCode::BAD_REQUEST,
    }
}

/// What HTTP itself tells of an error, so that what stands between understands it too.
fn challenge(headers: &mut HeaderMap, error: &ServerError) {
    let (name, value) = match code(error) {
        Some("UNAUTHENTICATED") if error.path.is_empty() => (header::WWW_AUTHENTICATE, "Bearer".to_owned()),
        Some("INSUFFICIENT_USER_AUTHENTICATION") => (header::WWW_AUTHENTICATE, step_up(error.extensions.as_ref())),
        Some("OVERLOADED") if error.path.is_empty() => (header::RETRY_AFTER, "1".to_owned()),
        Some("RATE_LIMITED") => match extension(error, "retryAfter") {
            Some(Value::Number(seconds)) => (header::RETRY_AFTER, seconds.to_string()),
            _ => return,
        },
        _ => return,
    };
    if let Ok(value) = HeaderValue::from_str(&value) {
        headers.insert(name, value);
    }
}

/// RFC 9470: how one must be signed in, and since when at most.
fn step_up(told: Option<&ErrorExtensionValues>) -> String {
    let mut challenge = r#"Bearer error="insufficient_user_authentication""#.to_owned();
    if let Some(Value::String(acr)) = told.and_then(|told| told.get("acr")) {
        challenge += &format!(r#", acr_values="{acr}""#);
    }
    if let Some(Value::Number(seconds)) = told.and_then(|told| told.get("maxAge")) {
        challenge += &format!(", max_age={seconds}");
    }
    challenge
}

fn code(error: &ServerError) -> Option<&str> {
    match extension(error, "code") {
        Some(Value::String(code)) => Some(code),
        _ => None,
    }
}

fn extension<'a>(error: &'a ServerError, name: &str) -> Option<&'a Value> {
    error.extensions.as_ref().and_then(|extensions| extensions.get(name))
}

#[cfg(test)]
mod tests {
    use async_graphql::PathSegment;

    use super::*;

    /// An answer with one error of a code, and what else it tells.
    fn refused_with(code: &str, more: &[(&str, Value)]) -> Response {
        let mut error = ServerError::new("no", None);
        let extensions = error.extensions.get_or_insert_default();
        extensions.set("code", code);
        for (name, value) in more {
            extensions.set(*name, value.clone());
        }
        Response::from_errors(vec![error])
    }

    #[test]
    fn a_refusal_has_a_status_of_its_own_and_plain_json_seldom_has() {
        for (code, status, plain) in [
            ("GRAPHQL_PARSE_FAILED", 400, 200),
            ("GRAPHQL_VALIDATION_FAILED", 400, 200),
            ("OPERATION_UNKNOWN", 400, 200),
            ("LIMIT_EXCEEDED", 400, 200),
            ("PERSISTED_QUERY_NOT_FOUND", 400, 200),
            ("UNTRUSTED_DOCUMENT", 400, 200),
            ("INTROSPECTION_REFUSED", 400, 200),
            ("RATE_LIMITED", 429, 200),
            ("OVERLOADED", 503, 200),
            ("DEADLINE_EXCEEDED", 504, 200),
            ("INTERNAL", 500, 200),
            ("UNAUTHENTICATED", 401, 401),
            ("METHOD_NOT_ALLOWED", 405, 405),
        ] {
            let of = |media_type| of(media_type, Allowed::Queries, refused_with(code, &[])).status();
            assert_eq!(of(MediaType::GraphqlResponse), status, "{code}");
            assert_eq!(of(MediaType::Json), plain, "{code}");
            // Before there was an operation, the form makes no difference.
            assert_eq!(super::status(&refused_with(code, &[]).errors), status, "{code}");
        }
        let subscription = |media_type| of(media_type, Allowed::Operations, refused_with("METHOD_NOT_ALLOWED", &[]));
        assert_eq!(subscription(MediaType::GraphqlResponse).status(), 400);
        assert_eq!(subscription(MediaType::Json).status(), 200);
    }

    #[test]
    fn what_ran_is_200_whatever_came_of_it() {
        for code in ["UNAUTHENTICATED", "INTERNAL", "FORBIDDEN", "METHOD_NOT_ALLOWED"] {
            let mut response = refused_with(code, &[]);
            response.errors[0].path.push(PathSegment::Field("bills".to_owned()));
            let answer = of(MediaType::GraphqlResponse, Allowed::Queries, response);
            assert_eq!(answer.status(), 200, "{code}");
            assert_eq!(answer.headers().get(header::WWW_AUTHENTICATE), None, "{code}");
        }
    }

    #[test]
    fn headers_tell_what_errors_tell() {
        let headers = |code, more: &[_]| {
            of(MediaType::GraphqlResponse, Allowed::Queries, refused_with(code, more)).headers().clone()
        };
        assert_eq!(headers("RATE_LIMITED", &[("retryAfter", Value::from(7))])[header::RETRY_AFTER], "7");
        assert_eq!(headers("OVERLOADED", &[])[header::RETRY_AFTER], "1");
        assert_eq!(headers("RATE_LIMITED", &[]).get(header::RETRY_AFTER), None);
        assert_eq!(headers("METHOD_NOT_ALLOWED", &[])[header::ALLOW], "POST");
        assert_eq!(headers("UNAUTHENTICATED", &[])[header::WWW_AUTHENTICATE], "Bearer");
        let both = [("acr", Value::from("mfa")), ("maxAge", Value::from(900))];
        for (more, rest) in [(&both[..], r#", acr_values="mfa", max_age=900"#), (&both[..1], r#", acr_values="mfa""#)] {
            let expected = format!(r#"Bearer error="insufficient_user_authentication"{rest}"#);
            assert_eq!(headers("INSUFFICIENT_USER_AUTHENTICATION", more)[header::WWW_AUTHENTICATE], expected);
        }
    }
}

//! A request that is answered without being run.

use async_graphql::{ErrorExtensionValues, Response, ServerError};
use axum::http::{HeaderName, HeaderValue, StatusCode, header};
use axum::response::IntoResponse;

use super::accept::MediaType;
use super::answer;
use crate::telemetry;

/// Why a request is not run.
#[derive(Clone, Debug)]
pub(in crate::http) struct Refusal {
    status: StatusCode,
    code: &'static str,
    message: &'static str,
    header: Option<(HeaderName, &'static str)>,
}

impl Refusal {
    /// A refusal with a stable code and a sentence on what to do instead.
    pub(in crate::http) fn new(status: StatusCode, code: &'static str, message: &'static str) -> Self {
        Self { status, code, message, header: None }
    }

    /// A request that is no GraphQL request.
    pub(super) fn bad_request(message: &'static str) -> Self {
        Self::new(StatusCode::BAD_REQUEST, "BAD_REQUEST", message)
    }

    /// A body in another form than JSON in UTF-8.
    pub(super) fn unsupported(message: &'static str) -> Self {
        Self::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, "UNSUPPORTED_MEDIA_TYPE", message)
    }

    /// A body longer than `http.max_body_bytes`.
    pub(super) fn too_large() -> Self {
        Self::new(StatusCode::PAYLOAD_TOO_LARGE, "PAYLOAD_TOO_LARGE", "The request is too large.")
    }

    /// A method, or an operation by a method, that nothing is done for.
    pub(super) fn method_not_allowed(message: &'static str, allowed: &'static str) -> Self {
        Self::new(StatusCode::METHOD_NOT_ALLOWED, "METHOD_NOT_ALLOWED", message).with(header::ALLOW, allowed)
    }

    /// The same, with a header.
    pub(super) fn with(self, name: HeaderName, value: &'static str) -> Self {
        Self { header: Some((name, value)), ..self }
    }

    /// As it goes out.
    pub(in crate::http) fn answer(self, media_type: MediaType) -> axum::response::Response {
        telemetry::failed(self.code);
        let mut error = ServerError::new(self.message, None);
        error.extensions.get_or_insert_with(ErrorExtensionValues::default).set("code", self.code);
        let mut answer = answer::with_status(self.status, media_type, Response::from_errors(vec![error]));
        if let Some((name, value)) = self.header {
            answer.headers_mut().insert(name, HeaderValue::from_static(value));
        }
        answer
    }
}

impl IntoResponse for Refusal {
    fn into_response(self) -> axum::response::Response {
        self.answer(MediaType::Json)
    }
}

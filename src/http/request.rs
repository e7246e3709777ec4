//! What every edge reads of a request, and the name it gives it in the log.

use axum::http::{HeaderMap, header};

use crate::error::{Error, Result};
use crate::telemetry::{self, trace};

/// The bearer token of the `Authorization` header, if there is such a header.
///
/// # Errors
/// `UNAUTHENTICATED` when it holds something else.
pub(super) fn bearer(headers: &HeaderMap) -> Result<Option<&str>> {
    let Some(value) = headers.get(header::AUTHORIZATION) else { return Ok(None) };
    match value.to_str().ok().and_then(|value| value.split_once(' ')) {
        Some((scheme, token)) if scheme.eq_ignore_ascii_case("bearer") => Ok(Some(token.trim())),
        _ => Err(Error::Unauthenticated),
    }
}

/// By what an answer that tells nothing is found in the log, and in the traces: the id of the trace it belongs to.
pub(super) fn trace_id() -> String {
    trace::id()
}

/// Tells the log what went wrong with a request, and gives the id by which it is found there: the answer says no more.
pub(super) fn fault(cause: &Error, what: &'static str) -> String {
    let trace_id = trace_id();
    telemetry::failed("INTERNAL");
    match cause {
        Error::Internal(cause) => tracing::error!(trace_id, cause = format!("{cause:#}"), "{what}"),
        other => tracing::error!(trace_id, code = other.code(), "{what}"),
    }
    trace_id
}

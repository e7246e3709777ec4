//! The one place that makes a GraphQL error: a stable code for the client, the cause for the log alone.

use async_graphql::{ErrorExtensionValues, Response, ServerError};

use super::operation::Refusal;
use crate::error::Error;
use crate::telemetry;

/// Gives every error of `response` its code. Internal causes are logged, once, with the trace id that the client gets
/// instead; nothing else of them leaves. Tells the first one's code.
pub fn present(response: &mut Response, trace_id: &str) -> Option<&'static str> {
    let mut first = None;
    for error in &mut response.errors {
        let (ours, refusal) = (error.source::<Error>().cloned(), error.source::<Refusal>().cloned());
        let code = match (&ours, &refusal) {
            (Some(ours), _) => ours.code(),
            (None, Some(refusal)) => refusal.code(),
            (None, None) => protocol_code(error),
        };
        telemetry::failed(code);
        first = first.or(Some(code));
        let extensions = error.extensions.get_or_insert_with(ErrorExtensionValues::default);
        extensions.set("code", code);
        match ours {
            Some(Error::Internal(cause)) => {
                tracing::error!(trace_id, cause = format!("{cause:#}"), "internal error");
                extensions.set("traceId", trace_id);
            }
            Some(known) => {
                if matches!(known, Error::Overloaded) {
                    tracing::warn!(trace_id, "no connection to the database came free in time");
                }
                tell(extensions, &known);
            }
            None => refusal.iter().for_each(|refusal| refusal.tell(extensions)),
        }
    }
    first
}

/// What else a client branches on.
fn tell(extensions: &mut ErrorExtensionValues, error: &Error) {
    match error {
        Error::BadInput { field, .. } => extensions.set("field", *field),
        Error::TooManyAttempts { retry_after } => extensions.set("retryAfter", retry_after.as_secs().max(1)),
        Error::InsufficientUserAuthentication { acr, max_age } => {
            extensions.set("acr", acr.as_str());
            if let Some(seconds) = max_age {
                extensions.set("maxAge", *seconds);
            }
        }
        _ => {}
    }
}

/// Errors that are not ours come from the document: it does not parse, does not fit the schema, or a value in it does
/// not fit its type.
fn protocol_code(error: &ServerError) -> &'static str {
    if error.path.is_empty() { "GRAPHQL_VALIDATION_FAILED" } else { "BAD_USER_INPUT" }
}

//! Why an operation is not carried out, as far as the document or the request is at fault.

use std::borrow::Cow;
use std::time::Duration;

use async_graphql::{ErrorExtensionValues, ServerError};

/// Why an operation is not carried out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::graphql) struct Refusal {
    code: &'static str,
    message: Cow<'static, str>,
    retry_after: Option<Duration>,
}

impl Refusal {
    pub(super) fn new(code: &'static str, message: impl Into<Cow<'static, str>>) -> Self {
        Self { code, message: message.into(), retry_after: None }
    }

    /// More of something than an operation may have.
    pub(super) fn too_much(what: &str, most: usize) -> Self {
        Self::new("LIMIT_EXCEEDED", format!("This asks for too much at once: {most} {what} at most."))
    }

    /// An operation that costs more than one may.
    pub(super) fn too_costly(cost: u32, most: u32) -> Self {
        let message = format!("This costs {cost} points, and one operation may cost {most}: ask for smaller pages.");
        Self::new("LIMIT_EXCEEDED", message)
    }

    /// A budget that is spent.
    pub(super) fn spent(retry_after: Duration) -> Self {
        let seconds = retry_after.as_secs().max(1);
        let message = format!("You have asked for much lately. Please wait {seconds} seconds and try again.");
        Self { retry_after: Some(retry_after), ..Self::new("RATE_LIMITED", message) }
    }

    /// An operation that took too long. A change may have been made all the same, if its commit was under way.
    pub(in crate::graphql) fn too_late(deadline: Duration) -> Self {
        let seconds = deadline.as_secs();
        let message = format!(
            "This took longer than {seconds} seconds and was stopped. Ask for less at a time; ask again for a change with the \
             same idempotency key."
        );
        Self::new("DEADLINE_EXCEEDED", message)
    }

    pub(in crate::graphql) fn into_error(self) -> ServerError {
        let mut error = ServerError::new(self.message.clone(), None);
        error.source = Some(std::sync::Arc::new(self));
        error
    }

    /// The stable code a client branches on.
    pub(in crate::graphql) fn code(&self) -> &'static str {
        self.code
    }

    /// What else a client branches on.
    pub(in crate::graphql) fn tell(&self, extensions: &mut ErrorExtensionValues) {
        if let Some(after) = self.retry_after {
            extensions.set("retryAfter", after.as_secs().max(1));
        }
    }
}

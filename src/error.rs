//! What can go wrong, in the client's terms; everything else is internal and shows a trace id only.

use std::borrow::Cow;
use std::sync::Arc;

/// The outcome of anything that can fail.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// A failure, by what the caller can do about it.
#[derive(Clone, Debug, thiserror::Error)]
pub enum Error {
    /// Nothing there, or nothing there for this scope: the two are never told apart.
    #[error("We could not find that.")]
    NotFound,
    /// No credential, or one that no longer holds.
    #[error("Please sign in.")]
    Unauthenticated,
    /// Unknown address, wrong password, or no role here: the three are never told apart.
    #[error("The e-mail address or the password is wrong.")]
    InvalidCredentials,
    /// The scope's role does not allow it.
    #[error("Your role does not allow this.")]
    Forbidden,
    /// Two parts of the request name different tenants.
    #[error("The request contradicts itself about the dealership or branch it is for.")]
    ScopeMismatch,
    /// A change asked for by somebody who acts in several dealerships.
    #[error("You act in several dealerships: choose the one that this is for.")]
    DealershipRequired,
    /// The input breaks a rule the caller can see.
    #[error("{message}")]
    BadInput {
        /// The argument or input field at fault.
        field: &'static str,
        /// A sentence the user understands.
        message: Cow<'static, str>,
    },
    /// A fault of ours.
    #[error("Something went wrong on our side.")]
    Internal(Arc<anyhow::Error>),
}

impl Error {
    /// A rule broken by `field`, told in a sentence.
    pub fn bad_input(field: &'static str, message: impl Into<Cow<'static, str>>) -> Self {
        Self::BadInput { field, message: message.into() }
    }

    /// A fault of ours, told to the log only.
    pub fn internal(cause: impl Into<anyhow::Error>) -> Self {
        Self::Internal(Arc::new(cause.into()))
    }

    /// The stable code a client branches on.
    pub fn code(&self) -> &'static str {
        match self {
            Self::NotFound => "NOT_FOUND",
            Self::Unauthenticated => "UNAUTHENTICATED",
            Self::InvalidCredentials => "INVALID_CREDENTIALS",
            Self::Forbidden => "FORBIDDEN",
            Self::ScopeMismatch => "SCOPE_MISMATCH",
            Self::DealershipRequired => "DEALERSHIP_REQUIRED",
            Self::BadInput { .. } => "BAD_USER_INPUT",
            Self::Internal(_) => "INTERNAL",
        }
    }
}

impl From<sea_orm::DbErr> for Error {
    fn from(cause: sea_orm::DbErr) -> Self {
        Self::internal(cause)
    }
}

//! What can go wrong, in the client's terms; everything else is internal and shows a trace id only.

use std::borrow::Cow;
use std::sync::Arc;
use std::time::Duration;

use sea_orm::{ConnAcquireErr, DbErr, RuntimeErr, SqlErr};

use crate::assurance::Acr;

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
    /// The password was right; a code is asked for beside it.
    #[error("Please enter the code that your authenticator app shows, or a recovery code.")]
    SecondFactorRequired,
    /// Wrong, used already, or too old.
    #[error("This code is wrong, or it was used already.")]
    InvalidCode,
    /// Signed in, but not well or not lately enough for this (RFC 9470).
    #[error("Please confirm that it is you.")]
    InsufficientUserAuthentication {
        /// How one must be signed in.
        acr: Acr,
        /// How long ago at most, in seconds; absent where it does not matter.
        max_age: Option<u32>,
    },
    /// Too many tries of something that must not be guessed.
    #[error("Too many attempts. Please wait {} seconds and try again.", .retry_after.as_secs().max(1))]
    TooManyAttempts {
        /// After which it may be tried again.
        retry_after: Duration,
    },
    /// A word of an outside identity provider that does not hold, or about nobody we know: never told apart.
    #[error("We could not sign you in with this identity provider.")]
    NotVouchedFor,
    /// An outside identity provider whose keys we do not have does not answer.
    #[error("This identity provider does not answer. Please try again in a moment.")]
    ProviderUnavailable,
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
    /// What was asked for is refused by rules the caller can see; nothing was changed.
    #[error("This cannot be done.")]
    Refused(Vec<Refusal>),
    /// The key belongs to another request.
    #[error("This idempotency key was used for another request: take a fresh one.")]
    IdempotencyKeyReused,
    /// The same request is being carried out right now.
    #[error("This request is being carried out already. Ask again in a moment.")]
    InProgress,
    /// A subscription that was told more than its client took.
    #[error("More happened than you took in time. Subscribe again, and read anew what you show.")]
    SubscriptionLagged,
    /// A subscription that may have missed something.
    #[error("Something may have been missed. Subscribe again, and read anew what you show.")]
    SubscriptionLost,
    /// More operations of one device at once than are allowed.
    #[error("Too many operations at once. End some of them first.")]
    TooManyOperations,
    /// Somebody else changed the same rows at the same time, and did again when tried anew.
    #[error("Somebody else is changing this too. Please try again.")]
    Conflict,
    /// The database was stopped working on it; of a change, nothing is left.
    #[error("This took too long and was stopped. Ask for less at a time.")]
    DeadlineExceeded,
    /// No connection to the database came free.
    #[error("There is too much to do right now. Please try again in a moment.")]
    Overloaded,
    /// A fault of ours.
    #[error("Something went wrong on our side.")]
    Internal(Arc<anyhow::Error>),
}

/// Why one part of an input is refused.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    /// Stable, for programs.
    pub code: RefusalCode,
    /// Names and list indices from the input down to the part at fault, e.g. `["units", "3", "chassisNumber"]`; empty for
    /// all of it.
    pub field: Vec<String>,
    /// A sentence for people.
    pub message: Cow<'static, str>,
    /// Of an invalid transition, the states that are allowed instead.
    pub allowed: Vec<String>,
}

/// What a refusal is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum RefusalCode {
    /// Something is missing.
    Required,
    /// A text, number or day that cannot be.
    Invalid,
    /// Too small, too large, too long, too many.
    OutOfRange,
    /// What is referred to is not there, or not there for this scope.
    NotFound,
    /// Another one has it already.
    Taken,
    /// The state it is in does not allow it.
    InvalidTransition,
    /// The unit is not for sale.
    UnitNotAvailable,
    /// More than is due.
    Overpayment,
    /// Further below the list price than the role may go.
    DiscountNeedsApproval,
    /// Somebody who acts in all branches must name one.
    BranchRequired,
}

impl Refusal {
    /// A refusal of `field`, told in a sentence.
    pub fn new(code: RefusalCode, field: &str, message: impl Into<Cow<'static, str>>) -> Self {
        let field = field.split('.').filter(|part| !part.is_empty()).map(str::to_owned).collect();
        Self { code, field, message: message.into(), allowed: Vec::new() }
    }
}

impl From<Refusal> for Error {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(vec![refusal])
    }
}

impl Error {
    /// A rule broken by `field`, told in a sentence.
    pub fn bad_input(field: &'static str, message: impl Into<Cow<'static, str>>) -> Self {
        Self::BadInput { field, message: message.into() }
    }

    /// The same, its refusals those of a part of the input.
    #[must_use]
    pub fn within(mut self, part: &str) -> Self {
        if let Self::Refused(refusals) = &mut self {
            refusals.iter_mut().for_each(|refusal| refusal.field.insert(0, part.to_owned()));
        }
        self
    }

    /// The same, its refusals those of the field that names what they are about.
    #[must_use]
    pub fn at(mut self, field: &str) -> Self {
        if let Self::Refused(refusals) = &mut self {
            refusals.iter_mut().for_each(|refusal| refusal.field = vec![field.to_owned()]);
        }
        self
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
            Self::SecondFactorRequired => "SECOND_FACTOR_REQUIRED",
            Self::InvalidCode => "INVALID_CODE",
            Self::InsufficientUserAuthentication { .. } => "INSUFFICIENT_USER_AUTHENTICATION",
            Self::TooManyAttempts { .. } => "TOO_MANY_ATTEMPTS",
            Self::InvalidCredentials | Self::NotVouchedFor => "INVALID_CREDENTIALS",
            Self::ProviderUnavailable => "PROVIDER_UNAVAILABLE",
            Self::Forbidden => "FORBIDDEN",
            Self::ScopeMismatch => "SCOPE_MISMATCH",
            Self::DealershipRequired => "DEALERSHIP_REQUIRED",
            Self::BadInput { .. } => "BAD_USER_INPUT",
            Self::Refused(_) => "REFUSED",
            Self::IdempotencyKeyReused => "IDEMPOTENCY_KEY_REUSED",
            Self::InProgress => "IN_PROGRESS",
            Self::Conflict => "CONFLICT",
            Self::DeadlineExceeded => "DEADLINE_EXCEEDED",
            Self::Overloaded => "OVERLOADED",
            Self::SubscriptionLagged => "SUBSCRIPTION_LAGGED",
            Self::SubscriptionLost => "SUBSCRIPTION_LOST",
            Self::TooManyOperations => "TOO_MANY_OPERATIONS",
            Self::Internal(_) => "INTERNAL",
        }
    }
}

impl From<DbErr> for Error {
    fn from(cause: DbErr) -> Self {
        match cause {
            DbErr::ConnectionAcquire(ConnAcquireErr::Timeout) => Self::Overloaded,
            cause if is_stopped(&cause) => Self::DeadlineExceeded,
            cause if is_conflict(&cause) => Self::Conflict,
            cause => Self::internal(cause),
        }
    }
}

/// Whether the database stopped a statement that took too long.
pub(crate) fn is_stopped(cause: &DbErr) -> bool {
    // PostgreSQL: query canceled. SQLite: interrupted.
    is_one_of(cause, &["57014", "9"])
}

/// Whether another transaction got in the way: a row of the same key, a deadlock, a lock that did not come free. The same
/// change may succeed when it is tried anew, or be refused with its reason.
fn is_conflict(cause: &DbErr) -> bool {
    if let Some(SqlErr::UniqueConstraintViolation(_)) = cause.sql_err() {
        return true;
    }
    // PostgreSQL: serialization failure, deadlock. SQLite: busy, busy snapshot.
    is_one_of(cause, &["40001", "40P01", "5", "517"])
}

fn is_one_of(cause: &DbErr, codes: &[&str]) -> bool {
    let (DbErr::Exec(RuntimeErr::SqlxError(cause)) | DbErr::Query(RuntimeErr::SqlxError(cause))) = cause else {
        return false;
    };
    cause.as_database_error().and_then(|error| error.code()).is_some_and(|code| codes.contains(&code.as_ref()))
}

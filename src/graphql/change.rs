//! Mutations: an input becomes a change of `service`, its outcome a payload with the changed node; what the change refuses
//! is told part by part in `userErrors`.

use async_graphql::{Enum, ID, SimpleObject};

use super::context::Cx;
use super::eager::Eager;
use super::global_id::{self, Tag};
use super::node::Noun;
use crate::error::{Error, Refusal, Result};
use crate::service::{Change, not_found};
use crate::store::load::Key;

/// What a refusal is about.
#[derive(Enum, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "crate::error::RefusalCode")]
pub(super) enum UserErrorCode {
    /// Something is missing.
    Required,
    /// A text, number or day that cannot be.
    Invalid,
    /// Too small, too large, too long, too many.
    OutOfRange,
    /// What an id names is not there, or not there for you.
    NotFound,
    /// Another one has it already.
    Taken,
    /// The state it is in does not allow it; `allowed` names the states it may take.
    InvalidTransition,
    /// The unit is not for sale.
    UnitNotAvailable,
    /// More than is due.
    Overpayment,
    /// Further below the list price than your role may go.
    DiscountNeedsApproval,
    /// You act in all branches: name one.
    BranchRequired,
}

/// Why a change was refused. Nothing was changed.
#[derive(SimpleObject)]
pub(super) struct UserError {
    /// For programs.
    code: UserErrorCode,
    /// Path to the part of the input at fault, e.g. `["input", "units", "3", "chassisNumber"]`.
    field: Vec<String>,
    /// For people.
    message: String,
    /// Of an invalid transition, the states that are allowed from the one it is in.
    allowed: Vec<String>,
}

impl From<Refusal> for UserError {
    fn from(refusal: Refusal) -> Self {
        let field = std::iter::once("input".to_owned()).chain(refusal.field).collect();
        let Refusal { code, message, allowed, .. } = refusal;
        Self { code: code.into(), field, message: message.into_owned(), allowed }
    }
}

/// The outcome of a change, or why it was refused.
pub(super) type Changed<T> = std::result::Result<T, Vec<UserError>>;

impl Cx {
    /// Makes the change that an input asks for; `key` is its idempotency key, if it creates something.
    pub(super) async fn change<C: Change>(&self, change: Result<C>, key: Option<&str>) -> Result<Changed<C::Outcome>> {
        self.scope()?.require(C::PERMISSION)?;
        let outcome = match change {
            Ok(change) => self.perform(&change, key).await,
            Err(error) => Err(error),
        };
        told(outcome)
    }

    /// The changed node.
    pub(super) async fn changed<N: Noun>(&self, changed: Changed<Key>) -> Result<(Option<Eager<N>>, Vec<UserError>)> {
        match changed {
            Ok(key) => Ok((Some(self.follow_required(key.dealership, key.id).await?), Vec::new())),
            Err(errors) => Ok((None, errors)),
        }
    }
}

/// An outcome, or why it was refused.
///
/// # Errors
/// What failed.
pub(super) fn told<T>(outcome: Result<T>) -> Result<Changed<T>> {
    match outcome {
        Ok(outcome) => Ok(Ok(outcome)),
        Err(Error::Refused(refusals)) => Ok(Err(refusals.into_iter().map(UserError::from).collect())),
        Err(error) => Err(error),
    }
}

/// The row that an input's id names.
///
/// # Errors
/// A `NOT_FOUND` refusal of `field` for anything that is no id of the type.
pub(super) fn named(tag: Tag, field: &str, id: &ID) -> Result<Key> {
    global_id::expect(tag, id).map_err(|_| not_found(field).into())
}

/// [`named`], where an id is given.
pub(super) fn named_if(tag: Tag, field: &str, id: Option<&ID>) -> Result<Option<Key>> {
    id.map(|id| named(tag, field, id)).transpose()
}

/// Makes the payload of the mutations that change one noun.
macro_rules! payload {
    ($(#[$doc:meta])* $name:ident { $(#[$field_doc:meta])* $field:ident: $noun:ty }) => {
        $(#[$doc])*
        #[derive(async_graphql::SimpleObject)]
        pub(in crate::graphql) struct $name {
            $(#[$field_doc])*
            $field: Option<crate::graphql::eager::Eager<$noun>>,
            /// Why it was refused; empty when it was done.
            user_errors: Vec<crate::graphql::change::UserError>,
        }

        impl $name {
            pub(in crate::graphql) async fn of(
                cx: &crate::graphql::context::Cx,
                changed: crate::graphql::change::Changed<crate::store::load::Key>,
            ) -> crate::error::Result<Self> {
                let ($field, user_errors) = cx.changed(changed).await?;
                Ok(Self { $field, user_errors })
            }
        }
    };
}
pub(super) use payload;

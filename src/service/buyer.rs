//! Whom a document is for: a customer who is known, or somebody who is entered with it.

use entity::{branch, customer};
use serde::Serialize;

use super::customer::{self as customers, Person};
use super::{Check, Desk, not_found};
use crate::error::Result;
use crate::identity::Identity;
use crate::store::load::Key;

/// Whom a document is for; in an input, the part called `buyer`.
#[derive(Clone, Debug, Serialize)]
pub enum Buyer {
    /// A customer of the branch.
    Known(Key),
    /// Entered as a customer.
    New(Person),
}

impl Buyer {
    /// The buyer in the form in which it is kept.
    ///
    /// # Errors
    /// Everything that is wrong with a new person, and whatever `check` holds already.
    pub(super) fn checked(&self, check: Check) -> Result<Self> {
        match self {
            Self::Known(key) => check.done().map(|()| Self::Known(*key)),
            Self::New(person) => person.checked(check, "buyer.person").map(Self::New),
        }
    }

    /// The row of a checked buyer, entered now if new, with what identifies them.
    ///
    /// # Errors
    /// `NOT_FOUND` for a customer of another branch.
    pub(super) async fn resolve(&self, desk: &Desk<'_>, branch: &branch::Model) -> Result<(customer::Model, Identity)> {
        let row = match self {
            Self::Known(key) => desk.find::<customer::Entity>("buyer.customer", *key).await?,
            Self::New(person) => customers::enter(desk, branch.id, person).await?.0,
        };
        if row.branch_id != branch.id {
            return Err(not_found("buyer.customer").into());
        }
        let identity = customers::opened(desk, &row)?;
        Ok((row, identity))
    }
}

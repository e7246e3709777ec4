//! Changes, one noun a file: the rules, each change in one transaction that holds its audit event as well.
//!
//! To add a change: a struct of its input here, `impl Change` with its permission and its rules, its mutation in `graphql`.
//! [`perform`] does what is the same for all: the permission, the transaction, the idempotency key, another try when
//! somebody else got in the way.

mod buyer;
mod check;
mod dated;
mod desk;
mod idempotency;
mod pattern;
mod state;
mod stock;
mod terms;

pub mod bike_model;
pub mod bike_unit;
pub mod bill;
pub mod branch;
pub mod branding;
pub mod customer;
pub mod dealership;
pub mod document;
pub mod enquiry;
pub mod finance_company;
pub mod job;
pub mod mail_template;
pub mod number;
pub mod number_pattern;
pub mod partner_key;
pub mod payment;
pub mod peer_measure;
pub mod quotation;
pub mod registration;
pub mod sales_quotation;
pub mod staff_member;
pub mod target;
pub mod tariff;
pub mod tax_profile;
pub mod transfer;
pub mod trusted_document;

pub use buyer::Buyer;
pub use check::Check;
pub use desk::{Desk, Event, not_found};
pub use state::{States, step};
pub use terms::{Asked, Leasing};

use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::app::App;
use crate::error::{Error, Result};
use crate::permission::Permission;
use crate::scope::Scope;
use idempotency::Request;

/// How often a change is tried that others get in the way of.
const TRIES: u32 = 5;

/// Something a person asks to be changed: its fields are the input as it was sent.
pub trait Change: Serialize + Sync {
    /// What it leaves behind: ids and codes, enough to give the same answer again, nothing personal.
    type Outcome: Serialize + DeserializeOwned + Send;

    /// The mutation's name.
    const NAME: &'static str;

    /// What a role needs to ask for it.
    const PERMISSION: Permission;

    /// The scope it is made in: the asker's own, but for the few changes that concern more than one branch, or accounts,
    /// which no dealership owns. The asker is the one who did it all the same ([`Desk::audit`]).
    ///
    /// # Errors
    /// When the asker may not have it.
    fn scope(&self, asker: &Scope) -> Result<Scope> {
        Ok(asker.clone())
    }

    /// Makes the change, all of it or an error.
    fn apply(&self, desk: &Desk<'_>) -> impl Future<Output = Result<Self::Outcome>> + Send;
}

/// Makes a change on behalf of `scope`; with a `key`, once only however often it is asked for.
///
/// # Errors
/// What the change answers; `IN_PROGRESS` and `IDEMPOTENCY_KEY_REUSED`; `CONFLICT` when others got in the way each time.
pub async fn perform<C: Change>(app: &App, scope: &Scope, change: &C, key: Option<&str>) -> Result<C::Outcome> {
    scope.require(C::PERMISSION)?;
    let asker = scope;
    let scope = change.scope(asker)?;
    let request = key.map(|key| Request::new(app.keys(), (asker, &scope), change, key)).transpose()?;
    // Held until the answer is there.
    let _begun = match &request {
        Some(request) => Some(app.running().begin(request.digest.clone()).ok_or(Error::InProgress)?),
        None => None,
    };
    for _ in 1..TRIES {
        match attempt(app, (asker, &scope), change, request.as_ref()).await {
            Err(Error::Conflict) => {}
            done => return done,
        }
    }
    attempt(app, (asker, &scope), change, request.as_ref()).await
}

async fn attempt<C: Change>(
    app: &App,
    (asker, scope): (&Scope, &Scope),
    change: &C,
    request: Option<&Request>,
) -> Result<C::Outcome> {
    let desk = Desk::open(app, asker, scope.clone()).await?;
    // Boxed: futures of changes are large, and resolvers nest deep.
    match Box::pin(make(&desk, change, request)).await {
        Ok(outcome) => Box::pin(desk.close()).await.map(|()| outcome),
        // Whoever asks again at once must not meet the locks of what failed.
        Err(error) => desk.leave().await.and(Err(error)),
    }
}

async fn make<C: Change>(desk: &Desk<'_>, change: &C, request: Option<&Request>) -> Result<C::Outcome> {
    if let Some(request) = request
        && let Some(answer) = request.answered(desk).await?
    {
        return Ok(answer);
    }
    let outcome = change.apply(desk).await?;
    if let Some(request) = request {
        request.remember(desk, &outcome).await?;
    }
    Ok(outcome)
}

//! Sign-in with the word of an outside identity provider.

use secrecy::SecretString;

use super::{account, id_token, memberships};
use crate::app::App;
use crate::auth::session::{self, Proof};
use crate::auth::{Session, Visitor, Workplace};
use crate::error::{Error, Result};

/// What a person brings back from a provider.
pub struct SignInWithProvider {
    /// What the provider is called here.
    pub provider: String,
    /// What it says of the person.
    pub id_token: SecretString,
    /// What it was asked with, by which the token belongs to this sign-in.
    pub nonce: SecretString,
    /// Where to act, for people who have several memberships.
    pub workplace: Workplace,
    /// From which device.
    pub visitor: Visitor,
}

/// Checks the token, lets the person have what the provider's groups give, and gives a session. A token is good once.
///
/// # Errors
/// `INVALID_CREDENTIALS` when the token does not hold, is about nobody who may come, whose account is disabled, or who has
/// no membership at the workplace asked for; `PROVIDER_UNAVAILABLE` when the provider's keys cannot be had; `BAD_USER_INPUT`
/// for a provider that is not in the settings and a branch without a dealership.
pub async fn sign_in_with_provider(app: &App, input: SignInWithProvider) -> Result<Session> {
    let provider = app.providers().named(&input.provider);
    let provider = provider.ok_or_else(|| Error::bad_input("provider", "There is no such identity provider."))?;
    let known = id_token::verify(app, provider, &input.id_token, &input.nonce).await?;
    let person = account::admit(app, provider, &known).await?;
    memberships::follow(app, &known, person.id).await?;
    let proof = Proof { ways: known.ways().to_owned(), at: known.authenticated_at };
    session::open(app, &person, &input.workplace, proof, &input.visitor).await?.ok_or(Error::NotVouchedFor)
}

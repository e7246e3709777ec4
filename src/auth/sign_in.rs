//! Sign-in with e-mail address and password.

use entity::user;
use sea_orm::sea_query::SimpleExpr;
use sea_orm::{ColumnTrait, QueryFilter};
use secrecy::SecretString;

use super::{Session, Visitor, Workplace, session};
use crate::app::App;
use crate::error::{Error, Result};
use crate::identity;
use crate::scope::Scope;

/// What a person types.
pub struct SignIn {
    /// In any case.
    pub email: String,
    /// As chosen.
    pub password: SecretString,
    /// Where to act, for people who have several memberships.
    pub workplace: Workplace,
    /// From which device.
    pub visitor: Visitor,
}

/// Checks the password and gives a token.
///
/// # Errors
/// `INVALID_CREDENTIALS` when the address is unknown, the password wrong, the account disabled, or there is no
/// membership at the workplace asked for; `BAD_USER_INPUT` for a branch without a dealership.
pub async fn sign_in(app: &App, input: SignIn) -> Result<Session> {
    // No connection is held while the password is hashed.
    let person = lookup(app, &input.email).await?;
    let hash = person.as_ref().and_then(|person| person.password_hash.clone());
    let correct = app.passwords().verify(input.password, hash).await?;
    let person = person.filter(|_| correct).ok_or(Error::InvalidCredentials)?;
    session::open(app, &person, &input.workplace, None).await?.ok_or(Error::InvalidCredentials)
}

/// E-mail addresses are compared without regard to case.
pub(super) fn email_is(email: &str) -> SimpleExpr {
    user::Column::EmailKey.eq(identity::email_key(email))
}

async fn lookup(app: &App, email: &str) -> Result<Option<user::Model>> {
    let tx = app.read(Scope::system("sign in")).await?;
    let person = tx.one(tx.scope().select_shared::<user::Entity>()?.filter(email_is(email))).await?;
    Ok(person.filter(|person| person.disabled_at.is_none()))
}

//! Sign-in with e-mail address and password.

use chrono::{DateTime, Utc};
use entity::{branch, dealership, user};
use sea_orm::{ColumnTrait, QueryFilter};
use secrecy::SecretString;
use uuid::Uuid;

use super::{grant, memberships};
use crate::app::App;
use crate::database::Tx;
use crate::error::{Error, Result};
use crate::scope::Scope;

/// What a person types.
pub struct SignIn {
    /// In any case.
    pub email: String,
    /// As chosen.
    pub password: SecretString,
    /// Code of the dealership to act in, for people who have several.
    pub dealership: Option<String>,
    /// Code of the branch to act in; only with `dealership`.
    pub branch: Option<String>,
}

/// A signed-in person.
pub struct Session {
    /// For the `Authorization: Bearer` header.
    pub access_token: SecretString,
    /// When the token ends.
    pub expires_at: DateTime<Utc>,
    /// What the person acts as.
    pub scope: Scope,
}

/// Checks the password and gives a token.
///
/// # Errors
/// `INVALID_CREDENTIALS` when the address is unknown, the password wrong, the account disabled, or there is no
/// membership in the dealership and branch asked for; `BAD_USER_INPUT` for a branch without a dealership.
pub async fn sign_in(app: &App, input: SignIn) -> Result<Session> {
    if input.branch.is_some() && input.dealership.is_none() {
        return Err(Error::bad_input("branch", "Name the dealership too when you name a branch."));
    }
    let hash = lookup(app, &input.email).await?.and_then(|person| person.password_hash);
    if !app.passwords().verify(input.password, hash).await? {
        return Err(Error::InvalidCredentials);
    }
    // Read again: no connection is held while a password is hashed.
    let person = lookup(app, &input.email).await?.ok_or(Error::InvalidCredentials)?;
    let tx = app.read(Scope::system("sign in")).await?;
    let memberships = memberships(&tx, person.id).await?;
    let (dealership, branch) = place(&tx, input.dealership, input.branch).await?;
    let grant = grant::choose(&person, &memberships, dealership, branch).ok_or(Error::InvalidCredentials)?;
    let reach = grant::prove(&person, &memberships, &grant).ok_or(Error::InvalidCredentials)?;
    let (token, expires_at) = app.tokens().issue(person.id, grant, app.now())?;
    let scope = Scope::of_credential(person.id, grant.role, reach);
    Ok(Session { access_token: token.into(), expires_at, scope })
}

/// E-mail addresses are compared without regard to case.
pub(crate) fn email_is(email: &str) -> sea_orm::sea_query::SimpleExpr {
    user::Column::EmailKey.eq(email.trim().to_lowercase())
}

async fn lookup(app: &App, email: &str) -> Result<Option<user::Model>> {
    let tx = app.read(Scope::system("sign in")).await?;
    let person = tx.one(tx.scope().select_shared::<user::Entity>()?.filter(email_is(email))).await?;
    Ok(person.filter(|person| person.disabled_at.is_none()))
}

async fn place(tx: &Tx, dealership: Option<String>, branch: Option<String>) -> Result<(Option<Uuid>, Option<Uuid>)> {
    let Some(code) = dealership else { return Ok((None, None)) };
    let query = tx.select::<dealership::Entity>().filter(dealership::Column::Code.eq(code));
    let dealership = tx.one(query).await?.ok_or(Error::InvalidCredentials)?.id;
    let Some(code) = branch else { return Ok((Some(dealership), None)) };
    let query = tx
        .select::<branch::Entity>()
        .filter(branch::Column::DealershipId.eq(dealership))
        .filter(branch::Column::Code.eq(code));
    let branch = tx.one(query).await?.ok_or(Error::InvalidCredentials)?.id;
    Ok((Some(dealership), Some(branch)))
}

//! Passwords looked at: each attempt is charged before, and a right one gives back what it was charged.

use entity::user;
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, QueryFilter};
use secrecy::SecretString;

use super::Visitor;
use super::familiar_device::Device;
use super::password::Asker;
use super::person::enabled_by_email;
use super::throttle::Subject;
use crate::app::App;
use crate::error::{Error, Result};
use crate::scope::Scope;

/// The person of an e-mail address and a password, and the device, familiar or about to be.
///
/// # Errors
/// `INVALID_CREDENTIALS` when there is no such account, it is disabled, or the password is wrong; `TOO_MANY_ATTEMPTS`.
pub(super) async fn of_visitor(
    app: &App,
    email: &str,
    password: SecretString,
    visitor: &Visitor,
) -> Result<(user::Model, Device)> {
    let familiar = Device::recognise(app, email, visitor.device.as_ref());
    let (asker, subjects) = match familiar {
        Some(device) => (Asker::Known, vec![Subject::Device { account: email, device: device.id() }]),
        None => {
            let subjects = vec![Subject::Account(email), Subject::Address(visitor.address), Subject::Strangers];
            (Asker::Stranger, subjects)
        }
    };
    let ticket = app.throttle().admit(app, &subjects).await?;
    // No connection is held while the password is hashed.
    let person = lookup(app, email).await?;
    let hash = person.as_ref().and_then(|person| person.password_hash.clone());
    let verified = app.passwords().verify(asker, password.clone(), hash).await?;
    let person = person.filter(|_| verified.correct).ok_or(Error::InvalidCredentials)?;
    app.throttle().succeeded(app, ticket).await?;
    if verified.is_outdated {
        rehash(app, &person, password).await;
    }
    Ok((person, familiar.unwrap_or_else(Device::fresh)))
}

/// Checks the password of somebody who is signed in and asked for it once more.
///
/// # Errors
/// `INVALID_CREDENTIALS` when it is wrong; `TOO_MANY_ATTEMPTS`.
pub(super) async fn of_holder(app: &App, person: &user::Model, password: SecretString) -> Result<()> {
    let ticket = app.throttle().admit(app, &[Subject::SignedIn(person.id)]).await?;
    let verified = app.passwords().verify(Asker::Known, password, person.password_hash.clone()).await?;
    match verified.correct {
        true => app.throttle().succeeded(app, ticket).await,
        false => Err(Error::InvalidCredentials),
    }
}

async fn lookup(app: &App, email: &str) -> Result<Option<user::Model>> {
    let tx = app.read(Scope::system("sign in")).await?;
    enabled_by_email(&tx, email).await
}

/// Keeps the password hashed as well as one is today. Whatever prevents it, the next sign-in tries again; a password that
/// was changed meanwhile stays.
async fn rehash(app: &App, person: &user::Model, password: SecretString) {
    let rehashed = async {
        let hash = app.passwords().hash_code(password).await?;
        let tx = app.write(Scope::system("hash a password anew")).await?;
        let update = tx.scope().update_shared::<user::Entity>()?;
        let update = update
            .filter(user::Column::Id.eq(person.id))
            .filter(user::Column::PasswordHash.eq(person.password_hash.clone()))
            .col_expr(user::Column::PasswordHash, Expr::value(hash));
        tx.update(update).await?;
        tx.commit().await
    };
    if let Err(error) = rehashed.await {
        tracing::warn!(code = error.code(), "a password could not be hashed anew");
    }
}

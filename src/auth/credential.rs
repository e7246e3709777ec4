//! Passwords set and changed: by their owner, through a link that was mailed, by the operator.

use std::sync::Arc;

use chrono::{DateTime, Utc};
use entity::kind::{LinkKind, MailKind, SessionEnd};
use entity::user;
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, QueryFilter};
use secrecy::SecretString;
use uuid::Uuid;

use super::familiar_device::Device;
use super::person::{enabled_by_email, find_person};
use super::session::holder;
use super::throttle::Subject;
use super::{Visitor, devices, letter, link, password_check};
use crate::app::App;
use crate::database::Tx;
use crate::error::{Error, Result};
use crate::scope::Scope;
use crate::telemetry::trace;

/// Sets the password of the person with this e-mail address: for the operator. All their devices are signed out.
///
/// # Errors
/// `NOT_FOUND`; `BAD_USER_INPUT` when the password will not do.
pub async fn set_password(app: &App, email: &str, password: SecretString) -> Result<()> {
    let person = account(app, email).await?;
    let about = person.as_ref().map(about).unwrap_or_default();
    let hash = app.passwords().hash(password, about).await?;
    let person = person.ok_or(Error::NotFound)?;
    let tx = app.write(Scope::system("set a password")).await?;
    store(app, &tx, person.id, hash, None).await?;
    tx.commit().await?;
    app.standing().forget();
    Ok(())
}

/// Changes the holder's own password, and signs all their other devices out.
///
/// # Errors
/// `INVALID_CREDENTIALS` when the present one is wrong; `TOO_MANY_ATTEMPTS`; `BAD_USER_INPUT` when the new one will not do.
pub async fn change_password(app: &App, scope: &Scope, present: SecretString, new: SecretString) -> Result<()> {
    let (id, assurance) = holder(scope)?;
    let person = {
        let tx = app.read(Scope::system("change a password")).await?;
        find_person(&tx, id).await?.ok_or(Error::Unauthenticated)?
    };
    password_check::of_holder(app, &person, present).await?;
    let hash = app.passwords().hash(new, about(&person)).await?;
    let tx = app.write(Scope::system("change a password")).await?;
    store(app, &tx, id, hash, Some(assurance.session)).await?;
    tx.commit().await?;
    app.standing().forget();
    Ok(())
}

/// Mails a link to whoever has this e-mail address, if anybody has. Takes as long and answers alike if nobody has: the
/// rest is done after the answer.
///
/// # Errors
/// `TOO_MANY_ATTEMPTS`, whether anybody has it or not.
pub async fn request_password_reset(app: &Arc<App>, email: &str, visitor: &Visitor) -> Result<()> {
    let subjects = [Subject::Reset(email), Subject::Address(visitor.address)];
    // Nothing is guessed here, so nothing is given back.
    let _ticket = app.throttle().admit(app, &subjects).await?;
    let person = account(app, email).await?;
    let app = Arc::clone(app);
    trace::spawn(async move {
        let Some(person) = person else { return };
        if let Err(error) = mail_reset(&app, person.id).await {
            tracing::error!(cause = format!("{error:#}"), "cannot write a password's reset");
        }
    });
    Ok(())
}

/// The page where the person with this e-mail address chooses another password; mailed too. For the operator.
///
/// # Errors
/// `NOT_FOUND`.
pub async fn reset_password(app: &App, email: &str) -> Result<SecretString> {
    let person = account(app, email).await?.ok_or(Error::NotFound)?;
    mail_reset(app, person.id).await
}

/// Chooses a password through a link that was mailed: the first after an invitation, another after a reset. All devices
/// are signed out, and the person's other links open nothing any more. Gives what makes the device familiar: whoever opens
/// the mail gets in past those who guess.
///
/// # Errors
/// `BAD_USER_INPUT` when the link or the password will not do; a refused password leaves the link as it was.
pub async fn choose_password(app: &App, secret: &SecretString, password: SecretString) -> Result<SecretString> {
    let (kinds, now) = ([LinkKind::Invitation, LinkKind::Reset], app.now());
    // Nothing is hashed for whoever has no link.
    let person = {
        let tx = app.read(Scope::system("choose a password")).await?;
        match link::find(&tx, &kinds, secret, now).await?.user_id {
            Some(id) => find_person(&tx, id).await?.ok_or(Error::Unauthenticated)?,
            None => return Err(Error::internal(anyhow::anyhow!("a link to no account"))),
        }
    };
    let hash = app.passwords().hash(password, about(&person)).await?;
    let tx = app.write(Scope::system("choose a password")).await?;
    let taken = link::take(&tx, &kinds, secret, now).await?;
    let person = find_person(&tx, person.id).await?.ok_or(Error::Unauthenticated)?;
    if taken.kind == LinkKind::Invitation && person.password_hash.is_some() {
        return Err(Error::bad_input("token", "You have a password already. Sign in with it, or ask for another one."));
    }
    store(app, &tx, person.id, hash, None).await?;
    tx.commit().await?;
    app.standing().forget();
    Ok(Device::fresh().token(app, &person.email))
}

/// The account with this e-mail address, unless it is disabled.
async fn account(app: &App, email: &str) -> Result<Option<user::Model>> {
    let tx = app.read(Scope::system("find an account")).await?;
    enabled_by_email(&tx, email).await
}

/// What a guesser knows of a person.
fn about(person: &user::Model) -> Vec<String> {
    vec![person.name.clone(), person.email.clone()]
}

async fn mail_reset(app: &App, person: Uuid) -> Result<SecretString> {
    let tx = app.write(Scope::system("mail a password's reset")).await?;
    let page = letter::reset(app, &tx, person).await?;
    tx.commit().await?;
    Ok(page)
}

/// Writes a hash; whatever else opened the account opens it no longer, but for the device called `kept`.
async fn store(app: &App, tx: &Tx, person: Uuid, hash: String, kept: Option<Uuid>) -> Result<()> {
    let now: DateTime<Utc> = app.now();
    let update = tx.scope().update_shared::<user::Entity>()?.filter(user::Column::Id.eq(person));
    tx.update(update.col_expr(user::Column::PasswordHash, Expr::value(hash))).await?;
    link::shut(tx, Some(person), now).await?;
    devices::end_all_in(tx, person, kept, SessionEnd::CredentialChanged, now).await?;
    letter::tell(app, tx, person, MailKind::PasswordChanged).await
}

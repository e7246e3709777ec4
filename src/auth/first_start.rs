//! The very first administrator: made by whoever can read what the server printed at its first start.

use entity::kind::LinkKind;
use entity::user;
use secrecy::SecretString;

use super::{account, link, person};
use crate::app::App;
use crate::error::{Error, Result};
use crate::scope::Scope;

/// Most characters of a name.
const NAME_LENGTH: usize = 120;

/// Who is to be the first administrator.
pub struct SetUp {
    /// What the server printed.
    pub token: SecretString,
    /// E-mail address to sign in with.
    pub email: String,
    /// Name.
    pub name: String,
    /// As chosen.
    pub password: SecretString,
}

/// A token for the very first account, if there is none yet. It works once, for a day; an earlier one no longer does.
pub async fn setup_token(app: &App) -> Result<Option<SecretString>> {
    let now = app.now();
    let tx = app.write(Scope::system("first start")).await?;
    if tx.one(tx.scope().select_shared::<user::Entity>()?).await?.is_some() {
        return Ok(None);
    }
    link::shut(&tx, None, now).await?;
    let token = link::make(&tx, LinkKind::Setup, None, now).await?;
    tx.commit().await?;
    Ok(Some(token))
}

/// Makes the very first account: an administrator over every dealership.
///
/// # Errors
/// `BAD_USER_INPUT` when the token is worth nothing, or another part will not do; the token can be used again then.
pub async fn set_up(app: &App, input: SetUp) -> Result<()> {
    let SetUp { token, email, name, password } = input;
    let email = email.trim().to_owned();
    person::check_email(&email)?;
    let name = name.trim().to_owned();
    if name.is_empty() || name.chars().count() > NAME_LENGTH || name.chars().any(char::is_control) {
        return Err(Error::bad_input("name", "Please give a name of 120 characters at most."));
    }
    let now = app.now();
    {
        // Nothing is hashed for whoever has no token.
        let tx = app.read(Scope::system("first administrator")).await?;
        link::find(&tx, &[LinkKind::Setup], &token, now).await?;
    }
    let hash = app.passwords().hash(password, vec![name.clone(), email.clone()]).await?;
    let tx = app.write(Scope::system("first administrator")).await?;
    link::take(&tx, &[LinkKind::Setup], &token, now).await?;
    if tx.one(tx.scope().select_shared::<user::Entity>()?).await?.is_some() {
        return Err(Error::bad_input("token", "This installation has an administrator already."));
    }
    let account = user::Model { password_hash: Some(hash), ..account::administrator(app, &email, &name) };
    tx.insert_shared::<user::Entity>(vec![account]).await?;
    tx.commit().await
}

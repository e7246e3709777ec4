//! Sign-in with e-mail address and password.

use entity::user;
use secrecy::SecretString;

use super::person::find_person;
use super::session::{self, Proof};
use super::{Session, Visitor, Workplace, password_check, second_factor};
use crate::app::App;
use crate::error::{Error, Result};
use crate::scope::Scope;

/// What a person types.
pub struct SignIn {
    /// In any case.
    pub email: String,
    /// As chosen.
    pub password: SecretString,
    /// What the authenticator app shows, or a recovery code, for people who have one.
    pub code: Option<SecretString>,
    /// Where to act, for people who have several memberships.
    pub workplace: Workplace,
    /// From which device.
    pub visitor: Visitor,
}

/// Checks the password, and the code of whoever has a second factor; signs the device in.
///
/// # Errors
/// `INVALID_CREDENTIALS` when the address is unknown, the password wrong, the account disabled, or there is no
/// membership at the workplace asked for; only then `SECOND_FACTOR_REQUIRED` and `INVALID_CODE`; `BAD_USER_INPUT` for a
/// branch without a dealership. `TOO_MANY_ATTEMPTS` when it has to wait, whether there is such an account or not.
pub async fn sign_in(app: &App, input: SignIn) -> Result<Session> {
    let (person, device) = password_check::of_visitor(app, &input.email, input.password, &input.visitor).await?;
    let ways = match (is_enrolled(app, &person).await?, &input.code) {
        (false, _) => "pwd".to_owned(),
        (true, None) => return Err(Error::SecondFactorRequired),
        (true, Some(code)) => format!("pwd {}", second_factor::spend(app, person.id, code).await?),
    };
    let proof = Proof { ways, at: app.now() };
    let session = session::open(app, &person, &input.workplace, proof, &input.visitor).await?;
    let session = session.ok_or(Error::InvalidCredentials)?;
    Ok(Session { device_token: Some(device.token(app, &person.email)), ..session })
}

/// Something by which the holder of a device proves once more who they are.
pub enum Confirmation {
    /// For whoever has no second factor.
    Password(SecretString),
    /// What the authenticator app shows, or a recovery code.
    Code(SecretString),
}

/// Proves once more who holds a device, for what asks that it be known well and lately; gives a token that says so.
///
/// # Errors
/// `INVALID_CREDENTIALS` for a wrong password, `INVALID_CODE` for a wrong code; `SECOND_FACTOR_REQUIRED` for a password
/// where there is a second factor; `TOO_MANY_ATTEMPTS`.
pub async fn confirm_identity(app: &App, scope: &Scope, confirmation: Confirmation) -> Result<Session> {
    let (id, _) = session::holder(scope)?;
    let person = {
        let tx = app.read(Scope::system("confirm who it is")).await?;
        find_person(&tx, id).await?.ok_or(Error::Unauthenticated)?
    };
    let way = match confirmation {
        Confirmation::Code(code) => second_factor::spend(app, id, &code).await?,
        Confirmation::Password(_) if is_enrolled(app, &person).await? => return Err(Error::SecondFactorRequired),
        Confirmation::Password(password) => {
            password_check::of_holder(app, &person, password).await?;
            "pwd"
        }
    };
    session::confirm(app, scope, &[way]).await
}

async fn is_enrolled(app: &App, person: &user::Model) -> Result<bool> {
    let tx = app.read(Scope::system("sign in")).await?;
    Ok(second_factor::find(&tx, person.id).await?.is_some())
}

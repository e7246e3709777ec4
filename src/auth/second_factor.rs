//! The second thing that proves who somebody is: an authenticator app, or in its stead a recovery code.

use chrono::{DateTime, Utc};
use entity::kind::{MailKind, SessionEnd};
use entity::second_factor::{Column, Entity, Model};
use sea_orm::sea_query::{Expr, ExprTrait, SimpleExpr};
use sea_orm::{ColumnTrait, QueryFilter};
use secrecy::{ExposeSecret, SecretString};
use uuid::Uuid;
use zeroize::Zeroizing;

use super::person::{by_email, find_person};
use super::session::{self, Session, holder};
use super::throttle::Subject;
use super::totp::{self, Enrolment};
use super::{devices, letter, recovery};
use crate::app::App;
use crate::assurance::Acr;
use crate::crypto;
use crate::database::Tx;
use crate::error::{Error, Result};
use crate::id;
use crate::scope::Scope;

/// How lately, in seconds, one must have proved who one is before what one is known by may be changed.
pub const FRESH: u32 = 900;

/// A second factor that was just confirmed.
pub struct Confirmed {
    /// The device that confirmed it goes on with this.
    pub session: Session,
    /// To be shown once.
    pub recovery_codes: Vec<SecretString>,
}

/// What a person is told of their second factor.
pub struct Factor {
    /// Since when it counts.
    pub since: DateTime<Utc>,
    /// Recovery codes that were not used yet.
    pub codes_left: u64,
}

/// Begins to enrol an authenticator app: it counts once it has shown a right code. What was begun before is forgotten.
///
/// # Errors
/// `INSUFFICIENT_USER_AUTHENTICATION` unless the holder proved who they are within fifteen minutes, and by their present
/// second factor if they have one.
pub async fn start_second_factor(app: &App, scope: &Scope) -> Result<Enrolment> {
    let (person, assurance) = holder(scope)?;
    let now = app.now();
    let tx = app.write(Scope::system("enrol a second factor")).await?;
    let person = find_person(&tx, person).await?.ok_or(Error::Unauthenticated)?;
    let acr = if find(&tx, person.id).await?.is_some() { Acr::Mfa } else { Acr::Pwd };
    assurance.must_be(acr, Some(FRESH), now)?;
    end(&tx, begun(person.id), now).await?;
    let (id, secret) = (id::fresh(now), Zeroizing::new(crypto::random::<{ totp::SECRET }>()));
    tx.insert_shared::<Entity>(vec![factor(app, (id, person.id), &*secret, None)]).await?;
    tx.commit().await?;
    Enrolment::of(&*secret, app.issuer(), &person.email)
}

/// Proves that the app which was begun to be enrolled shows the right codes. It takes the place of an earlier one, and
/// all other devices of the person are signed out.
///
/// # Errors
/// `INVALID_CODE`; `NOT_FOUND` when no enrolment was begun.
pub async fn confirm_second_factor(app: &App, scope: &Scope, code: &SecretString) -> Result<Confirmed> {
    let (person, assurance) = holder(scope)?;
    let now = app.now();
    let fresh = recovery::make(app).await?;
    let tx = app.write(Scope::system("confirm a second factor")).await?;
    let row = tx.one_locked(tx.scope().select_shared::<Entity>()?.filter(begun(person))).await?;
    let row = row.ok_or(Error::NotFound)?;
    let step = totp::step(&row, app.keys(), code.expose_secret().trim(), now)?.ok_or(Error::InvalidCode)?;
    end(&tx, Column::UserId.eq(person).and(Column::ConfirmedAt.is_not_null()), now).await?;
    let confirmed = tx.scope().update_shared::<Entity>()?.filter(Column::Id.eq(row.id));
    let confirmed = confirmed.col_expr(Column::ConfirmedAt, Expr::value(now));
    tx.update(confirmed.col_expr(Column::LastStep, Expr::value(step))).await?;
    recovery::replace(&tx, row.id, &fresh, now).await?;
    tell(app, &tx, person, Some(assurance.session)).await?;
    let held = session::confirm_in(&tx, scope, &["otp"], now).await?;
    tx.commit().await?;
    app.standing().forget();
    Ok(Confirmed { session: held.session(app, None).await?, recovery_codes: fresh.codes })
}

/// Fresh recovery codes in the place of all earlier ones.
///
/// # Errors
/// `INSUFFICIENT_USER_AUTHENTICATION` unless the second factor was used within fifteen minutes.
pub async fn renew_recovery_codes(app: &App, scope: &Scope) -> Result<Vec<SecretString>> {
    let (person, assurance) = holder(scope)?;
    let now = app.now();
    assurance.must_be(Acr::Mfa, Some(FRESH), now)?;
    let fresh = recovery::make(app).await?;
    let tx = app.write(Scope::system("renew recovery codes")).await?;
    let row = find(&tx, person).await?.ok_or(Error::NotFound)?;
    recovery::replace(&tx, row.id, &fresh, now).await?;
    letter::tell(app, &tx, person, MailKind::SecondFactorChanged).await?;
    tx.commit().await?;
    Ok(fresh.codes)
}

/// Takes the holder's second factor away, and signs all their other devices out.
///
/// # Errors
/// `INSUFFICIENT_USER_AUTHENTICATION` unless it was used within fifteen minutes.
pub async fn remove_second_factor(app: &App, scope: &Scope) -> Result<()> {
    let (person, assurance) = holder(scope)?;
    assurance.must_be(Acr::Mfa, Some(FRESH), app.now())?;
    take_away(app, person, Some(assurance.session)).await
}

/// Takes away the second factor of the person with this e-mail address: for the operator, when phone and codes are lost.
///
/// # Errors
/// `NOT_FOUND` when there is no such person, or no factor.
pub async fn reset_second_factor(app: &App, email: &str) -> Result<()> {
    let tx = app.read(Scope::system("reset a second factor")).await?;
    let person = by_email(&tx, email).await?.ok_or(Error::NotFound)?;
    drop(tx);
    take_away(app, person.id, None).await
}

/// What the holder is told of their own.
pub async fn second_factor(app: &App, scope: &Scope) -> Result<Option<Factor>> {
    let (person, _) = holder(scope)?;
    let tx = app.read(Scope::system("tell of a second factor")).await?;
    let Some(row) = find(&tx, person).await? else { return Ok(None) };
    let codes_left = recovery::left(&tx, row.id).await?;
    Ok(Some(Factor { since: row.confirmed_at.unwrap_or(row.created_at), codes_left }))
}

/// Checks a code of `person`'s app, or a recovery code, and uses it up. Gives the way it is, as RFC 8176 names it.
///
/// # Errors
/// `INVALID_CODE` when it is wrong or was used, or there is no factor; `TOO_MANY_ATTEMPTS`.
pub(super) async fn spend(app: &App, person: Uuid, code: &SecretString) -> Result<&'static str> {
    let ticket = app.throttle().admit(app, &[Subject::OneTimeCode(person)]).await?;
    let way = use_up(app, person, code).await?;
    app.throttle().succeeded(app, ticket).await?;
    Ok(way)
}

async fn use_up(app: &App, person: Uuid, code: &SecretString) -> Result<&'static str> {
    let row = {
        let tx = app.read(Scope::system("check a code")).await?;
        find(&tx, person).await?.ok_or(Error::InvalidCode)?
    };
    if recovery::is_one(code) {
        return recovery::spend(app, row.id, code).await.map(|()| "rcv");
    }
    let step = totp::step(&row, app.keys(), code.expose_secret().trim(), app.now())?.ok_or(Error::InvalidCode)?;
    let tx = app.write(Scope::system("use a code")).await?;
    // Each code once: of two who have it, one.
    let used = tx.scope().update_shared::<Entity>()?.filter(Column::Id.eq(row.id)).filter(Column::LastStep.lt(step));
    match tx.update(used.col_expr(Column::LastStep, Expr::value(step))).await? {
        1 => tx.commit().await.map(|()| "otp"),
        _ => Err(Error::InvalidCode),
    }
}

/// A person's second factor that counts.
pub(super) async fn find(tx: &Tx, person: Uuid) -> Result<Option<Model>> {
    let query = tx.scope().select_shared::<Entity>()?.filter(Column::UserId.eq(person));
    tx.one(query.filter(Column::ConfirmedAt.is_not_null()).filter(Column::EndedAt.is_null())).await
}

/// Gives `person` an app with this secret, in base32, proved already: for examples.
pub(crate) async fn grant(app: &App, tx: &Tx, person: Uuid, secret: &str) -> Result<()> {
    let (now, secret) = (app.now(), totp::secret(secret)?);
    tx.insert_shared::<Entity>(vec![factor(app, (id::fresh(now), person), secret.as_bytes(), Some(now))]).await
}

fn factor(app: &App, (id, user_id): (Uuid, Uuid), secret: &[u8], confirmed_at: Option<DateTime<Utc>>) -> Model {
    let secret = app.keys().seal(totp::place(id), secret);
    Model { id, user_id, secret, last_step: 0, confirmed_at, ended_at: None, created_at: app.now() }
}

/// What a person began to enrol.
fn begun(person: Uuid) -> SimpleExpr {
    Column::UserId.eq(person).and(Column::ConfirmedAt.is_null()).and(Column::EndedAt.is_null())
}

async fn take_away(app: &App, person: Uuid, kept: Option<Uuid>) -> Result<()> {
    let tx = app.write(Scope::system("take a second factor away")).await?;
    let own = Column::UserId.eq(person).and(Column::ConfirmedAt.is_not_null());
    if end(&tx, own, app.now()).await? == 0 {
        return Err(Error::NotFound);
    }
    tell(app, &tx, person, kept).await?;
    tx.commit().await?;
    app.standing().forget();
    Ok(())
}

/// Signs all devices but one out and writes to the person: what they are known by has changed.
async fn tell(app: &App, tx: &Tx, person: Uuid, kept: Option<Uuid>) -> Result<()> {
    devices::end_all_in(tx, person, kept, SessionEnd::CredentialChanged, app.now()).await?;
    letter::tell(app, tx, person, MailKind::SecondFactorChanged).await
}

async fn end(tx: &Tx, which: SimpleExpr, now: DateTime<Utc>) -> Result<u64> {
    let ended = tx.scope().update_shared::<Entity>()?.filter(which).filter(Column::EndedAt.is_null());
    tx.update(ended.col_expr(Column::EndedAt, Expr::value(now))).await
}

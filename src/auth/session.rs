//! A signed-in device: opened by whoever proves who they are, moved by its holder, kept alive by its refresh token.

use chrono::{DateTime, TimeDelta, Utc};
use entity::kind::Role;
use entity::user_session::{Column, Entity, Model};
use entity::{branch, dealership, user};
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, QueryFilter, QuerySelect, QueryTrait, Select};
use secrecy::SecretString;
use uuid::Uuid;
use zeroize::Zeroizing;

use super::grant::{self, Grant};
use super::person::find_person;
use super::refresh::{self, Refresh, Worth};
use super::{Visitor, Workplace, devices, memberships};
use crate::app::App;
use crate::assurance::{Acr, Assurance};
use crate::config;
use crate::crypto;
use crate::database::Tx;
use crate::error::{Error, Result};
use crate::id;
use crate::scope::{Actor, Holding, Scope};

/// A signed-in person, as a client gets it.
pub struct Session {
    /// For the `Authorization: Bearer` header.
    pub access_token: SecretString,
    /// When the access token ends.
    pub expires_at: DateTime<Utc>,
    /// For another access token, once; absent where the device has one that still holds.
    pub refresh_token: Option<SecretString>,
    /// What makes the device familiar: wrong passwords from it are counted apart from everybody else's. Given at sign-in.
    pub device_token: Option<SecretString>,
    /// When the device has to sign in again, whatever it does.
    pub ends_at: DateTime<Utc>,
    /// What the person acts as.
    pub scope: Scope,
}

/// How long devices stay signed in.
#[derive(Clone, Copy, Debug)]
pub struct Lasting {
    /// Silent.
    pub(super) idle: TimeDelta,
    /// Whatever they do.
    whole: TimeDelta,
}

impl Lasting {
    pub(crate) fn new(config: &config::Auth) -> Self {
        let seconds = |seconds: u32| TimeDelta::seconds(seconds.into());
        Self { idle: seconds(config.idle_seconds), whole: seconds(config.session_seconds) }
    }
}

/// How somebody came in: `pwd`, `otp` and so on, as RFC 8176 names it.
#[derive(Clone, Debug)]
pub(super) struct Proof {
    /// Ways apart by blanks.
    pub(super) ways: String,
    /// When.
    pub(super) at: DateTime<Utc>,
}

/// Gives the holder of `scope` a token for another of their memberships: at `workplace`, as `role`, where they are named;
/// else the widest they have. What the present token was narrowed to does not matter; what they are does.
///
/// # Errors
/// `NOT_FOUND` when they have no such membership or there is no such place; `BAD_USER_INPUT` for a branch without a
/// dealership.
pub async fn switch_context(app: &App, scope: &Scope, workplace: &Workplace, role: Option<Role>) -> Result<Session> {
    let (person, assurance) = holder(scope)?;
    let tx = app.read(Scope::system("switch context")).await?;
    let person = find_person(&tx, person).await?.ok_or(Error::Unauthenticated)?;
    let row = tx.one(live(&tx, assurance.session, app.now())?).await?.ok_or(Error::Unauthenticated)?;
    let post = choose(&tx, &person, workplace, role).await?.ok_or(Error::NotFound)?;
    Held { row, post, at: assurance.at }.session(app, None).await
}

/// Signs `person` in on a device, if they have a membership at `workplace`.
///
/// # Errors
/// `BAD_USER_INPUT` for a branch without a dealership.
pub(super) async fn open(
    app: &App,
    person: &user::Model,
    workplace: &Workplace,
    proof: Proof,
    visitor: &Visitor,
) -> Result<Option<Session>> {
    let (now, id) = (app.now(), id::fresh(app.now()));
    let tx = app.write(Scope::system("open a session")).await?;
    let Some(post) = choose(&tx, person, workplace, None).await? else { return Ok(None) };
    let key = Zeroizing::new(crypto::random::<32>());
    let row = Model {
        id,
        user_id: person.id,
        refresh_key: app.keys().seal(refresh::place(id), &*key),
        generation: 0,
        rotated_at: now,
        authenticated_by: proof.ways,
        authenticated_at: proof.at,
        agent: visitor.agent.clone(),
        network: visitor.network(),
        ends_at: now + app.lasting().whole,
        ended_at: None,
        ended_because: None,
        created_at: now,
    };
    tx.insert_shared::<Entity>(vec![row.clone()]).await?;
    tx.commit().await?;
    let refresh_token = refresh::token(&row, app.keys())?;
    Held { at: row.authenticated_at, row, post }.session(app, Some(refresh_token)).await.map(Some)
}

/// Gives a device another access token, and the refresh token that takes the place of `token`. Where and as what is said
/// anew, for a device may act in several places at once.
///
/// # Errors
/// `UNAUTHENTICATED` when the token is worth nothing, or its session ended; `NOT_FOUND` when the person has no membership
/// at `workplace` as `role`; `BAD_USER_INPUT` for a branch without a dealership. A token that another took the place of
/// ends its session: somebody has a copy.
pub async fn refresh(
    app: &App,
    token: &SecretString,
    workplace: &Workplace,
    role: Option<Role>,
    visitor: &Visitor,
) -> Result<Session> {
    let now = app.now();
    let token = Refresh::parse(token).ok_or(Error::Unauthenticated)?;
    let tx = app.write(Scope::system("refresh")).await?;
    let mut row = tx.one_locked(live(&tx, token.session, now)?).await?.ok_or(Error::Unauthenticated)?;
    let worth = token.worth(&row, app.keys(), now)?;
    if worth == Worth::Reused {
        tracing::warn!(session = %row.id, "a refresh token was used again: its session ends");
        devices::end_reused(&tx, row.id, now).await?;
        tx.commit().await?;
        app.standing().forget();
        return Err(Error::Unauthenticated);
    }
    if now > row.rotated_at + app.lasting().idle {
        return Err(Error::Unauthenticated);
    }
    let person = find_person(&tx, row.user_id).await?.ok_or(Error::Unauthenticated)?;
    let post = choose(&tx, &person, workplace, role).await?.ok_or(Error::NotFound)?;
    if worth == Worth::Holds {
        (row.generation, row.rotated_at, row.network) = (row.generation + 1, now, visitor.network());
        let rotated = tx.scope().update_shared::<Entity>()?.filter(Column::Id.eq(row.id));
        let rotated = rotated
            .col_expr(Column::Generation, Expr::value(row.generation))
            .col_expr(Column::RotatedAt, Expr::value(row.rotated_at))
            .col_expr(Column::Network, Expr::value(row.network.clone()));
        tx.update(rotated).await?;
        tx.commit().await?;
    }
    let refresh_token = refresh::token(&row, app.keys())?;
    Held { at: row.authenticated_at, row, post }.session(app, Some(refresh_token)).await
}

/// Marks that the holder of a device has proved once more who they are, by `ways`; gives a token that says so.
pub(super) async fn confirm(app: &App, scope: &Scope, ways: &[&str]) -> Result<Session> {
    let tx = app.write(Scope::system("confirm who it is")).await?;
    let held = confirm_in(&tx, scope, ways, app.now()).await?;
    tx.commit().await?;
    held.session(app, None).await
}

/// [`confirm`] as a part of a transaction; the token is given when it is over.
pub(super) async fn confirm_in(tx: &Tx, scope: &Scope, ways: &[&str], now: DateTime<Utc>) -> Result<Held> {
    let (id, assurance) = holder(scope)?;
    let person = find_person(tx, id).await?.ok_or(Error::Unauthenticated)?;
    let mut row = tx.one(live(tx, assurance.session, now)?).await?.ok_or(Error::Unauthenticated)?;
    let known: Vec<_> = row.authenticated_by.split(' ').filter(|way| !ways.contains(way)).collect();
    row.authenticated_by = [&known[..], ways].concat().join(" ");
    row.authenticated_at = now;
    let update = tx.scope().update_shared::<Entity>()?.filter(Column::Id.eq(row.id));
    let update = update
        .col_expr(Column::AuthenticatedBy, Expr::value(row.authenticated_by.clone()))
        .col_expr(Column::AuthenticatedAt, Expr::value(now));
    tx.update(update).await?;
    let (dealership, branch) = (scope.dealership().ok(), scope.reach_branch());
    let post = choose_at(tx, &person, (dealership, branch), scope.role()).await?.ok_or(Error::Unauthenticated)?;
    Ok(Held { row, post, at: now })
}

/// The account of a person while their session called `id` goes on; also a disabled one.
pub(super) fn on_session(tx: &Tx, person: Uuid, id: Uuid, now: DateTime<Utc>) -> Result<Select<user::Entity>> {
    let holder = live(tx, id, now)?.select_only().column(Column::UserId).into_query();
    let person = tx.scope().select_shared::<user::Entity>()?.filter(user::Column::Id.eq(person));
    Ok(person.filter(user::Column::Id.in_subquery(holder)))
}

/// Whose scope it is, and on which device.
pub(super) fn holder(scope: &Scope) -> Result<(Uuid, Assurance)> {
    match (scope.actor(), scope.assurance()) {
        (Actor::User(person), Some(assurance)) => Ok((*person, assurance)),
        _ => Err(Error::Unauthenticated),
    }
}

/// A session while it goes on.
fn live(tx: &Tx, id: Uuid, now: DateTime<Utc>) -> Result<Select<Entity>> {
    let session = tx.scope().select_shared::<Entity>()?.filter(Column::Id.eq(id));
    Ok(session.filter(Column::EndedAt.is_null()).filter(Column::EndsAt.gt(now)))
}

/// What a person acts as, and how far that reaches.
struct Post {
    grant: Grant,
    holding: Holding,
}

/// What the person acts as from now on, if they are anything at `workplace`.
async fn choose(tx: &Tx, person: &user::Model, workplace: &Workplace, role: Option<Role>) -> Result<Option<Post>> {
    match ids(tx, workplace).await? {
        Some(place) => choose_at(tx, person, place, role).await,
        None => Ok(None),
    }
}

async fn choose_at(
    tx: &Tx,
    person: &user::Model,
    (dealership, branch): (Option<Uuid>, Option<Uuid>),
    role: Option<Role>,
) -> Result<Option<Post>> {
    let memberships = memberships(tx, person.id).await?;
    let grant = grant::choose(person, &memberships, dealership, branch, role);
    Ok(grant.and_then(|grant| Some(Post { holding: grant::prove(person, &memberships, &grant)?, grant })))
}

/// A device whose holder is known, and what they act as.
pub(super) struct Held {
    row: Model,
    post: Post,
    /// When the holder proved who they are.
    at: DateTime<Utc>,
}

impl Held {
    /// What its client gets.
    pub(super) async fn session(self, app: &App, refresh_token: Option<SecretString>) -> Result<Session> {
        let Self { row, post: Post { grant, holding }, at } = self;
        let ring = app.tokens().ring(app).await?;
        let assurance = Assurance { session: row.id, acr: acr(&row.authenticated_by), at };
        let proof = (&assurance, row.authenticated_by.as_str());
        let (token, expires_at) = app.tokens().issue(&ring, row.user_id, grant, proof, app.now())?;
        Ok(Session {
            access_token: token.into(),
            expires_at,
            refresh_token,
            device_token: None,
            ends_at: row.ends_at,
            scope: Scope::of_credential(row.user_id, grant.role, holding, assurance),
        })
    }
}

/// How much the ways somebody came in by are worth together.
fn acr(ways: &str) -> Acr {
    match ways.split(' ').any(|way| matches!(way, "otp" | "rcv" | "mfa")) {
        true => Acr::Mfa,
        false => Acr::Pwd,
    }
}

/// The ids of a place; nothing where there is no such place.
async fn ids(tx: &Tx, workplace: &Workplace) -> Result<Option<(Option<Uuid>, Option<Uuid>)>> {
    let Some(code) = &workplace.dealership else {
        return match workplace.branch {
            Some(_) => Err(Error::bad_input("branch", "Name the dealership too when you name a branch.")),
            None => Ok(Some((None, None))),
        };
    };
    let query = tx.select::<dealership::Entity>().filter(dealership::Column::Code.eq(code.as_str()));
    let Some(dealership) = tx.one(query).await? else { return Ok(None) };
    let Some(code) = &workplace.branch else { return Ok(Some((Some(dealership.id), None))) };
    let query = tx
        .select::<branch::Entity>()
        .filter(branch::Column::DealershipId.eq(dealership.id))
        .filter(branch::Column::Code.eq(code.as_str()));
    Ok(tx.one(query).await?.map(|branch| (Some(dealership.id), Some(branch.id))))
}

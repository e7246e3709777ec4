//! A signed-in person at a place: opened by a password, moved by its holder.

use chrono::{DateTime, Utc};
use entity::kind::Role;
use entity::{branch, dealership, user};
use sea_orm::{ColumnTrait, QueryFilter};
use secrecy::SecretString;
use uuid::Uuid;

use super::{Workplace, grant, memberships};
use crate::app::App;
use crate::database::Tx;
use crate::error::{Error, Result};
use crate::scope::{Actor, Scope};

/// A signed-in person.
pub struct Session {
    /// For the `Authorization: Bearer` header.
    pub access_token: SecretString,
    /// When the token ends.
    pub expires_at: DateTime<Utc>,
    /// What the person acts as.
    pub scope: Scope,
}

/// Gives the holder of `scope` a token for another of their memberships: at `workplace`, as `role`, where they are named;
/// else the widest they have. What the present token was narrowed to does not matter; what they are does.
///
/// # Errors
/// `NOT_FOUND` when they have no such membership or there is no such place; `BAD_USER_INPUT` for a branch without a
/// dealership.
pub async fn switch_context(app: &App, scope: &Scope, workplace: &Workplace, role: Option<Role>) -> Result<Session> {
    let Actor::User(id) = scope.actor() else { return Err(Error::Unauthenticated) };
    let person = {
        let tx = app.read(Scope::system("switch context")).await?;
        tx.one(tx.scope().select_shared::<user::Entity>()?.filter(user::Column::Id.eq(*id))).await?
    };
    open(app, &person.ok_or(Error::Unauthenticated)?, workplace, role).await?.ok_or(Error::NotFound)
}

/// A session of `person`, if they have a membership at `workplace` as `role`.
///
/// # Errors
/// `BAD_USER_INPUT` for a branch without a dealership.
pub(super) async fn open(
    app: &App,
    person: &user::Model,
    workplace: &Workplace,
    role: Option<Role>,
) -> Result<Option<Session>> {
    let tx = app.read(Scope::system("open a session")).await?;
    let memberships = memberships(&tx, person.id).await?;
    let Some((dealership, branch)) = ids(&tx, workplace).await? else { return Ok(None) };
    let Some(grant) = grant::choose(person, &memberships, dealership, branch, role) else { return Ok(None) };
    let Some(reach) = grant::prove(person, &memberships, &grant) else { return Ok(None) };
    let (token, expires_at) = app.tokens().issue(person.id, grant, app.now())?;
    let scope = Scope::of_credential(person.id, grant.role, reach);
    Ok(Some(Session { access_token: token.into(), expires_at, scope }))
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

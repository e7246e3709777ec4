//! The devices a person is signed in on: told to their owner, signed out by them, by an administrator or by a change of
//! what they were signed in with.

use chrono::{DateTime, Utc};
use entity::kind::SessionEnd;
use entity::user_session::{Column, Entity, Model};
use sea_orm::sea_query::Expr;
use sea_orm::{ActiveEnum, ColumnTrait, QueryFilter, QueryOrder, QuerySelect, UpdateMany};
use uuid::Uuid;

use super::session::holder;
use crate::app::App;
use crate::database::Tx;
use crate::error::{Error, Result};
use crate::scope::Scope;

/// Devices told of at most.
const MOST_TOLD: u64 = 100;

/// Signs the holder of a scope out, on this device.
pub async fn sign_out(app: &App, scope: &Scope) -> Result<()> {
    let (_, assurance) = holder(scope)?;
    end_one(app, scope, assurance.session, SessionEnd::SignedOut).await
}

/// Signs one of the holder's own devices out.
///
/// # Errors
/// `NOT_FOUND` when it is not theirs, or ended already.
pub async fn end_session(app: &App, scope: &Scope, session: Uuid) -> Result<()> {
    end_one(app, scope, session, SessionEnd::EndedByOwner).await
}

/// Signs all of the holder's other devices out; tells how many.
pub async fn end_other_sessions(app: &App, scope: &Scope) -> Result<u64> {
    let (person, assurance) = holder(scope)?;
    let tx = app.write(Scope::system("end sessions")).await?;
    let ended = end_all_in(&tx, person, Some(assurance.session), SessionEnd::EndedByOwner, app.now()).await?;
    tx.commit().await?;
    app.standing().forget();
    Ok(ended)
}

/// The devices the holder of a scope is signed in on, the last used first.
pub async fn sessions(app: &App, scope: &Scope) -> Result<Vec<Model>> {
    let (person, _) = holder(scope)?;
    let tx = app.read(Scope::system("list sessions")).await?;
    let query =
        tx.scope().select_shared::<Entity>()?.filter(Column::UserId.eq(person)).filter(Column::EndedAt.is_null());
    let now = app.now();
    let query = query.filter(Column::EndsAt.gt(now)).filter(Column::RotatedAt.gt(now - app.lasting().idle));
    let query = query.order_by_desc(Column::RotatedAt).order_by_desc(Column::Id).limit(MOST_TOLD);
    tx.all(query).await
}

/// Signs a person out everywhere but on `kept`; tells on how many devices.
pub(crate) async fn end_all_in(
    tx: &Tx,
    person: Uuid,
    kept: Option<Uuid>,
    because: SessionEnd,
    now: DateTime<Utc>,
) -> Result<u64> {
    end_where(tx, because, now, |ended| {
        let ended = ended.filter(Column::UserId.eq(person));
        kept.into_iter().fold(ended, |ended, kept| ended.filter(Column::Id.ne(kept)))
    })
    .await
}

async fn end_one(app: &App, scope: &Scope, session: Uuid, because: SessionEnd) -> Result<()> {
    let (person, _) = holder(scope)?;
    let tx = app.write(Scope::system("end a session")).await?;
    let own = |ended: UpdateMany<Entity>| ended.filter(Column::Id.eq(session)).filter(Column::UserId.eq(person));
    if end_where(&tx, because, app.now(), own).await? == 0 {
        return Err(Error::NotFound);
    }
    tx.commit().await?;
    app.standing().forget();
    Ok(())
}

/// Ends the session of which somebody has a copy.
pub(super) async fn end_reused(tx: &Tx, session: Uuid, now: DateTime<Utc>) -> Result<()> {
    end_where(tx, SessionEnd::Reused, now, |ended| ended.filter(Column::Id.eq(session))).await.map(drop)
}

async fn end_where(
    tx: &Tx,
    because: SessionEnd,
    now: DateTime<Utc>,
    which: impl FnOnce(UpdateMany<Entity>) -> UpdateMany<Entity>,
) -> Result<u64> {
    let ended = which(tx.scope().update_shared::<Entity>()?).filter(Column::EndedAt.is_null());
    let ended = ended
        .col_expr(Column::EndedAt, Expr::value(now))
        .col_expr(Column::EndedBecause, Expr::value(because.to_value()));
    tx.update(ended).await
}

//! Links that open one account once: their secret has 256 bits, and its digest alone is kept.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::{DateTime, TimeDelta, Utc};
use entity::kind::LinkKind;
use entity::sign_in_link::{Column, Entity, Model};
use sea_orm::sea_query::Expr;
use sea_orm::{ActiveEnum, ColumnTrait, QueryFilter, Select};
use secrecy::{ExposeSecret, SecretString};
use sha2::{Digest, Sha256};
use uuid::Uuid;

use crate::crypto;
use crate::database::Tx;
use crate::error::{Error, Result};
use crate::id;

/// How long a link opens what it is for.
pub(super) fn lasts(kind: LinkKind) -> TimeDelta {
    match kind {
        LinkKind::Invitation => TimeDelta::days(7),
        LinkKind::Reset => TimeDelta::minutes(30),
        LinkKind::Setup => TimeDelta::days(1),
    }
}

/// Makes a link; its secret is given once.
pub(super) async fn make(tx: &Tx, kind: LinkKind, user_id: Option<Uuid>, now: DateTime<Utc>) -> Result<SecretString> {
    let secret = SecretString::from(URL_SAFE_NO_PAD.encode(crypto::random::<32>()));
    let (digest, expires_at) = (digest(&secret), now + lasts(kind));
    let row = Model { id: id::fresh(now), kind, user_id, digest, expires_at, used_at: None, created_at: now };
    tx.insert_shared::<Entity>(vec![row]).await?;
    Ok(secret)
}

/// A link that still opens what it is for.
///
/// # Errors
/// As those of [`take`].
pub(super) async fn find(tx: &Tx, kinds: &[LinkKind], secret: &SecretString, now: DateTime<Utc>) -> Result<Model> {
    tx.one(unused(tx, kinds, secret)?).await?.filter(|row| now < row.expires_at).ok_or_else(worthless)
}

/// Uses a link up.
///
/// # Errors
/// `BAD_USER_INPUT` when there is no such link, it was used, or its time is over: the three are never told apart.
pub(super) async fn take(tx: &Tx, kinds: &[LinkKind], secret: &SecretString, now: DateTime<Utc>) -> Result<Model> {
    let query = unused(tx, kinds, secret)?;
    let row = tx.one_locked(query).await?.filter(|row| now < row.expires_at).ok_or_else(worthless)?;
    let used = tx.scope().update_shared::<Entity>()?.filter(Column::Id.eq(row.id)).filter(Column::UsedAt.is_null());
    match tx.update(used.col_expr(Column::UsedAt, Expr::value(now))).await? {
        1 => Ok(row),
        _ => Err(worthless()),
    }
}

/// Makes what a person's other links opened stay shut; without a person, those for the very first account.
pub(super) async fn shut(tx: &Tx, person: Option<Uuid>, now: DateTime<Utc>) -> Result<()> {
    let own = match person {
        Some(person) => Column::UserId.eq(person),
        None => Column::Kind.eq(LinkKind::Setup),
    };
    let links = tx.scope().update_shared::<Entity>()?.filter(own).filter(Column::UsedAt.is_null());
    tx.update(links.col_expr(Column::UsedAt, Expr::value(now))).await.map(drop)
}

fn unused(tx: &Tx, kinds: &[LinkKind], secret: &SecretString) -> Result<Select<Entity>> {
    let kinds = kinds.iter().map(ActiveEnum::to_value);
    let query = tx.scope().select_shared::<Entity>()?.filter(Column::Digest.eq(digest(secret)));
    Ok(query.filter(Column::Kind.is_in(kinds)).filter(Column::UsedAt.is_null()))
}

fn worthless() -> Error {
    Error::bad_input("token", "This link was used already, or its time is over. Please ask for another one.")
}

fn digest(secret: &SecretString) -> Vec<u8> {
    Sha256::digest(secret.expose_secret().trim()).to_vec()
}

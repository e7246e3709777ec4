//! The account of a person: by id, or by e-mail address, which is compared without regard to case.

use chrono::{DateTime, Utc};
use entity::user::{Column, Entity, Model};
use sea_orm::{ColumnTrait, QueryFilter};
use uuid::Uuid;

use crate::database::Tx;
use crate::error::{Error, Result};
use crate::{id, identity};

/// The account called `id`, unless it is disabled.
pub(super) async fn find_person(tx: &Tx, id: Uuid) -> Result<Option<Model>> {
    let person = tx.one(tx.scope().select_shared::<Entity>()?.filter(Column::Id.eq(id))).await?;
    Ok(enabled(person))
}

/// The account with this e-mail address.
pub(super) async fn by_email(tx: &Tx, email: &str) -> Result<Option<Model>> {
    tx.one(tx.scope().select_shared::<Entity>()?.filter(Column::EmailKey.eq(identity::email_key(email)))).await
}

/// [`by_email`], unless it is disabled.
pub(super) async fn enabled_by_email(tx: &Tx, email: &str) -> Result<Option<Model>> {
    by_email(tx, email).await.map(enabled)
}

/// An account that cannot sign in until it has a password or somebody vouches for it.
pub(crate) fn fresh(email: String, name: String, created_at: DateTime<Utc>) -> Model {
    Model {
        id: id::fresh(created_at),
        email_key: identity::email_key(&email),
        email,
        name,
        password_hash: None,
        group_role: None,
        personal: None,
        disabled_at: None,
        created_at,
    }
}

/// Makes sure that a text is an e-mail address.
///
/// # Errors
/// `BAD_USER_INPUT`.
pub(super) fn check_email(email: &str) -> Result<()> {
    match identity::is_email(email) {
        true => Ok(()),
        false => Err(Error::bad_input("email", "This is no e-mail address. Write it like nimal@example.com.")),
    }
}

/// An account, unless it is disabled.
pub(super) fn enabled(person: Option<Model>) -> Option<Model> {
    person.filter(|person| person.disabled_at.is_none())
}

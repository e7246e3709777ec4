//! The words of letters: a dealership's own, or the program's.

use std::borrow::Cow;

use chrono::{DateTime, Utc};
use entity::kind::MailKind;
use entity::mail_template::{Column, Entity, Model};
use sea_orm::{ColumnTrait, QueryFilter, QueryOrder};
use uuid::Uuid;

use crate::database::Tx;
use crate::error::{Error, Refusal, RefusalCode, Result};
use crate::id;
use crate::integration::mail::{Template, fault};

/// The words of a dealership's letters of a kind.
pub async fn template(tx: &Tx, dealership: Uuid, kind: MailKind) -> Result<Template> {
    let own = tx
        .select::<Entity>()
        .filter(Column::DealershipId.eq(dealership))
        .filter(Column::Kind.eq(kind))
        .order_by_desc(Column::Id);
    let own = tx.one(own).await?.and_then(|own| own.subject.zip(own.body));
    Ok(own.map_or_else(
        || Template::of(kind),
        |(subject, body)| Template { subject: Cow::Owned(subject), body: Cow::Owned(body) },
    ))
}

/// Gives a dealership words of its own for letters of a kind, from now on; without any, the program's again.
///
/// # Errors
/// Refused when they do not fit the kind; letters about accounts of no dealership in particular have no words of their own.
pub async fn set(tx: &Tx, kind: MailKind, template: Option<Template>, now: DateTime<Utc>) -> Result<()> {
    if !matches!(kind, MailKind::Invitation | MailKind::Bill) {
        return Err(Error::bad_input("kind", "Letters of this kind are the installation's."));
    }
    if let Some(unfit) = template.as_ref().and_then(|template| fault(kind, template)) {
        return Err(Refusal::new(RefusalCode::Invalid, unfit.field, unfit.message).into());
    }
    let (subject, body) = template.map(|own| (own.subject.into_owned(), own.body.into_owned())).unzip();
    let dealership_id = tx.scope().dealership()?;
    tx.insert::<Entity>(vec![Model { dealership_id, id: id::fresh(now), kind, subject, body, created_at: now }]).await
}

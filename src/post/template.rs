//! The words of letters: a dealership's own, or the program's.

use std::borrow::Cow;

use chrono::{DateTime, TimeDelta, Utc};
use entity::kind::MailKind;
use entity::mail_template::{Column, Entity, Model};
use sea_orm::{ColumnTrait, QueryFilter, QueryOrder};
use unicode_normalization::UnicodeNormalization;
use uuid::Uuid;

use crate::database::Tx;
use crate::error::{Error, Refusal, RefusalCode, Result};
use crate::id;
use crate::integration::mail::{Template, faults};

/// Kinds of letters for which a dealership may have words of its own; the others are about accounts, which are of no
/// dealership in particular.
pub const OWN_KINDS: [MailKind; 2] = [MailKind::Invitation, MailKind::Bill];

/// The words of a dealership's letters of a kind.
pub async fn template(tx: &Tx, dealership: Uuid, kind: MailKind) -> Result<Template> {
    Ok(own_template(tx, dealership, kind).await?.unwrap_or_else(|| Template::of(kind)))
}

/// The words that a dealership has of its own for letters of a kind.
pub async fn own_template(tx: &Tx, dealership: Uuid, kind: MailKind) -> Result<Option<Template>> {
    let own = last(tx, dealership, kind).await?.and_then(|own| own.subject.zip(own.body));
    Ok(own.map(|(subject, body)| Template { subject: Cow::Owned(subject), body: Cow::Owned(body) }))
}

/// Words for letters of a kind as somebody wrote them: composed, and with the ends of lines that letters have here, whatever
/// the browser's system has.
///
/// # Errors
/// Refused, as parts of `template`, when they do not fit the kind.
pub fn written(kind: MailKind, subject: &str, body: &str) -> Result<Template> {
    let fit = |text: &str| text.replace("\r\n", "\n").trim().nfc().collect::<String>();
    let template = Template { subject: fit(subject).into(), body: fit(body).into() };
    let refusal = |field, message| Refusal::new(RefusalCode::Invalid, &format!("template.{field}"), message);
    let unfit: Vec<_> = faults(kind, &template).into_iter().map(|unfit| refusal(unfit.field, unfit.message)).collect();
    if unfit.is_empty() { Ok(template) } else { Err(Error::Refused(unfit)) }
}

/// Gives a dealership a subject and a body of its own, as somebody [wrote](written) them, for letters of a kind, from now on;
/// without any, the program's again. Gives the row's id; whoever asks has locked the dealership.
///
/// # Errors
/// Those of [`written`]; `BAD_USER_INPUT` for a kind without words of its own.
pub async fn set(tx: &Tx, kind: MailKind, own: Option<(&str, &str)>, now: DateTime<Utc>) -> Result<Uuid> {
    if !OWN_KINDS.contains(&kind) {
        return Err(Error::bad_input("kind", "Letters of this kind are the installation's."));
    }
    let own = own.map(|(subject, body)| written(kind, subject, body)).transpose()?;
    let (subject, body) = own.map(|own| (own.subject.into_owned(), own.body.into_owned())).unzip();
    let dealership_id = tx.scope().dealership()?;
    // The last row holds, by its id: a clock that was set back, or a change in the same moment, must not hide this one.
    let last = last(tx, dealership_id, kind).await?.map(|last| last.created_at + TimeDelta::milliseconds(1));
    let created_at = last.map_or(now, |earliest| now.max(earliest));
    let id = id::fresh(created_at);
    tx.insert::<Entity>(vec![Model { dealership_id, id, kind, subject, body, created_at }]).await?;
    Ok(id)
}

async fn last(tx: &Tx, dealership: Uuid, kind: MailKind) -> Result<Option<Model>> {
    let rows = tx
        .select::<Entity>()
        .filter(Column::DealershipId.eq(dealership))
        .filter(Column::Kind.eq(kind))
        .order_by_desc(Column::Id);
    tx.one(rows).await
}

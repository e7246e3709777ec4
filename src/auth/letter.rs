//! Letters to people about their own accounts.

use entity::kind::{LinkKind, MailKind};
use secrecy::{ExposeSecret, SecretString};
use uuid::Uuid;

use super::link;
use crate::app::App;
use crate::database::Tx;
use crate::error::Result;
use crate::post;

/// Tells a person that something of their account was changed.
pub(super) async fn tell(app: &App, tx: &Tx, person: Uuid, kind: MailKind) -> Result<()> {
    post::to_account(app, tx, person, kind, None).await.map(drop)
}

/// Invites a person to choose their first password; gives the page where they do.
pub async fn invite(app: &App, tx: &Tx, person: Uuid) -> Result<SecretString> {
    with_link(app, tx, person, LinkKind::Invitation, MailKind::Invitation).await
}

/// Sends a person the page where they choose another password; gives it.
pub(super) async fn reset(app: &App, tx: &Tx, person: Uuid) -> Result<SecretString> {
    with_link(app, tx, person, LinkKind::Reset, MailKind::Reset).await
}

async fn with_link(app: &App, tx: &Tx, person: Uuid, kind: LinkKind, mail: MailKind) -> Result<SecretString> {
    let now = app.now();
    let secret = link::make(tx, kind, Some(person), now).await?;
    let page = SecretString::from(format!("{}/password#token={}", app.public_url(), secret.expose_secret()));
    post::to_account(app, tx, person, mail, Some((&page, now + link::lasts(kind)))).await?;
    Ok(page)
}

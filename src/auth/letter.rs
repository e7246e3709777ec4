//! Messages to people about their own accounts. They wait, sealed, in the table of outgoing mail, written by the same
//! transaction as what they tell of.

use chrono::{DateTime, Utc};
use entity::kind::{LinkKind, MailKind};
use entity::outgoing_mail::{Column, Entity, Model};
use entity::user;
use sea_orm::{ColumnTrait, QueryFilter, QueryOrder, QuerySelect};
use secrecy::{ExposeSecret, SecretString};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::link;
use crate::app::App;
use crate::crypto::Place;
use crate::database::Tx;
use crate::error::{Error, Result};
use crate::id;
use crate::scope::Scope;

/// Messages told of at most.
const MOST_TOLD: u64 = 1_000;

/// What a message says beside its kind.
#[derive(Default, Serialize, Deserialize)]
struct Body {
    /// A page that opens the account once.
    link: Option<String>,
}

/// A message that was not sent yet.
pub struct Letter {
    /// Whose account it is about.
    pub email: String,
    /// What it is about.
    pub kind: MailKind,
    /// A page that opens the account once.
    pub link: Option<SecretString>,
    /// Since when it waits.
    pub since: DateTime<Utc>,
}

/// Writes to a person; `link` is the page that opens their account, if the message has one.
pub(super) async fn write(app: &App, tx: &Tx, person: Uuid, kind: MailKind, link: Option<&SecretString>) -> Result<()> {
    let (now, id) = (app.now(), id::fresh(app.now()));
    let body = Body { link: link.map(|link| link.expose_secret().to_owned()) };
    let body = app.keys().seal(place(id), &serde_json::to_vec(&body).map_err(Error::internal)?);
    tx.insert_shared::<Entity>(vec![Model { id, user_id: person, kind, body, sent_at: None, created_at: now }]).await
}

/// Invites a person to choose their first password; gives the page where they do.
pub async fn invite(app: &App, tx: &Tx, person: Uuid) -> Result<SecretString> {
    with_link(app, tx, person, LinkKind::Invitation, MailKind::Invitation).await
}

/// Sends a person the page where they choose another password; gives it.
pub(super) async fn reset(app: &App, tx: &Tx, person: Uuid) -> Result<SecretString> {
    with_link(app, tx, person, LinkKind::Reset, MailKind::Reset).await
}

/// What waits to be sent, the oldest first.
pub async fn waiting_letters(app: &App) -> Result<Vec<Letter>> {
    let tx = app.read(Scope::system("list outgoing mail")).await?;
    let query = tx.scope().select_shared::<Entity>()?.filter(Column::SentAt.is_null());
    let rows = tx.all(query.order_by_asc(Column::CreatedAt).order_by_asc(Column::Id).limit(MOST_TOLD)).await?;
    let people = rows.iter().map(|row| row.user_id);
    let people = tx.scope().select_shared::<user::Entity>()?.filter(user::Column::Id.is_in(people));
    let people = tx.all(people).await?;
    let letter = |row: &Model| {
        let body: Body =
            serde_json::from_slice(&app.keys().open(place(row.id), &row.body)?).map_err(Error::internal)?;
        let person = people.iter().find(|person| person.id == row.user_id).ok_or(Error::NotFound)?;
        let link = body.link.map(SecretString::from);
        Ok(Letter { email: person.email.clone(), kind: row.kind, link, since: row.created_at })
    };
    rows.iter().map(letter).collect()
}

async fn with_link(app: &App, tx: &Tx, person: Uuid, link: LinkKind, mail: MailKind) -> Result<SecretString> {
    let secret = link::make(tx, link, Some(person), app.now()).await?;
    let page = SecretString::from(format!("{}/password#token={}", app.public_url(), secret.expose_secret()));
    write(app, tx, person, mail, Some(&page)).await?;
    Ok(page)
}

fn place(row: Uuid) -> Place {
    Place { dealership: Uuid::nil(), table: "outgoing_mail", column: "body", row }
}

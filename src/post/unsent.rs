//! Letters that were not sent, for whoever runs the installation.

use chrono::{DateTime, Utc};
use entity::kind::{MailKind, MailState};
use entity::outgoing_mail::{Column, Entity, Model};
use entity::user;
use sea_orm::{ColumnTrait, QueryFilter, QueryOrder, QuerySelect};
use secrecy::SecretString;

use super::content::Body;
use crate::app::App;
use crate::error::{Error, Result};
use crate::scope::Scope;

/// Letters told of at most.
const MOST_TOLD: u64 = 1_000;

/// A letter that was not sent.
pub struct Letter {
    /// Whom it is to.
    pub email: String,
    /// What it is about.
    pub kind: MailKind,
    /// A page that opens the account once.
    pub link: Option<SecretString>,
    /// Since when it waits.
    pub since: DateTime<Utc>,
    /// What became of it.
    pub state: MailState,
    /// What the server answered the last time, in codes.
    pub answer: Option<String>,
}

/// What was not sent, the oldest first.
pub async fn unsent(app: &App) -> Result<Vec<Letter>> {
    let tx = app.read(Scope::system("list outgoing mail")).await?;
    let query = tx.scope().select_shared::<Entity>()?.filter(Column::SentAt.is_null());
    let rows = tx.all(query.order_by_asc(Column::CreatedAt).order_by_asc(Column::Id).limit(MOST_TOLD)).await?;
    let people = rows.iter().filter_map(|row| row.user_id);
    let people = tx.scope().select_shared::<user::Entity>()?.filter(user::Column::Id.is_in(people));
    let people = tx.all(people).await?;
    let letter = |row: Model| {
        let body = Body::open(app, &row)?;
        let person = people.iter().find(|person| Some(person.id) == row.user_id).map(|person| person.email.clone());
        let email = person.or(body.bill.map(|bill| bill.email)).ok_or(Error::NotFound)?;
        let link = body.link.map(SecretString::from);
        Ok(Letter { email, kind: row.kind, link, since: row.created_at, state: row.state, answer: row.answer })
    };
    rows.into_iter().map(letter).collect()
}

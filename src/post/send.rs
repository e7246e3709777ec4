//! Sending a letter, once.

use std::collections::BTreeMap;
use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use chrono_tz::Tz;
use entity::kind::MailState;
use entity::outgoing_mail::{Column, Entity, Model};
use entity::{dealership, user};
use sea_orm::sea_query::{Expr, ExprTrait};
use sea_orm::{ActiveEnum, ColumnTrait, QueryFilter, UpdateMany};
use uuid::Uuid;

use super::content::{BillLetter, Body};
use super::template::template;
use crate::app::App;
use crate::calendar;
use crate::database::Tx;
use crate::error::{Error, Result};
use crate::id;
use crate::integration::files::{Disposition, Key, Shown};
use crate::integration::mail::{Answer, Look, Mailer, Message, Template, render};
use crate::money;
use crate::scope::Scope;
use crate::store::branding;

/// How long a letter's link to a document holds.
const LINK: Duration = Duration::from_secs(7 * 24 * 60 * 60);

/// How much longer than the letter is under way a claim to it holds.
const MARGIN: TimeDelta = TimeDelta::seconds(60);

/// The colour of letters in nobody's name but the installation's.
const COLOUR: &str = "#444444";

/// A letter that was sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sent {
    /// Just now.
    Now,
    /// Some time before.
    Before,
}

/// Why a letter was not sent.
#[derive(Clone, Debug)]
pub enum NotSent {
    /// No server is set: it waits.
    NoServer,
    /// Somebody else is about to.
    UnderWay,
    /// The server said "not now", or nothing: it waits.
    Later(String),
    /// It will not be: refused, given up, or unknown.
    Over(MailState),
    /// A fault of ours.
    Failed(Error),
}

impl NotSent {
    /// Whether it may be sent yet.
    pub fn may_pass(&self) -> bool {
        match self {
            Self::UnderWay | Self::Later(_) => true,
            Self::Failed(error) => !matches!(error, Error::NotFound),
            Self::NoServer | Self::Over(_) => false,
        }
    }
}

impl From<Error> for NotSent {
    fn from(error: Error) -> Self {
        Self::Failed(error)
    }
}

/// A claim to a letter.
struct Claim {
    mail: Uuid,
    claim: Uuid,
}

/// What a claim comes to.
enum Claimed {
    Ours(Claim, Box<Message>),
    Sent,
    NotSent(NotSent),
}

/// Sends a letter, if nobody else does or did.
///
/// # Errors
/// Why it was not sent; whether it is worth trying again, tells [`NotSent::may_pass`].
pub async fn send(app: &App, mail: Uuid) -> Result<Sent, NotSent> {
    let Some(mailer) = app.mail() else { return Err(NotSent::NoServer) };
    let (claim, message) = match claim(app, mailer, mail).await? {
        Claimed::Ours(claim, message) => (claim, message),
        Claimed::Sent => return Ok(Sent::Before),
        Claimed::NotSent(why) => return Err(why),
    };
    let answer = match mailer.deliver(&message, async || claim.hand_over(app).await).await {
        Ok(answer) => answer,
        // No server will take a letter to such an address.
        Err(Error::BadInput { .. }) => Answer::Refused("no address".to_owned()),
        Err(error) => return Err(error.into()),
    };
    let (state, told) = match answer {
        Answer::Taken => (MailState::Sent, None),
        Answer::Refused(why) => (MailState::Refused, Some(why)),
        Answer::Later(why) => (MailState::Waiting, Some(why)),
        Answer::Unknown => (MailState::Unknown, Some("no answer".to_owned())),
        Answer::HeldBack => return Err(NotSent::UnderWay),
    };
    claim.settle(app, state, told.as_deref()).await?;
    tracing::info!(%mail, state = state.to_value(), answer = told, "handed a letter over");
    match state {
        MailState::Sent => Ok(Sent::Now),
        MailState::Waiting => Err(NotSent::Later(told.unwrap_or_default())),
        over => Err(NotSent::Over(over)),
    }
}

/// Sends a letter no more that waits still: when everything was tried.
pub async fn give_up(app: &App, mail: Uuid) -> Result<()> {
    let tx = app.write(Scope::system("give a letter up")).await?;
    let update = tx.scope().update_shared::<Entity>()?.filter(Column::Id.eq(mail));
    let update = update.filter(Column::State.eq(MailState::Waiting));
    tx.update(set_state(update, MailState::GivenUp)).await?;
    tx.commit().await
}

/// Claims a letter, and makes what is to be sent of it.
async fn claim(app: &App, mailer: &Mailer, mail: Uuid) -> Result<Claimed> {
    let now = app.now();
    let tx = app.write(Scope::system("send a letter")).await?;
    let row = tx.scope().select_shared::<Entity>()?.filter(Column::Id.eq(mail));
    let row = tx.one_locked(row).await?.ok_or(Error::NotFound)?;
    let is_claimed = row.claimed_until.is_some_and(|until| now < until);
    let over = match row.state {
        MailState::Sent => return Ok(Claimed::Sent),
        MailState::Waiting | MailState::Sending if is_claimed => return Ok(Claimed::NotSent(NotSent::UnderWay)),
        MailState::Waiting => match row.good_until.is_some_and(|until| until <= now) {
            true => Some(MailState::GivenUp),
            false => None,
        },
        // Whoever gave it to the server never said what came of it.
        MailState::Sending => Some(MailState::Unknown),
        over => return Ok(Claimed::NotSent(NotSent::Over(over))),
    };
    let message = match over {
        None => message(app, &tx, &row).await?,
        Some(_) => None,
    };
    // Of somebody who may not sign in any more nothing is wanted.
    let Some(message) = message else {
        let over = over.unwrap_or(MailState::GivenUp);
        let update = tx.scope().update_shared::<Entity>()?.filter(Column::Id.eq(mail));
        tx.update(set_state(update, over)).await?;
        tx.commit().await?;
        return Ok(Claimed::NotSent(NotSent::Over(over)));
    };
    let claim = Claim { mail, claim: id::fresh(now) };
    let patience = TimeDelta::from_std(mailer.patience()).map_err(Error::internal)?;
    let update = tx
        .scope()
        .update_shared::<Entity>()?
        .filter(Column::Id.eq(mail))
        .col_expr(Column::Claim, Expr::value(claim.claim))
        .col_expr(Column::ClaimedUntil, Expr::value(now + patience + MARGIN))
        .col_expr(Column::Attempts, Expr::col(Column::Attempts).add(1));
    tx.update(update).await?;
    tx.commit().await?;
    Ok(Claimed::Ours(claim, Box::new(message)))
}

impl Claim {
    /// Writes down that the server is given the letter now; false if it is somebody else's by now.
    async fn hand_over(&self, app: &App) -> Result<bool> {
        let tx = app.write(Scope::system("hand a letter over")).await?;
        let update = self.held(&tx)?.filter(Column::State.eq(MailState::Waiting));
        let is_ours = tx.update(set_state(update, MailState::Sending)).await? == 1;
        tx.commit().await?;
        Ok(is_ours)
    }

    /// Writes down what came of it; the claim is over.
    async fn settle(&self, app: &App, state: MailState, told: Option<&str>) -> Result<()> {
        let tx = app.write(Scope::system("keep account of a letter")).await?;
        let sent_at = (state == MailState::Sent).then(|| app.now());
        let update = set_state(self.held(&tx)?, state)
            .col_expr(Column::Answer, Expr::value(told))
            .col_expr(Column::SentAt, Expr::value(sent_at))
            .col_expr(Column::ClaimedUntil, Expr::value(None::<DateTime<Utc>>));
        tx.update(update).await?;
        tx.commit().await
    }

    fn held(&self, tx: &Tx) -> Result<UpdateMany<Entity>> {
        let update = tx.scope().update_shared::<Entity>()?;
        Ok(update.filter(Column::Id.eq(self.mail)).filter(Column::Claim.eq(self.claim)))
    }
}

fn set_state(update: UpdateMany<Entity>, state: MailState) -> UpdateMany<Entity> {
    update.col_expr(Column::State, Expr::value(state.to_value()))
}

/// The letter of a row; none to somebody whose account is gone.
async fn message(app: &App, tx: &Tx, row: &Model) -> Result<Option<Message>> {
    let body = Body::open(app, row)?;
    let (look, zone) = look(app, tx, row.dealership_id).await?;
    let words = match row.dealership_id {
        Some(dealership) => template(tx, dealership, row.kind).await?,
        None => Template::of(row.kind),
    };
    let time = |at| time(at, zone);
    let mut put_in = BTreeMap::from([("dealer", look.dealer.clone()), ("time", time(row.created_at))]);
    let (to, name) = match (row.user_id, &body.bill) {
        (Some(person), _) => {
            let person = tx.scope().select_shared::<user::Entity>()?.filter(user::Column::Id.eq(person));
            let person = tx.one(person).await?.filter(|person| person.disabled_at.is_none());
            let Some(person) = person else { return Ok(None) };
            (person.email, person.name)
        }
        (None, Some(bill)) => (bill.email.clone(), bill.name.clone()),
        (None, None) => return Err(Error::internal(anyhow::anyhow!("letter {} is to nobody", row.id))),
    };
    put_in.insert("name", name.clone());
    if let Some(link) = body.link {
        put_in.extend([("link", link), ("until", row.good_until.map_or_else(String::new, time))]);
    }
    if let Some(bill) = &body.bill {
        put_in.extend(bill_words(app, row, bill).await?);
        put_in.insert("until", time(app.now() + LINK));
    }
    let words = render(row.kind, &words, &put_in, &look)?;
    Ok(Some(Message { id: row.id, to, name, from: look.dealer, words, written_at: row.created_at }))
}

/// A time, as letters say it.
pub(super) fn time(at: DateTime<Utc>, zone: Tz) -> String {
    format!("{} ({zone})", at.with_timezone(&zone).format("%-d %B %Y, %H:%M"))
}

/// What is put into a letter with a bill; its link holds from now on, however long the letter waited.
async fn bill_words(app: &App, row: &Model, bill: &BillLetter) -> Result<[(&'static str, String); 4]> {
    use secrecy::ExposeSecret;
    let key: Key = bill.file.parse()?;
    let scope = Scope::system("mail a document").within(row.dealership_id.ok_or(Error::NotFound)?)?;
    let shown = Shown::new(Disposition::Inline, &bill.file_name, key.kind());
    let link = app.files().sign(&scope, &key, &shown, LINK).await?;
    Ok([
        ("link", link.expose_secret().to_owned()),
        ("number", bill.number.clone()),
        ("date", bill.date.format("%-d %B %Y").to_string()),
        ("total", money::formatted(bill.total_minor, &bill.currency)),
    ])
}

/// How letters of a dealership look, and its zone; without one, those of the installation.
pub(super) async fn look(app: &App, tx: &Tx, dealership: Option<Uuid>) -> Result<(Look, Tz)> {
    let Some(id) = dealership else {
        let (dealer, colour) = (app.issuer().to_owned(), COLOUR.to_owned());
        return Ok((Look { dealer, colour, address: Vec::new(), footer: String::new() }, Tz::UTC));
    };
    let own = tx.one(tx.select::<dealership::Entity>().filter(dealership::Column::Id.eq(id))).await?;
    let own = own.ok_or(Error::NotFound)?;
    let brand = branding::resolve(tx, id, None, None).await?;
    let look = Look {
        dealer: brand.dealer_name.unwrap_or(own.name),
        colour: brand.primary_color,
        address: brand.address_line1.into_iter().chain(brand.address_line2).collect(),
        footer: brand.footer_note,
    };
    Ok((look, calendar::zone(&own.time_zone).map_err(Error::internal)?))
}

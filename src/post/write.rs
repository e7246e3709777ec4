//! Writing letters, in the transaction of what they tell of.

use chrono::{DateTime, Utc};
use entity::kind::{MailKind, MailState};
use entity::outgoing_mail::{Entity, Model};
use secrecy::{ExposeSecret, SecretString};
use uuid::Uuid;

use super::content::{BillLetter, Body};
use crate::app::App;
use crate::database::Tx;
use crate::error::{Error, Result};
use crate::queue::{self, Order, Priority, SendMail, Unique};
use crate::{id, identity};

/// Writes to a person about their account, in the name of the dealership that the transaction is within; `link` is the page
/// that opens the account and when it ceases to, if the letter has one.
///
/// # Errors
/// `FORBIDDEN` but to the installation itself.
pub async fn to_account(
    app: &App,
    tx: &Tx,
    person: Uuid,
    kind: MailKind,
    link: Option<(&SecretString, DateTime<Utc>)>,
) -> Result<Uuid> {
    let body = Body { link: link.map(|(link, _)| link.expose_secret().to_owned()), ..Body::default() };
    let mut row = row(app, tx, kind, &body)?;
    (row.user_id, row.good_until) = (Some(person), link.map(|(_, until)| until));
    let id = row.id;
    tx.insert_shared::<Entity>(vec![row]).await?;
    ask(tx, id, app.now()).await?;
    Ok(id)
}

/// Sends a customer a bill, in the name of the dealership that the transaction is within. Nothing is written because of a
/// `cause` that something was written because of before.
///
/// # Errors
/// `FORBIDDEN` but to the installation itself; `DEALERSHIP_REQUIRED`; `BAD_USER_INPUT` when mail cannot be sent to the address;
/// `NOT_FOUND` when the document is another dealership's.
pub async fn to_customer(app: &App, tx: &Tx, bill: &BillLetter, cause: &str) -> Result<Option<Uuid>> {
    let dealership = tx.scope().dealership()?;
    if !identity::is_email(&bill.email) {
        return Err(Error::bad_input("email", "This is no e-mail address. Write it like nimal@example.com."));
    }
    let file: crate::integration::files::Key = bill.file.parse()?;
    if file.dealership() != dealership {
        return Err(Error::NotFound);
    }
    let mut row = row(app, tx, MailKind::Bill, &Body { bill: Some(bill.clone()), ..Body::default() })?;
    row.cause = Some(format!("BILL/{dealership}/{cause}"));
    let id = row.id;
    if !tx.insert_shared_new::<Entity>(row).await? {
        return Ok(None);
    }
    ask(tx, id, app.now()).await?;
    Ok(Some(id))
}

/// Asks for a letter to be sent, once it is there.
pub(super) async fn ask(tx: &Tx, mail: Uuid, now: DateTime<Utc>) -> Result<()> {
    let unique = Unique::WhileUnderWay(mail.to_string());
    let order = Order::new(&SendMail { mail })?.priority(Priority::Soon).unique(unique);
    queue::enqueue(tx, order, now).await.map(drop)
}

fn row(app: &App, tx: &Tx, kind: MailKind, body: &Body) -> Result<Model> {
    let now = app.now();
    let (id, dealership_id) = (id::fresh(now), tx.scope().dealership().ok());
    Ok(Model {
        id,
        user_id: None,
        dealership_id,
        kind,
        cause: None,
        body: body.seal(app, id, dealership_id)?,
        state: MailState::Waiting,
        attempts: 0,
        claim: None,
        claimed_until: None,
        answer: None,
        good_until: None,
        sent_at: None,
        created_at: now,
    })
}

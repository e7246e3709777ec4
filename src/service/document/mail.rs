//! A bill mailed to whoever it is for.

use entity::bill::Entity;
use entity::document;
use serde::Serialize;

use super::logos::Logos;
use super::{Subject, original};
use crate::app::App;
use crate::error::Result;
use crate::permission::Permission;
use crate::post::{self, BillLetter};
use crate::scope::Scope;
use crate::service::{Change, Check, Desk, Event, not_found, perform};
use crate::store::load::Key;

/// Mails a bill's document to somebody.
pub struct MailBill {
    /// Which bill.
    pub bill: Key,
    /// Where to.
    pub email: String,
}

/// The same, once the document is there.
#[derive(Serialize)]
struct Mail<'a> {
    bill: Key,
    email: &'a str,
    document: Key,
    /// What it is because of.
    cause: &'a str,
}

/// Mails a bill's document, which is made if there is none; the same `key` once only.
///
/// # Errors
/// As those of [`super::make`] and of a change.
pub async fn mail(app: &App, scope: &Scope, wanted: &MailBill, key: &str) -> Result<Key> {
    scope.require(Mail::PERMISSION)?;
    let mut check = Check::default();
    let email = check.email("email", &wanted.email);
    check.done()?;
    let made = original(app, scope, Subject::Bill(wanted.bill), &mut Logos::default()).await?;
    let document = Key { dealership: made.dealership_id, id: made.id };
    perform(app, scope, &Mail { bill: wanted.bill, email: &email, document, cause: key }, Some(key)).await
}

impl Change for Mail<'_> {
    type Outcome = Key;
    const NAME: &'static str = "mailBill";
    const PERMISSION: Permission = Permission::WriteBills;

    fn scope(&self, asker: &Scope) -> Result<Scope> {
        Scope::system("letters to customers are the installation's").within(asker.dealership()?)
    }

    async fn apply(&self, desk: &Desk<'_>) -> Result<Key> {
        let bill = desk.find::<Entity>("bill", self.bill).await?;
        if !desk.reaches(bill.branch_id) {
            return Err(not_found("bill").into());
        }
        let document = desk.find::<document::Entity>("bill", self.document).await?;
        let letter = BillLetter {
            email: self.email.to_owned(),
            name: bill.customer_name,
            number: bill.bill_number.clone(),
            date: bill.bill_date,
            total_minor: bill.total_minor,
            currency: bill.currency,
            file: document.file,
            file_name: bill.bill_number.clone(),
        };
        let cause = format!("{}/{}", bill.id, self.cause);
        if post::to_customer(desk.app, &desk.tx, &letter, &cause).await?.is_some() {
            let (row, branch) = (bill.id, Some(bill.branch_id));
            desk.audit(Event { action: "bill_mailed", table: "bill", row, branch, summary: bill.bill_number })?;
        }
        Ok(self.document)
    }
}

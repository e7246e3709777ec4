//! Enquiries: somebody asked about a bike, and is called back until there is a bill or no hope of one.

use entity::bike_model;
use entity::enquiry::{Entity, Model, Status};
use serde::Serialize;
use uuid::Uuid;

use super::customer::Person;
use super::sales_quotation::on_offer;
use super::{Change, Check, Desk, Event, States, step};
use crate::error::{RefusalCode, Result};
use crate::identity::Identity;
use crate::permission::Permission;
use crate::store::load::Key;

/// Enters an enquiry.
#[derive(Debug, Serialize)]
pub struct CreateEnquiry {
    /// Where; needed by those who act in all branches.
    pub branch: Option<Key>,
    /// Who asked.
    pub name: String,
    /// How to call back.
    pub phone: String,
    /// What they asked about.
    pub model: Option<Key>,
    /// What was said.
    pub notes: Option<String>,
}

/// Gives an enquiry up.
#[derive(Debug, Serialize)]
pub struct LoseEnquiry {
    /// Which.
    pub enquiry: Key,
    /// Why.
    pub reason: String,
}

impl States for Status {
    const NOUN: &'static str = "enquiry";
    const TABLE: &'static [(Self, &'static [Self])] =
        &[(Self::Open, &[Self::Quoted, Self::Lost]), (Self::Quoted, &[Self::Won, Self::Lost])];
}

impl Change for CreateEnquiry {
    type Outcome = Key;
    const NAME: &'static str = "createEnquiry";
    const PERMISSION: Permission = Permission::WriteSalesQuotations;

    async fn apply(&self, desk: &Desk<'_>) -> Result<Key> {
        let (person, notes) = self.checked()?;
        let branch = desk.branch(self.branch).await?;
        let model = match self.model {
            Some(model) => Some(on_offer(desk, "model", model).await?),
            None => None,
        };
        let id = desk.fresh_id();
        let contact = Identity { phone: person.phone, ..Identity::default() };
        let row = Model {
            dealership_id: branch.dealership_id,
            id,
            branch_id: branch.id,
            status: Status::Open,
            asked_at: desk.now,
            asked_on: desk.today().await?,
            name: person.name,
            contact: Some(contact.seal(desk.keys(), desk.place("enquiry", "contact", id)?)),
            model_id: model.as_ref().map(|model| model.id),
            notes,
            lost_reason: None,
            salesperson_id: desk.membership(branch.id)?,
            created_at: desk.now,
            updated_at: desk.now,
        };
        desk.insert::<Entity>(vec![row.clone()]).await?;
        audit(desk, "enquiry_created", &row, model.as_ref())?;
        Ok(Key { dealership: row.dealership_id, id })
    }
}

impl CreateEnquiry {
    fn checked(&self) -> Result<(Person, Option<String>)> {
        let mut check = Check::default();
        let notes = check.notes("notes", self.notes.as_deref(), 1000);
        if self.phone.trim().is_empty() {
            check.refuse(RefusalCode::Required, "phone", "Please enter a number to call back.");
        }
        let person = Person { name: self.name.clone(), phone: Some(self.phone.clone()), ..Person::default() }
            .checked(check, "")?;
        Ok((person, notes))
    }
}

impl Change for LoseEnquiry {
    type Outcome = Key;
    const NAME: &'static str = "loseEnquiry";
    const PERMISSION: Permission = Permission::WriteSalesQuotations;

    async fn apply(&self, desk: &Desk<'_>) -> Result<Key> {
        let mut check = Check::default();
        let reason = check.line("reason", &self.reason, 200);
        check.done()?;
        let row = desk.find_locked::<Entity>("enquiry", self.enquiry).await?;
        step("enquiry", row.status, Status::Lost)?;
        let row = Model { status: Status::Lost, lost_reason: Some(reason), updated_at: desk.now, ..row };
        desk.save::<Entity>(row.clone()).await?;
        audit(desk, "enquiry_lost", &row, None)?;
        Ok(self.enquiry)
    }
}

/// Notes that an offer was made, the first or another, and locks the enquiry until the change is done.
///
/// # Errors
/// `NOT_FOUND` for an enquiry of another branch; `INVALID_TRANSITION` when it is won or lost.
pub(super) async fn quote(desk: &Desk<'_>, field: &str, enquiry: Key, branch: Uuid) -> Result<()> {
    let row = desk.find_locked::<Entity>(field, enquiry).await?;
    if row.branch_id != branch {
        return Err(super::not_found(field).into());
    }
    if row.status == Status::Quoted {
        return Ok(());
    }
    step(field, row.status, Status::Quoted)?;
    let row = Model { status: Status::Quoted, updated_at: desk.now, ..row };
    desk.save::<Entity>(row.clone()).await?;
    audit(desk, "enquiry_quoted", &row, None)
}

/// Notes that a bill came of an enquiry. One that was given up stays so: the customer came back by themselves.
pub(super) async fn win(desk: &Desk<'_>, enquiry: Key) -> Result<()> {
    let row = desk.find_locked::<Entity>("enquiry", enquiry).await?;
    if row.status != Status::Quoted {
        return Ok(());
    }
    let row = Model { status: Status::Won, updated_at: desk.now, ..row };
    desk.save::<Entity>(row.clone()).await?;
    audit(desk, "enquiry_won", &row, None)
}

fn audit(desk: &Desk<'_>, action: &'static str, row: &Model, about: Option<&bike_model::Model>) -> Result<()> {
    let summary = about.map(|model| model.name.clone()).unwrap_or_default();
    desk.audit(Event { action, table: "enquiry", row: row.id, branch: Some(row.branch_id), summary })
}

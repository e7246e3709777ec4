//! Registrations of sold vehicles with the registrar of motor vehicles: opened and closed by bills, moved on by staff.

use chrono::{NaiveDate, TimeDelta};
use entity::bill;
use entity::kind::VehicleClass;
use entity::rmv_case::{Column, Entity, Model, Status};
use sea_orm::{ActiveEnum, ColumnTrait, QueryFilter};
use serde::Serialize;

use super::idempotency::as_kept;
use super::{Change, Check, Desk, Event, States, step};
use crate::error::{Refusal, RefusalCode, Result};
use crate::permission::Permission;
use crate::store::load::Key;

/// Days within which a bill promises the registration.
const PROMISED_DAYS: i64 = 30;

/// Most characters of a registration number.
const NUMBER_LENGTH: usize = 20;

impl States for Status {
    const NOUN: &'static str = "registration";
    /// `CLOSED` is the credit note's: see [`close`].
    const TABLE: &'static [(Self, &'static [Self])] = &[
        (Self::Opened, &[Self::DocumentsReady, Self::Closed]),
        (Self::DocumentsReady, &[Self::Submitted, Self::Closed]),
        (Self::Submitted, &[Self::NumberIssued, Self::Closed]),
        (Self::NumberIssued, &[Self::BookReceived, Self::Closed]),
        (Self::BookReceived, &[Self::PlateReceived, Self::Closed]),
    ];
}

/// Moves a registration on by one step.
#[derive(Debug, Serialize)]
pub struct AdvanceRegistration {
    /// Which.
    pub registration: Key,
    /// The step that was done.
    #[serde(serialize_with = "as_kept")]
    pub to: Status,
    /// The day on which it was done: today, if absent.
    pub on: Option<NaiveDate>,
    /// As issued; with `NUMBER_ISSUED` only.
    pub number: Option<String>,
}

impl Change for AdvanceRegistration {
    type Outcome = Key;
    const NAME: &'static str = "advanceRegistration";
    const PERMISSION: Permission = Permission::WriteRegistrations;

    async fn apply(&self, desk: &Desk<'_>) -> Result<Key> {
        let today = desk.today().await?;
        let to = self.to;
        let mut check = Check::default();
        let on = check.day_until("on", self.on.unwrap_or(today), today);
        let number = self.number(&mut check);
        check.done()?;
        let case = desk.find_locked::<Entity>("registration", self.registration).await?;
        step("to", case.status, to)?;
        if to == Status::Closed {
            let message = "A registration is closed by the credit note of its sale, not by hand.";
            return Err(Refusal::new(RefusalCode::InvalidTransition, "to", message).into());
        }
        let last = last_step(&case);
        if on < last {
            let message = format!("This is before {last}, the day of the step before.");
            return Err(Refusal::new(RefusalCode::OutOfRange, "on", message).into());
        }
        let moved = Model { status: to, updated_at: desk.now, ..done_on(case, to, on) };
        let moved = Model { registration_number: number.or(moved.registration_number), ..moved };
        let event = event("registration_advanced", &moved);
        desk.save::<Entity>(moved).await?;
        desk.audit(event)?;
        Ok(self.registration)
    }
}

impl AdvanceRegistration {
    fn number(&self, check: &mut Check) -> Option<String> {
        let field = "registrationNumber";
        match (self.to, &self.number) {
            (Status::NumberIssued, number) => {
                Some(check.line(field, number.as_deref().unwrap_or_default(), NUMBER_LENGTH).to_uppercase())
            }
            (_, Some(_)) => {
                check.refuse(RefusalCode::Invalid, field, "The number comes with the step NUMBER_ISSUED.");
                None
            }
            (_, None) => None,
        }
    }
}

/// Opens the registration of a sale, if its vehicle is registered at all.
pub(super) async fn open(desk: &Desk<'_>, bill: &bill::Model) -> Result<()> {
    if bill.vehicle_class != VehicleClass::EMotorcycle {
        return Ok(());
    }
    let case = Model {
        dealership_id: bill.dealership_id,
        id: desk.fresh_id(),
        branch_id: bill.branch_id,
        bill_id: bill.id,
        finance_company_id: bill.finance_company_id,
        status: Status::Opened,
        opened_on: desk.today().await?,
        due_on: bill.bill_date + TimeDelta::days(PROMISED_DAYS),
        documents_ready_on: None,
        submitted_on: None,
        number_issued_on: None,
        book_received_on: None,
        plate_received_on: None,
        closed_on: None,
        registration_number: None,
        created_at: desk.now,
        updated_at: desk.now,
    };
    let event = event("registration_opened", &case);
    desk.insert::<Entity>(vec![case]).await?;
    desk.audit(event)
}

/// Closes the registration of a sale that was taken back; one that is done stays done.
pub(super) async fn close(desk: &Desk<'_>, bill: &bill::Model) -> Result<()> {
    let case = desk
        .tx
        .select::<Entity>()
        .filter(Column::DealershipId.eq(bill.dealership_id))
        .filter(Column::BillId.eq(bill.id));
    let Some(case) = desk.one_locked(case).await? else { return Ok(()) };
    if !case.status.next().contains(&Status::Closed) {
        return Ok(());
    }
    let closed_on = Some(desk.today().await?);
    let case = Model { status: Status::Closed, closed_on, updated_at: desk.now, ..case };
    let event = event("registration_closed", &case);
    desk.save::<Entity>(case).await?;
    desk.audit(event)
}

/// The day of the last step done.
fn last_step(case: &Model) -> NaiveDate {
    let days = [case.book_received_on, case.number_issued_on, case.submitted_on, case.documents_ready_on];
    days.into_iter().flatten().next().unwrap_or(case.opened_on)
}

fn done_on(case: Model, step: Status, on: NaiveDate) -> Model {
    let on = Some(on);
    match step {
        Status::Opened | Status::Closed => case,
        Status::DocumentsReady => Model { documents_ready_on: on, ..case },
        Status::Submitted => Model { submitted_on: on, ..case },
        Status::NumberIssued => Model { number_issued_on: on, ..case },
        Status::BookReceived => Model { book_received_on: on, ..case },
        Status::PlateReceived => Model { plate_received_on: on, ..case },
    }
}

fn event<'a>(action: &'static str, case: &Model) -> Event<'a> {
    let summary = case.status.to_value();
    Event { action, table: "rmv_case", row: case.id, branch: Some(case.branch_id), summary }
}

#[cfg(test)]
mod tests {
    use indicatif::ProgressBar;
    use sea_orm::Select;

    use super::*;
    use crate::app::{App, Schema};
    use crate::config::Config;
    use crate::demo::{self, Plan};
    use crate::scope::Scope;

    async fn bill(app: &App, class: VehicleClass) -> bill::Model {
        let tx = app.read(Scope::system("test")).await.expect("a transaction");
        let bills: Select<bill::Entity> = tx.select().filter(bill::Column::VehicleClass.eq(class));
        let unregistered = bills.filter(bill::Column::Status.ne(bill::Status::Completed));
        tx.one(unregistered).await.expect("a query").expect("a small group has an example of everything")
    }

    async fn cases(desk: &Desk<'_>, bill: &bill::Model) -> Vec<Model> {
        let cases: Select<Entity> = desk.tx.select();
        desk.tx.all(cases.filter(Column::BillId.eq(bill.id))).await.expect("rows")
    }

    #[tokio::test]
    async fn a_sale_opens_a_registration_and_a_credit_closes_it() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let url = format!("sqlite://{}", folder.path().join("desk.db").display());
        let config = Config::load(None, &[("database.url", url)]).expect("valid settings");
        let app = App::open(&config, Schema::Migrate).await.expect("an empty installation");
        let plan = Plan::small("2026-08-14".parse().expect("a day"));
        demo::seed(&app, &plan, &ProgressBar::hidden()).await.expect("a filled one");
        let sold = bill(&app, VehicleClass::EMotorcycle).await;
        let scope = Scope::system("test").within(sold.dealership_id).expect("everything is in reach");
        let desk = Desk::open(&app, &scope, scope.clone()).await.expect("a desk");

        open(&desk, &sold).await.expect("opens");
        let [case] = &cases(&desk, &sold).await[..] else { panic!("one registration") };
        assert_eq!((case.status, case.branch_id), (Status::Opened, sold.branch_id));
        assert_eq!(case.due_on, sold.bill_date + TimeDelta::days(30));

        close(&desk, &sold).await.expect("closes");
        let [case] = &cases(&desk, &sold).await[..] else { panic!("one registration") };
        assert_eq!((case.status, case.closed_on), (Status::Closed, desk.today().await.ok()));
        close(&desk, &sold).await.expect("closes once");

        let done = Model { status: Status::PlateReceived, closed_on: None, ..case.clone() };
        desk.save::<Entity>(done.clone()).await.expect("saved");
        close(&desk, &sold).await.expect("what is done stays done");
        assert_eq!(cases(&desk, &sold).await, [done]);
    }

    #[test]
    fn states_lead_to_the_plates_and_every_other_may_be_closed() {
        let steps = [
            Status::Opened,
            Status::DocumentsReady,
            Status::Submitted,
            Status::NumberIssued,
            Status::BookReceived,
            Status::PlateReceived,
        ];
        assert!(steps.windows(2).all(|two| two[0].next() == [two[1], Status::Closed]));
        assert!(Status::PlateReceived.next().is_empty() && Status::Closed.next().is_empty());
    }
}

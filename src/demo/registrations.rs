//! Registrations of sold vehicles. How far each is follows from its bill alone, so that they change nothing else.

use chrono::{NaiveDate, TimeDelta};
use entity::kind::VehicleClass;
use entity::rmv_case::{Model, Status};
use entity::{bill, credit_note};

use crate::id;

/// Days from one step to the next, of a registration without trouble.
const DAYS: [i64; 5] = [3, 2, 9, 5, 6];

/// The registrations of sold vehicles that are registered, as they are on the last day; those of sales taken back are
/// closed.
pub(super) fn of_bills(bills: &[bill::Model], credit_notes: &[credit_note::Model], until: NaiveDate) -> Vec<Model> {
    let registered = |status| {
        let is = move |bill: &&bill::Model| bill.vehicle_class == VehicleClass::EMotorcycle && bill.status == status;
        bills.iter().filter(is)
    };
    let open = registered(bill::Status::Completed).enumerate().map(|(n, bill)| of_bill(n, bill, until));
    let closed = registered(bill::Status::Credited).filter_map(|bill| {
        let note = credit_notes.iter().find(|note| note.bill_id == bill.id)?;
        let closed_on = Some(note.credited_on);
        Some(Model { status: Status::Closed, closed_on, ..of_bill(0, bill, bill.bill_date) })
    });
    open.chain(closed).collect()
}

/// The `n`th registration.
fn of_bill(n: usize, bill: &bill::Model, until: NaiveDate) -> Model {
    let luck = u16::from_be_bytes([bill.id.as_bytes()[14], bill.id.as_bytes()[15]]);
    // One in three waits for papers. Spread evenly, so that a small group has some too.
    let pace = if n.is_multiple_of(3) { 5 } else { 1 + i64::from(luck % 2) };
    let mut day = bill.bill_date;
    let done = DAYS.map(|days| {
        day += TimeDelta::days(days * pace);
        (day <= until).then_some(day)
    });
    let states =
        [Status::DocumentsReady, Status::Submitted, Status::NumberIssued, Status::BookReceived, Status::PlateReceived];
    let reached = done.iter().zip(states).rev().find(|(day, _)| day.is_some());
    let [documents_ready_on, submitted_on, number_issued_on, book_received_on, plate_received_on] = done;
    let letter = char::from(b'A' + u8::try_from(luck % 26).unwrap_or_default());
    Model {
        dealership_id: bill.dealership_id,
        id: id::derived(bill.billed_at, &[b"demo", b"rmv_case", bill.id.as_bytes()]),
        branch_id: bill.branch_id,
        bill_id: bill.id,
        finance_company_id: bill.finance_company_id,
        status: reached.map_or(Status::Opened, |(_, state)| state),
        opened_on: bill.bill_date,
        due_on: bill.bill_date + TimeDelta::days(30),
        documents_ready_on,
        submitted_on,
        number_issued_on,
        book_received_on,
        plate_received_on,
        closed_on: None,
        registration_number: number_issued_on.map(|_| format!("WP BI{letter}-{:04}", luck % 10_000)),
        created_at: bill.billed_at,
        updated_at: bill.billed_at,
    }
}

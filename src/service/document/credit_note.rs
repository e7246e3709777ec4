//! Credit notes.

use entity::bill;
use entity::credit_note::Entity;
use entity::document::Kind;

use super::reading::Reading;
use super::sale::{self, Paid};
use super::sheet::{Refers, Sheet};
use crate::document::{Content, CreditNote, Tax};
use crate::error::{Error, Result};
use crate::store::load::Key;

pub(super) async fn read(reading: &Reading<'_>, key: Key) -> Result<Sheet> {
    let note = reading.row::<Entity>("creditNote", key).await?;
    let bill = reading.follow::<bill::Entity>(Some(note.bill_id)).await?.ok_or(Error::NotFound)?;
    let rates = sale::tax(reading, &bill).await?.filter(|_| bill.supplier_tin.is_some());
    let tax = match (rates, note.vat_minor, note.sscl_minor) {
        (Some(rates), Some(vat_minor), Some(sscl_minor)) => Some(Tax { vat_minor, sscl_minor, ..rates }),
        _ => None,
    };
    let content = CreditNote {
        number: note.credit_number.clone(),
        issued_on: note.credited_on,
        branch_name: reading.branch(note.branch_id).await?.name,
        bill_number: bill.bill_number.clone(),
        billed_on: bill.bill_date,
        supplier_tin: bill.supplier_tin.clone().filter(|_| tax.is_some()),
        reason: note.reason.clone(),
        sale: sale::read(reading, &bill, Paid::Towards).await?,
        amount_minor: note.amount_minor,
        tax,
        unit_returned: note.unit_returned,
    };
    Ok(Sheet {
        kind: Kind::CreditNote,
        branch: Some(note.branch_id),
        number: note.credit_number,
        issued_on: note.credited_on,
        total_minor: Some(note.amount_minor),
        currency: note.currency,
        subject: Some(note.id),
        refers: Refers { credit_note: Some(note.id), ..Refers::default() },
        shows_cost: false,
        reveals: bill.buyer.is_some().then_some(("bill", bill.id)),
        content: Content::CreditNote(content),
    })
}

//! Credit notes of sales taken back. Each follows from its bill alone.

use entity::bill::{self, Status};
use entity::{counter, credit_note};

use super::site::{Series, Site};

/// The credit notes of a branch's bills, and from where the next are numbered.
pub(super) fn of_bills(site: &Site<'_>, bills: &[bill::Model]) -> (Vec<credit_note::Model>, Vec<counter::Model>) {
    let mut returned: Vec<_> = bills.iter().filter(|bill| bill.status == Status::Credited).collect();
    returned.sort_by_key(|bill| (bill.updated_at, bill.id));
    let mut series = Series::new("CREDIT_NOTE", "_C_");
    let notes = returned.into_iter().enumerate().map(|(n, bill)| {
        let (credited_at, credited_on) = (bill.updated_at, site.day(bill.updated_at));
        credit_note::Model {
            dealership_id: bill.dealership_id,
            id: site.id(credited_at, "credit_note", n),
            branch_id: bill.branch_id,
            credit_number: series.next(site, credited_on),
            bill_id: bill.id,
            credited_at,
            credited_on,
            reason: "the customer changed their mind".to_owned(),
            currency: bill.currency.clone(),
            amount_minor: bill.total_minor,
            vat_minor: bill.vat_minor,
            sscl_minor: bill.sscl_minor,
            unit_returned: true,
            issued_by_id: bill.salesperson_id,
            created_at: credited_at,
        }
    });
    (notes.collect(), series.into_counters())
}

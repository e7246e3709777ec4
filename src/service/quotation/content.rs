//! What is written on a quotation: its lines, and the claim they are for. Amounts are computed here and nowhere else.

use chrono::NaiveDate;
use entity::{quotation, quotation_item};
use serde::Serialize;

use crate::error::{RefusalCode, Result};
use crate::money;
use crate::service::check::MAX_AMOUNT;
use crate::service::{Check, Desk};

/// Most lines of a quotation.
const MAX_ITEMS: usize = 50;

/// Largest quantity, in thousandths: a hundred thousand.
const MAX_QUANTITY: i64 = 100_000_000;

/// What is written on a quotation.
#[derive(Clone, Debug, Serialize)]
pub struct Content {
    /// Its lines, in their order.
    pub items: Vec<Item>,
    /// Registration number of the vehicle.
    pub registration_number: Option<String>,
    /// Day of the accident.
    pub accident_on: Option<NaiveDate>,
    /// The insurer's claim number.
    pub claim_number: Option<String>,
    /// The insurer.
    pub insurance_company: Option<String>,
    /// Remarks on the document.
    pub remarks: Option<String>,
}

/// A line.
#[derive(Clone, Debug, Serialize)]
pub struct Item {
    /// What is supplied or done.
    pub description: String,
    /// How many, as decimal text with at most three decimals.
    pub quantity: String,
    /// Price of one, in minor units.
    pub rate_minor: i64,
}

/// Content in the form in which it is kept.
pub(super) struct Checked {
    content: Content,
    lines: Vec<Line>,
    total_minor: i64,
}

/// A line with its quantity in thousandths and its amount.
struct Line {
    description: String,
    quantity_milli: i64,
    rate_minor: i64,
    amount_minor: i64,
}

impl Content {
    /// Checks every field; an accident lies in the past.
    pub(super) fn checked(&self, check: &mut Check, today: NaiveDate) -> Checked {
        let accident_on = self.accident_on.map(|day| check.day("accidentOn", day));
        if accident_on.is_some_and(|day| day > today) && !check.refused("accidentOn") {
            check.refuse(RefusalCode::OutOfRange, "accidentOn", "This day is yet to come.");
        }
        let content = Self {
            items: Vec::new(),
            registration_number: check.optional_line("registrationNumber", self.registration_number.as_deref(), 20),
            accident_on,
            claim_number: check.optional_line("claimNumber", self.claim_number.as_deref(), 40),
            insurance_company: check.optional_line("insuranceCompany", self.insurance_company.as_deref(), 120),
            remarks: check.notes("remarks", self.remarks.as_deref(), 1000),
        };
        let lines = self.lines(check);
        let total: i128 = lines.iter().map(|line| i128::from(line.amount_minor)).sum();
        if total > i128::from(MAX_AMOUNT) {
            check.refuse(RefusalCode::OutOfRange, "items", "The sum of the lines is too large.");
        }
        Checked { content, lines, total_minor: i64::try_from(total).unwrap_or(MAX_AMOUNT) }
    }

    fn lines(&self, check: &mut Check) -> Vec<Line> {
        if !(1..=MAX_ITEMS).contains(&self.items.len()) {
            check.refuse(RefusalCode::OutOfRange, "items", format!("Please enter 1 to {MAX_ITEMS} lines."));
            return Vec::new();
        }
        let lines = self.items.iter().enumerate().map(|(n, item)| {
            check.within(format!("items.{n}"));
            item.checked(check)
        });
        let lines = lines.collect();
        check.within("");
        lines
    }
}

impl Item {
    fn checked(&self, check: &mut Check) -> Line {
        let description = check.line("description", &self.description, 200);
        let quantity_milli = match money::milli(&self.quantity) {
            Some(milli) if (1..=MAX_QUANTITY).contains(&milli) => milli,
            Some(_) => {
                check.refuse(RefusalCode::OutOfRange, "quantity", "Please enter more than 0, and 100000 at most.");
                0
            }
            None => {
                let message = "Please enter a number with three decimals at most, e.g. 1.5.";
                check.refuse(RefusalCode::Invalid, "quantity", message);
                0
            }
        };
        let rate_minor = check.amount("rateMinor", self.rate_minor, 0..=MAX_AMOUNT);
        let amount_minor = if check.refused("rateMinor") { Some(0) } else { amount(quantity_milli, rate_minor) };
        if amount_minor.is_none() {
            check.refuse(RefusalCode::OutOfRange, "rateMinor", "Quantity times rate is too large.");
        }
        Line { description, quantity_milli, rate_minor, amount_minor: amount_minor.unwrap_or(0) }
    }
}

/// Quantity times rate, rounded half up to the minor unit; none if it is too large. Neither is negative.
fn amount(quantity_milli: i64, rate_minor: i64) -> Option<i64> {
    let exact = i128::from(quantity_milli) * i128::from(rate_minor);
    i64::try_from((exact + 500) / 1000).ok().filter(|amount| *amount <= MAX_AMOUNT)
}

impl Checked {
    /// The row with this content on it.
    pub(super) fn on(&self, row: quotation::Model) -> quotation::Model {
        let content = self.content.clone();
        quotation::Model {
            registration_number: content.registration_number,
            accident_on: content.accident_on,
            claim_number: content.claim_number,
            insurance_company: content.insurance_company,
            remarks: content.remarks,
            total_minor: self.total_minor,
            ..row
        }
    }

    /// Writes the lines of a row.
    pub(super) async fn insert_items(self, desk: &Desk<'_>, row: &quotation::Model) -> Result<()> {
        let items = (1..).zip(self.lines).map(|(position, line)| quotation_item::Model {
            dealership_id: row.dealership_id,
            id: desk.fresh_id(),
            branch_id: row.branch_id,
            quotation_id: row.id,
            position,
            description: line.description,
            quantity_milli: line.quantity_milli,
            rate_minor: line.rate_minor,
            amount_minor: line.amount_minor,
        });
        desk.insert::<quotation_item::Entity>(items.collect()).await
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn half_a_cent_is_rounded_up() {
        assert_eq!(amount(1_500, 150_000), Some(225_000));
        assert_eq!([amount(500, 1), amount(499, 1), amount(333, 100)], [Some(1), Some(0), Some(33)]);
        assert_eq!(amount(MAX_QUANTITY, MAX_AMOUNT), None);
    }

    proptest! {
        #[test]
        fn an_amount_is_off_by_half_a_cent_at_most(quantity in 1..=MAX_QUANTITY, rate in 0..=1_000_000_i64) {
            let amount = amount(quantity, rate).expect("not too large");
            let off = i128::from(amount) * 1000 - i128::from(quantity) * i128::from(rate);
            prop_assert!((-499..=500).contains(&off));
        }
    }
}

//! Repair and insurance-claim quotations, and the invoices made from some of them.

use chrono::{DateTime, TimeDelta, Utc};
use entity::quotation::{self, Kind, Status};
use entity::{counter, quotation_item};
use uuid::Uuid;

use super::catalogue::RUPEE;
use super::customers::Customers;
use super::random::Random;
use super::site::{Series, Site};
use crate::text;

/// Quotations of a branch in a month.
const PER_MONTH: i64 = 6;

/// Spare parts and their prices in rupees.
const PARTS: [(&str, i64); 12] = [
    ("Front mudguard", 6_500),
    ("Headlight assembly", 12_500),
    ("Controller unit", 28_500),
    ("Side mirror set", 2_750),
    ("Battery casing", 18_000),
    ("Rear shock absorber", 9_500),
    ("Body panel, left", 7_800),
    ("Body panel, right", 7_800),
    ("Brake lever", 1_850),
    ("Handlebar", 4_200),
    ("Throttle grip", 3_300),
    ("Tail lamp", 5_400),
];

/// An hour's work, in rupees; sold by the half hour.
const LABOUR: i64 = 1_500;

const INSURERS: [&str; 3] =
    ["Ceylon Shield Insurance PLC", "Lanka Horizon General Insurance Ltd", "Island Crest Insurance PLC"];

/// The quotations of a branch with their lines.
#[derive(Default)]
pub(super) struct Quotations {
    pub(super) rows: Vec<quotation::Model>,
    pub(super) items: Vec<quotation_item::Model>,
}

impl Quotations {
    /// Writes the quotations of all days; `workshop` is the membership of who does.
    pub(super) fn write(
        site: &Site<'_>,
        customers: &mut Customers<'_>,
        workshop: Uuid,
        random: &mut Random,
    ) -> (Self, Vec<counter::Model>) {
        let mut all = Self::default();
        let days = (site.until - site.start).num_days();
        for n in 0..days * PER_MONTH / 30 {
            let day = site.start + TimeDelta::days(days * n * 30 / (days * PER_MONTH) + random.between(0, 4));
            let at = site.in_hours(day.min(site.until), random);
            all.quotation(site, customers, workshop, at, random);
        }
        let counters = all.number(site);
        (all, counters)
    }

    fn quotation(
        &mut self,
        site: &Site<'_>,
        customers: &mut Customers<'_>,
        workshop: Uuid,
        at: DateTime<Utc>,
        random: &mut Random,
    ) {
        let n = self.rows.len();
        let id = site.id(at, "quotation", n);
        let (status, invoiced_at) = fate(site, at, random);
        let total_minor = self.items(site, id, at, random);
        let owner = customers.owner(at, random);
        let accident_on = random.chance(80).then(|| site.day(at) - TimeDelta::days(random.between(1, 20)));
        let quotation = quotation::Model {
            dealership_id: site.dealership.id,
            id,
            branch_id: site.branch.id,
            quotation_number: String::new(),
            number_key: String::new(),
            kind: Kind::Quotation,
            status,
            quoted_at: at,
            quoted_on: site.day(at),
            customer_id: owner.id,
            buyer: Some(owner.identity.seal(site.keys, site.place("quotation", "buyer", id))),
            customer_name: owner.name,
            registration_number: random.chance(92).then(|| registration(random)),
            accident_on,
            claim_number: accident_on.map(|day| format!("CLM/{}/{}", day.format("%y"), random.between(10_000, 99_999))),
            insurance_company: accident_on.map(|_| random.pick(&INSURERS).to_owned()),
            currency: site.dealership.currency.clone(),
            total_minor,
            remarks: random.chance(20).then(|| "Parts to be ordered; five working days.".to_owned()),
            salesperson_id: Some(workshop),
            converted_from_id: None,
            created_at: at,
            updated_at: invoiced_at.unwrap_or(at),
        };
        let invoice = invoiced_at.map(|at| {
            let id = site.id(at, "invoice", n);
            self.copy_items(site, quotation.id, id, at);
            quotation::Model {
                id,
                kind: Kind::Invoice,
                status: Status::Sent,
                quoted_at: at,
                quoted_on: site.day(at),
                buyer: Some(owner.identity.seal(site.keys, site.place("quotation", "buyer", id))),
                converted_from_id: Some(quotation.id),
                created_at: at,
                updated_at: at,
                ..quotation.clone()
            }
        });
        self.rows.push(quotation);
        self.rows.extend(invoice);
    }

    /// Adds one to six lines; gives their sum in minor units.
    fn items(&mut self, site: &Site<'_>, quotation: Uuid, at: DateTime<Utc>, random: &mut Random) -> i64 {
        let parts = random.between(0, 5);
        let first = random.index(PARTS.len());
        let mut total = 0;
        for position in 1..=parts + 1 {
            let (description, quantity_milli, rate) = match position > parts {
                true => ("Labour", random.between(1, 9) * 500, LABOUR),
                false => {
                    // Five steps of seven through twelve parts: no part twice.
                    let (part, price) = PARTS[(first + position.unsigned_abs() as usize * 7) % PARTS.len()];
                    (part, if random.chance(15) { 2_000 } else { 1_000 }, price)
                }
            };
            let amount_minor = rate * RUPEE * quantity_milli / 1_000;
            total += amount_minor;
            self.items.push(quotation_item::Model {
                dealership_id: site.dealership.id,
                id: site.id(at, "quotation_item", self.items.len()),
                branch_id: site.branch.id,
                quotation_id: quotation,
                position: i32::try_from(position).unwrap_or_default(),
                description: description.to_owned(),
                quantity_milli,
                rate_minor: rate * RUPEE,
                amount_minor,
            });
        }
        total
    }

    /// Repeats a quotation's lines on its invoice.
    fn copy_items(&mut self, site: &Site<'_>, from: Uuid, to: Uuid, at: DateTime<Utc>) {
        let lines: Vec<_> = self.items.iter().filter(|item| item.quotation_id == from).cloned().collect();
        for item in lines {
            let id = site.id(at, "quotation_item", self.items.len());
            self.items.push(quotation_item::Model { id, quotation_id: to, ..item });
        }
    }

    fn number(&mut self, site: &Site<'_>) -> Vec<counter::Model> {
        // A quotation before its invoice, which is never older.
        self.rows.sort_by_key(|row| (row.quoted_at, row.converted_from_id.is_some(), row.id));
        let (mut quotations, mut invoices) = (Series::new("QUOTATION", "_Q_"), Series::new("INVOICE", "_I_"));
        for row in &mut self.rows {
            let series = match row.kind {
                Kind::Quotation => &mut quotations,
                Kind::Invoice => &mut invoices,
            };
            row.quotation_number = series.next(site, row.quoted_on);
            row.number_key = text::search_key(&row.quotation_number);
        }
        [quotations.into_counters(), invoices.into_counters()].concat()
    }
}

/// What became of a quotation, and when it was invoiced. Those of the last days are still drafts or on their way.
fn fate(site: &Site<'_>, at: DateTime<Utc>, random: &mut Random) -> (Status, Option<DateTime<Utc>>) {
    if (site.until - site.day(at)).num_days() < 5 {
        return (random.pick(&[Status::Draft, Status::Sent]), None);
    }
    match random.below(100) {
        0..10 => (Status::Draft, None),
        10..33 => (Status::Sent, None),
        33..50 => (Status::Accepted, None),
        50..70 => (Status::Rejected, None),
        _ => {
            let days = random.between(1, 14);
            match site.later(at, days, random) {
                Some(when) => (Status::Converted, Some(when)),
                None => (Status::Accepted, None),
            }
        }
    }
}

fn registration(random: &mut Random) -> String {
    let letter = |random: &mut Random| random.pick(&["A", "C", "F", "G", "H", "I", "K", "L", "T", "X"]);
    format!("B{}{} {:04}", letter(random), letter(random), random.between(1, 9_999))
}

//! The money received against bills.

use chrono::{DateTime, Utc};
use entity::bill;
use entity::payment::{self, Basis, Method};
use uuid::Uuid;

use super::catalogue::RUPEE;
use super::random::Random;
use super::site::Site;

const METHODS: [Method; 4] = [Method::Cash, Method::Card, Method::Transfer, Method::Cheque];
const METHOD_SHARES: [u64; 4] = [45, 14, 31, 10];

/// The payments of a branch so far.
pub(super) struct Payments<'a> {
    site: &'a Site<'a>,
    pub(super) rows: Vec<payment::Model>,
}

impl<'a> Payments<'a> {
    pub(super) fn new(site: &'a Site<'a>) -> Self {
        Self { site, rows: Vec::new() }
    }

    /// Takes the advance of a pending bill.
    pub(super) fn advance(&mut self, bill: &mut bill::Model, random: &mut Random) {
        let amount = bill.advance_minor.unwrap_or_default();
        self.take(bill, bill.billed_at, amount, random);
    }

    /// Makes the advance's money count towards the bill that completes it.
    pub(super) fn carry_over(&mut self, advance: Uuid, bill: &mut bill::Model) {
        for payment in self.rows.iter_mut().filter(|payment| payment.bill_id == advance) {
            payment.bill_id = bill.id;
            bill.balance_minor -= payment.amount_minor;
        }
    }

    /// Takes what is due on a completed bill: mostly at once, now and then in two parts of which the second comes weeks
    /// later, or not yet.
    pub(super) fn settle(&mut self, bill: &mut bill::Model, random: &mut Random) {
        let due = bill.balance_minor;
        let later = match random.below(100) {
            0..80 => None,
            80..94 => Some(0),
            94..99 => Some(random.between(20, 150)),
            _ => Some(i64::MAX),
        };
        let Some(days) = later else { return self.take(bill, bill.billed_at, due, random) };
        let step = 500 * RUPEE;
        let first = due * random.between(40, 90) / 100 / step * step;
        self.take(bill, bill.billed_at, first, random);
        let second_at = match days {
            0 => Some(bill.billed_at),
            i64::MAX => None,
            days => self.site.later(bill.billed_at, days, random),
        };
        if let Some(at) = second_at {
            self.take(bill, at, due - first, random);
        }
    }

    fn take(&mut self, bill: &mut bill::Model, at: DateTime<Utc>, amount: i64, random: &mut Random) {
        bill.balance_minor -= amount;
        bill.updated_at = bill.updated_at.max(at);
        self.rows.push(payment::Model {
            dealership_id: bill.dealership_id,
            id: self.site.id(at, "payment", self.rows.len()),
            branch_id: bill.branch_id,
            bill_id: bill.id,
            received_bill_id: bill.id,
            paid_at: at,
            paid_on: self.site.day(at),
            method: METHODS[random.weighted(&METHOD_SHARES)],
            amount_minor: amount,
            currency: bill.currency.clone(),
            basis: Basis::Recorded,
            created_at: at,
        });
    }
}

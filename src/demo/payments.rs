//! The money received against bills.

use chrono::{DateTime, TimeDelta, Utc};
use entity::bill;
use entity::payment::{self, Basis, Method};
use uuid::Uuid;

use super::catalogue::RUPEE;
use super::random::Random;
use super::site::Site;

const METHODS: [Method; 4] = [Method::Cash, Method::Card, Method::Transfer, Method::Cheque];
const METHOD_SHARES: [u64; 4] = [45, 14, 31, 10];

/// How a customer pays.
pub(super) enum Pace {
    AtOnce,
    /// By a cheque that is not honoured; three days later otherwise.
    Bounced,
    /// In two ways on one day.
    InParts,
    /// The second part so many days later.
    After(i64),
    /// The second part stays open.
    Never,
}

impl Pace {
    /// How the customer of a branch's `n`th sale pays. Open balances are spread evenly, so that a small group has some.
    pub(super) fn of(n: usize, random: &mut Random) -> Self {
        match (n % 100, n % 25) {
            (6, _) => Self::Never,
            (_, 11) => Self::After(random.between(20, 150)),
            _ if random.chance(15) => Self::InParts,
            _ if n % 9 == 5 => Self::Bounced,
            _ => Self::AtOnce,
        }
    }
}

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

    /// Takes what is due on a completed bill; a second part that falls after the last day stays open.
    pub(super) fn settle(&mut self, bill: &mut bill::Model, pace: Pace, random: &mut Random) {
        let due = bill.balance_minor;
        if let Pace::AtOnce | Pace::Bounced = pace {
            let at = if let Pace::Bounced = pace { self.bounce(bill, due) } else { bill.billed_at };
            return self.take(bill, at, due, random);
        }
        let step = 500 * RUPEE;
        let first = due * random.between(40, 90) / 100 / step * step;
        self.take(bill, bill.billed_at, first, random);
        let second_at = match pace {
            Pace::AtOnce | Pace::Bounced | Pace::Never => None,
            Pace::InParts => Some(bill.billed_at),
            Pace::After(days) => self.site.later(bill.billed_at, days, random),
        };
        if let Some(at) = second_at {
            self.take(bill, at, due - first, random);
        }
    }

    /// Has the financier pay the leased share of a branch's `n`th sale, one to five weeks after it; some take their time.
    pub(super) fn disburse(&mut self, bill: &mut bill::Model, n: usize) {
        let at = bill.billed_at + TimeDelta::days(7 + (n as i64 * 11) % 29);
        if let Some(leased) = bill.financier_balance_minor.filter(|leased| *leased > 0 && n % 17 != 3)
            && self.site.day(at) <= self.site.until
        {
            bill.financier_balance_minor = Some(0);
            bill.updated_at = bill.updated_at.max(at);
            self.enter(bill, at, leased, Method::Financier);
        }
    }

    /// Takes all of a bill and gives it back, the sale being taken back at `at`.
    pub(super) fn give_back(&mut self, bill: &bill::Model, at: DateTime<Utc>) {
        self.enter(bill, bill.billed_at, bill.total_minor, Method::Cash);
        self.enter(bill, at, -bill.total_minor, Method::Cash);
    }

    /// Enters a cheque and takes it back; gives the time of that. One that is not due back yet was never written.
    fn bounce(&mut self, bill: &bill::Model, amount: i64) -> DateTime<Utc> {
        let back = bill.billed_at + TimeDelta::days(3);
        if self.site.day(back) > self.site.until {
            return bill.billed_at;
        }
        self.enter(bill, bill.billed_at, amount, Method::Cheque);
        let cheque = self.rows.last().map(|row| row.id);
        self.enter(bill, back, -amount, Method::Cheque);
        if let [.., taken, reversal] = &mut self.rows[..] {
            taken.reference = Some(format!("cheque {}", 204_000 + bill.total_minor % 997));
            reversal.reference = Some("the bank did not honour the cheque".to_owned());
            reversal.reverses_id = cheque;
        }
        back
    }

    fn take(&mut self, bill: &mut bill::Model, at: DateTime<Utc>, amount: i64, random: &mut Random) {
        bill.balance_minor -= amount;
        bill.updated_at = bill.updated_at.max(at);
        self.enter(bill, at, amount, METHODS[random.weighted(&METHOD_SHARES)]);
    }

    fn enter(&mut self, bill: &bill::Model, at: DateTime<Utc>, amount: i64, method: Method) {
        self.rows.push(payment::Model {
            dealership_id: bill.dealership_id,
            id: self.site.id(at, "payment", self.rows.len()),
            branch_id: bill.branch_id,
            bill_id: bill.id,
            received_bill_id: bill.id,
            paid_at: at,
            paid_on: self.site.day(at),
            method,
            amount_minor: amount,
            currency: bill.currency.clone(),
            basis: Basis::Recorded,
            reference: None,
            taken_by_id: bill.salesperson_id,
            reverses_id: None,
            created_at: at,
        });
    }
}

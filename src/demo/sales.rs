//! The bills of a branch: each sale with its customer, its unit and what became of it.

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use entity::bill::{self, Status};
use entity::counter;
use entity::kind::Source;
use uuid::Uuid;

use super::catalogue::{Catalogue, LTV_CAP_BP};
use super::customers::{Buyer, Customers};
use super::payments::{Pace, Payments};
use super::random::Random;
use super::season;
use super::site::{Series, Site};
use super::stock::Stock;
use super::terms::Terms;
use crate::text;

/// One sale in so many begins as an advance. Spread evenly, so that a small group has some too.
const ADVANCE_EVERY: usize = 10;

/// One sale in so many is taken back.
const RETURNED_EVERY: usize = 33;

/// One advance in so many is given up.
const DROPPED_EVERY: usize = 8;

/// A branch at work.
pub(super) struct Shop<'a> {
    pub(super) site: &'a Site<'a>,
    pub(super) catalogue: &'a Catalogue,
    /// Memberships of those who sell, the busiest first.
    pub(super) sellers: &'a [Uuid],
    pub(super) customers: Customers<'a>,
    pub(super) stock: Stock<'a>,
    pub(super) payments: Payments<'a>,
    pub(super) bills: Vec<bill::Model>,
    advances: usize,
    /// Advances left open on purpose.
    left_open: usize,
}

/// What is agreed between one customer and one seller.
struct Deal {
    /// Counted from 0 in the branch.
    n: usize,
    at: DateTime<Utc>,
    buyer: Buyer,
    unit: usize,
    seller: Uuid,
    terms: Terms,
}

/// What becomes of a sale.
enum Fate {
    Completed,
    /// Taken back by a credit note.
    Returned(DateTime<Utc>),
    /// An advance, with the day the bike was promised for.
    Advance(NaiveDate, Ending),
}

/// What becomes of an advance.
enum Ending {
    Open,
    Dropped(DateTime<Utc>),
    Converted(DateTime<Utc>),
}

impl<'a> Shop<'a> {
    /// A branch before its first sale.
    pub(super) fn new(site: &'a Site<'a>, catalogue: &'a Catalogue, sellers: &'a [Uuid]) -> Self {
        Self {
            site,
            catalogue,
            sellers,
            customers: Customers::new(site),
            stock: Stock::new(site, catalogue),
            payments: Payments::new(site),
            bills: Vec::new(),
            advances: 0,
            left_open: 0,
        }
    }

    /// Sells from the first day to the last, numbers the bills and leaves a showroom behind.
    pub(super) fn trade(&mut self, random: &mut Random) -> Vec<counter::Model> {
        for (n, at) in season::sale_times(self.site, random).into_iter().enumerate() {
            self.sale(n, at, random);
        }
        self.stock.fill(random);
        self.bills.sort_by_key(|bill| (bill.billed_at, bill.id));
        let mut series = Series::new("BILL", "_");
        for bill in &mut self.bills {
            bill.bill_number = series.next(self.site, bill.bill_date);
            bill.number_key = text::search_key(&bill.bill_number);
        }
        series.into_counters()
    }

    fn sale(&mut self, n: usize, at: DateTime<Utc>, random: &mut Random) {
        let fate = self.fate(n, at, random);
        let terms = Terms::agree(self.catalogue, n, self.site.day(at), random);
        let deal = Deal {
            n,
            at,
            buyer: self.customers.buyer(at, matches!(fate, Fate::Advance(..)), random),
            unit: self.stock.take(terms.model, at, random),
            seller: self.sellers[random.weighted(&[5, 3, 2, 2, 1][..self.sellers.len().min(5)])],
            terms,
        };
        match fate {
            Fate::Completed => {
                let mut bill = self.bill(&deal, "bill", at);
                self.stock.sell(deal.unit, at);
                self.payments.settle(&mut bill, Pace::of(n, random), random);
                self.payments.disburse(&mut bill, n);
                self.bills.push(bill);
            }
            Fate::Returned(when) => {
                let bill = self.bill(&deal, "bill", at);
                self.payments.give_back(&bill, when);
                self.stock.release(deal.unit, when);
                self.bills.push(returned(bill, when));
            }
            Fate::Advance(promised, ending) => self.advance(&deal, promised, ending, random),
        }
    }

    fn advance(&mut self, deal: &Deal, promised: NaiveDate, ending: Ending, random: &mut Random) {
        let mut advance = bill::Model {
            status: Status::Pending,
            is_advance: true,
            advance_minor: Some(deal.terms.advance_minor(random)),
            financier_balance_minor: None,
            estimated_delivery_on: Some(promised),
            delivered_on: None,
            landed_cost_minor: None,
            unit_received_on: None,
            ..self.bill(deal, "advance", deal.at)
        };
        match ending {
            Ending::Open => {
                self.payments.advance(&mut advance, random);
                self.stock.reserve(deal.unit, deal.at);
            }
            Ending::Dropped(when) => {
                advance = self.cancelled(advance, when);
                self.stock.release(deal.unit, when);
            }
            Ending::Converted(when) => {
                let mut bill = bill::Model { advance_bill_id: Some(advance.id), ..self.bill(deal, "bill", when) };
                self.payments.advance(&mut advance, random);
                self.payments.carry_over(advance.id, &mut bill);
                self.payments.settle(&mut bill, Pace::of(deal.n, random), random);
                self.payments.disburse(&mut bill, deal.n);
                self.stock.sell(deal.unit, when);
                self.bills.push(bill);
                advance = bill::Model {
                    status: Status::Converted,
                    balance_minor: 0,
                    converted_on: Some(self.site.day(when)),
                    updated_at: when,
                    ..advance
                };
            }
        }
        self.bills.push(advance);
    }

    /// An advance given up: nothing was paid for it yet.
    fn cancelled(&self, bill: bill::Model, when: DateTime<Utc>) -> bill::Model {
        bill::Model {
            status: Status::Cancelled,
            balance_minor: 0,
            financier_balance_minor: None,
            delivered_on: None,
            cancelled_on: Some(self.site.day(when)),
            cancelled_reason: Some("the customer changed their mind".to_owned()),
            updated_at: when,
            ..bill
        }
    }

    /// What becomes of the `n`th sale. The last weeks leave one late and one recent advance in every branch that sells
    /// enough, so that no list of open ones is empty.
    fn fate(&mut self, n: usize, at: DateTime<Utc>, random: &mut Random) -> Fate {
        if n % RETURNED_EVERY == 2 {
            let days = random.between(1, 3);
            return self.site.later(at, days, random).map_or(Fate::Completed, Fate::Returned);
        }
        let day = self.site.day(at);
        let promised = |days| day + TimeDelta::days(days);
        if n % ADVANCE_EVERY == 4 {
            return Fate::Advance(promised(random.pick(&[14, 21, 30])), self.ending(at, random));
        }
        match ((self.site.until - day).num_days(), self.left_open) {
            (..=50, 0) => {
                self.left_open = 1;
                Fate::Advance(promised(10), Ending::Open)
            }
            (..=20, 1) => {
                self.left_open = 2;
                Fate::Advance(promised(30), Ending::Open)
            }
            _ => Fate::Completed,
        }
    }

    fn ending(&mut self, at: DateTime<Utc>, random: &mut Random) -> Ending {
        self.advances += 1;
        // The first ones soon, so that a small group has some that are completed, and one that is given up.
        let days = random.between(5, if self.advances <= 2 { 20 } else { 55 });
        match self.site.later(at, days, random) {
            None => Ending::Open,
            Some(when) if self.advances % DROPPED_EVERY == 2 => Ending::Dropped(when),
            Some(when) => Ending::Converted(when),
        }
    }

    /// A completed bill of a deal on which nothing has been paid and which has no number yet.
    fn bill(&self, deal: &Deal, kind: &str, at: DateTime<Utc>) -> bill::Model {
        let (site, terms) = (self.site, &deal.terms);
        let unit = &self.stock.units[deal.unit];
        let model = &self.catalogue.models[terms.model];
        let id = site.id(at, kind, deal.n);
        let (vat_minor, sscl_minor) = self.catalogue.taxes_within(terms.price_minor);
        bill::Model {
            dealership_id: site.dealership.id,
            id,
            branch_id: site.branch.id,
            bill_number: String::new(),
            number_key: String::new(),
            billed_at: at,
            bill_date: site.day(at),
            status: Status::Completed,
            sale_type: terms.sale_type,
            vehicle_class: model.vehicle_class,
            is_advance: false,
            first_tricycle_sale: false,
            customer_id: deal.buyer.id,
            customer_name: deal.buyer.name.clone(),
            buyer: Some(deal.buyer.identity.seal(site.keys, site.place("bill", "buyer", id))),
            salesperson_id: Some(deal.seller),
            model_id: Some(model.id),
            model_name: model.name.clone(),
            unit_id: Some(unit.id),
            chassis_number: Some(unit.chassis_number.clone()),
            chassis_key: Some(unit.chassis_key.clone()),
            motor_number: Some(unit.motor_number.clone()),
            motor_key: Some(unit.motor_key.clone()),
            currency: site.dealership.currency.clone(),
            vehicle_price_minor: terms.price_minor,
            rmv_charge_minor: terms.rmv_charge_minor,
            down_payment_minor: terms.down_payment_minor,
            leased_minor: terms.leased_minor(),
            advance_minor: None,
            total_minor: terms.total_minor(),
            balance_minor: terms.total_minor(),
            financier_balance_minor: terms.leased_minor(),
            above_ltv_cap: terms
                .leased_minor()
                .is_some_and(|leased| leased * 10_000 > terms.price_minor * i64::from(LTV_CAP_BP)),
            vat_minor: Some(vat_minor),
            sscl_minor: Some(sscl_minor),
            supplier_tin: self.catalogue.tax_profile.as_ref().and_then(|profile| profile.tin.clone()),
            purchaser_tin: None,
            estimated_delivery_on: None,
            delivered_on: Some(site.day(at)),
            cancelled_on: None,
            cancelled_reason: None,
            finance_company_id: terms.finance_company.map(|index| self.catalogue.finance_companies[index].id),
            proforma_number: terms.finance_company.map(|_| terms.proforma_number(site, deal.n)),
            proforma_on: terms.proforma_on,
            landed_cost_minor: unit.landed_cost_minor,
            unit_received_on: Some(unit.received_on),
            converted_on: None,
            advance_bill_id: None,
            source: Source::Live,
            created_at: at,
            updated_at: at,
        }
    }
}

fn returned(bill: bill::Model, when: DateTime<Utc>) -> bill::Model {
    let financier_balance_minor = bill.leased_minor.map(|_| 0);
    bill::Model { status: Status::Credited, balance_minor: 0, financier_balance_minor, updated_at: when, ..bill }
}

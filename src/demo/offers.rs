//! Enquiries of a branch, and the offers made to some of those who asked.

use chrono::{DateTime, TimeDelta, Utc};
use entity::kind::SaleType;
use entity::{bill, counter, enquiry, sales_quotation};
use uuid::Uuid;

use super::customers::{self, Buyer};
use super::names;
use super::random::Random;
use super::sales::Shop;
use super::site::{Series, Site};
use super::terms::Terms;
use crate::identity::Identity;
use crate::text;

/// Enquiries of a branch in a month that end without a bill.
const PER_MONTH: i64 = 6;

/// One sale in so many began with an enquiry.
const ASKED_FIRST: usize = 5;

/// For how many days an offer holds.
const HOLDS: i64 = 14;

const REASONS: [&str; 4] = ["Bought elsewhere", "Price too high", "No answer", "Leasing refused"];

/// The enquiries of a branch with the offers made.
#[derive(Default)]
pub(super) struct Offers {
    pub(super) enquiries: Vec<enquiry::Model>,
    pub(super) quotations: Vec<sales_quotation::Model>,
}

impl Offers {
    /// Writes those of all days; the branch has sold already.
    pub(super) fn write(shop: &Shop<'_>, random: &mut Random) -> (Self, Vec<counter::Model>) {
        let mut all = Self::default();
        let sold = shop.bills.iter().filter(|bill| bill.status == bill::Status::Completed && !bill.is_advance);
        for bill in sold.filter(|bill| bill.advance_bill_id.is_none()).step_by(ASKED_FIRST) {
            all.taken(shop, bill, random);
        }
        let days = (shop.site.until - shop.site.start).num_days();
        for n in 0..days * PER_MONTH / 30 {
            let day = shop.site.start + TimeDelta::days(days * n * 30 / (days * PER_MONTH) + random.between(0, 4));
            let at = shop.site.in_hours(day.min(shop.site.until), random);
            match shop.customers.seen_before(at, random).filter(|_| random.chance(60)) {
                Some(buyer) => all.offered(shop, &buyer, at, random),
                None => all.asked(shop.site, at, random),
            }
        }
        let counters = all.number(shop.site);
        (all, counters)
    }

    /// Somebody asked, was made an offer and took it.
    fn taken(&mut self, shop: &Shop<'_>, bill: &bill::Model, random: &mut Random) {
        let (site, at) = (shop.site, bill.billed_at);
        let Some((buyer, model_id)) = shop.customers.known(bill.customer_id).zip(bill.model_id) else { return };
        let asked_at = at - TimeDelta::days(random.between(1, 6));
        let asked = self.enquiry(site, asked_at, &buyer.name, buyer.identity.phone.clone());
        let (enquiry_id, id) = (asked.id, site.id(at, "sales_quotation", self.quotations.len()));
        self.enquiries.push(enquiry::Model {
            status: enquiry::Status::Won,
            model_id: Some(model_id),
            salesperson_id: bill.salesperson_id,
            updated_at: at,
            ..asked
        });
        self.quotations.push(sales_quotation::Model {
            dealership_id: site.dealership.id,
            id,
            branch_id: site.branch.id,
            quotation_number: String::new(),
            number_key: String::new(),
            status: sales_quotation::Status::Converted,
            quoted_at: at,
            quoted_on: bill.bill_date,
            valid_until: bill.bill_date + TimeDelta::days(HOLDS),
            enquiry_id: Some(enquiry_id),
            customer_id: bill.customer_id,
            customer_name: bill.customer_name.clone(),
            buyer: Some(buyer.identity.seal(site.keys, site.place("sales_quotation", "buyer", id))),
            salesperson_id: bill.salesperson_id,
            model_id,
            model_name: bill.model_name.clone(),
            vehicle_class: bill.vehicle_class,
            sale_type: bill.sale_type,
            currency: bill.currency.clone(),
            vehicle_price_minor: bill.vehicle_price_minor,
            rmv_charge_minor: bill.rmv_charge_minor,
            down_payment_minor: bill.down_payment_minor,
            leased_minor: bill.leased_minor,
            total_minor: bill.total_minor,
            finance_company_id: bill.finance_company_id,
            proforma_number: None,
            proforma_on: None,
            remarks: None,
            bill_id: Some(bill.id),
            created_at: at,
            updated_at: at,
        });
    }

    /// Somebody asked and was made an offer that is not taken yet, or never was.
    fn offered(&mut self, shop: &Shop<'_>, buyer: &Buyer, at: DateTime<Utc>, random: &mut Random) {
        use sales_quotation::Status::{Accepted, Draft, Rejected, Sent};
        let (site, n) = (shop.site, self.quotations.len());
        let (day, id) = (site.day(at), site.id(at, "sales_quotation", n));
        let terms = Terms::agree(shop.catalogue, n, day, random);
        let model = &shop.catalogue.models[terms.model];
        let seller = random.pick(shop.sellers);
        let asked = self.enquiry(site, at, &buyer.name, buyer.identity.phone.clone());
        let status = random.pick(&[Draft, Sent, Sent, Accepted, Rejected]);
        let enquiry_id = asked.id;
        self.enquiries.push(enquiry::Model {
            status: enquiry::Status::Quoted,
            model_id: Some(model.id),
            salesperson_id: Some(seller),
            ..asked
        });
        self.quotations.push(sales_quotation::Model {
            dealership_id: site.dealership.id,
            id,
            branch_id: site.branch.id,
            quotation_number: String::new(),
            number_key: String::new(),
            status,
            quoted_at: at,
            quoted_on: day,
            valid_until: day + TimeDelta::days(HOLDS),
            enquiry_id: Some(enquiry_id),
            customer_id: buyer.id,
            customer_name: buyer.name.clone(),
            buyer: Some(buyer.identity.seal(site.keys, site.place("sales_quotation", "buyer", id))),
            salesperson_id: Some(seller),
            model_id: model.id,
            model_name: model.name.clone(),
            vehicle_class: model.vehicle_class,
            sale_type: terms.sale_type,
            currency: site.dealership.currency.clone(),
            vehicle_price_minor: terms.price_minor,
            rmv_charge_minor: terms.rmv_charge_minor,
            down_payment_minor: terms.down_payment_minor,
            leased_minor: terms.leased_minor(),
            total_minor: terms.total_minor(),
            finance_company_id: terms.finance_company.map(|company| shop.catalogue.finance_companies[company].id),
            proforma_number: None,
            proforma_on: None,
            remarks: (terms.sale_type == SaleType::Leasing).then(|| "Subject to approval by the financier.".to_owned()),
            bill_id: None,
            created_at: at,
            updated_at: at,
        });
    }

    /// Somebody asked, and was not heard of again.
    fn asked(&mut self, site: &Site<'_>, at: DateTime<Utc>, random: &mut Random) {
        let asked = self.enquiry(site, at, &names::customer(random).text, Some(customers::phone(random)));
        let is_lost = (site.until - site.day(at)).num_days() > 10 || random.chance(20);
        self.enquiries.push(match is_lost {
            true => enquiry::Model {
                status: enquiry::Status::Lost,
                lost_reason: Some(random.pick(&REASONS).to_owned()),
                ..asked
            },
            false => asked,
        });
    }

    fn enquiry(&self, site: &Site<'_>, at: DateTime<Utc>, name: &str, phone: Option<String>) -> enquiry::Model {
        let id: Uuid = site.id(at, "enquiry", self.enquiries.len());
        let contact = Identity { phone, ..Identity::default() };
        enquiry::Model {
            dealership_id: site.dealership.id,
            id,
            branch_id: site.branch.id,
            status: enquiry::Status::Open,
            asked_at: at,
            asked_on: site.day(at),
            name: name.to_owned(),
            contact: Some(contact.seal(site.keys, site.place("enquiry", "contact", id))),
            model_id: None,
            notes: None,
            lost_reason: None,
            salesperson_id: None,
            created_at: at,
            updated_at: at,
        }
    }

    fn number(&mut self, site: &Site<'_>) -> Vec<counter::Model> {
        self.quotations.sort_by_key(|row| (row.quoted_at, row.id));
        let mut series = Series::new("SALES_QUOTATION", "_S_");
        for row in &mut self.quotations {
            row.quotation_number = series.next(site, row.quoted_on);
            row.number_key = text::search_key(&row.quotation_number);
        }
        series.into_counters()
    }
}

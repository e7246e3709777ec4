//! Who buys: a branch's customers, their sealed identity and the words by which they are found.

use chrono::{DateTime, Datelike, Utc};
use entity::{customer, customer_term};
use uuid::Uuid;

use super::names::{self, Name};
use super::random::Random;
use super::site::Site;
use crate::identity::{self, Identity};
use crate::text;

/// How often a buyer has bought before, in a hundred.
const REGULARS: u64 = 6;

/// A customer in clear, as written on documents.
#[derive(Clone)]
pub(super) struct Buyer {
    pub(super) id: Uuid,
    pub(super) name: String,
    pub(super) identity: Identity,
}

/// The customers of a branch so far.
pub(super) struct Customers<'a> {
    site: &'a Site<'a>,
    known: Vec<Buyer>,
    pub(super) rows: Vec<customer::Model>,
    pub(super) terms: Vec<customer_term::Model>,
}

impl<'a> Customers<'a> {
    pub(super) fn new(site: &'a Site<'a>) -> Self {
        Self { site, known: Vec::new(), rows: Vec::new(), terms: Vec::new() }
    }

    /// Somebody who buys at `at`: mostly new, now and then known. An advance needs a phone number.
    pub(super) fn buyer(&mut self, at: DateTime<Utc>, with_phone: bool, random: &mut Random) -> Buyer {
        let regular = random.chance(REGULARS).then(|| self.anybody(random)).flatten();
        match regular.filter(|buyer| !with_phone || buyer.identity.phone.is_some()) {
            Some(buyer) => buyer,
            None => self.meet(at, with_phone, random),
        }
    }

    /// Somebody who was here before `at`, else somebody new: many who have a bike repaired bought it here.
    pub(super) fn owner(&mut self, at: DateTime<Utc>, random: &mut Random) -> Buyer {
        let index = random.index(self.known.len().max(1));
        match self.rows.get(index).is_some_and(|row| row.created_at < at) {
            true => self.known[index].clone(),
            false => self.meet(at, false, random),
        }
    }

    /// Somebody who was here before `at`, if there was anybody.
    pub(super) fn seen_before(&self, at: DateTime<Utc>, random: &mut Random) -> Option<Buyer> {
        let index = random.index(self.rows.len().max(1));
        self.rows.get(index).filter(|row| row.created_at < at).map(|_| self.known[index].clone())
    }

    /// A customer by id.
    pub(super) fn known(&self, id: Uuid) -> Option<&Buyer> {
        self.known.iter().find(|buyer| buyer.id == id)
    }

    fn anybody(&self, random: &mut Random) -> Option<Buyer> {
        (!self.known.is_empty()).then(|| self.known[random.index(self.known.len())].clone())
    }

    fn meet(&mut self, at: DateTime<Utc>, with_phone: bool, random: &mut Random) -> Buyer {
        let n = self.rows.len();
        let site = self.site;
        let name = names::customer(random);
        let identity = identity(site, &name, with_phone, random);
        let id = site.id(at, "customer", n);
        let seal = |column, text: &Option<String>| {
            text.as_ref().map(|text| site.keys.seal(site.place("customer", column, id), text.as_bytes()))
        };
        let dealership = site.dealership.id;
        self.rows.push(customer::Model {
            dealership_id: dealership,
            id,
            branch_id: site.branch.id,
            name_key: text::search_key(&name.text),
            nic: seal("nic", &identity.nic),
            nic_index: identity.nic.as_ref().map(|nic| identity::nic_index(site.keys, dealership, nic)),
            phone: seal("phone", &identity.phone),
            phone_index: identity.phone.as_ref().map(|phone| identity::phone_index(site.keys, dealership, phone)),
            address: seal("address", &identity.address),
            created_at: at,
            updated_at: at,
            name: name.text.clone(),
        });
        for term in text::words(&name.text) {
            self.terms.push(customer_term::Model {
                dealership_id: dealership,
                id: site.id(at, "customer_term", self.terms.len()),
                branch_id: site.branch.id,
                customer_id: id,
                term,
            });
        }
        let buyer = Buyer { id, name: name.text, identity };
        self.known.push(buyer.clone());
        buyer
    }
}

fn identity(site: &Site<'_>, name: &Name, with_phone: bool, random: &mut Random) -> Identity {
    Identity {
        nic: random.chance(98).then(|| nic(site.until.year(), name.woman, random)),
        phone: (with_phone || random.chance(93)).then(|| phone(random)),
        address: random.chance(99).then(|| names::address(random, name.script, &site.branch.name)),
    }
}

/// A card number that could be: year and day of birth (500 more for women), a serial and a check digit nobody agrees on.
fn nic(year: i32, woman: bool, random: &mut Random) -> String {
    let born = i64::from(year) - random.between(19, 66);
    let day = random.between(1, 365) + if woman { 500 } else { 0 };
    let (serial, check) = (random.between(10, 989), random.between(0, 9));
    // Cards in the old form were given out until 2015, to people born in the twentieth century.
    match born < 1_998 && random.chance(70) {
        true => format!("{:02}{day:03}{serial:03}{check}{}", born % 100, if random.chance(95) { "V" } else { "X" }),
        false => format!("{born:04}{day:03}{serial:04}{check}"),
    }
}

pub(super) fn phone(random: &mut Random) -> String {
    let operator = random.pick(&["70", "71", "72", "74", "75", "76", "77", "78"]);
    format!("+94{operator}{:07}", random.below(10_000_000))
}

//! The bikes of a branch: received before they are sold, each with what is known of it.

use chrono::{DateTime, Datelike, NaiveDate, TimeDelta, Utc};
use entity::bike_unit::{self, Status};

use super::catalogue::Catalogue;
use super::random::Random;
use super::site::Site;
use crate::text;

const COLOURS: [&str; 8] = ["Black", "White", "Red", "Blue", "Grey", "Silver", "Green", "Matt Black"];
const COLOUR_SHARES: [u64; 8] = [28, 20, 16, 14, 8, 6, 4, 4];

/// The units of a branch so far.
pub(super) struct Stock<'a> {
    site: &'a Site<'a>,
    catalogue: &'a Catalogue,
    pub(super) units: Vec<bike_unit::Model>,
    /// Units whose sale fell through, with the time from which they can be sold again.
    released: Vec<(DateTime<Utc>, usize)>,
}

impl<'a> Stock<'a> {
    pub(super) fn new(site: &'a Site<'a>, catalogue: &'a Catalogue) -> Self {
        Self { site, catalogue, units: Vec::new(), released: Vec::new() }
    }

    /// The index of a unit of `model` that can be sold at `at`: one that came back, else one received for it before.
    pub(super) fn take(&mut self, model: usize, at: DateTime<Utc>, random: &mut Random) -> usize {
        let wanted = self.catalogue.models[model].id;
        let free = |(since, unit): &(DateTime<Utc>, usize)| *since <= at && self.units[*unit].model_id == wanted;
        match self.released.iter().position(free) {
            Some(index) => self.released.remove(index).1,
            None => {
                let days = random.between(2, 60) * random.between(1, 60) / 30 + 2;
                self.receive(model, self.site.day(at) - TimeDelta::days(days), random)
            }
        }
    }

    /// Marks a unit as sold on a day.
    pub(super) fn sell(&mut self, unit: usize, at: DateTime<Utc>) {
        let day = self.site.day(at);
        self.set(unit, Status::Sold, Some(day), at);
    }

    /// Keeps a unit for an advance.
    pub(super) fn reserve(&mut self, unit: usize, at: DateTime<Utc>) {
        self.set(unit, Status::Reserved, None, at);
    }

    /// Gives back the unit of a sale that fell through at `at`.
    pub(super) fn release(&mut self, unit: usize, at: DateTime<Utc>) {
        self.set(unit, Status::Available, None, at);
        self.released.push((at, unit));
    }

    /// Adds what stands in the showroom on the last day: five weeks of sales, some of it too long, some of it damaged.
    pub(super) fn fill(&mut self, random: &mut Random) {
        for n in 0..self.site.monthly_milli / 850 + 3 {
            let model = self.catalogue.any_model(random);
            let days = random.between(0, 110) * random.between(2, 60) / 30;
            let unit = self.receive(model, self.site.until - TimeDelta::days(days), random);
            if n % 25 == 2 {
                let unit = &mut self.units[unit];
                unit.status = Status::Damaged;
                unit.notes = Some("Body panel cracked in transit".to_owned());
            }
        }
    }

    fn set(&mut self, unit: usize, status: Status, sold_on: Option<NaiveDate>, at: DateTime<Utc>) {
        let unit = &mut self.units[unit];
        unit.status = status;
        unit.sold_on = sold_on;
        unit.updated_at = at;
    }

    /// Takes in a unit of a model; what the papers did not say stays unknown.
    fn receive(&mut self, model: usize, day: NaiveDate, random: &mut Random) -> usize {
        let n = self.units.len();
        let site = self.site;
        let at = site.in_hours(day, random);
        let name = &self.catalogue.models[model].name;
        let code = name.rsplit('-').next().unwrap_or(name);
        // 7,919 has no factor in common with 100,000: the numbers look random and never repeat.
        let serial = (site.position + 1) * 100_000 + (n + 1) * 7_919 % 100_000;
        let chassis_number = format!("{}C{serial}", name.replace('-', ""));
        let motor_number = format!("{code}M{serial}");
        let price = self.catalogue.price(model, day);
        let colour = COLOURS[random.weighted(&COLOUR_SHARES)];
        let old_model = day.month() <= 3 && random.chance(50);
        let model_year = i16::try_from(day.year() - i32::from(old_model)).ok();
        self.units.push(bike_unit::Model {
            dealership_id: site.dealership.id,
            id: site.id(at, "bike_unit", n),
            branch_id: site.branch.id,
            model_id: self.catalogue.models[model].id,
            chassis_key: text::search_key(&chassis_number),
            chassis_number,
            motor_key: text::search_key(&motor_number),
            motor_number,
            colour: random.chance(95).then(|| colour.to_owned()),
            model_year: model_year.filter(|_| random.chance(97)),
            status: Status::Available,
            landed_cost_minor: random.chance(96).then(|| price * random.between(820, 900) / 1_000),
            list_price_minor: price,
            currency: site.dealership.currency.clone(),
            received_at: at,
            received_on: day,
            sold_on: None,
            notes: None,
            deleted_at: None,
            deleted_reason: None,
            created_at: at,
            updated_at: at,
        });
        n
    }
}

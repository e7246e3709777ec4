//! What a customer and a seller agree on: the model, the price and how it is paid.

use chrono::{NaiveDate, TimeDelta};
use entity::kind::SaleType;

use super::catalogue::{Catalogue, RUPEE};
use super::random::Random;
use super::site::Site;

/// Amounts people agree on are multiples of this, in minor units.
const STEP: i64 = 500 * RUPEE;

/// The terms of one sale, money in minor units.
pub(super) struct Terms {
    /// Its place in the catalogue.
    pub(super) model: usize,
    pub(super) sale_type: SaleType,
    pub(super) price_minor: i64,
    pub(super) rmv_charge_minor: i64,
    pub(super) down_payment_minor: Option<i64>,
    /// Its place in the catalogue; leasing only.
    pub(super) finance_company: Option<usize>,
    pub(super) proforma_on: Option<NaiveDate>,
}

impl Terms {
    /// The terms of a branch's `n`th sale. Six in ten of the models that can be leased are: half of all sales.
    pub(super) fn agree(catalogue: &Catalogue, n: usize, day: NaiveDate, random: &mut Random) -> Self {
        let model = catalogue.wanted_model(n, random);
        let discount = if random.chance(10) { random.between(1, 10) * STEP } else { 0 };
        let price_minor = catalogue.price(model, day) - discount;
        let leasing = catalogue.models[model].leasable && random.chance(60);
        let sale_type = if leasing { SaleType::Leasing } else { SaleType::Cash };
        Self {
            model,
            sale_type,
            price_minor,
            rmv_charge_minor: catalogue.rmv_charge(catalogue.models[model].vehicle_class, sale_type),
            down_payment_minor: leasing.then(|| rounded_up(price_minor * random.between(25, 49) / 100)),
            finance_company: leasing.then(|| random.weighted(&[8, 6, 4, 3, 2])),
            proforma_on: leasing.then(|| day - TimeDelta::days(random.between(1, 9))),
        }
    }

    /// What the customer pays the dealer: of a leased bike the down payment only.
    pub(super) fn total_minor(&self) -> i64 {
        self.down_payment_minor.unwrap_or(self.price_minor + self.rmv_charge_minor)
    }

    /// What the financier pays.
    pub(super) fn leased_minor(&self) -> Option<i64> {
        self.down_payment_minor.map(|down| (self.price_minor - down).max(0))
    }

    /// What is paid when the bike is only reserved: a tenth to a third of what the customer pays.
    pub(super) fn advance_minor(&self, random: &mut Random) -> i64 {
        rounded_up(self.total_minor() * random.between(10, 33) / 100)
    }

    /// The number of the paper the financier was shown, one a sale.
    pub(super) fn proforma_number(&self, site: &Site<'_>, n: usize) -> String {
        let day = self.proforma_on.unwrap_or(site.start);
        format!("PF-{}-{}-{}", day.format("%y%m%d"), site.branch.code, n + 1)
    }
}

fn rounded_up(amount: i64) -> i64 {
    (amount + STEP - 1) / STEP * STEP
}

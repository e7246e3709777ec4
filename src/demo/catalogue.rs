//! What a dealership sells, who finances it and what the registrar charges.

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use entity::kind::{SaleType, VehicleClass};
use entity::{bike_model, dealership, finance_company, tariff, tax_profile};

use super::group::Plot;
use super::random::Random;
use crate::{id, money, text};

/// Minor units in a rupee.
pub(super) const RUPEE: i64 = 100;

/// Name after the brand, list price in rupees, class, and how often it is asked for.
const MODELS: [(&str, i64, VehicleClass, u64); 9] = [
    ("XS", 299_500, VehicleClass::EMotorcycle, 16),
    ("ZL", 349_500, VehicleClass::EMotorcycle, 20),
    ("Z9", 399_500, VehicleClass::EMotorcycle, 16),
    ("Q2", 449_500, VehicleClass::EMotorcycle, 14),
    ("K3", 475_000, VehicleClass::EMotorcycle, 10),
    ("G20", 499_500, VehicleClass::EMotorcycle, 8),
    ("C01", 219_500, VehicleClass::EMotorbicycle, 8),
    ("C05", 249_500, VehicleClass::EMotorbicycle, 5),
    ("N8", 400_000, VehicleClass::ETricycle, 1),
];

/// One sale in so many is of a tricycle.
const TRICYCLE_EVERY: usize = 40;

/// What a model cost less before the last price rise, in rupees.
const PRICE_RISE: i64 = 15_000;

/// Class, sale type and RMV charge in rupees.
const TARIFFS: [(VehicleClass, SaleType, i64); 4] = [
    (VehicleClass::EMotorcycle, SaleType::Cash, 13_000),
    (VehicleClass::EMotorcycle, SaleType::Leasing, 13_500),
    (VehicleClass::EMotorbicycle, SaleType::Cash, 0),
    (VehicleClass::ETricycle, SaleType::Cash, 0),
];

/// Value added tax (VAT) and social security contribution levy (SSCL), in hundredths of a percent.
const VAT_BP: i32 = 1_800;
const SSCL_BP: i32 = 250;

/// Leased share of a price, in hundredths of a percent, above which a bill is flagged.
pub(super) const LTV_CAP_BP: i32 = 7_000;

const FINANCE_COMPANIES: [(&str, &str, &str); 5] = [
    ("Mahaweli Crest Leasing PLC", "No 12, Temple Road, Polgolla", "+94810000101"),
    ("Walawe Harbour Finance PLC", "No 45/2, Main Street, Ratnapura", "+94450000102"),
    ("Kandurata Hill Finance PLC", "No 7, Lake Road, Kandy", "+94810000103"),
    ("Lanka Lotus Leasing PLC", "No 210, Galle Road, Colombo 03", "+94110000104"),
    ("Ruhunu Coast Credit PLC", "No 3, Beach Road, Matara", "+94410000105"),
];

/// The catalogue of one dealership.
pub(super) struct Catalogue {
    pub(super) models: Vec<bike_model::Model>,
    pub(super) tariffs: Vec<tariff::Model>,
    pub(super) finance_companies: Vec<finance_company::Model>,
    /// Absent where the dealership is not registered for VAT.
    pub(super) tax_profile: Option<tax_profile::Model>,
    /// The day from which list prices hold.
    repriced_on: NaiveDate,
}

impl Catalogue {
    /// The catalogue of the dealership of a plot, as it is on the day `until`.
    pub(super) fn of(dealership: &dealership::Model, plot: &Plot, valid_from: NaiveDate, until: NaiveDate) -> Self {
        let at = dealership.created_at;
        let id = |kind: &str, name: &str| catalogue_id(at, dealership, kind, name);
        let models = MODELS.iter().map(|(name, price, class, _)| {
            let name = format!("{}-{name}", plot.brand);
            bike_model::Model {
                dealership_id: dealership.id,
                id: id("bike_model", &name),
                name_key: text::search_key(&name),
                name,
                vehicle_class: *class,
                list_price_minor: price * RUPEE,
                currency: dealership.currency.clone(),
                leasable: *class == VehicleClass::EMotorcycle,
                retired_at: None,
                created_at: at,
                updated_at: at,
            }
        });
        let tariffs = TARIFFS.iter().map(|(class, sale_type, charge)| tariff::Model {
            dealership_id: dealership.id,
            id: id("tariff", &format!("{class:?}/{sale_type:?}")),
            vehicle_class: *class,
            sale_type: *sale_type,
            rmv_charge_minor: charge * RUPEE,
            currency: dealership.currency.clone(),
            valid_from,
            valid_to: None,
            ltv_cap_bp: (*sale_type == SaleType::Leasing).then_some(LTV_CAP_BP),
            created_at: at,
        });
        let finance_companies = FINANCE_COMPANIES.iter().map(|(name, address, contact)| finance_company::Model {
            dealership_id: dealership.id,
            id: id("finance_company", name),
            name: (*name).to_owned(),
            name_key: text::search_key(name),
            address: Some((*address).to_owned()),
            contact: Some((*contact).to_owned()),
            retired_at: None,
            created_at: at,
            updated_at: at,
        });
        let tax_profile = plot.tin.map(|tin| tax_profile::Model {
            dealership_id: dealership.id,
            id: id("tax_profile", ""),
            tin: Some(tin.to_owned()),
            vat_bp: VAT_BP,
            sscl_bp: SSCL_BP,
            valid_from,
            created_at: at,
        });
        Self {
            models: models.collect(),
            tax_profile,
            tariffs: tariffs.collect(),
            finance_companies: finance_companies.collect(),
            repriced_on: until - TimeDelta::days(365),
        }
    }

    /// The index of the model that a branch's `n`th customer wants. Tricycles are spread evenly, so that a small group
    /// sells some.
    pub(super) fn wanted_model(&self, n: usize, random: &mut Random) -> usize {
        let tricycle = self.models.iter().position(|model| model.vehicle_class == VehicleClass::ETricycle);
        match tricycle.filter(|_| n % TRICYCLE_EVERY == 2) {
            Some(tricycle) => tricycle,
            None => self.any_model(random),
        }
    }

    /// The index of a model, the better sold the more often.
    pub(super) fn any_model(&self, random: &mut Random) -> usize {
        random.weighted(&MODELS.map(|(.., weight)| weight))
    }

    /// What a model cost on a day, in minor units.
    pub(super) fn price(&self, model: usize, day: NaiveDate) -> i64 {
        let list = self.models[model].list_price_minor;
        if day < self.repriced_on { list - PRICE_RISE * RUPEE } else { list }
    }

    /// VAT and SSCL within a price, in minor units.
    pub(super) fn taxes_within(&self, price_minor: i64) -> (i64, i64) {
        let profile = self.tax_profile.as_ref();
        profile.map_or((0, 0), |profile| money::taxes_within(price_minor, profile.vat_bp, profile.sscl_bp))
    }

    /// What the registrar charges, in minor units.
    pub(super) fn rmv_charge(&self, class: VehicleClass, sale_type: SaleType) -> i64 {
        let tariff = self.tariffs.iter().find(|row| row.vehicle_class == class && row.sale_type == sale_type);
        tariff.map_or(0, |row| row.rmv_charge_minor)
    }
}

fn catalogue_id(at: DateTime<Utc>, dealership: &dealership::Model, kind: &str, name: &str) -> uuid::Uuid {
    id::derived(at, &[b"demo", dealership.code.as_bytes(), kind.as_bytes(), name.as_bytes()])
}

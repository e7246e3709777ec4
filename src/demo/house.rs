//! A dealership before its first sale, and the rows that its branches make.

use chrono::{DateTime, NaiveDate, Utc};
use entity::bill::Status;
use entity::kind::{Role, VehicleClass};
use entity::{
    bike_model, bike_unit, bill, branch, branding, counter, credit_note, customer, customer_term, dealership, enquiry,
    finance_company, membership, payment, quotation, quotation_item, rmv_case, sales_quotation, stock_transfer, target,
    tariff, tax_profile, user,
};

use super::catalogue::Catalogue;
use super::group::Plot;
use super::offers::Offers;
use super::people::Staff;
use super::quotations::Quotations;
use super::random::Random;
use super::sales::Shop;
use super::site::Site;
use super::{registrations, returns, targets, transfers};
use crate::database::Tx;
use crate::error::Result;
use crate::kpi;

/// A dealership with its branches, people and catalogue.
pub(super) struct House {
    pub(super) dealership: dealership::Model,
    pub(super) branches: Vec<branch::Model>,
    pub(super) staff: Staff,
    catalogue: Catalogue,
    brandings: Vec<branding::Model>,
}

impl House {
    /// The house of a plot, `people` names being taken.
    pub(super) fn found(plot: &Plot, founded: DateTime<Utc>, until: NaiveDate, people: usize) -> Self {
        let dealership = plot.dealership(founded);
        let branches = plot.branches(&dealership);
        Self {
            catalogue: Catalogue::of(&dealership, plot, founded.date_naive(), until),
            staff: Staff::of(&dealership, &branches, people),
            brandings: plot.brandings(&dealership, &branches),
            branches,
            dealership,
        }
    }

    /// Writes everything but trade.
    pub(super) async fn open(&self, tx: &Tx) -> Result<()> {
        tx.insert::<dealership::Entity>(vec![self.dealership.clone()]).await?;
        tx.insert::<branch::Entity>(self.branches.clone()).await?;
        tx.insert::<branding::Entity>(self.brandings.clone()).await?;
        tx.insert_shared::<user::Entity>(self.staff.users.clone()).await?;
        tx.insert::<membership::Entity>(self.staff.memberships.clone()).await?;
        tx.insert::<bike_model::Entity>(self.catalogue.models.clone()).await?;
        tx.insert::<tariff::Entity>(self.catalogue.tariffs.clone()).await?;
        tx.insert::<tax_profile::Entity>(self.catalogue.tax_profile.iter().cloned().collect()).await?;
        tx.insert::<finance_company::Entity>(self.catalogue.finance_companies.clone()).await
    }
}

/// What the branches of a dealership have written.
#[derive(Default)]
pub(super) struct Trade {
    customers: Vec<customer::Model>,
    terms: Vec<customer_term::Model>,
    units: Vec<bike_unit::Model>,
    bills: Vec<bill::Model>,
    payments: Vec<payment::Model>,
    credit_notes: Vec<credit_note::Model>,
    quotations: Vec<quotation::Model>,
    items: Vec<quotation_item::Model>,
    enquiries: Vec<enquiry::Model>,
    offers: Vec<sales_quotation::Model>,
    counters: Vec<counter::Model>,
    targets: Vec<target::Model>,
}

impl Trade {
    /// Lives through all days of a branch.
    pub(super) fn add(&mut self, site: &Site<'_>, house: &House, mut random: Random) {
        let sellers = house.staff.memberships_of(site.branch, Role::Sales);
        let workshop = house.staff.memberships_of(site.branch, Role::Service);
        let mut shop = Shop::new(site, &house.catalogue, &sellers);
        self.counters.extend(shop.trade(&mut random));
        let (credit_notes, counters) = returns::of_bills(site, &shop.bills);
        self.credit_notes.extend(credit_notes);
        self.counters.extend(counters);
        let (quotations, counters) = Quotations::write(site, &mut shop.customers, workshop[0], &mut random);
        self.counters.extend(counters);
        let (offers, counters) = Offers::write(&shop, &mut random);
        self.counters.extend(counters);
        self.customers.extend(shop.customers.rows);
        self.terms.extend(shop.customers.terms);
        self.units.extend(shop.stock.units);
        self.bills.extend(shop.bills);
        self.payments.extend(shop.payments.rows);
        self.quotations.extend(quotations.rows);
        self.items.extend(quotations.items);
        self.enquiries.extend(offers.enquiries);
        self.offers.extend(offers.quotations);
        self.targets.extend(targets::of_branch(site));
    }

    /// Writes it all, parents first; the bills of a branch are in order, so an advance comes before what completes it.
    pub(super) async fn insert(mut self, tx: &Tx, house: &House, until: NaiveDate) -> Result<()> {
        let tricycle_sold_on = self.flag_first_tricycle();
        tx.save::<dealership::Entity>(dealership::Model { tricycle_sold_on, ..house.dealership.clone() }).await?;
        let (branches, models) = (&house.branches, &house.catalogue.models);
        let transfers = transfers::between(branches, models, &mut self.units, &self.bills, until);
        let registrations = registrations::of_bills(&self.bills, &self.credit_notes, until);
        tx.insert::<customer::Entity>(self.customers).await?;
        tx.insert::<customer_term::Entity>(self.terms).await?;
        tx.insert::<bike_unit::Entity>(self.units).await?;
        tx.insert::<bill::Entity>(self.bills).await?;
        tx.insert::<payment::Entity>(self.payments).await?;
        tx.insert::<credit_note::Entity>(self.credit_notes).await?;
        tx.insert::<stock_transfer::Entity>(transfers).await?;
        tx.insert::<rmv_case::Entity>(registrations).await?;
        tx.insert::<quotation::Entity>(self.quotations).await?;
        tx.insert::<quotation_item::Entity>(self.items).await?;
        tx.insert::<enquiry::Entity>(self.enquiries).await?;
        tx.insert::<sales_quotation::Entity>(self.offers).await?;
        tx.insert::<counter::Entity>(self.counters).await?;
        tx.insert::<target::Entity>(self.targets).await?;
        kpi::rebuild(tx, kpi::Place { dealership: house.dealership.id, branch: None }, None).await
    }

    /// Gives the day of the first sale.
    fn flag_first_tricycle(&mut self) -> Option<NaiveDate> {
        let sold = |bill: &&mut bill::Model| {
            bill.vehicle_class == VehicleClass::ETricycle && matches!(bill.status, Status::Completed | Status::Credited)
        };
        let first = self.bills.iter_mut().filter(sold).min_by_key(|bill| (bill.billed_at, bill.id))?;
        first.first_tricycle_sale = true;
        Some(first.bill_date)
    }
}

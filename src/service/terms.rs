//! What a customer and a dealership agree on: price, charges, how it is paid. Computed here and nowhere else; clients send
//! wishes, never totals.
//!
//! The rules are rows: tariffs and tax profiles are dated, the one in force on the document's day counts.

use chrono::NaiveDate;
use entity::kind::SaleType;
use entity::{bike_model, finance_company, tariff, tax_profile};
use serde::Serialize;
use uuid::Uuid;

use super::check::{Check, MAX_AMOUNT};
use super::{Desk, not_found};
use crate::error::{Refusal, RefusalCode, Result};
use crate::money;
use crate::permission::Permission;
use crate::store::load::Key;

/// What a customer asks for, money in minor units.
#[derive(Clone, Debug, Serialize)]
pub struct Asked {
    /// Price of the vehicle; the model's list price if left out.
    pub price_minor: Option<i64>,
    /// How it is leased; the customer pays all of it if left out.
    pub leasing: Option<Leasing>,
}

/// How a vehicle is leased.
#[derive(Clone, Debug, Serialize)]
pub struct Leasing {
    /// What the customer pays, in minor units.
    pub down_payment_minor: i64,
    /// Who pays the rest.
    pub finance_company: Key,
}

/// What was agreed, money in minor units.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Terms {
    pub(super) sale_type: SaleType,
    pub(super) price_minor: i64,
    pub(super) rmv_charge_minor: i64,
    pub(super) down_payment_minor: Option<i64>,
    /// `max(price - down payment, 0)`.
    pub(super) leased_minor: Option<i64>,
    /// What the customer pays the dealer: price and charge, or the down payment alone.
    pub(super) total_minor: i64,
    pub(super) above_ltv_cap: bool,
    pub(super) finance_company: Option<Uuid>,
}

/// How far below the list price something is to be sold.
pub(super) struct Discount {
    /// In hundredths of a percent of the list price; 0 where it is not below.
    pub(super) share_bp: i32,
    /// Whether it is further than staff may go by themselves.
    pub(super) needs_approval: bool,
    /// What whoever asks is told, where they may not go so far.
    refusal: Option<Refusal>,
}

/// The taxes within a price, in minor units.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Taxes {
    /// Absent: not registered, the document is a plain invoice.
    pub(super) supplier_tin: Option<String>,
    pub(super) vat_minor: i64,
    pub(super) sscl_minor: i64,
}

impl Asked {
    /// Checks the amounts by themselves.
    pub(super) fn check(&self, check: &mut Check) {
        if let Some(price) = self.price_minor {
            check.amount("priceMinor", price, 1..=MAX_AMOUNT);
        }
        if let Some(leasing) = &self.leasing {
            check.amount("leasing.downPaymentMinor", leasing.down_payment_minor, 1..=MAX_AMOUNT);
        }
    }

    /// The terms of a sale of `model` on `day`.
    ///
    /// # Errors
    /// Refusals: the model is not leased, no tariff is in force, the discount is too large for the role, the down payment is
    /// more than the price.
    pub(super) async fn agree(&self, desk: &Desk<'_>, model: &bike_model::Model, day: NaiveDate) -> Result<Terms> {
        let price_minor = self.price_minor.unwrap_or(model.list_price_minor);
        Discount::of(desk, model, price_minor).await?.approved()?;
        self.at_price(desk, model, day, price_minor).await
    }

    /// The terms at a price that was agreed on before.
    pub(super) async fn at_price(
        &self,
        desk: &Desk<'_>,
        model: &bike_model::Model,
        day: NaiveDate,
        price_minor: i64,
    ) -> Result<Terms> {
        let (sale_type, finance_company) = match &self.leasing {
            None => (SaleType::Cash, None),
            Some(leasing) => (SaleType::Leasing, Some(leasing.with(desk, model, price_minor).await?)),
        };
        let down_payment_minor = self.leasing.as_ref().map(|leasing| leasing.down_payment_minor);
        let tariff = tariff_of(desk, model, sale_type, day).await?;
        let leased_minor = down_payment_minor.map(|down| (price_minor - down).max(0));
        let cap = tariff.ltv_cap_bp.map(i128::from);
        let share = |leased: i64| i128::from(leased) * 10_000;
        Ok(Terms {
            sale_type,
            price_minor,
            rmv_charge_minor: tariff.rmv_charge_minor,
            down_payment_minor,
            leased_minor,
            total_minor: down_payment_minor.unwrap_or(price_minor + tariff.rmv_charge_minor),
            above_ltv_cap: leased_minor
                .zip(cap)
                .is_some_and(|(leased, cap)| share(leased) > i128::from(price_minor) * cap),
            finance_company,
        })
    }
}

impl Leasing {
    /// The company that leases `model` at this price.
    async fn with(&self, desk: &Desk<'_>, model: &bike_model::Model, price_minor: i64) -> Result<Uuid> {
        if !model.leasable {
            return Err(Refusal::new(RefusalCode::Invalid, "leasing", "This model cannot be leased.").into());
        }
        if self.down_payment_minor > price_minor {
            let message = "The down payment is more than the price.";
            return Err(Refusal::new(RefusalCode::OutOfRange, "leasing.downPaymentMinor", message).into());
        }
        let field = "leasing.financeCompany";
        let company = desk.find::<finance_company::Entity>(field, self.finance_company).await?;
        match company.retired_at {
            None => Ok(company.id),
            Some(_) => Err(not_found(field).into()),
        }
    }
}

impl Discount {
    /// Staff may go below the list price by the dealership's limit; further only with the permission for it.
    pub(super) async fn of(desk: &Desk<'_>, model: &bike_model::Model, price_minor: i64) -> Result<Self> {
        let dealership = desk.dealership().await?;
        let (list, price) = (i128::from(model.list_price_minor), i128::from(price_minor));
        let floor = list - list * i128::from(dealership.discount_limit_bp) / 10_000;
        let needs_approval = price < floor;
        let refusal = (needs_approval && !desk.asker().may(Permission::ApproveDiscounts)).then(|| {
            let floor = money::formatted(i64::try_from(floor).unwrap_or(i64::MAX), &dealership.currency);
            let message = format!("You may sell this model for {floor} or more. Ask your branch manager for less.");
            Refusal::new(RefusalCode::DiscountNeedsApproval, "priceMinor", message)
        });
        let share = (list - price).max(0) * 10_000 / list.max(1);
        Ok(Self { share_bp: i32::try_from(share).unwrap_or(i32::MAX), needs_approval, refusal })
    }

    /// # Errors
    /// `DISCOUNT_NEEDS_APPROVAL` where whoever asks may not go so far.
    pub(super) fn approved(self) -> Result<(), Refusal> {
        self.refusal.map_or(Ok(()), Err)
    }

    /// Of a price that was agreed on before.
    pub(super) fn settled(self) -> Self {
        Self { refusal: None, ..self }
    }
}

async fn tariff_of(
    desk: &Desk<'_>,
    model: &bike_model::Model,
    sale_type: SaleType,
    day: NaiveDate,
) -> Result<tariff::Model> {
    let tariffs = desk.rules::<tariff::Entity>().await?;
    let in_force = tariffs.iter().filter(|row| {
        row.vehicle_class == model.vehicle_class
            && row.sale_type == sale_type
            && row.valid_from <= day
            && row.valid_to.is_none_or(|last| last >= day)
    });
    in_force.max_by_key(|row| (row.valid_from, row.id)).cloned().ok_or_else(|| {
        let message = "No tariff is in force for this kind of vehicle and sale. Ask your dealer principal for one.";
        Refusal::new(RefusalCode::Invalid, "", message).into()
    })
}

impl Taxes {
    /// The taxes within a vehicle price on `day`; the registration charge is passed through and bears none.
    pub(super) async fn within(desk: &Desk<'_>, price_minor: i64, day: NaiveDate) -> Result<Self> {
        let profiles = desk.rules::<tax_profile::Entity>().await?;
        let in_force = profiles.iter().filter(|row| row.valid_from <= day).max_by_key(|row| (row.valid_from, row.id));
        Ok(match in_force.and_then(|profile| Some((profile.tin.clone()?, profile))) {
            Some((tin, profile)) => Self::at(price_minor, profile.vat_bp, profile.sscl_bp, Some(tin)),
            // Whoever is not registered charges no tax.
            None => Self::at(price_minor, 0, 0, None),
        })
    }

    fn at(price_minor: i64, vat_bp: i32, sscl_bp: i32, supplier_tin: Option<String>) -> Self {
        let (vat_minor, sscl_minor) = money::taxes_within(price_minor, vat_bp, sscl_bp);
        Self { supplier_tin, vat_minor, sscl_minor }
    }
}

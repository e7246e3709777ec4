//! Tariffs.

use async_graphql::{Context, ID, InputObject, Object};

use super::bike_model::VehicleClass;
use super::bill::SaleType;
use super::change::payload;
use super::context::cx;
use super::date::Date;
use super::global_id::{self, Tag};
use super::money::{BigInt, Money};
use super::node::noun;
use crate::service::tariff::SetTariff;
use crate::store::load::Key;

noun! {
    /// A tariff.
    Tariff of tariff, by tariff, needs ReadBills
}

/// What the registrar charges for a class of vehicles sold in one way, from a day on.
#[Object]
impl Tariff {
    /// Global id.
    pub(super) async fn id(&self) -> ID {
        global_id::encode(Tag::Tariff, Key { dealership: self.0.dealership_id, id: self.0.id })
    }

    /// Of which vehicles.
    async fn vehicle_class(&self) -> VehicleClass {
        self.0.vehicle_class.into()
    }

    /// Sold how.
    async fn sale_type(&self) -> SaleType {
        self.0.sale_type.into()
    }

    /// The registrar's charge.
    async fn rmv_charge(&self) -> Money<'_> {
        Money::new(self.0.rmv_charge_minor, &self.0.currency)
    }

    /// Leased share of the price, in hundredths of a percent, above which a bill is flagged; never blocked.
    async fn ltv_cap_bp(&self) -> Option<i32> {
        self.0.ltv_cap_bp
    }

    /// The dealership's day from which it holds.
    async fn valid_from(&self) -> Date {
        Date(self.0.valid_from)
    }

    /// The last day; null until a later tariff is set.
    async fn valid_to(&self) -> Option<Date> {
        self.0.valid_to.map(Date)
    }
}

/// A tariff to hold from a day on, in place of one that begins on the same day.
#[derive(InputObject)]
pub(super) struct SetTariffInput {
    /// Fresh for each tariff, 8 to 64 characters: the same request twice sets one.
    idempotency_key: String,
    /// Of which vehicles.
    vehicle_class: VehicleClass,
    /// Sold how.
    sale_type: SaleType,
    /// The registrar's charge, in minor units.
    rmv_charge_minor: BigInt,
    /// Leased share of the price, in hundredths of a percent, above which a bill is flagged; for leasing only.
    ltv_cap_bp: Option<i32>,
    /// The first day, later than today; today only while nothing was sold or offered by today's tariff.
    valid_from: Date,
}

impl SetTariffInput {
    fn resolve(self) -> SetTariff {
        let Self { idempotency_key: _, vehicle_class, sale_type, rmv_charge_minor, ltv_cap_bp, valid_from } = self;
        SetTariff {
            vehicle_class: vehicle_class.into(),
            sale_type: sale_type.into(),
            rmv_charge_minor: rmv_charge_minor.0,
            ltv_cap_bp,
            valid_from: valid_from.0,
        }
    }
}

payload! {
    /// What became of a tariff.
    TariffPayload {
        /// The tariff; null when it was refused.
        tariff: Tariff
    }
}

#[derive(Default)]
pub(super) struct TariffMutation;

#[Object]
impl TariffMutation {
    /// Sets what the registrar charges from a day on; the past stays as it was.
    async fn set_tariff(&self, ctx: &Context<'_>, input: SetTariffInput) -> async_graphql::Result<TariffPayload> {
        let (cx, key) = (cx(ctx), input.idempotency_key.clone());
        Ok(TariffPayload::of(cx, cx.change(Ok(input.resolve()), Some(&key)).await?).await?)
    }
}

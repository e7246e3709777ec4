//! Units received, kept for somebody, damaged, repaired, corrected, taken out of stock.

use async_graphql::{Context, ID, InputObject, Object, SimpleObject};
use futures_util::future::try_join_all;
use uuid::Uuid;

use super::super::change::{Changed, UserError, named, named_if, payload};
use super::super::context::{Cx, cx};
use super::super::date::Date;
use super::super::global_id::{self, Tag};
use super::super::money::BigInt;
use super::BikeUnit;
use crate::error::{Error, Result};
use crate::service::bike_unit::{
    Arrival, MarkUnitDamaged, ReceiveUnits, ReleaseUnit, RemoveUnit, RepairUnit, ReserveUnit, UpdateUnit,
};
use crate::store::load::Key;

/// A delivery.
#[derive(InputObject)]
pub(in crate::graphql) struct ReceiveUnitsInput {
    /// Fresh for each delivery, 8 to 64 characters: the same request twice enters one.
    idempotency_key: String,
    /// Where; needed if you act in all branches.
    branch: Option<ID>,
    /// The units, 1 to 500.
    units: Vec<ArrivalInput>,
}

/// One unit of a delivery.
#[derive(InputObject)]
pub(in crate::graphql) struct ArrivalInput {
    /// Its model.
    model: ID,
    /// Unique in the dealership.
    chassis_number: String,
    /// Unique in the dealership.
    motor_number: String,
    /// Colour, where known.
    colour: Option<String>,
    /// From 2000 to next year, where known.
    model_year: Option<i32>,
    /// What it cost landed, in minor units of the dealership's currency; for roles that may see costs.
    landed_cost_minor: Option<BigInt>,
    /// The day it came in; today if left out.
    received_on: Option<Date>,
    /// Notes of the staff.
    notes: Option<String>,
}

/// A unit to keep for somebody.
#[derive(InputObject)]
pub(in crate::graphql) struct ReserveUnitInput {
    /// Which.
    unit: ID,
}

/// A unit to give back.
#[derive(InputObject)]
pub(in crate::graphql) struct ReleaseUnitInput {
    /// Which.
    unit: ID,
}

/// A unit to take off sale.
#[derive(InputObject)]
pub(in crate::graphql) struct MarkUnitDamagedInput {
    /// Which.
    unit: ID,
    /// What is broken; replaces the notes if given.
    notes: Option<String>,
}

/// A unit that is whole again.
#[derive(InputObject)]
pub(in crate::graphql) struct RepairUnitInput {
    /// Which.
    unit: ID,
    /// What was done; replaces the notes if given.
    notes: Option<String>,
}

/// A unit as it is to be known from now on; what is left out is taken away, but for the cost.
#[derive(InputObject)]
pub(in crate::graphql) struct UpdateUnitInput {
    /// Which.
    unit: ID,
    /// Colour.
    colour: Option<String>,
    /// From 2000 to next year.
    model_year: Option<i32>,
    /// Notes of the staff.
    notes: Option<String>,
    /// What it cost landed, in minor units of the dealership's currency; for roles that may see costs. Stays as it is if
    /// left out.
    landed_cost_minor: Option<BigInt>,
}

/// A unit to take out of stock.
#[derive(InputObject)]
pub(in crate::graphql) struct RemoveUnitInput {
    /// Which.
    unit: ID,
    /// Why.
    reason: String,
}

/// What became of a delivery.
#[derive(SimpleObject)]
pub(in crate::graphql) struct ReceiveUnitsPayload {
    /// The units in the order of the input; empty when anything was refused.
    units: Vec<BikeUnit>,
    /// Why it was refused, unit by unit; empty when it was done.
    user_errors: Vec<UserError>,
}

payload! {
    /// What became of a unit.
    BikeUnitPayload {
        /// The unit; null when it was refused.
        unit: BikeUnit
    }
}

impl ReceiveUnitsPayload {
    async fn of(cx: &Cx, changed: Changed<Vec<Key>>) -> Result<Self> {
        let keys = match changed {
            Ok(keys) => keys,
            Err(user_errors) => return Ok(Self { units: Vec::new(), user_errors }),
        };
        let unit = async |key| cx.load(key).await?.ok_or(Error::NotFound);
        Ok(Self { units: try_join_all(keys.into_iter().map(unit)).await?, user_errors: Vec::new() })
    }
}

impl ReceiveUnitsInput {
    fn resolve(self) -> Result<ReceiveUnits> {
        let branch = named_if(Tag::Branch, "branch", self.branch.as_ref())?;
        Ok(ReceiveUnits { branch, units: self.units.into_iter().map(ArrivalInput::resolve).collect() })
    }
}

impl ArrivalInput {
    fn resolve(self) -> Arrival {
        let Self { model, chassis_number, motor_number, colour, model_year, landed_cost_minor, received_on, notes } =
            self;
        // What is no id names nothing, and is refused together with whatever else is wrong.
        let nothing = Key { dealership: Uuid::nil(), id: Uuid::nil() };
        Arrival {
            model: global_id::expect(Tag::BikeModel, &model).unwrap_or(nothing),
            chassis_number,
            motor_number,
            colour,
            model_year,
            landed_cost_minor: landed_cost_minor.map(|minor| minor.0),
            received_on: received_on.map(|day| day.0),
            notes,
        }
    }
}

impl UpdateUnitInput {
    fn resolve(self) -> Result<UpdateUnit> {
        let Self { unit, colour, model_year, notes, landed_cost_minor } = self;
        let landed_cost_minor = landed_cost_minor.map(|minor| minor.0);
        Ok(UpdateUnit { unit: the_unit(&unit)?, colour, model_year, notes, landed_cost_minor })
    }
}

fn the_unit(id: &ID) -> Result<Key> {
    named(Tag::BikeUnit, "unit", id)
}

#[derive(Default)]
pub(in crate::graphql) struct BikeUnitMutation;

#[Object]
impl BikeUnitMutation {
    /// Takes a delivery into stock, all of it or nothing: whatever is wrong with any unit is told at once.
    async fn receive_units(
        &self,
        ctx: &Context<'_>,
        input: ReceiveUnitsInput,
    ) -> async_graphql::Result<ReceiveUnitsPayload> {
        let (cx, key) = (cx(ctx), input.idempotency_key.clone());
        Ok(ReceiveUnitsPayload::of(cx, cx.change(input.resolve(), Some(&key)).await?).await?)
    }

    /// Keeps a unit for somebody.
    async fn reserve_unit(&self, ctx: &Context<'_>, input: ReserveUnitInput) -> async_graphql::Result<BikeUnitPayload> {
        let cx = cx(ctx);
        let change = the_unit(&input.unit).map(|unit| ReserveUnit { unit });
        Ok(BikeUnitPayload::of(cx, cx.change(change, None).await?).await?)
    }

    /// Gives back a unit that was kept for somebody. A unit that an advance holds goes with its bill.
    async fn release_unit(&self, ctx: &Context<'_>, input: ReleaseUnitInput) -> async_graphql::Result<BikeUnitPayload> {
        let cx = cx(ctx);
        let change = the_unit(&input.unit).map(|unit| ReleaseUnit { unit });
        Ok(BikeUnitPayload::of(cx, cx.change(change, None).await?).await?)
    }

    /// Takes a unit off sale until it is repaired.
    async fn mark_unit_damaged(
        &self,
        ctx: &Context<'_>,
        input: MarkUnitDamagedInput,
    ) -> async_graphql::Result<BikeUnitPayload> {
        let cx = cx(ctx);
        let change = the_unit(&input.unit).map(|unit| MarkUnitDamaged { unit, notes: input.notes });
        Ok(BikeUnitPayload::of(cx, cx.change(change, None).await?).await?)
    }

    /// Puts a damaged unit on sale again.
    async fn repair_unit(&self, ctx: &Context<'_>, input: RepairUnitInput) -> async_graphql::Result<BikeUnitPayload> {
        let cx = cx(ctx);
        let change = the_unit(&input.unit).map(|unit| RepairUnit { unit, notes: input.notes });
        Ok(BikeUnitPayload::of(cx, cx.change(change, None).await?).await?)
    }

    /// Corrects what is known of a unit.
    async fn update_unit(&self, ctx: &Context<'_>, input: UpdateUnitInput) -> async_graphql::Result<BikeUnitPayload> {
        let cx = cx(ctx);
        Ok(BikeUnitPayload::of(cx, cx.change(input.resolve(), None).await?).await?)
    }

    /// Takes a unit out of stock that is not there any more, or never was. Its bills keep it.
    async fn remove_unit(&self, ctx: &Context<'_>, input: RemoveUnitInput) -> async_graphql::Result<BikeUnitPayload> {
        let cx = cx(ctx);
        let change = the_unit(&input.unit).map(|unit| RemoveUnit { unit, reason: input.reason });
        Ok(BikeUnitPayload::of(cx, cx.change(change, None).await?).await?)
    }
}

//! Keeping the catalogue.

use async_graphql::{Context, ID, InputObject, Object};

use super::super::change::{named, payload};
use super::super::context::cx;
use super::super::global_id::Tag;
use super::super::money::BigInt;
use super::{BikeModel, VehicleClass};
use crate::error::Result;
use crate::service::bike_model::{CreateBikeModel, RestoreBikeModel, RetireBikeModel, UpdateBikeModel};
use crate::store::load::Key;

/// A model to enter.
#[derive(InputObject)]
pub(in crate::graphql) struct CreateBikeModelInput {
    /// Fresh for each model, 8 to 64 characters: the same request twice enters one.
    idempotency_key: String,
    /// Name, unique in the dealership whatever its case; 80 characters at most.
    name: String,
    /// How the registrar classes it; it stays so.
    vehicle_class: VehicleClass,
    /// List price in minor units of the dealership's currency, registration charges excluded.
    list_price_minor: BigInt,
    /// Whether leasing companies finance it.
    leasable: bool,
}

/// A model as it is to be from now on.
#[derive(InputObject)]
pub(in crate::graphql) struct UpdateBikeModelInput {
    /// Which.
    model: ID,
    /// Name, unique in the dealership whatever its case; 80 characters at most.
    name: String,
    /// List price in minor units of the dealership's currency, registration charges excluded.
    list_price_minor: BigInt,
    /// Whether leasing companies finance it.
    leasable: bool,
}

/// A model to take out of the catalogue.
#[derive(InputObject)]
pub(in crate::graphql) struct RetireBikeModelInput {
    /// Which.
    model: ID,
}

/// A retired model to take up again.
#[derive(InputObject)]
pub(in crate::graphql) struct RestoreBikeModelInput {
    /// Which.
    model: ID,
}

payload! {
    /// What became of a model.
    BikeModelPayload {
        /// The model; null when it was refused.
        model: BikeModel
    }
}

impl CreateBikeModelInput {
    fn resolve(self) -> CreateBikeModel {
        let Self { idempotency_key: _, name, vehicle_class, list_price_minor, leasable } = self;
        let vehicle_class = vehicle_class.into();
        CreateBikeModel { name, vehicle_class, list_price_minor: list_price_minor.0, leasable }
    }
}

impl UpdateBikeModelInput {
    fn resolve(self) -> Result<UpdateBikeModel> {
        let Self { model, name, list_price_minor, leasable } = self;
        Ok(UpdateBikeModel { model: the_model(&model)?, name, list_price_minor: list_price_minor.0, leasable })
    }
}

fn the_model(id: &ID) -> Result<Key> {
    named(Tag::BikeModel, "model", id)
}

#[derive(Default)]
pub(in crate::graphql) struct BikeModelMutation;

#[Object]
impl BikeModelMutation {
    /// Enters a model.
    async fn create_bike_model(
        &self,
        ctx: &Context<'_>,
        input: CreateBikeModelInput,
    ) -> async_graphql::Result<BikeModelPayload> {
        let (cx, key) = (cx(ctx), input.idempotency_key.clone());
        Ok(BikeModelPayload::of(cx, cx.change(Ok(input.resolve()), Some(&key)).await?).await?)
    }

    /// Corrects or reprices a model. Documents keep what was written on them.
    async fn update_bike_model(
        &self,
        ctx: &Context<'_>,
        input: UpdateBikeModelInput,
    ) -> async_graphql::Result<BikeModelPayload> {
        let cx = cx(ctx);
        Ok(BikeModelPayload::of(cx, cx.change(input.resolve(), None).await?).await?)
    }

    /// Takes a model of which none is in stock out of the catalogue: it is received and offered no more, and stays
    /// readable.
    async fn retire_bike_model(
        &self,
        ctx: &Context<'_>,
        input: RetireBikeModelInput,
    ) -> async_graphql::Result<BikeModelPayload> {
        let cx = cx(ctx);
        let change = the_model(&input.model).map(|model| RetireBikeModel { model });
        Ok(BikeModelPayload::of(cx, cx.change(change, None).await?).await?)
    }

    /// Takes a retired model up again.
    async fn restore_bike_model(
        &self,
        ctx: &Context<'_>,
        input: RestoreBikeModelInput,
    ) -> async_graphql::Result<BikeModelPayload> {
        let cx = cx(ctx);
        let change = the_model(&input.model).map(|model| RestoreBikeModel { model });
        Ok(BikeModelPayload::of(cx, cx.change(change, None).await?).await?)
    }
}

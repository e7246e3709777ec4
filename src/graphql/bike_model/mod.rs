//! The catalogue.

mod change;

pub(super) use change::BikeModelMutation;

use async_graphql::{Context, Enum, ID, InputObject, Object};
use chrono::{DateTime, Utc};
use entity::bike_model::Column;

use super::connection::{PageArgs, Rows, connect};
use super::context::cx;
use super::dealership::Dealership;
use super::eager::Eager;
use super::global_id::{self, Tag};
use super::money::Money;
use super::node::noun;
use crate::error::Result;
use crate::store::load::Key;
use crate::store::{Order, bike_model};

noun! {
    /// A model.
    BikeModel of bike_model, by bike_model
}

/// How the registrar classes a vehicle; decides its charges.
#[derive(Enum, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "entity::kind::VehicleClass")]
#[expect(clippy::enum_variant_names, reason = "the registrar's names begin alike")]
pub(super) enum VehicleClass {
    /// Electric motorcycle: registered with the RMV.
    EMotorcycle,
    /// Electric bicycle: not registered.
    EMotorbicycle,
    /// Electric three-wheeler.
    ETricycle,
}

/// A model in a dealership's catalogue.
#[Object]
impl BikeModel {
    /// Global id.
    pub(super) async fn id(&self) -> ID {
        global_id::encode(Tag::BikeModel, Key { dealership: self.0.dealership_id, id: self.0.id })
    }

    /// Name, unique in the dealership.
    async fn name(&self) -> &str {
        &self.0.name
    }

    /// How the registrar classes it.
    async fn vehicle_class(&self) -> VehicleClass {
        self.0.vehicle_class.into()
    }

    /// List price, registration charges excluded.
    async fn list_price(&self) -> Money<'_> {
        Money::new(self.0.list_price_minor, &self.0.currency)
    }

    /// Whether leasing companies finance it.
    async fn leasable(&self) -> bool {
        self.0.leasable
    }

    /// Since when it is received and offered no more; absent while it is in the catalogue.
    async fn retired_at(&self) -> Option<DateTime<Utc>> {
        self.0.retired_at
    }

    /// Whose catalogue.
    async fn dealership(&self, ctx: &Context<'_>) -> async_graphql::Result<Eager<Dealership>> {
        Ok(cx(ctx).follow_required(self.0.dealership_id, self.0.dealership_id).await?)
    }
}

/// Which models; absent parts do not narrow.
#[derive(InputObject, Default)]
pub(super) struct BikeModelFilter {
    /// Of this dealership.
    dealership: Option<ID>,
    /// Of this class.
    vehicle_class: Option<VehicleClass>,
    /// That may be leased, or not.
    leasable: Option<bool>,
    /// Out of the catalogue, or in it.
    retired: Option<bool>,
    /// Whose name begins so, in any case.
    search: Option<String>,
}

impl BikeModelFilter {
    fn resolve(self) -> Result<bike_model::Filter> {
        Ok(bike_model::Filter {
            dealership: global_id::row(Tag::Dealership, self.dealership.as_ref())?,
            vehicle_class: self.vehicle_class.map(Into::into),
            leasable: self.leasable,
            retired: self.retired,
            search: self.search,
        })
    }
}

#[derive(Default)]
pub(super) struct BikeModelQuery;

#[Object]
impl BikeModelQuery {
    /// The catalogue, by name.
    async fn bike_models(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "At most so many rows from the list's beginning, 0 to 100; 20 if left out.")] first: Option<
            i32,
        >,
        #[graphql(desc = "Only rows behind this cursor.")] after: Option<String>,
        #[graphql(desc = "At most so many rows from the list's end.")] last: Option<i32>,
        #[graphql(desc = "Only rows before this cursor.")] before: Option<String>,
        #[graphql(desc = "Which ones.")] filter: Option<BikeModelFilter>,
    ) -> async_graphql::Result<Rows<BikeModel>> {
        let cx = cx(ctx);
        let query = bike_model::query(&*cx.tx().await?, &filter.unwrap_or_default().resolve()?);
        let order = Order { by: Column::NameKey, descending: false };
        connect(cx, PageArgs { first, after, last, before }, query, order).await
    }
}

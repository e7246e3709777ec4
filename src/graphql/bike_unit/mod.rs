//! Units in stock and sold.

mod change;

pub(super) use change::BikeUnitMutation;

use async_graphql::{Context, Enum, ID, InputObject, Object};
use chrono::{DateTime, Utc};
use entity::bike_unit::{Column, Entity};

use super::bike_model::BikeModel;
use super::bill::Bill;
use super::branch::Branch;
use super::connection::{PageArgs, Rows, connect};
use super::context::cx;
use super::date::{Date, DateRange};
use super::eager::Eager;
use super::global_id::{self, Tag};
use super::money::Money;
use super::node::noun;
use crate::error::Result;
use crate::permission::Permission;
use crate::store::load::Key;
use crate::store::{Order, bike_unit};

noun! {
    /// A unit.
    BikeUnit of bike_unit, by bike_unit, needs ReadStock
}

/// Where a unit stands.
#[derive(Enum, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "entity::bike_unit::Status")]
pub(super) enum BikeUnitStatus {
    /// In stock, for sale.
    Available,
    /// Promised to a customer or an advance.
    Reserved,
    /// Handed over.
    Sold,
    /// Not for sale until repaired.
    Damaged,
    /// On its way to another branch.
    InTransit,
}

impl BikeUnit {
    fn key(&self) -> Key {
        Key { dealership: self.0.dealership_id, id: self.0.id }
    }
}

/// One bike, known by its chassis.
#[Object]
impl BikeUnit {
    /// Global id.
    pub(super) async fn id(&self) -> ID {
        global_id::encode(Tag::BikeUnit, self.key())
    }

    /// Chassis number, unique in the dealership.
    async fn chassis_number(&self) -> &str {
        &self.0.chassis_number
    }

    /// Motor number, unique in the dealership.
    async fn motor_number(&self) -> &str {
        &self.0.motor_number
    }

    /// Where it stands.
    async fn status(&self) -> BikeUnitStatus {
        self.0.status.into()
    }

    /// Colour, where known.
    async fn colour(&self) -> Option<&str> {
        self.0.colour.as_deref()
    }

    /// Model year, where known.
    async fn model_year(&self) -> Option<i16> {
        self.0.model_year
    }

    /// What it cost landed; null where unknown, and for roles that may not see costs.
    async fn landed_cost(&self, ctx: &Context<'_>) -> async_graphql::Result<Option<Money<'_>>> {
        let cost = self.0.landed_cost_minor.map(|minor| Money::new(minor, &self.0.currency));
        Ok(cost.filter(|_| cx(ctx).scope().is_ok_and(|scope| scope.may(Permission::ReadCost))))
    }

    /// When it came in.
    async fn received_at(&self) -> DateTime<Utc> {
        self.0.received_at
    }

    /// The dealership's day on which it came in.
    async fn received_on(&self) -> Date {
        Date(self.0.received_on)
    }

    /// The dealership's day on which it was sold.
    async fn sold_on(&self) -> Option<Date> {
        self.0.sold_on.map(Date)
    }

    /// Notes of the staff.
    async fn notes(&self) -> Option<&str> {
        self.0.notes.as_deref()
    }

    /// Its model.
    async fn model(&self, ctx: &Context<'_>) -> async_graphql::Result<Eager<BikeModel>> {
        Ok(cx(ctx).follow_required(self.0.dealership_id, self.0.model_id).await?)
    }

    /// The branch that holds it.
    async fn branch(&self, ctx: &Context<'_>) -> async_graphql::Result<Eager<Branch>> {
        Ok(cx(ctx).follow_required(self.0.dealership_id, self.0.branch_id).await?)
    }

    /// Its bills, cancelled and converted ones included, oldest first.
    async fn bills(&self, ctx: &Context<'_>) -> async_graphql::Result<Vec<Eager<Bill>>> {
        let cx = cx(ctx);
        Ok(cx.children(cx.loaders().bills_of_unit(), self.key()).await?)
    }
}

/// Which units; absent parts do not narrow. Deleted units are never among them.
#[derive(InputObject, Default)]
pub(super) struct BikeUnitFilter {
    /// Of this dealership.
    dealership: Option<ID>,
    /// At this branch.
    branch: Option<ID>,
    /// In one of these states.
    status: Option<Vec<BikeUnitStatus>>,
    /// Of this model.
    model: Option<ID>,
    /// Of this colour, as written.
    colour: Option<String>,
    /// Received on these days.
    received_on: Option<DateRange>,
    /// Each word begins the chassis or motor number, in any case.
    search: Option<String>,
}

impl BikeUnitFilter {
    fn resolve(self) -> Result<bike_unit::Filter> {
        let received_on = self.received_on.unwrap_or_default();
        Ok(bike_unit::Filter {
            dealership: global_id::row(Tag::Dealership, self.dealership.as_ref())?,
            branch: global_id::row(Tag::Branch, self.branch.as_ref())?,
            status: self.status.map(|states| states.into_iter().map(Into::into).collect()),
            model: global_id::row(Tag::BikeModel, self.model.as_ref())?,
            colour: self.colour,
            received_from: received_on.from(),
            received_to: received_on.to(),
            search: self.search,
        })
    }
}

/// The order of units.
#[derive(Enum, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum BikeUnitOrder {
    /// Longest in stock first.
    #[default]
    ReceivedAsc,
    /// Newest first.
    ReceivedDesc,
    /// By chassis number.
    ChassisNumberAsc,
    /// By chassis number, backwards.
    ChassisNumberDesc,
}

impl From<BikeUnitOrder> for Order<Entity> {
    fn from(order: BikeUnitOrder) -> Self {
        let (by, descending) = match order {
            BikeUnitOrder::ReceivedAsc => (Column::ReceivedOn, false),
            BikeUnitOrder::ReceivedDesc => (Column::ReceivedOn, true),
            BikeUnitOrder::ChassisNumberAsc => (Column::ChassisKey, false),
            BikeUnitOrder::ChassisNumberDesc => (Column::ChassisKey, true),
        };
        Self { by, descending }
    }
}

#[derive(Default)]
pub(super) struct BikeUnitQuery;

#[Object]
impl BikeUnitQuery {
    /// Units in stock and sold.
    #[expect(clippy::too_many_arguments, reason = "a connection has four of its own")]
    async fn bike_units(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "At most so many rows from the list's beginning, 0 to 100; 20 if left out.")] first: Option<
            i32,
        >,
        #[graphql(desc = "Only rows behind this cursor.")] after: Option<String>,
        #[graphql(desc = "At most so many rows from the list's end.")] last: Option<i32>,
        #[graphql(desc = "Only rows before this cursor.")] before: Option<String>,
        #[graphql(desc = "Which ones.")] filter: Option<BikeUnitFilter>,
        #[graphql(desc = "In which order.")] order_by: Option<BikeUnitOrder>,
    ) -> async_graphql::Result<Rows<BikeUnit>> {
        let cx = cx(ctx);
        let query = bike_unit::query(&*cx.tx().await?, &filter.unwrap_or_default().resolve()?);
        connect(cx, PageArgs { first, after, last, before }, query, order_by.unwrap_or_default().into()).await
    }
}

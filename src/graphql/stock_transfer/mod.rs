//! Transfers between branches, each branch with its own side.

mod change;

pub(super) use change::StockTransferMutation;

use async_graphql::{Context, Enum, ID, InputObject, Object};
use chrono::{DateTime, Utc};
use entity::stock_transfer::{Column, Entity};

use super::bike_unit::BikeUnit;
use super::branch::Branch;
use super::connection::{PageArgs, Rows, connect};
use super::context::cx;
use super::date::Date;
use super::eager::Eager;
use super::global_id::{self, Tag};
use super::node::noun;
use crate::error::Result;
use crate::store::load::Key;
use crate::store::{Order, stock_transfer};

noun! {
    /// One side of a transfer.
    StockTransfer of stock_transfer, by stock_transfer, needs ReadStock
}

/// Where a transfer stands.
#[derive(Enum, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "entity::stock_transfer::Status")]
pub(super) enum StockTransferStatus {
    /// Asked for or offered.
    Requested,
    /// Sent, not yet there.
    InTransit,
    /// There.
    Received,
    /// Given up; a unit that was on its way went back.
    Cancelled,
}

/// Which side of a transfer.
#[derive(Enum, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "entity::stock_transfer::Side")]
pub(super) enum StockTransferSide {
    /// The branch that gives the unit.
    Sending,
    /// The branch that gets it.
    Receiving,
}

/// The move of a unit to another branch, as one of the two branches sees it.
#[Object]
impl StockTransfer {
    /// Global id; each side has its own.
    pub(super) async fn id(&self) -> ID {
        global_id::encode(Tag::StockTransfer, Key { dealership: self.0.dealership_id, id: self.0.id })
    }

    /// Which side this is.
    async fn side(&self) -> StockTransferSide {
        self.0.side.into()
    }

    /// Where it stands.
    async fn status(&self) -> StockTransferStatus {
        self.0.status.into()
    }

    /// Chassis number of the unit.
    async fn chassis_number(&self) -> &str {
        &self.0.chassis_number
    }

    /// Model of the unit, as when it was asked for.
    async fn model_name(&self) -> &str {
        &self.0.model_name
    }

    /// The unit; null while it is, or once it is, where you cannot see it.
    async fn unit(&self, ctx: &Context<'_>) -> async_graphql::Result<Option<Eager<BikeUnit>>> {
        Ok(cx(ctx).follow(self.0.dealership_id, Some(self.0.unit_id)).await?)
    }

    /// The branch whose side this is.
    async fn branch(&self, ctx: &Context<'_>) -> async_graphql::Result<Eager<Branch>> {
        Ok(cx(ctx).follow_required(self.0.dealership_id, self.0.branch_id).await?)
    }

    /// The branch of the other side; null if you act in this one alone.
    async fn other_branch(&self, ctx: &Context<'_>) -> async_graphql::Result<Option<Eager<Branch>>> {
        Ok(cx(ctx).follow(self.0.dealership_id, Some(self.0.other_branch_id)).await?)
    }

    /// Code of the other side's branch.
    async fn other_branch_code(&self) -> &str {
        &self.0.other_branch_code
    }

    /// When it was asked for or offered.
    async fn requested_at(&self) -> DateTime<Utc> {
        self.0.requested_at
    }

    /// The dealership's day on which it was asked for or offered.
    async fn requested_on(&self) -> Date {
        Date(self.0.requested_on)
    }

    /// The dealership's day on which the unit left.
    async fn sent_on(&self) -> Option<Date> {
        self.0.sent_on.map(Date)
    }

    /// The dealership's day on which the unit arrived.
    async fn received_on(&self) -> Option<Date> {
        self.0.received_on.map(Date)
    }

    /// The dealership's day on which it was given up.
    async fn cancelled_on(&self) -> Option<Date> {
        self.0.cancelled_on.map(Date)
    }

    /// Notes for both branches.
    async fn notes(&self) -> Option<&str> {
        self.0.notes.as_deref()
    }
}

/// Which transfers; absent parts do not narrow.
#[derive(InputObject, Default)]
pub(super) struct StockTransferFilter {
    /// Of this dealership.
    dealership: Option<ID>,
    /// To and from this branch.
    branch: Option<ID>,
    /// In one of these states.
    status: Option<Vec<StockTransferStatus>>,
}

impl StockTransferFilter {
    fn resolve(self) -> Result<stock_transfer::Filter> {
        Ok(stock_transfer::Filter {
            dealership: global_id::row(Tag::Dealership, self.dealership.as_ref())?,
            branch: global_id::row(Tag::Branch, self.branch.as_ref())?,
            status: self.status.map(|states| states.into_iter().map(Into::into).collect()),
        })
    }
}

/// The order of transfers.
#[derive(Enum, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum StockTransferOrder {
    /// Newest first.
    #[default]
    RequestedDesc,
    /// Oldest first.
    RequestedAsc,
}

impl From<StockTransferOrder> for Order<Entity> {
    fn from(order: StockTransferOrder) -> Self {
        Self { by: Column::RequestedOn, descending: order == StockTransferOrder::RequestedDesc }
    }
}

#[derive(Default)]
pub(super) struct StockTransferQuery;

#[Object]
impl StockTransferQuery {
    /// Transfers: both sides of a branch; over several branches, each transfer once, as its sending side.
    #[expect(clippy::too_many_arguments, reason = "a connection has four of its own")]
    async fn stock_transfers(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "At most so many rows from the list's beginning, 0 to 100; 20 if left out.")] first: Option<
            i32,
        >,
        #[graphql(desc = "Only rows behind this cursor.")] after: Option<String>,
        #[graphql(desc = "At most so many rows from the list's end.")] last: Option<i32>,
        #[graphql(desc = "Only rows before this cursor.")] before: Option<String>,
        #[graphql(desc = "Which ones.")] filter: Option<StockTransferFilter>,
        #[graphql(desc = "In which order.")] order_by: Option<StockTransferOrder>,
    ) -> async_graphql::Result<Rows<StockTransfer>> {
        let cx = cx(ctx);
        let query = stock_transfer::query(&*cx.tx().await?, &filter.unwrap_or_default().resolve()?);
        connect(cx, PageArgs { first, after, last, before }, query, order_by.unwrap_or_default().into()).await
    }
}

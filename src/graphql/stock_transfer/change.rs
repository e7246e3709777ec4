//! Transfers asked for, offered, sent, received and given up.

use async_graphql::{Context, ID, InputObject, Object};

use super::super::change::{named, named_if, payload};
use super::super::context::cx;
use super::super::global_id::{self, Tag};
use super::StockTransfer;
use crate::error::Result;
use crate::service::transfer::{
    CancelTransfer, Elsewhere, OfferTransfer, ReceiveTransfer, RequestTransfer, SendTransfer,
};
use crate::store::load::Key;

/// A unit to ask another branch for.
#[derive(InputObject)]
pub(in crate::graphql) struct RequestTransferInput {
    /// Fresh for each transfer, 8 to 64 characters: the same request twice makes one.
    idempotency_key: String,
    /// The branch that wants it; needed if you act in all branches.
    branch: Option<ID>,
    /// Chassis number of the unit.
    chassis_number: String,
    /// The branch that has it: its id or its code, e.g. `BR02`.
    from: ID,
    /// Notes for both branches.
    notes: Option<String>,
}

/// A unit to offer to another branch.
#[derive(InputObject)]
pub(in crate::graphql) struct OfferTransferInput {
    /// Fresh for each transfer, 8 to 64 characters: the same request twice makes one.
    idempotency_key: String,
    /// The unit.
    unit: ID,
    /// The branch that is to have it: its id or its code, e.g. `BR02`.
    to: ID,
    /// Notes for both branches.
    notes: Option<String>,
}

/// A transfer whose unit leaves.
#[derive(InputObject)]
pub(in crate::graphql) struct SendTransferInput {
    /// Which.
    transfer: ID,
}

/// A transfer whose unit has arrived.
#[derive(InputObject)]
pub(in crate::graphql) struct ReceiveTransferInput {
    /// Which.
    transfer: ID,
}

/// A transfer to give up.
#[derive(InputObject)]
pub(in crate::graphql) struct CancelTransferInput {
    /// Which.
    transfer: ID,
}

payload! {
    /// What became of a transfer.
    StockTransferPayload {
        /// The side of it that you can see; null when it was refused.
        transfer: StockTransfer
    }
}

impl RequestTransferInput {
    fn resolve(self) -> Result<RequestTransfer> {
        let Self { idempotency_key: _, branch, chassis_number, from, notes } = self;
        let branch = named_if(Tag::Branch, "branch", branch.as_ref())?;
        Ok(RequestTransfer { branch, chassis_number, from: elsewhere(from), notes })
    }
}

impl OfferTransferInput {
    fn resolve(self) -> Result<OfferTransfer> {
        let Self { idempotency_key: _, unit, to, notes } = self;
        Ok(OfferTransfer { unit: named(Tag::BikeUnit, "unit", &unit)?, to: elsewhere(to), notes })
    }
}

fn elsewhere(id: ID) -> Elsewhere {
    match global_id::expect(Tag::Branch, &id) {
        Ok(key) => Elsewhere::Id(key),
        Err(_) => Elsewhere::Code(id.0),
    }
}

fn the_transfer(id: &ID) -> Result<Key> {
    named(Tag::StockTransfer, "transfer", id)
}

#[derive(Default)]
pub(in crate::graphql) struct StockTransferMutation;

#[Object]
impl StockTransferMutation {
    /// Asks another branch for a unit that is for sale there.
    async fn request_transfer(
        &self,
        ctx: &Context<'_>,
        input: RequestTransferInput,
    ) -> async_graphql::Result<StockTransferPayload> {
        let (cx, key) = (cx(ctx), input.idempotency_key.clone());
        Ok(StockTransferPayload::of(cx, cx.change(input.resolve(), Some(&key)).await?).await?)
    }

    /// Offers a unit to another branch.
    async fn offer_transfer(
        &self,
        ctx: &Context<'_>,
        input: OfferTransferInput,
    ) -> async_graphql::Result<StockTransferPayload> {
        let (cx, key) = (cx(ctx), input.idempotency_key.clone());
        Ok(StockTransferPayload::of(cx, cx.change(input.resolve(), Some(&key)).await?).await?)
    }

    /// Sends the unit on its way: from the branch that gives it, while it is for sale.
    async fn send_transfer(
        &self,
        ctx: &Context<'_>,
        input: SendTransferInput,
    ) -> async_graphql::Result<StockTransferPayload> {
        let cx = cx(ctx);
        let change = the_transfer(&input.transfer).map(|transfer| SendTransfer { transfer });
        Ok(StockTransferPayload::of(cx, cx.change(change, None).await?).await?)
    }

    /// Takes the unit in at the branch that gets it. Its cost and the day it first came in stay with it.
    async fn receive_transfer(
        &self,
        ctx: &Context<'_>,
        input: ReceiveTransferInput,
    ) -> async_graphql::Result<StockTransferPayload> {
        let cx = cx(ctx);
        let change = the_transfer(&input.transfer).map(|transfer| ReceiveTransfer { transfer });
        Ok(StockTransferPayload::of(cx, cx.change(change, None).await?).await?)
    }

    /// Gives a transfer up: either branch before the unit leaves, the one that gives it while it is on its way.
    async fn cancel_transfer(
        &self,
        ctx: &Context<'_>,
        input: CancelTransferInput,
    ) -> async_graphql::Result<StockTransferPayload> {
        let cx = cx(ctx);
        let change = the_transfer(&input.transfer).map(|transfer| CancelTransfer { transfer });
        Ok(StockTransferPayload::of(cx, cx.change(change, None).await?).await?)
    }
}

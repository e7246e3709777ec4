//! Monthly targets.

use async_graphql::{Context, ID, InputObject, Object};

use super::change::{named_if, payload};
use super::context::cx;
use super::date::Date;
use super::global_id::{self, Tag};
use super::money::{BigInt, Money};
use super::node::noun;
use crate::error::Result;
use crate::service::target::SetTarget;
use crate::store::load::Key;

noun! {
    /// A target.
    Target of target, by target, needs ReadBills
}

/// What a branch is to sell in a month.
#[Object]
impl Target {
    /// Global id.
    pub(super) async fn id(&self) -> ID {
        global_id::encode(Tag::Target, Key { dealership: self.0.dealership_id, id: self.0.id })
    }

    /// First day of the month.
    async fn month(&self) -> Date {
        Date(self.0.month)
    }

    /// Units to sell; null: none are asked for.
    async fn units(&self) -> Option<i32> {
        self.0.units
    }

    /// Revenue from vehicles, registration charges excluded; null: none is asked for.
    async fn revenue(&self) -> Option<Money<'_>> {
        self.0.revenue_minor.map(|minor| Money::new(minor, &self.0.currency))
    }
}

/// A target to set, in place of the month's one before. Units, a revenue or both.
#[derive(InputObject)]
pub(super) struct SetTargetInput {
    /// Fresh for each target, 8 to 64 characters: the same request twice sets one.
    idempotency_key: String,
    /// Whose; needed if you act in all branches.
    branch: Option<ID>,
    /// First day of the month.
    month: Date,
    /// Units to sell; none are asked for if left out.
    units: Option<i32>,
    /// Revenue from vehicles in minor units, registration charges excluded; none is asked for if left out.
    revenue_minor: Option<BigInt>,
}

impl SetTargetInput {
    fn resolve(self) -> Result<SetTarget> {
        let Self { idempotency_key: _, branch, month, units, revenue_minor } = self;
        let branch = named_if(Tag::Branch, "branch", branch.as_ref())?;
        Ok(SetTarget { branch, month: month.0, units, revenue_minor: revenue_minor.map(|revenue| revenue.0) })
    }
}

payload! {
    /// What became of a target.
    TargetPayload {
        /// The target; null when it was refused.
        target: Target
    }
}

#[derive(Default)]
pub(super) struct TargetMutation;

#[Object]
impl TargetMutation {
    /// Sets what a branch is to sell in a month.
    async fn set_target(&self, ctx: &Context<'_>, input: SetTargetInput) -> async_graphql::Result<TargetPayload> {
        let (cx, key) = (cx(ctx), input.idempotency_key.clone());
        Ok(TargetPayload::of(cx, cx.change(input.resolve(), Some(&key)).await?).await?)
    }
}

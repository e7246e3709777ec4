//! Targets against what is sold.

use async_graphql::{Context, Enum, ID, Object};

use super::super::branch::Branch;
use super::super::context::{Cx, cx};
use super::super::dealership::Dealership;
use super::super::eager::Eager;
use super::super::global_id::{self, Tag};
use super::super::money::BigInt;
use crate::error::Result;
use crate::kpi::{Pace, Targets};
use crate::store::load::Key;

/// Whose targets.
#[derive(Enum, Clone, Copy, PartialEq, Eq)]
pub(in crate::graphql) enum KpiTargetsOf {
    /// Each branch's.
    Branches,
    /// Each dealership's: its branches' together.
    Dealerships,
}

/// Targets of a month and how they do.
pub(in crate::graphql) struct KpiTarget(pub(super) Targets);

/// Targets of a month and how they do.
#[Object]
impl KpiTarget {
    /// Global id of the dealership.
    async fn dealership_id(&self) -> ID {
        global_id::encode(Tag::Dealership, Key { dealership: self.0.dealership, id: self.0.dealership })
    }

    /// The dealership.
    async fn dealership(&self, ctx: &Context<'_>) -> async_graphql::Result<Eager<Dealership>> {
        Ok(follow_dealership(cx(ctx), self.0.dealership).await?)
    }

    /// The branch; null for a dealership's.
    async fn branch(&self, ctx: &Context<'_>) -> async_graphql::Result<Option<Eager<Branch>>> {
        Ok(cx(ctx).follow(self.0.dealership, self.0.branch).await?)
    }

    /// ISO 4217 code of the revenue.
    async fn currency(&self) -> &str {
        &self.0.currency
    }

    /// Units; null where none are asked for.
    async fn units(&self) -> Option<KpiPace> {
        self.0.units.map(KpiPace)
    }

    /// Vehicle revenue in minor units; null where none is asked for.
    async fn revenue(&self) -> Option<KpiPace> {
        self.0.revenue.map(KpiPace)
    }
}

async fn follow_dealership(cx: &Cx, id: uuid::Uuid) -> Result<Eager<Dealership>> {
    cx.follow_required(id, id).await
}

/// How a target does.
pub(in crate::graphql) struct KpiPace(Pace);

/// How a target does.
#[Object]
impl KpiPace {
    /// What is to be reached in the month.
    async fn target(&self) -> BigInt {
        BigInt(self.0.target)
    }

    /// What is reached.
    async fn sold(&self) -> BigInt {
        BigInt(self.0.sold)
    }

    /// What would be reached today at an even pace: target × day ÷ days in the month.
    async fn pace(&self) -> BigInt {
        BigInt(self.0.pace)
    }

    /// What is reached beyond the pace.
    async fn gap(&self) -> BigInt {
        BigInt(self.0.gap())
    }

    /// What the month ends with at today's pace: reached ÷ day × days in the month.
    async fn projection(&self) -> Option<BigInt> {
        self.0.projection.map(BigInt)
    }
}

//! A row behind a figure.

use async_graphql::{Context, Enum, Object};
use entity::kpi_fact;

use super::super::bike_unit::BikeUnit;
use super::super::bill::Bill;
use super::super::branch::Branch;
use super::super::context::cx;
use super::super::credit_note::CreditNote;
use super::super::date::Date;
use super::super::eager::Eager;
use super::super::money::BigInt;
use super::super::node::Noun;
use super::super::payment::Payment;
use super::super::quotation::Quotation;
use super::super::sales_quotation::SalesQuotation;
use crate::error::Result;
use crate::kpi::{Measure, adds};

/// What happened.
#[derive(Enum, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "kpi_fact::Kind")]
pub(in crate::graphql) enum KpiFactKind {
    /// A sale, on the day of its bill.
    Sale,
    /// A sale taken back, on the day of its credit note.
    TakenBack,
    /// Money received or given back.
    Payment,
    /// An advance taken.
    Advance,
    /// A repair or claim quotation that was decided.
    Quotation,
    /// A sales quotation that was decided.
    Offer,
    /// A unit received.
    Receipt,
}

/// A row that was counted in a figure.
pub(in crate::graphql) struct KpiFact {
    pub(super) row: kpi_fact::Model,
    pub(super) measure: Measure,
}

impl KpiFact {
    async fn document<N: Noun>(&self, ctx: &Context<'_>, kinds: &[kpi_fact::Kind]) -> Result<Option<Eager<N>>> {
        let id = kinds.contains(&self.row.kind).then_some(self.row.id);
        cx(ctx).follow(self.row.dealership_id, id).await
    }
}

/// A row that was counted in a figure.
#[Object]
impl KpiFact {
    /// What happened.
    async fn kind(&self) -> KpiFactKind {
        self.row.kind.into()
    }

    /// The dealership's day it counts for.
    async fn date(&self) -> Date {
        Date(self.row.day)
    }

    /// What it adds to the figure, or to what is divided for it: things, minor units or days.
    async fn adds(&self) -> BigInt {
        BigInt(adds(&self.row, self.measure))
    }

    /// Its branch.
    async fn branch(&self, ctx: &Context<'_>) -> async_graphql::Result<Eager<Branch>> {
        Ok(cx(ctx).follow_required(self.row.dealership_id, self.row.branch_id).await?)
    }

    /// The bill of a sale or an advance.
    async fn bill(&self, ctx: &Context<'_>) -> async_graphql::Result<Option<Eager<Bill>>> {
        Ok(self.document(ctx, &[kpi_fact::Kind::Sale, kpi_fact::Kind::Advance]).await?)
    }

    /// The credit note that took a sale back.
    async fn credit_note(&self, ctx: &Context<'_>) -> async_graphql::Result<Option<Eager<CreditNote>>> {
        Ok(self.document(ctx, &[kpi_fact::Kind::TakenBack]).await?)
    }

    /// The payment.
    async fn payment(&self, ctx: &Context<'_>) -> async_graphql::Result<Option<Eager<Payment>>> {
        Ok(self.document(ctx, &[kpi_fact::Kind::Payment]).await?)
    }

    /// The repair or claim quotation.
    async fn quotation(&self, ctx: &Context<'_>) -> async_graphql::Result<Option<Eager<Quotation>>> {
        Ok(self.document(ctx, &[kpi_fact::Kind::Quotation]).await?)
    }

    /// The sales quotation.
    async fn sales_quotation(&self, ctx: &Context<'_>) -> async_graphql::Result<Option<Eager<SalesQuotation>>> {
        Ok(self.document(ctx, &[kpi_fact::Kind::Offer]).await?)
    }

    /// The unit received.
    async fn bike_unit(&self, ctx: &Context<'_>) -> async_graphql::Result<Option<Eager<BikeUnit>>> {
        Ok(self.document(ctx, &[kpi_fact::Kind::Receipt]).await?)
    }
}

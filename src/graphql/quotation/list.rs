//! Lists of quotations.

use async_graphql::{Context, Enum, ID, InputObject, Object};
use entity::quotation::{Column, Entity};

use super::{Quotation, QuotationKind, QuotationStatus};
use crate::error::Result;
use crate::graphql::connection::{PageArgs, Rows, connect};
use crate::graphql::context::cx;
use crate::graphql::date::DateRange;
use crate::graphql::global_id::{self, Tag};
use crate::store::{Order, quotation};

/// Which quotations; absent parts do not narrow.
#[derive(InputObject, Default)]
pub(in crate::graphql) struct QuotationFilter {
    /// Of this dealership.
    dealership: Option<ID>,
    /// Of this branch.
    branch: Option<ID>,
    /// Quotation or invoice.
    kind: Option<QuotationKind>,
    /// In one of these states.
    status: Option<Vec<QuotationStatus>>,
    /// Made on these days.
    date: Option<DateRange>,
    /// For this customer.
    customer: Option<ID>,
    /// Each word begins the number or a word of the customer's name, in any case.
    search: Option<String>,
}

impl QuotationFilter {
    fn resolve(self) -> Result<quotation::Filter> {
        let date = self.date.unwrap_or_default();
        Ok(quotation::Filter {
            dealership: global_id::row(Tag::Dealership, self.dealership.as_ref())?,
            branch: global_id::row(Tag::Branch, self.branch.as_ref())?,
            kind: self.kind.map(Into::into),
            status: self.status.map(|states| states.into_iter().map(Into::into).collect()),
            from: date.from(),
            to: date.to(),
            customer: global_id::row(Tag::Customer, self.customer.as_ref())?,
            search: self.search,
        })
    }
}

/// The order of quotations.
#[derive(Enum, Clone, Copy, PartialEq, Eq, Default)]
pub(in crate::graphql) enum QuotationOrder {
    /// Newest first.
    #[default]
    DateDesc,
    /// Oldest first.
    DateAsc,
    /// By number.
    NumberAsc,
    /// By number, backwards.
    NumberDesc,
}

impl From<QuotationOrder> for Order<Entity> {
    fn from(order: QuotationOrder) -> Self {
        let (by, descending) = match order {
            QuotationOrder::DateDesc => (Column::QuotedOn, true),
            QuotationOrder::DateAsc => (Column::QuotedOn, false),
            QuotationOrder::NumberAsc => (Column::NumberKey, false),
            QuotationOrder::NumberDesc => (Column::NumberKey, true),
        };
        Self { by, descending }
    }
}

#[derive(Default)]
pub(in crate::graphql) struct QuotationQuery;

#[Object]
impl QuotationQuery {
    /// Repair and claim quotations, and the invoices made from them.
    #[expect(clippy::too_many_arguments, reason = "a connection has four of its own")]
    async fn quotations(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "At most so many rows from the list's beginning, 0 to 100; 20 if left out.")] first: Option<
            i32,
        >,
        #[graphql(desc = "Only rows behind this cursor.")] after: Option<String>,
        #[graphql(desc = "At most so many rows from the list's end.")] last: Option<i32>,
        #[graphql(desc = "Only rows before this cursor.")] before: Option<String>,
        #[graphql(desc = "Which ones.")] filter: Option<QuotationFilter>,
        #[graphql(desc = "In which order.")] order_by: Option<QuotationOrder>,
    ) -> async_graphql::Result<Rows<Quotation>> {
        let cx = cx(ctx);
        let query = quotation::query(&*cx.tx().await?, &filter.unwrap_or_default().resolve()?);
        connect(cx, PageArgs { first, after, last, before }, query, order_by.unwrap_or_default().into()).await
    }
}

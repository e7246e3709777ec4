//! Lists of offers of bikes.

use async_graphql::{Context, Enum, ID, InputObject, Object};
use entity::sales_quotation::{Column, Entity};

use super::{SalesQuotation, SalesQuotationStatus};
use crate::error::Result;
use crate::graphql::bill::SaleType;
use crate::graphql::connection::{PageArgs, Rows, connect};
use crate::graphql::context::cx;
use crate::graphql::date::DateRange;
use crate::graphql::global_id::{self, Tag};
use crate::store::{Order, sales_quotation};

/// Which offers; absent parts do not narrow.
#[derive(InputObject, Default)]
pub(in crate::graphql) struct SalesQuotationFilter {
    /// Of this dealership.
    dealership: Option<ID>,
    /// Of this branch.
    branch: Option<ID>,
    /// In one of these states.
    status: Option<Vec<SalesQuotationStatus>>,
    /// Financed so.
    sale_type: Option<SaleType>,
    /// Made on these days.
    date: Option<DateRange>,
    /// To this customer.
    customer: Option<ID>,
    /// Of this model.
    model: Option<ID>,
    /// Each word begins the number or a word of the customer's name, in any case.
    search: Option<String>,
}

impl SalesQuotationFilter {
    fn resolve(self) -> Result<sales_quotation::Filter> {
        let date = self.date.unwrap_or_default();
        Ok(sales_quotation::Filter {
            dealership: global_id::row(Tag::Dealership, self.dealership.as_ref())?,
            branch: global_id::row(Tag::Branch, self.branch.as_ref())?,
            status: self.status.map(|states| states.into_iter().map(Into::into).collect()),
            sale_type: self.sale_type.map(Into::into),
            from: date.from(),
            to: date.to(),
            customer: global_id::row(Tag::Customer, self.customer.as_ref())?,
            model: global_id::row(Tag::BikeModel, self.model.as_ref())?,
            search: self.search,
        })
    }
}

/// The order of offers.
#[derive(Enum, Clone, Copy, PartialEq, Eq, Default)]
pub(in crate::graphql) enum SalesQuotationOrder {
    /// Newest first.
    #[default]
    DateDesc,
    /// Oldest first.
    DateAsc,
}

impl From<SalesQuotationOrder> for Order<Entity> {
    fn from(order: SalesQuotationOrder) -> Self {
        Self { by: Column::QuotedOn, descending: order == SalesQuotationOrder::DateDesc }
    }
}

#[derive(Default)]
pub(in crate::graphql) struct SalesQuotationQuery;

#[Object]
impl SalesQuotationQuery {
    /// Offers of bikes, before there is a bill.
    #[expect(clippy::too_many_arguments, reason = "a connection has four of its own")]
    async fn sales_quotations(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "At most so many rows from the list's beginning, 0 to 100; 20 if left out.")] first: Option<
            i32,
        >,
        #[graphql(desc = "Only rows behind this cursor.")] after: Option<String>,
        #[graphql(desc = "At most so many rows from the list's end.")] last: Option<i32>,
        #[graphql(desc = "Only rows before this cursor.")] before: Option<String>,
        #[graphql(desc = "Which ones.")] filter: Option<SalesQuotationFilter>,
        #[graphql(desc = "In which order.")] order_by: Option<SalesQuotationOrder>,
    ) -> async_graphql::Result<Rows<SalesQuotation>> {
        let cx = cx(ctx);
        let query = sales_quotation::query(&*cx.tx().await?, &filter.unwrap_or_default().resolve()?);
        connect(cx, PageArgs { first, after, last, before }, query, order_by.unwrap_or_default().into()).await
    }
}

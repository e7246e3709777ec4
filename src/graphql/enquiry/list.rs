//! Lists of enquiries.

use async_graphql::{Context, Enum, ID, InputObject, Object};
use entity::enquiry::{Column, Entity};

use super::{Enquiry, EnquiryStatus};
use crate::error::Result;
use crate::graphql::connection::{PageArgs, Rows, connect};
use crate::graphql::context::cx;
use crate::graphql::date::DateRange;
use crate::graphql::global_id::{self, Tag};
use crate::store::{Order, enquiry};

/// Which enquiries; absent parts do not narrow.
#[derive(InputObject, Default)]
pub(in crate::graphql) struct EnquiryFilter {
    /// Of this dealership.
    dealership: Option<ID>,
    /// Of this branch.
    branch: Option<ID>,
    /// In one of these states.
    status: Option<Vec<EnquiryStatus>>,
    /// Asked on these days.
    date: Option<DateRange>,
    /// About this model.
    model: Option<ID>,
}

impl EnquiryFilter {
    fn resolve(self) -> Result<enquiry::Filter> {
        let date = self.date.unwrap_or_default();
        Ok(enquiry::Filter {
            dealership: global_id::row(Tag::Dealership, self.dealership.as_ref())?,
            branch: global_id::row(Tag::Branch, self.branch.as_ref())?,
            status: self.status.map(|states| states.into_iter().map(Into::into).collect()),
            from: date.from(),
            to: date.to(),
            model: global_id::row(Tag::BikeModel, self.model.as_ref())?,
        })
    }
}

/// The order of enquiries.
#[derive(Enum, Clone, Copy, PartialEq, Eq, Default)]
pub(in crate::graphql) enum EnquiryOrder {
    /// Newest first.
    #[default]
    DateDesc,
    /// Oldest first.
    DateAsc,
}

impl From<EnquiryOrder> for Order<Entity> {
    fn from(order: EnquiryOrder) -> Self {
        Self { by: Column::AskedOn, descending: order == EnquiryOrder::DateDesc }
    }
}

#[derive(Default)]
pub(in crate::graphql) struct EnquiryQuery;

#[Object]
impl EnquiryQuery {
    /// Enquiries.
    #[expect(clippy::too_many_arguments, reason = "a connection has four of its own")]
    async fn enquiries(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "At most so many rows from the list's beginning, 0 to 100; 20 if left out.")] first: Option<
            i32,
        >,
        #[graphql(desc = "Only rows behind this cursor.")] after: Option<String>,
        #[graphql(desc = "At most so many rows from the list's end.")] last: Option<i32>,
        #[graphql(desc = "Only rows before this cursor.")] before: Option<String>,
        #[graphql(desc = "Which ones.")] filter: Option<EnquiryFilter>,
        #[graphql(desc = "In which order.")] order_by: Option<EnquiryOrder>,
    ) -> async_graphql::Result<Rows<Enquiry>> {
        let cx = cx(ctx);
        let query = enquiry::query(&*cx.tx().await?, &filter.unwrap_or_default().resolve()?);
        connect(cx, PageArgs { first, after, last, before }, query, order_by.unwrap_or_default().into()).await
    }
}

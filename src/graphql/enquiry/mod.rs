//! Enquiries.

mod change;
mod list;

pub(super) use change::EnquiryMutation;
pub(super) use list::EnquiryQuery;

use async_graphql::{Context, Enum, ID, Object};
use chrono::{DateTime, Utc};

use super::bike_model::BikeModel;
use super::branch::Branch;
use super::context::cx;
use super::date::Date;
use super::eager::Eager;
use super::global_id::{self, Tag};
use super::identity::Buyer;
use super::node::noun;
use super::plain::Plain;
use super::sales_quotation::SalesQuotation;
use super::staff_member::StaffMember;
use crate::crypto::Place;
use crate::store::load::Key;

noun! {
    /// An enquiry.
    Enquiry of enquiry, by enquiry, needs ReadSalesQuotations
}

/// Where an enquiry stands.
#[derive(Enum, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "entity::enquiry::Status")]
pub(super) enum EnquiryStatus {
    /// Somebody asked.
    Open,
    /// A sales quotation was made.
    Quoted,
    /// Ended in a bill.
    Won,
    /// Given up.
    Lost,
}

impl Enquiry {
    fn key(&self) -> Key {
        Key { dealership: self.0.dealership_id, id: self.0.id }
    }
}

/// Somebody who asked about a bike.
#[Object]
impl Enquiry {
    /// Global id.
    pub(super) async fn id(&self) -> ID {
        global_id::encode(Tag::Enquiry, self.key())
    }

    /// Where it stands.
    async fn status(&self) -> EnquiryStatus {
        self.0.status.into()
    }

    /// When they asked.
    async fn asked_at(&self) -> DateTime<Utc> {
        self.0.asked_at
    }

    /// The dealership's day on which they asked.
    async fn date(&self) -> Date {
        Date(self.0.asked_on)
    }

    /// Who asked, as entered.
    async fn person(&self, ctx: &Context<'_>) -> async_graphql::Result<Plain<Buyer>> {
        let cx = cx(ctx);
        let place = Place { dealership: self.0.dealership_id, table: "enquiry", column: "contact", row: self.0.id };
        Ok(Plain(Buyer::open(cx, place, self.0.name.clone(), self.0.contact.as_ref(), ctx.look_ahead())?))
    }

    /// The model they asked about.
    async fn model(&self, ctx: &Context<'_>) -> async_graphql::Result<Option<Eager<BikeModel>>> {
        Ok(cx(ctx).follow(self.0.dealership_id, self.0.model_id).await?)
    }

    /// What was said.
    async fn notes(&self) -> Option<&str> {
        self.0.notes.as_deref()
    }

    /// Why it was given up.
    async fn lost_reason(&self) -> Option<&str> {
        self.0.lost_reason.as_deref()
    }

    /// Who talked to them.
    async fn salesperson(&self, ctx: &Context<'_>) -> async_graphql::Result<Option<Eager<StaffMember>>> {
        Ok(cx(ctx).follow(self.0.dealership_id, self.0.salesperson_id).await?)
    }

    /// The offers made, the oldest first.
    async fn sales_quotations(&self, ctx: &Context<'_>) -> async_graphql::Result<Vec<Eager<SalesQuotation>>> {
        let cx = cx(ctx);
        Ok(cx.children(cx.loaders().sales_quotations_of_enquiry(), self.key()).await?)
    }

    /// The branch they asked at.
    async fn branch(&self, ctx: &Context<'_>) -> async_graphql::Result<Eager<Branch>> {
        Ok(cx(ctx).follow_required(self.0.dealership_id, self.0.branch_id).await?)
    }
}

//! Repair and claim quotations, and the invoices made from them.

mod change;
mod list;

pub(super) use change::QuotationMutation;
pub(super) use list::QuotationQuery;

use async_graphql::{Context, Enum, ID, Object};
use chrono::{DateTime, Utc};
use entity::quotation_item;

use super::branch::Branch;
use super::context::cx;
use super::customer::Customer;
use super::date::Date;
use super::document::Document;
use super::eager::Eager;
use super::global_id::{self, Tag};
use super::identity::Buyer;
use super::money::Money;
use super::node::noun;
use super::plain::Plain;
use super::staff_member::StaffMember;
use crate::crypto::Place;
use crate::money;
use crate::store::load::Key;

noun! {
    /// A quotation.
    Quotation of quotation, by quotation, needs ReadQuotations
}

/// Which document it is.
#[derive(Enum, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "entity::quotation::Kind")]
pub(super) enum QuotationKind {
    /// An estimate.
    Quotation,
    /// The invoice made from an accepted estimate.
    Invoice,
}

/// Where a quotation stands.
#[derive(Enum, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "entity::quotation::Status")]
pub(super) enum QuotationStatus {
    /// Not sent yet.
    Draft,
    /// With the customer or the insurer.
    Sent,
    /// Accepted.
    Accepted,
    /// Rejected.
    Rejected,
    /// Made into an invoice, once.
    Converted,
}

impl Quotation {
    fn key(&self) -> Key {
        Key { dealership: self.0.dealership_id, id: self.0.id }
    }
}

/// A repair or insurance-claim estimate, or the invoice made from one.
#[Object]
impl Quotation {
    /// Global id.
    pub(super) async fn id(&self) -> ID {
        global_id::encode(Tag::Quotation, self.key())
    }

    /// Number on the document, unique in the dealership.
    async fn number(&self) -> &str {
        &self.0.quotation_number
    }

    /// Which document it is.
    async fn kind(&self) -> QuotationKind {
        self.0.kind.into()
    }

    /// Where it stands.
    async fn status(&self) -> QuotationStatus {
        self.0.status.into()
    }

    /// When it was made.
    async fn quoted_at(&self) -> DateTime<Utc> {
        self.0.quoted_at
    }

    /// The dealership's day on which it was made.
    async fn date(&self) -> Date {
        Date(self.0.quoted_on)
    }

    /// The customer as known now.
    async fn customer(&self, ctx: &Context<'_>) -> async_graphql::Result<Eager<Customer>> {
        Ok(cx(ctx).follow_required(self.0.dealership_id, self.0.customer_id).await?)
    }

    /// The customer as written on the document.
    async fn buyer(&self, ctx: &Context<'_>) -> async_graphql::Result<Plain<Buyer>> {
        let cx = cx(ctx);
        let place = Place { dealership: self.0.dealership_id, table: "quotation", column: "buyer", row: self.0.id };
        Ok(Plain(Buyer::open(cx, place, self.0.customer_name.clone(), self.0.buyer.as_ref(), ctx.look_ahead())?))
    }

    /// Registration number of the vehicle.
    async fn registration_number(&self) -> Option<&str> {
        self.0.registration_number.as_deref()
    }

    /// Day of the accident.
    async fn accident_on(&self) -> Option<Date> {
        self.0.accident_on.map(Date)
    }

    /// The insurer's claim number.
    async fn claim_number(&self) -> Option<&str> {
        self.0.claim_number.as_deref()
    }

    /// The insurer.
    async fn insurance_company(&self) -> Option<&str> {
        self.0.insurance_company.as_deref()
    }

    /// Its lines, in their order.
    async fn items(&self, ctx: &Context<'_>) -> async_graphql::Result<Vec<QuotationItem>> {
        let rows = cx(ctx).loaders().items_of_quotation().load(self.key()).await?;
        let mut rows = rows.to_vec();
        rows.sort_by_key(|row| row.position);
        Ok(rows.into_iter().map(|row| QuotationItem { row, currency: self.0.currency.clone() }).collect())
    }

    /// Sum of its lines.
    async fn total(&self) -> Money<'_> {
        Money::new(self.0.total_minor, &self.0.currency)
    }

    /// Remarks on the document.
    async fn remarks(&self) -> Option<&str> {
        self.0.remarks.as_deref()
    }

    /// Who made it.
    async fn salesperson(&self, ctx: &Context<'_>) -> async_graphql::Result<Option<Eager<StaffMember>>> {
        Ok(cx(ctx).follow(self.0.dealership_id, self.0.salesperson_id).await?)
    }

    /// The quotation that this invoice was made from.
    async fn converted_from(&self, ctx: &Context<'_>) -> async_graphql::Result<Option<Eager<Quotation>>> {
        Ok(cx(ctx).follow(self.0.dealership_id, self.0.converted_from_id).await?)
    }

    /// The invoice made from this quotation.
    async fn invoice(&self, ctx: &Context<'_>) -> async_graphql::Result<Option<Eager<Quotation>>> {
        let cx = cx(ctx);
        Ok(cx.children(cx.loaders().invoices_of_quotation(), self.key()).await?.pop())
    }

    /// What was printed of it: its original and its copy.
    async fn documents(&self, ctx: &Context<'_>) -> async_graphql::Result<Vec<Eager<Document>>> {
        let cx = cx(ctx);
        Ok(cx.children(cx.loaders().documents_of_quotation(), self.key()).await?)
    }

    /// The branch that made it.
    async fn branch(&self, ctx: &Context<'_>) -> async_graphql::Result<Eager<Branch>> {
        Ok(cx(ctx).follow_required(self.0.dealership_id, self.0.branch_id).await?)
    }
}

/// A line of a quotation.
pub(super) struct QuotationItem {
    row: quotation_item::Model,
    currency: String,
}

/// A line of a quotation.
#[Object]
impl QuotationItem {
    /// Place on the document, counted from 1.
    async fn position(&self) -> i32 {
        self.row.position
    }

    /// What is supplied or done.
    async fn description(&self) -> &str {
        &self.row.description
    }

    /// How many, as exact decimal text, e.g. `1.5`.
    async fn quantity(&self) -> String {
        money::thousandths(self.row.quantity_milli)
    }

    /// Price of one.
    async fn rate(&self) -> Money<'_> {
        Money::new(self.row.rate_minor, &self.currency)
    }

    /// Price of the line.
    async fn amount(&self) -> Money<'_> {
        Money::new(self.row.amount_minor, &self.currency)
    }
}

//! Offers of bikes.

mod change;
mod list;

pub(super) use change::SalesQuotationMutation;
pub(super) use list::SalesQuotationQuery;

use async_graphql::{Context, Enum, ID, Object};
use chrono::{DateTime, Utc};

use super::bike_model::{BikeModel, VehicleClass};
use super::bill::{Bill, SaleType};
use super::branch::Branch;
use super::context::cx;
use super::customer::Customer;
use super::date::Date;
use super::document::Document;
use super::eager::Eager;
use super::enquiry::Enquiry;
use super::finance_company::FinanceCompany;
use super::global_id::{self, Tag};
use super::identity::Buyer;
use super::money::Money;
use super::node::noun;
use super::plain::Plain;
use super::staff_member::StaffMember;
use crate::crypto::Place;
use crate::store::load::Key;

noun! {
    /// An offer.
    SalesQuotation of sales_quotation, by sales_quotation, needs ReadSalesQuotations
}

/// Where an offer stands.
#[derive(Enum, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "entity::sales_quotation::Status")]
pub(super) enum SalesQuotationStatus {
    /// Not sent yet.
    Draft,
    /// With the customer.
    Sent,
    /// Accepted.
    Accepted,
    /// Rejected.
    Rejected,
    /// Made into a bill, once.
    Converted,
}

impl SalesQuotation {
    fn key(&self) -> Key {
        Key { dealership: self.0.dealership_id, id: self.0.id }
    }

    fn money(&self, minor: i64) -> Money<'_> {
        Money::new(minor, &self.0.currency)
    }
}

/// An offer of one bike to one customer, before there is a bill.
#[Object]
impl SalesQuotation {
    /// Global id.
    pub(super) async fn id(&self) -> ID {
        global_id::encode(Tag::SalesQuotation, self.key())
    }

    /// Number on the document, unique in the dealership.
    async fn number(&self) -> &str {
        &self.0.quotation_number
    }

    /// Where it stands.
    async fn status(&self) -> SalesQuotationStatus {
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

    /// Last day it holds.
    async fn valid_until(&self) -> Date {
        Date(self.0.valid_until)
    }

    /// The enquiry that it answers.
    async fn enquiry(&self, ctx: &Context<'_>) -> async_graphql::Result<Option<Eager<Enquiry>>> {
        Ok(cx(ctx).follow(self.0.dealership_id, self.0.enquiry_id).await?)
    }

    /// The customer as known now.
    async fn customer(&self, ctx: &Context<'_>) -> async_graphql::Result<Eager<Customer>> {
        Ok(cx(ctx).follow_required(self.0.dealership_id, self.0.customer_id).await?)
    }

    /// The customer as written on the document.
    async fn buyer(&self, ctx: &Context<'_>) -> async_graphql::Result<Plain<Buyer>> {
        let cx = cx(ctx);
        let place =
            Place { dealership: self.0.dealership_id, table: "sales_quotation", column: "buyer", row: self.0.id };
        Ok(Plain(Buyer::open(cx, place, self.0.customer_name.clone(), self.0.buyer.as_ref(), ctx.look_ahead())?))
    }

    /// Who made it.
    async fn salesperson(&self, ctx: &Context<'_>) -> async_graphql::Result<Option<Eager<StaffMember>>> {
        Ok(cx(ctx).follow(self.0.dealership_id, self.0.salesperson_id).await?)
    }

    /// The model as known now.
    async fn model(&self, ctx: &Context<'_>) -> async_graphql::Result<Eager<BikeModel>> {
        Ok(cx(ctx).follow_required(self.0.dealership_id, self.0.model_id).await?)
    }

    /// The model's name as written on the document.
    async fn model_name(&self) -> &str {
        &self.0.model_name
    }

    /// How the registrar classes the vehicle.
    async fn vehicle_class(&self) -> VehicleClass {
        self.0.vehicle_class.into()
    }

    /// How it would be financed.
    async fn sale_type(&self) -> SaleType {
        self.0.sale_type.into()
    }

    /// Price of the vehicle.
    async fn vehicle_price(&self) -> Money<'_> {
        self.money(self.0.vehicle_price_minor)
    }

    /// What the registrar would charge.
    async fn rmv_charge(&self) -> Money<'_> {
        self.money(self.0.rmv_charge_minor)
    }

    /// Of a leased bike, what the customer would pay the dealer.
    async fn down_payment(&self) -> Option<Money<'_>> {
        self.0.down_payment_minor.map(|minor| self.money(minor))
    }

    /// Of a leased bike, what the financier would pay.
    async fn leased(&self) -> Option<Money<'_>> {
        self.0.leased_minor.map(|minor| self.money(minor))
    }

    /// What the customer would pay the dealer.
    async fn total(&self) -> Money<'_> {
        self.money(self.0.total_minor)
    }

    /// Who would finance it.
    async fn finance_company(&self, ctx: &Context<'_>) -> async_graphql::Result<Option<Eager<FinanceCompany>>> {
        Ok(cx(ctx).follow(self.0.dealership_id, self.0.finance_company_id).await?)
    }

    /// Number of the proforma for the financier.
    async fn proforma_number(&self) -> Option<&str> {
        self.0.proforma_number.as_deref()
    }

    /// Day of the proforma.
    async fn proforma_on(&self) -> Option<Date> {
        self.0.proforma_on.map(Date)
    }

    /// Remarks on the document.
    async fn remarks(&self) -> Option<&str> {
        self.0.remarks.as_deref()
    }

    /// The bill made of it.
    async fn bill(&self, ctx: &Context<'_>) -> async_graphql::Result<Option<Eager<Bill>>> {
        Ok(cx(ctx).follow(self.0.dealership_id, self.0.bill_id).await?)
    }

    /// What was printed of it: its original, its copy, its proforma.
    async fn documents(&self, ctx: &Context<'_>) -> async_graphql::Result<Vec<Eager<Document>>> {
        let cx = cx(ctx);
        Ok(cx.children(cx.loaders().documents_of_sales_quotation(), self.key()).await?)
    }

    /// The branch that made it.
    async fn branch(&self, ctx: &Context<'_>) -> async_graphql::Result<Eager<Branch>> {
        Ok(cx(ctx).follow_required(self.0.dealership_id, self.0.branch_id).await?)
    }
}

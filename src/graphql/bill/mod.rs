//! Bills.

mod change;
mod list;
mod preview;

pub(super) use change::BillMutation;
pub(super) use list::BillQuery;
pub(super) use preview::BillPreviewQuery;

use async_graphql::{Context, Enum, ID, Object};
use chrono::{DateTime, Utc};

use super::bike_model::{BikeModel, VehicleClass};
use super::bike_unit::BikeUnit;
use super::branch::Branch;
use super::context::cx;
use super::credit_note::CreditNote;
use super::customer::Customer;
use super::date::Date;
use super::document::Document;
use super::eager::Eager;
use super::finance_company::FinanceCompany;
use super::global_id::{self, Tag};
use super::identity::Buyer;
use super::money::Money;
use super::node::noun;
use super::payment::Payment;
use super::plain::Plain;
use super::registration::RmvCase;
use super::staff_member::StaffMember;
use crate::crypto::Place;
use crate::store::load::Key;

noun! {
    /// A bill.
    Bill of bill, by bill, needs ReadBills
}

/// Where a bill stands.
#[derive(Enum, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "entity::bill::Status")]
pub(super) enum BillStatus {
    /// An advance whose balance is open.
    Pending,
    /// A sale.
    Completed,
    /// Cancelled; its unit was released.
    Cancelled,
    /// An advance that a completed bill has replaced.
    Converted,
    /// A sale taken back by a credit note.
    Credited,
}

/// What the document of a bill is called.
#[derive(Enum, Clone, Copy, PartialEq, Eq)]
pub(super) enum BillTitle {
    /// Of a dealership registered for VAT on the day.
    TaxInvoice,
    /// Of any other.
    Invoice,
}

/// How a sale is financed.
#[derive(Enum, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "entity::kind::SaleType")]
pub(super) enum SaleType {
    /// The customer pays all of it.
    Cash,
    /// The customer pays the down payment, a leasing company the rest.
    Leasing,
}

/// Where a row came from.
#[derive(Enum, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "entity::kind::Source")]
pub(super) enum Source {
    /// Made here.
    Live,
    /// Brought over from the system used before.
    Imported,
}

impl Bill {
    fn key(&self) -> Key {
        Key { dealership: self.0.dealership_id, id: self.0.id }
    }

    fn money(&self, minor: i64) -> Money<'_> {
        Money::new(minor, &self.0.currency)
    }
}

/// A bill: what one customer owes for one bike.
#[Object]
impl Bill {
    /// Global id.
    pub(super) async fn id(&self) -> ID {
        global_id::encode(Tag::Bill, self.key())
    }

    /// Number on the document, unique in the dealership.
    async fn number(&self) -> &str {
        &self.0.bill_number
    }

    /// What the document is called.
    async fn title(&self) -> BillTitle {
        if self.0.supplier_tin.is_some() { BillTitle::TaxInvoice } else { BillTitle::Invoice }
    }

    /// When it was made.
    async fn billed_at(&self) -> DateTime<Utc> {
        self.0.billed_at
    }

    /// The dealership's day on which it was made.
    async fn date(&self) -> Date {
        Date(self.0.bill_date)
    }

    /// Where it stands.
    async fn status(&self) -> BillStatus {
        self.0.status.into()
    }

    /// How the sale is financed.
    async fn sale_type(&self) -> SaleType {
        self.0.sale_type.into()
    }

    /// How the registrar classes the vehicle.
    async fn vehicle_class(&self) -> VehicleClass {
        self.0.vehicle_class.into()
    }

    /// Whether it was taken as an advance.
    async fn is_advance(&self) -> bool {
        self.0.is_advance
    }

    /// Whether it is the dealership's first sale of a three-wheeler.
    async fn first_tricycle_sale(&self) -> bool {
        self.0.first_tricycle_sale
    }

    /// The customer as known now.
    async fn customer(&self, ctx: &Context<'_>) -> async_graphql::Result<Eager<Customer>> {
        Ok(cx(ctx).follow_required(self.0.dealership_id, self.0.customer_id).await?)
    }

    /// The customer as written on the bill.
    async fn buyer(&self, ctx: &Context<'_>) -> async_graphql::Result<Plain<Buyer>> {
        let cx = cx(ctx);
        let place = Place { dealership: self.0.dealership_id, table: "bill", column: "buyer", row: self.0.id };
        Ok(Plain(Buyer::open(cx, place, self.0.customer_name.clone(), self.0.buyer.as_ref(), ctx.look_ahead())?))
    }

    /// Who sold it.
    async fn salesperson(&self, ctx: &Context<'_>) -> async_graphql::Result<Option<Eager<StaffMember>>> {
        Ok(cx(ctx).follow(self.0.dealership_id, self.0.salesperson_id).await?)
    }

    /// The model, where it is in the catalogue.
    async fn model(&self, ctx: &Context<'_>) -> async_graphql::Result<Option<Eager<BikeModel>>> {
        Ok(cx(ctx).follow(self.0.dealership_id, self.0.model_id).await?)
    }

    /// The model as written on the bill.
    async fn model_name(&self) -> &str {
        &self.0.model_name
    }

    /// The unit, where it is in stock records.
    async fn unit(&self, ctx: &Context<'_>) -> async_graphql::Result<Option<Eager<BikeUnit>>> {
        Ok(cx(ctx).follow(self.0.dealership_id, self.0.unit_id).await?)
    }

    /// Chassis number as written on the bill.
    async fn chassis_number(&self) -> Option<&str> {
        self.0.chassis_number.as_deref()
    }

    /// Motor number as written on the bill.
    async fn motor_number(&self) -> Option<&str> {
        self.0.motor_number.as_deref()
    }

    /// Price of the vehicle, registration charges excluded.
    async fn vehicle_price(&self) -> Money<'_> {
        self.money(self.0.vehicle_price_minor)
    }

    /// Registration charge, passed through to the registrar.
    async fn rmv_charge(&self) -> Money<'_> {
        self.money(self.0.rmv_charge_minor)
    }

    /// What the customer pays of a leased vehicle.
    async fn down_payment(&self) -> Option<Money<'_>> {
        self.0.down_payment_minor.map(|minor| self.money(minor))
    }

    /// What the leasing company pays: price less down payment.
    async fn leased_amount(&self) -> Option<Money<'_>> {
        self.0.leased_minor.map(|minor| self.money(minor))
    }

    /// What was paid in advance.
    async fn advance_amount(&self) -> Option<Money<'_>> {
        self.0.advance_minor.map(|minor| self.money(minor))
    }

    /// What the customer pays the dealer.
    async fn total(&self) -> Money<'_> {
        self.money(self.0.total_minor)
    }

    /// What of it is still open: what is due less what the customer paid. A bill that does not stand has nothing due: what
    /// was paid for it is owed back, below zero, until it is refunded or carried over.
    async fn balance(&self) -> Money<'_> {
        self.money(self.0.balance_minor)
    }

    /// What the leasing company still owes of the leased amount; null without one, or before the sale is completed.
    async fn financier_balance(&self) -> Option<Money<'_>> {
        self.0.financier_balance_minor.map(|minor| self.money(minor))
    }

    /// Whether the leased amount lies above the loan-to-value cap in force on the day.
    async fn above_ltv_cap(&self) -> bool {
        self.0.above_ltv_cap
    }

    /// VAT within the vehicle price; null where the old system did not say.
    async fn vat(&self) -> Option<Money<'_>> {
        self.0.vat_minor.map(|minor| self.money(minor))
    }

    /// Social security contribution levy (SSCL) within the vehicle price; null where the old system did not say.
    async fn sscl(&self) -> Option<Money<'_>> {
        self.0.sscl_minor.map(|minor| self.money(minor))
    }

    /// The dealership's taxpayer number (TIN) on the day.
    async fn supplier_tin(&self) -> Option<&str> {
        self.0.supplier_tin.as_deref()
    }

    /// The buyer's taxpayer number (TIN).
    async fn purchaser_tin(&self) -> Option<&str> {
        self.0.purchaser_tin.as_deref()
    }

    /// The day promised for delivery.
    async fn estimated_delivery_on(&self) -> Option<Date> {
        self.0.estimated_delivery_on.map(Date)
    }

    /// The day of delivery.
    async fn delivered_on(&self) -> Option<Date> {
        self.0.delivered_on.map(Date)
    }

    /// The dealership's day on which the advance was cancelled.
    async fn cancelled_on(&self) -> Option<Date> {
        self.0.cancelled_on.map(Date)
    }

    /// Why it was cancelled.
    async fn cancelled_reason(&self) -> Option<&str> {
        self.0.cancelled_reason.as_deref()
    }

    /// The leasing company.
    async fn finance_company(&self, ctx: &Context<'_>) -> async_graphql::Result<Option<Eager<FinanceCompany>>> {
        Ok(cx(ctx).follow(self.0.dealership_id, self.0.finance_company_id).await?)
    }

    /// Number of the proforma for the leasing company.
    async fn proforma_number(&self) -> Option<&str> {
        self.0.proforma_number.as_deref()
    }

    /// The dealership's day of the proforma.
    async fn proforma_on(&self) -> Option<Date> {
        self.0.proforma_on.map(Date)
    }

    /// The advance that this bill completes.
    async fn advance_bill(&self, ctx: &Context<'_>) -> async_graphql::Result<Option<Eager<Bill>>> {
        Ok(cx(ctx).follow(self.0.dealership_id, self.0.advance_bill_id).await?)
    }

    /// The bill that completes this advance.
    async fn final_bill(&self, ctx: &Context<'_>) -> async_graphql::Result<Option<Eager<Bill>>> {
        let cx = cx(ctx);
        Ok(cx.children(cx.loaders().bills_of_advance(), self.key()).await?.pop())
    }

    /// Payments that count towards it, in the order of their entry.
    async fn payments(&self, ctx: &Context<'_>) -> async_graphql::Result<Vec<Eager<Payment>>> {
        let cx = cx(ctx);
        Ok(cx.children(cx.loaders().payments_of_bill(), self.key()).await?)
    }

    /// The credit note that takes it back.
    async fn credit_note(&self, ctx: &Context<'_>) -> async_graphql::Result<Option<Eager<CreditNote>>> {
        let cx = cx(ctx);
        Ok(cx.children(cx.loaders().credit_notes_of_bill(), self.key()).await?.pop())
    }

    /// Its registration with the registrar; null for vehicles that have none.
    async fn registration(&self, ctx: &Context<'_>) -> async_graphql::Result<Option<Eager<RmvCase>>> {
        let cx = cx(ctx);
        Ok(cx.children(cx.loaders().rmv_cases_of_bill(), self.key()).await?.pop())
    }

    /// What was printed of it: its original, its copy, its proforma.
    async fn documents(&self, ctx: &Context<'_>) -> async_graphql::Result<Vec<Eager<Document>>> {
        let cx = cx(ctx);
        Ok(cx.children(cx.loaders().documents_of_bill(), self.key()).await?)
    }

    /// The branch that made it.
    async fn branch(&self, ctx: &Context<'_>) -> async_graphql::Result<Eager<Branch>> {
        Ok(cx(ctx).follow_required(self.0.dealership_id, self.0.branch_id).await?)
    }

    /// Where it came from.
    async fn source(&self) -> Source {
        self.0.source.into()
    }

    /// When it was entered.
    async fn created_at(&self) -> DateTime<Utc> {
        self.0.created_at
    }

    /// When it last changed.
    async fn updated_at(&self) -> DateTime<Utc> {
        self.0.updated_at
    }
}

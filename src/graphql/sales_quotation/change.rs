//! Making offers and moving them on.

use async_graphql::{Context, ID, InputObject, Object};

use super::SalesQuotation;
use crate::error::Result;
use crate::graphql::buyer::BuyerInput;
use crate::graphql::change::{named, named_if, payload};
use crate::graphql::context::cx;
use crate::graphql::date::Date;
use crate::graphql::global_id::Tag;
use crate::graphql::money::BigInt;
use crate::graphql::terms::{LeasingInput, asked};
use crate::service::sales_quotation::{
    AcceptSalesQuotation, CreateSalesQuotation, IssueSalesQuotationProforma, RejectSalesQuotation, SendSalesQuotation,
};
use crate::store::load::Key;

/// An offer to make. What the customer would pay is computed by the tariff of the day.
#[derive(InputObject)]
pub(in crate::graphql) struct CreateSalesQuotationInput {
    /// Fresh for each offer, 8 to 64 characters: the same request twice makes one.
    idempotency_key: String,
    /// Where; needed if you act in all branches.
    branch: Option<ID>,
    /// The enquiry that it answers.
    enquiry: Option<ID>,
    /// To whom.
    buyer: BuyerInput,
    /// What.
    model: ID,
    /// Price of the vehicle in minor units; the list price if left out. Further below the list price than the dealership's
    /// limit, it needs the permission for it.
    price_minor: Option<BigInt>,
    /// How it would be leased; a cash sale if left out.
    leasing: Option<LeasingInput>,
    /// Last day it holds; two weeks from today if left out.
    valid_until: Option<Date>,
    /// Remarks on the document.
    remarks: Option<String>,
}

/// An offer to move on.
#[derive(InputObject)]
pub(in crate::graphql) struct SalesQuotationInput {
    /// Which.
    sales_quotation: ID,
}

payload! {
    /// What became of an offer.
    SalesQuotationPayload {
        /// The offer; null when it was refused.
        sales_quotation: SalesQuotation
    }
}

impl CreateSalesQuotationInput {
    fn resolve(self) -> Result<CreateSalesQuotation> {
        Ok(CreateSalesQuotation {
            branch: named_if(Tag::Branch, "branch", self.branch.as_ref())?,
            enquiry: named_if(Tag::Enquiry, "enquiry", self.enquiry.as_ref())?,
            buyer: self.buyer.resolve()?,
            model: named(Tag::BikeModel, "model", &self.model)?,
            asked: asked(self.price_minor, self.leasing)?,
            valid_until: self.valid_until.map(|day| day.0),
            remarks: self.remarks,
        })
    }
}

impl SalesQuotationInput {
    fn key(&self) -> Result<Key> {
        named(Tag::SalesQuotation, "salesQuotation", &self.sales_quotation)
    }
}

#[derive(Default)]
pub(in crate::graphql) struct SalesQuotationMutation;

#[Object]
impl SalesQuotationMutation {
    /// Offers a bike to a customer.
    async fn create_sales_quotation(
        &self,
        ctx: &Context<'_>,
        input: CreateSalesQuotationInput,
    ) -> async_graphql::Result<SalesQuotationPayload> {
        let (cx, key) = (cx(ctx), input.idempotency_key.clone());
        Ok(SalesQuotationPayload::of(cx, cx.change(input.resolve(), Some(&key)).await?).await?)
    }

    /// Notes that an offer went to the customer.
    async fn send_sales_quotation(
        &self,
        ctx: &Context<'_>,
        input: SalesQuotationInput,
    ) -> async_graphql::Result<SalesQuotationPayload> {
        let (cx, change) = (cx(ctx), input.key().map(|quotation| SendSalesQuotation { quotation }));
        Ok(SalesQuotationPayload::of(cx, cx.change(change, None).await?).await?)
    }

    /// Notes that the customer accepts an offer.
    async fn accept_sales_quotation(
        &self,
        ctx: &Context<'_>,
        input: SalesQuotationInput,
    ) -> async_graphql::Result<SalesQuotationPayload> {
        let (cx, change) = (cx(ctx), input.key().map(|quotation| AcceptSalesQuotation { quotation }));
        Ok(SalesQuotationPayload::of(cx, cx.change(change, None).await?).await?)
    }

    /// Notes that nothing comes of an offer.
    async fn reject_sales_quotation(
        &self,
        ctx: &Context<'_>,
        input: SalesQuotationInput,
    ) -> async_graphql::Result<SalesQuotationPayload> {
        let (cx, change) = (cx(ctx), input.key().map(|quotation| RejectSalesQuotation { quotation }));
        Ok(SalesQuotationPayload::of(cx, cx.change(change, None).await?).await?)
    }

    /// Numbers the proforma of a leasing offer, once: what the financier is shown.
    async fn issue_sales_quotation_proforma(
        &self,
        ctx: &Context<'_>,
        input: SalesQuotationInput,
    ) -> async_graphql::Result<SalesQuotationPayload> {
        let (cx, change) = (cx(ctx), input.key().map(|quotation| IssueSalesQuotationProforma { quotation }));
        Ok(SalesQuotationPayload::of(cx, cx.change(change, None).await?).await?)
    }
}

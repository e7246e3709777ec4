//! Writing quotations, moving them on, making their invoices.

use async_graphql::{Context, ID, InputObject, Object};

use super::Quotation;
use crate::error::Result;
use crate::graphql::buyer::BuyerInput;
use crate::graphql::change::{named, named_if, payload};
use crate::graphql::context::cx;
use crate::graphql::date::Date;
use crate::graphql::global_id::Tag;
use crate::graphql::money::BigInt;
use crate::service::quotation::{
    AcceptQuotation, Content, ConvertQuotation, CreateQuotation, Item, RejectQuotation, SendQuotation, UpdateQuotation,
};
use crate::store::load::Key;

/// A quotation to make. Amounts are computed.
#[derive(InputObject)]
pub(in crate::graphql) struct CreateQuotationInput {
    /// Fresh for each quotation, 8 to 64 characters: the same request twice makes one.
    idempotency_key: String,
    /// Where; needed if you act in all branches.
    branch: Option<ID>,
    /// For whom.
    buyer: BuyerInput,
    /// Its lines in their order, 1 to 50.
    items: Vec<QuotationItemInput>,
    /// Registration number of the vehicle.
    registration_number: Option<String>,
    /// Day of the accident.
    accident_on: Option<Date>,
    /// The insurer's claim number.
    claim_number: Option<String>,
    /// The insurer.
    insurance_company: Option<String>,
    /// Remarks on the document.
    remarks: Option<String>,
}

/// A draft as it is to be from now on; what is left out is taken away.
#[derive(InputObject)]
pub(in crate::graphql) struct UpdateQuotationInput {
    /// Which.
    quotation: ID,
    /// Its lines in their order, 1 to 50.
    items: Vec<QuotationItemInput>,
    /// Registration number of the vehicle.
    registration_number: Option<String>,
    /// Day of the accident.
    accident_on: Option<Date>,
    /// The insurer's claim number.
    claim_number: Option<String>,
    /// The insurer.
    insurance_company: Option<String>,
    /// Remarks on the document.
    remarks: Option<String>,
}

/// A line of a quotation.
#[derive(InputObject)]
pub(in crate::graphql) struct QuotationItemInput {
    /// What is supplied or done.
    description: String,
    /// How many, as decimal text with at most three decimals, e.g. `1.5`.
    quantity: String,
    /// Price of one, in minor units.
    rate_minor: BigInt,
}

/// A quotation to move on.
#[derive(InputObject)]
pub(in crate::graphql) struct QuotationInput {
    /// Which.
    quotation: ID,
}

/// A quotation to invoice.
#[derive(InputObject)]
pub(in crate::graphql) struct ConvertQuotationInput {
    /// Fresh for each invoice, 8 to 64 characters: the same request twice makes one.
    idempotency_key: String,
    /// Which; it must be accepted.
    quotation: ID,
}

payload! {
    /// What became of a quotation.
    QuotationPayload {
        /// The quotation; null when it was refused.
        quotation: Quotation
    }
}

payload! {
    /// The invoice made from a quotation.
    ConvertQuotationPayload {
        /// The invoice; null when it was refused.
        invoice: Quotation
    }
}

impl CreateQuotationInput {
    fn resolve(self) -> Result<CreateQuotation> {
        Ok(CreateQuotation {
            branch: named_if(Tag::Branch, "branch", self.branch.as_ref())?,
            buyer: self.buyer.resolve()?,
            content: Content {
                items: self.items.into_iter().map(Item::from).collect(),
                registration_number: self.registration_number,
                accident_on: self.accident_on.map(|day| day.0),
                claim_number: self.claim_number,
                insurance_company: self.insurance_company,
                remarks: self.remarks,
            },
        })
    }
}

impl UpdateQuotationInput {
    fn resolve(self) -> Result<UpdateQuotation> {
        Ok(UpdateQuotation {
            quotation: quotation(&self.quotation)?,
            content: Content {
                items: self.items.into_iter().map(Item::from).collect(),
                registration_number: self.registration_number,
                accident_on: self.accident_on.map(|day| day.0),
                claim_number: self.claim_number,
                insurance_company: self.insurance_company,
                remarks: self.remarks,
            },
        })
    }
}

impl From<QuotationItemInput> for Item {
    fn from(input: QuotationItemInput) -> Self {
        Self { description: input.description, quantity: input.quantity, rate_minor: input.rate_minor.0 }
    }
}

fn quotation(id: &ID) -> Result<Key> {
    named(Tag::Quotation, "quotation", id)
}

#[derive(Default)]
pub(in crate::graphql) struct QuotationMutation;

#[Object]
impl QuotationMutation {
    /// Makes a repair or claim quotation.
    async fn create_quotation(
        &self,
        ctx: &Context<'_>,
        input: CreateQuotationInput,
    ) -> async_graphql::Result<QuotationPayload> {
        let (cx, key) = (cx(ctx), input.idempotency_key.clone());
        Ok(QuotationPayload::of(cx, cx.change(input.resolve(), Some(&key)).await?).await?)
    }

    /// Writes a draft anew.
    async fn update_quotation(
        &self,
        ctx: &Context<'_>,
        input: UpdateQuotationInput,
    ) -> async_graphql::Result<QuotationPayload> {
        let cx = cx(ctx);
        Ok(QuotationPayload::of(cx, cx.change(input.resolve(), None).await?).await?)
    }

    /// Notes that a quotation went to the customer or the insurer.
    async fn send_quotation(
        &self,
        ctx: &Context<'_>,
        input: QuotationInput,
    ) -> async_graphql::Result<QuotationPayload> {
        let (cx, change) = (cx(ctx), quotation(&input.quotation).map(|quotation| SendQuotation { quotation }));
        Ok(QuotationPayload::of(cx, cx.change(change, None).await?).await?)
    }

    /// Notes that a quotation was accepted.
    async fn accept_quotation(
        &self,
        ctx: &Context<'_>,
        input: QuotationInput,
    ) -> async_graphql::Result<QuotationPayload> {
        let (cx, change) = (cx(ctx), quotation(&input.quotation).map(|quotation| AcceptQuotation { quotation }));
        Ok(QuotationPayload::of(cx, cx.change(change, None).await?).await?)
    }

    /// Notes that nothing comes of a quotation.
    async fn reject_quotation(
        &self,
        ctx: &Context<'_>,
        input: QuotationInput,
    ) -> async_graphql::Result<QuotationPayload> {
        let (cx, change) = (cx(ctx), quotation(&input.quotation).map(|quotation| RejectQuotation { quotation }));
        Ok(QuotationPayload::of(cx, cx.change(change, None).await?).await?)
    }

    /// Makes the invoice of an accepted quotation, once.
    async fn convert_quotation(
        &self,
        ctx: &Context<'_>,
        input: ConvertQuotationInput,
    ) -> async_graphql::Result<ConvertQuotationPayload> {
        let (cx, change) = (cx(ctx), quotation(&input.quotation).map(|quotation| ConvertQuotation { quotation }));
        Ok(ConvertQuotationPayload::of(cx, cx.change(change, Some(&input.idempotency_key)).await?).await?)
    }
}

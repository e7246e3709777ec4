//! Entering enquiries and giving them up.

use async_graphql::{Context, ID, InputObject, Object};

use super::Enquiry;
use crate::error::Result;
use crate::graphql::change::{named, named_if, payload};
use crate::graphql::context::cx;
use crate::graphql::global_id::Tag;
use crate::service::enquiry::{CreateEnquiry, LoseEnquiry};

/// An enquiry to enter.
#[derive(InputObject)]
pub(in crate::graphql) struct CreateEnquiryInput {
    /// Fresh for each enquiry, 8 to 64 characters: the same request twice enters one.
    idempotency_key: String,
    /// Where; needed if you act in all branches.
    branch: Option<ID>,
    /// Who asked.
    name: String,
    /// Number to call back, e.g. `071 234 5678`.
    #[graphql(secret)]
    phone: String,
    /// What they asked about.
    model: Option<ID>,
    /// What was said.
    notes: Option<String>,
}

/// An enquiry to give up.
#[derive(InputObject)]
pub(in crate::graphql) struct LoseEnquiryInput {
    /// Which.
    enquiry: ID,
    /// Why.
    reason: String,
}

payload! {
    /// What became of an enquiry.
    EnquiryPayload {
        /// The enquiry; null when it was refused.
        enquiry: Enquiry
    }
}

impl CreateEnquiryInput {
    fn resolve(self) -> Result<CreateEnquiry> {
        let Self { idempotency_key: _, branch, name, phone, model, notes } = self;
        let branch = named_if(Tag::Branch, "branch", branch.as_ref())?;
        let model = named_if(Tag::BikeModel, "model", model.as_ref())?;
        Ok(CreateEnquiry { branch, name, phone, model, notes })
    }
}

impl LoseEnquiryInput {
    fn resolve(self) -> Result<LoseEnquiry> {
        Ok(LoseEnquiry { enquiry: named(Tag::Enquiry, "enquiry", &self.enquiry)?, reason: self.reason })
    }
}

#[derive(Default)]
pub(in crate::graphql) struct EnquiryMutation;

#[Object]
impl EnquiryMutation {
    /// Enters an enquiry.
    async fn create_enquiry(
        &self,
        ctx: &Context<'_>,
        input: CreateEnquiryInput,
    ) -> async_graphql::Result<EnquiryPayload> {
        let (cx, key) = (cx(ctx), input.idempotency_key.clone());
        Ok(EnquiryPayload::of(cx, cx.change(input.resolve(), Some(&key)).await?).await?)
    }

    /// Gives an enquiry up.
    async fn lose_enquiry(&self, ctx: &Context<'_>, input: LoseEnquiryInput) -> async_graphql::Result<EnquiryPayload> {
        let cx = cx(ctx);
        Ok(EnquiryPayload::of(cx, cx.change(input.resolve(), None).await?).await?)
    }
}

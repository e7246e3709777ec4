//! Taxes of a dealership.

use async_graphql::{Context, ID, InputObject, Object};

use super::change::payload;
use super::context::cx;
use super::date::Date;
use super::global_id::{self, Tag};
use super::node::noun;
use crate::service::tax_profile::SetTaxProfile;
use crate::store::load::Key;

noun! {
    /// A tax profile.
    TaxProfile of tax_profile, by tax_profile, needs ReadBills
}

/// Who the dealership is to the tax office, and the rates that its bills hold, from a day on until the next profile.
#[Object]
impl TaxProfile {
    /// Global id.
    pub(super) async fn id(&self) -> ID {
        global_id::encode(Tag::TaxProfile, Key { dealership: self.0.dealership_id, id: self.0.id })
    }

    /// Taxpayer number; null: bills are plain invoices and hold no tax.
    async fn tin(&self) -> Option<&str> {
        self.0.tin.as_deref()
    }

    /// Value added tax, in hundredths of a percent.
    async fn vat_bp(&self) -> i32 {
        self.0.vat_bp
    }

    /// Social security contribution levy, in hundredths of a percent.
    async fn sscl_bp(&self) -> i32 {
        self.0.sscl_bp
    }

    /// The dealership's day from which it holds.
    async fn valid_from(&self) -> Date {
        Date(self.0.valid_from)
    }
}

/// A tax profile to hold from a day on, in place of one that begins on the same day.
#[derive(InputObject)]
pub(super) struct SetTaxProfileInput {
    /// Fresh for each profile, 8 to 64 characters: the same request twice sets one.
    idempotency_key: String,
    /// Taxpayer number, 20 letters, digits and hyphens at most; without one, bills are plain invoices and hold no tax.
    tin: Option<String>,
    /// Value added tax, in hundredths of a percent.
    vat_bp: i32,
    /// Social security contribution levy, in hundredths of a percent.
    sscl_bp: i32,
    /// The first day, later than today; today only while no bill was issued today.
    valid_from: Date,
}

impl SetTaxProfileInput {
    fn resolve(self) -> SetTaxProfile {
        let Self { idempotency_key: _, tin, vat_bp, sscl_bp, valid_from } = self;
        SetTaxProfile { tin, vat_bp, sscl_bp, valid_from: valid_from.0 }
    }
}

payload! {
    /// What became of a tax profile.
    TaxProfilePayload {
        /// The profile; null when it was refused.
        tax_profile: TaxProfile
    }
}

#[derive(Default)]
pub(super) struct TaxProfileMutation;

#[Object]
impl TaxProfileMutation {
    /// Sets taxpayer number and rates from a day on; the past stays as it was.
    async fn set_tax_profile(
        &self,
        ctx: &Context<'_>,
        input: SetTaxProfileInput,
    ) -> async_graphql::Result<TaxProfilePayload> {
        let (cx, key) = (cx(ctx), input.idempotency_key.clone());
        Ok(TaxProfilePayload::of(cx, cx.change(Ok(input.resolve()), Some(&key)).await?).await?)
    }
}

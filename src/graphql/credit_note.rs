//! Credit notes.

use async_graphql::{Context, ID, Object};
use chrono::{DateTime, Utc};

use super::bill::Bill;
use super::branch::Branch;
use super::context::cx;
use super::date::Date;
use super::document::Document;
use super::eager::Eager;
use super::global_id::{self, Tag};
use super::money::Money;
use super::node::noun;
use super::staff_member::StaffMember;
use crate::store::load::Key;

noun! {
    /// A credit note.
    CreditNote of credit_note, by credit_note, needs ReadBills
}

impl CreditNote {
    fn key(&self) -> Key {
        Key { dealership: self.0.dealership_id, id: self.0.id }
    }
}

/// A sale taken back; the bill stays as it was issued.
#[Object]
impl CreditNote {
    /// Global id.
    pub(super) async fn id(&self) -> ID {
        global_id::encode(Tag::CreditNote, self.key())
    }

    /// Number on the document, unique in the dealership.
    async fn number(&self) -> &str {
        &self.0.credit_number
    }

    /// When it was made.
    async fn credited_at(&self) -> DateTime<Utc> {
        self.0.credited_at
    }

    /// The dealership's day on which it was made.
    async fn date(&self) -> Date {
        Date(self.0.credited_on)
    }

    /// Why.
    async fn reason(&self) -> &str {
        &self.0.reason
    }

    /// What the bill was about: all of it is credited.
    async fn amount(&self) -> Money<'_> {
        Money::new(self.0.amount_minor, &self.0.currency)
    }

    /// VAT credited; null where the bill did not say.
    async fn vat(&self) -> Option<Money<'_>> {
        self.0.vat_minor.map(|minor| Money::new(minor, &self.0.currency))
    }

    /// Social security contribution levy (SSCL) credited; null where the bill did not say.
    async fn sscl(&self) -> Option<Money<'_>> {
        self.0.sscl_minor.map(|minor| Money::new(minor, &self.0.currency))
    }

    /// Whether the bike is for sale again.
    async fn unit_returned(&self) -> bool {
        self.0.unit_returned
    }

    /// The sale.
    async fn bill(&self, ctx: &Context<'_>) -> async_graphql::Result<Eager<Bill>> {
        Ok(cx(ctx).follow_required(self.0.dealership_id, self.0.bill_id).await?)
    }

    /// Who made it.
    async fn issued_by(&self, ctx: &Context<'_>) -> async_graphql::Result<Option<Eager<StaffMember>>> {
        Ok(cx(ctx).follow(self.0.dealership_id, self.0.issued_by_id).await?)
    }

    /// What was printed of it: its original and its copy.
    async fn documents(&self, ctx: &Context<'_>) -> async_graphql::Result<Vec<Eager<Document>>> {
        let cx = cx(ctx);
        Ok(cx.children(cx.loaders().documents_of_credit_note(), self.key()).await?)
    }

    /// The branch that made it.
    async fn branch(&self, ctx: &Context<'_>) -> async_graphql::Result<Eager<Branch>> {
        Ok(cx(ctx).follow_required(self.0.dealership_id, self.0.branch_id).await?)
    }
}

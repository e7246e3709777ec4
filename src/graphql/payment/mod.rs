//! Payments.

mod change;

pub(super) use change::{PaymentMutation, ReceivedInput};

use async_graphql::{Context, Enum, ID, Object};
use chrono::{DateTime, Utc};

use super::bill::Bill;
use super::context::cx;
use super::date::Date;
use super::eager::Eager;
use super::global_id::{self, Tag};
use super::money::Money;
use super::node::noun;
use super::staff_member::StaffMember;
use crate::store::load::Key;

noun! {
    /// A payment.
    Payment of payment, by payment, needs ReadBills
}

/// How money came in.
#[derive(Enum, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "entity::payment::Method")]
pub(super) enum PaymentMethod {
    /// Cash.
    Cash,
    /// Card.
    Card,
    /// Bank transfer.
    Transfer,
    /// Cheque.
    Cheque,
    /// From the financing company.
    Financier,
    /// The source did not say.
    Unknown,
}

/// How sure an amount is.
#[derive(Enum, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "entity::payment::Basis")]
pub(super) enum PaymentBasis {
    /// Taken and entered.
    Recorded,
    /// Concluded from an imported bill, because the old system kept no payments.
    Estimated,
}

/// Money received against a bill.
#[Object]
impl Payment {
    /// Global id.
    pub(super) async fn id(&self) -> ID {
        global_id::encode(Tag::Payment, Key { dealership: self.0.dealership_id, id: self.0.id })
    }

    /// How much; below zero when money was given back or an entry taken back.
    async fn amount(&self) -> Money<'_> {
        Money::new(self.0.amount_minor, &self.0.currency)
    }

    /// How it came in.
    async fn method(&self) -> PaymentMethod {
        self.0.method.into()
    }

    /// How sure the amount is.
    async fn basis(&self) -> PaymentBasis {
        self.0.basis.into()
    }

    /// When.
    async fn paid_at(&self) -> DateTime<Utc> {
        self.0.paid_at
    }

    /// The dealership's day.
    async fn paid_on(&self) -> Date {
        Date(self.0.paid_on)
    }

    /// The bill it counts towards.
    async fn bill(&self, ctx: &Context<'_>) -> async_graphql::Result<Eager<Bill>> {
        Ok(cx(ctx).follow_required(self.0.dealership_id, self.0.bill_id).await?)
    }

    /// The bill at which it was taken: the advance, for a payment that carried over.
    async fn received_bill(&self, ctx: &Context<'_>) -> async_graphql::Result<Eager<Bill>> {
        Ok(cx(ctx).follow_required(self.0.dealership_id, self.0.received_bill_id).await?)
    }

    /// Number of the cheque, slip or transfer; of an entry that takes another back, why.
    async fn reference(&self) -> Option<&str> {
        self.0.reference.as_deref()
    }

    /// Who took it.
    async fn taken_by(&self, ctx: &Context<'_>) -> async_graphql::Result<Option<Eager<StaffMember>>> {
        Ok(cx(ctx).follow(self.0.dealership_id, self.0.taken_by_id).await?)
    }

    /// The payment that this entry takes back.
    async fn reverses(&self, ctx: &Context<'_>) -> async_graphql::Result<Option<Eager<Payment>>> {
        Ok(cx(ctx).follow(self.0.dealership_id, self.0.reverses_id).await?)
    }
}

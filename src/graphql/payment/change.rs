//! Money taken, given back, taken back.

use async_graphql::{Context, Enum, ID, InputObject, Object};

use super::super::change::{named, payload};
use super::super::context::cx;
use super::super::date::Date;
use super::super::global_id::Tag;
use super::super::money::BigInt;
use super::Payment;
use crate::error::Result;
use crate::service::payment::{Received, RecordDisbursement, RefundPayment, ReversePayment, TakePayment};

/// How a customer pays.
#[derive(Enum, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "crate::service::payment::ReceivedBy")]
pub(in crate::graphql) enum ReceivedBy {
    /// In notes and coins.
    Cash,
    /// By card.
    Card,
    /// To the bank account.
    Transfer,
    /// By cheque; `reference` is its number.
    Cheque,
}

/// Money that a customer pays.
#[derive(InputObject)]
pub(in crate::graphql) struct ReceivedInput {
    /// How.
    method: ReceivedBy,
    /// How much, in minor units.
    amount_minor: BigInt,
    /// Number of the cheque, slip or transfer.
    reference: Option<String>,
}

/// A customer's payment.
#[derive(InputObject)]
pub(in crate::graphql) struct TakePaymentInput {
    /// Fresh for each payment, 8 to 64 characters: the same request twice takes one.
    idempotency_key: String,
    /// For which bill.
    bill: ID,
    /// How.
    method: ReceivedBy,
    /// How much, in minor units; not more than is due.
    amount_minor: BigInt,
    /// Number of the cheque, slip or transfer.
    reference: Option<String>,
    /// On which day, of the last 31; today if left out.
    received_on: Option<Date>,
}

/// What a leasing company paid of its share.
#[derive(InputObject)]
pub(in crate::graphql) struct RecordDisbursementInput {
    /// Fresh for each disbursement, 8 to 64 characters.
    idempotency_key: String,
    /// For which bill.
    bill: ID,
    /// How much, in minor units; not more than the company owes.
    amount_minor: BigInt,
    /// The company's reference.
    reference: Option<String>,
    /// On which day, of the last 31; today if left out.
    received_on: Option<Date>,
}

/// An entry that was a mistake, or a cheque that was not honoured.
#[derive(InputObject)]
pub(in crate::graphql) struct ReversePaymentInput {
    /// Fresh for each reversal, 8 to 64 characters.
    idempotency_key: String,
    /// Which.
    payment: ID,
    /// Why.
    reason: String,
}

/// Money given back, paid beyond what is due.
#[derive(InputObject)]
pub(in crate::graphql) struct RefundPaymentInput {
    /// Fresh for each refund, 8 to 64 characters.
    idempotency_key: String,
    /// Of which bill.
    bill: ID,
    /// How.
    method: ReceivedBy,
    /// How much is given back, in minor units; not more than is owed back.
    amount_minor: BigInt,
    /// Number of the cheque, slip or transfer.
    reference: Option<String>,
}

payload! {
    /// What became of an entry.
    PaymentPayload {
        /// The entry; null when it was refused.
        payment: Payment
    }
}

impl From<ReceivedInput> for Received {
    fn from(input: ReceivedInput) -> Self {
        let ReceivedInput { method, amount_minor: BigInt(amount_minor), reference } = input;
        Self { method: method.into(), amount_minor, reference }
    }
}

impl TakePaymentInput {
    fn resolve(self) -> Result<TakePayment> {
        let Self { idempotency_key: _, bill, method, amount_minor, reference, received_on } = self;
        Ok(TakePayment {
            bill: named(Tag::Bill, "bill", &bill)?,
            received: ReceivedInput { method, amount_minor, reference }.into(),
            received_on: received_on.map(|day| day.0),
        })
    }
}

impl RecordDisbursementInput {
    fn resolve(self) -> Result<RecordDisbursement> {
        let Self { idempotency_key: _, bill, amount_minor: BigInt(amount_minor), reference, received_on } = self;
        let bill = named(Tag::Bill, "bill", &bill)?;
        Ok(RecordDisbursement { bill, amount_minor, reference, received_on: received_on.map(|day| day.0) })
    }
}

impl ReversePaymentInput {
    fn resolve(self) -> Result<ReversePayment> {
        Ok(ReversePayment { payment: named(Tag::Payment, "payment", &self.payment)?, reason: self.reason })
    }
}

impl RefundPaymentInput {
    fn resolve(self) -> Result<RefundPayment> {
        let Self { idempotency_key: _, bill, method, amount_minor, reference } = self;
        let bill = named(Tag::Bill, "bill", &bill)?;
        Ok(RefundPayment { bill, refunded: ReceivedInput { method, amount_minor, reference }.into() })
    }
}

#[derive(Default)]
pub(in crate::graphql) struct PaymentMutation;

#[Object]
impl PaymentMutation {
    /// Takes a customer's payment for a bill that stands.
    async fn take_payment(&self, ctx: &Context<'_>, input: TakePaymentInput) -> async_graphql::Result<PaymentPayload> {
        let (cx, key) = (cx(ctx), input.idempotency_key.clone());
        Ok(PaymentPayload::of(cx, cx.change(input.resolve(), Some(&key)).await?).await?)
    }

    /// Enters what a leasing company paid of its share.
    async fn record_disbursement(
        &self,
        ctx: &Context<'_>,
        input: RecordDisbursementInput,
    ) -> async_graphql::Result<PaymentPayload> {
        let (cx, key) = (cx(ctx), input.idempotency_key.clone());
        Ok(PaymentPayload::of(cx, cx.change(input.resolve(), Some(&key)).await?).await?)
    }

    /// Takes an entry back by one with the other sign; both stay.
    async fn reverse_payment(
        &self,
        ctx: &Context<'_>,
        input: ReversePaymentInput,
    ) -> async_graphql::Result<PaymentPayload> {
        let (cx, key) = (cx(ctx), input.idempotency_key.clone());
        Ok(PaymentPayload::of(cx, cx.change(input.resolve(), Some(&key)).await?).await?)
    }

    /// Gives back what a customer paid beyond what is due.
    async fn refund_payment(
        &self,
        ctx: &Context<'_>,
        input: RefundPaymentInput,
    ) -> async_graphql::Result<PaymentPayload> {
        let (cx, key) = (cx(ctx), input.idempotency_key.clone());
        Ok(PaymentPayload::of(cx, cx.change(input.resolve(), Some(&key)).await?).await?)
    }
}

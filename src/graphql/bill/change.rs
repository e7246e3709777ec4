//! Issuing bills, and what becomes of them.

use async_graphql::{Context, Enum, ID, InputObject, Object};

use super::super::buyer::BuyerInput;
use super::super::change::{named, named_if, payload};
use super::super::context::cx;
use super::super::date::Date;
use super::super::global_id::Tag;
use super::super::money::BigInt;
use super::super::payment::ReceivedInput;
use super::super::terms::{LeasingInput, asked};
use super::Bill;
use crate::error::Result;
use crate::service::bill::{
    CancelBill, CloseAdvance, ConvertSalesQuotation, CreditBill, IssueBill, IssueProforma, Settlement, SwapUnit,
};
use crate::service::payment::Received;
use crate::store::load::Key;

/// A bill to issue. Charges, taxes and totals are computed, never sent.
#[derive(InputObject)]
pub(in crate::graphql) struct IssueBillInput {
    /// Fresh for each bill, 8 to 64 characters: the same request twice issues one.
    idempotency_key: String,
    /// Where; needed if you act in all branches.
    branch: Option<ID>,
    /// Who buys.
    buyer: BuyerInput,
    /// The buyer's taxpayer number.
    purchaser_tin: Option<String>,
    /// The bike.
    unit: ID,
    /// Price of the vehicle in minor units; the model's list price if left out.
    price_minor: Option<BigInt>,
    /// For a leased vehicle; a cash sale if left out.
    leasing: Option<LeasingInput>,
    /// Makes it an advance: the bike is kept, and promised for this day.
    estimated_delivery_on: Option<Date>,
    /// What is paid at once, 5 payments at most; of an advance, the advance.
    payments: Vec<ReceivedInput>,
}

/// An accepted offer to bill: to its buyer, at its price, on its terms. Charges and taxes are those of the day.
#[derive(InputObject)]
pub(in crate::graphql) struct ConvertSalesQuotationInput {
    /// Fresh for each bill, 8 to 64 characters: the same request twice issues one.
    idempotency_key: String,
    /// The offer.
    sales_quotation: ID,
    /// The bike, of the model that was offered.
    unit: ID,
    /// The buyer's taxpayer number.
    purchaser_tin: Option<String>,
    /// Makes it an advance: the bike is kept, and promised for this day.
    estimated_delivery_on: Option<Date>,
    /// What is paid at once, 5 payments at most; of an advance, the advance.
    payments: Vec<ReceivedInput>,
}

/// An advance to complete.
#[derive(InputObject)]
pub(in crate::graphql) struct CloseAdvanceInput {
    /// Fresh for each closing, 8 to 64 characters.
    idempotency_key: String,
    /// The advance.
    bill: ID,
    /// Terms agreed anew; those of the advance if left out.
    terms: Option<TermsInput>,
    /// What is paid now.
    payments: Vec<ReceivedInput>,
}

/// Terms agreed anew.
#[derive(InputObject)]
pub(in crate::graphql) struct TermsInput {
    /// Price of the vehicle in minor units; the model's list price if left out.
    price_minor: Option<BigInt>,
    /// For a leased vehicle; a cash sale if left out.
    leasing: Option<LeasingInput>,
}

/// An advance to cancel.
#[derive(InputObject)]
pub(in crate::graphql) struct CancelBillInput {
    /// Which.
    bill: ID,
    /// Why.
    reason: String,
}

/// An advance that is to keep another bike.
#[derive(InputObject)]
pub(in crate::graphql) struct SwapUnitInput {
    /// The advance.
    bill: ID,
    /// The bike it keeps from now on, of the same model.
    unit: ID,
}

/// A sale to take back.
#[derive(InputObject)]
pub(in crate::graphql) struct CreditBillInput {
    /// Fresh for each credit note, 8 to 64 characters.
    idempotency_key: String,
    /// Which.
    bill: ID,
    /// Why; printed on the credit note.
    reason: String,
    /// In which state the bike came back.
    returned: ReturnedUnit,
}

/// The state of a bike that came back.
#[derive(Enum, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "crate::service::bill::ReturnedUnit")]
pub(in crate::graphql) enum ReturnedUnit {
    /// For sale again.
    ForSale,
    /// To be looked at first.
    Damaged,
}

/// A bill that needs its proforma.
#[derive(InputObject)]
pub(in crate::graphql) struct IssueProformaInput {
    /// Which.
    bill: ID,
}

payload! {
    /// What became of a bill.
    BillPayload {
        /// The bill; null when it was refused.
        bill: Bill
    }
}

fn named_bill(id: &ID) -> Result<Key> {
    named(Tag::Bill, "bill", id)
}

fn received(payments: Vec<ReceivedInput>) -> Vec<Received> {
    payments.into_iter().map(Received::from).collect()
}

pub(super) fn settlement(
    purchaser_tin: Option<String>,
    promised: Option<Date>,
    payments: Vec<ReceivedInput>,
) -> Settlement {
    let estimated_delivery_on = promised.map(|day| day.0);
    Settlement { purchaser_tin, estimated_delivery_on, payments: received(payments) }
}

impl IssueBillInput {
    fn resolve(self) -> Result<IssueBill> {
        Ok(IssueBill {
            branch: named_if(Tag::Branch, "branch", self.branch.as_ref())?,
            buyer: self.buyer.resolve()?,
            unit: named(Tag::BikeUnit, "unit", &self.unit)?,
            asked: asked(self.price_minor, self.leasing)?,
            settlement: settlement(self.purchaser_tin, self.estimated_delivery_on, self.payments),
        })
    }
}

impl ConvertSalesQuotationInput {
    fn resolve(self) -> Result<ConvertSalesQuotation> {
        Ok(ConvertSalesQuotation {
            quotation: named(Tag::SalesQuotation, "salesQuotation", &self.sales_quotation)?,
            unit: named(Tag::BikeUnit, "unit", &self.unit)?,
            settlement: settlement(self.purchaser_tin, self.estimated_delivery_on, self.payments),
        })
    }
}

impl CloseAdvanceInput {
    fn resolve(self) -> Result<CloseAdvance> {
        closing(&self.bill, self.terms, self.payments)
    }
}

pub(super) fn closing(bill: &ID, terms: Option<TermsInput>, payments: Vec<ReceivedInput>) -> Result<CloseAdvance> {
    let terms = terms.map(|terms| asked(terms.price_minor, terms.leasing));
    let terms = terms.map(|asked| asked.map_err(|error| error.within("terms")));
    Ok(CloseAdvance { bill: named_bill(bill)?, asked: terms.transpose()?, payments: received(payments) })
}

#[derive(Default)]
pub(in crate::graphql) struct BillMutation;

#[Object]
impl BillMutation {
    /// Issues a bill, or takes an advance. It takes its number here: numbers have no gaps.
    async fn issue_bill(&self, ctx: &Context<'_>, input: IssueBillInput) -> async_graphql::Result<BillPayload> {
        let (cx, key) = (cx(ctx), input.idempotency_key.clone());
        Ok(BillPayload::of(cx, cx.change(input.resolve(), Some(&key)).await?).await?)
    }

    /// Issues the bill of an accepted sales quotation, once.
    async fn convert_sales_quotation(
        &self,
        ctx: &Context<'_>,
        input: ConvertSalesQuotationInput,
    ) -> async_graphql::Result<BillPayload> {
        let (cx, key) = (cx(ctx), input.idempotency_key.clone());
        Ok(BillPayload::of(cx, cx.change(input.resolve(), Some(&key)).await?).await?)
    }

    /// Completes an advance by a second bill; payments carry over to it.
    async fn close_advance(&self, ctx: &Context<'_>, input: CloseAdvanceInput) -> async_graphql::Result<BillPayload> {
        let (cx, key) = (cx(ctx), input.idempotency_key.clone());
        Ok(BillPayload::of(cx, cx.change(input.resolve(), Some(&key)).await?).await?)
    }

    /// Cancels an advance: its bike is for sale again, what was paid is owed back.
    async fn cancel_bill(&self, ctx: &Context<'_>, input: CancelBillInput) -> async_graphql::Result<BillPayload> {
        let cx = cx(ctx);
        let CancelBillInput { bill, reason } = input;
        let change = named_bill(&bill).map(|bill| CancelBill { bill, reason });
        Ok(BillPayload::of(cx, cx.change(change, None).await?).await?)
    }

    /// Keeps another bike for an advance.
    async fn swap_unit(&self, ctx: &Context<'_>, input: SwapUnitInput) -> async_graphql::Result<BillPayload> {
        let cx = cx(ctx);
        let unit = named(Tag::BikeUnit, "unit", &input.unit);
        let change = named_bill(&input.bill).and_then(|bill| Ok(SwapUnit { bill, unit: unit? }));
        Ok(BillPayload::of(cx, cx.change(change, None).await?).await?)
    }

    /// Takes a sale back by a credit note over the whole bill.
    async fn credit_bill(&self, ctx: &Context<'_>, input: CreditBillInput) -> async_graphql::Result<BillPayload> {
        let cx = cx(ctx);
        let CreditBillInput { idempotency_key, bill, reason, returned } = input;
        let change = named_bill(&bill).map(|bill| CreditBill { bill, reason, returned: returned.into() });
        Ok(BillPayload::of(cx, cx.change(change, Some(&idempotency_key)).await?).await?)
    }

    /// Numbers the proforma of a leasing bill, once.
    async fn issue_proforma(&self, ctx: &Context<'_>, input: IssueProformaInput) -> async_graphql::Result<BillPayload> {
        let cx = cx(ctx);
        let change = named_bill(&input.bill).map(|bill| IssueProforma { bill });
        Ok(BillPayload::of(cx, cx.change(change, None).await?).await?)
    }
}

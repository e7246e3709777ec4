//! What a bill would say, before it is issued.

use async_graphql::{Context, ID, InputObject, Object, SimpleObject};

use super::change::{TermsInput, closing, settlement};
use super::{BillTitle, SaleType};
use crate::error::{Refusal, RefusalCode, Result};
use crate::graphql::change::{UserError, named, named_if, told};
use crate::graphql::context::{Cx, cx};
use crate::graphql::date::Date;
use crate::graphql::global_id::Tag;
use crate::graphql::money::{BigInt, Money};
use crate::graphql::payment::ReceivedInput;
use crate::graphql::terms::{LeasingInput, asked};
use crate::permission::Permission;
use crate::service::bill::{self, Article, Figures, Foreseen, Preview};

/// A bill that may be issued; names are those of `IssueBillInput`. The buyer is not looked at.
#[derive(InputObject)]
pub(in crate::graphql) struct PreviewBillInput {
    /// Where; needed if you act in all branches.
    branch: Option<ID>,
    /// The bike.
    unit: Option<ID>,
    /// Its model, while no bike is chosen yet.
    model: Option<ID>,
    /// Price of the vehicle in minor units; the model's list price if left out.
    price_minor: Option<BigInt>,
    /// For a leased vehicle; a cash sale if left out.
    leasing: Option<LeasingInput>,
    /// The buyer's taxpayer number.
    purchaser_tin: Option<String>,
    /// Makes it an advance: the bike is kept, and promised for this day.
    estimated_delivery_on: Option<Date>,
    /// What is paid at once, 5 payments at most; of an advance, the advance.
    payments: Option<Vec<ReceivedInput>>,
}

/// An advance that may be completed; names are those of `CloseAdvanceInput`.
#[derive(InputObject)]
pub(in crate::graphql) struct PreviewClosingInput {
    /// The advance.
    bill: ID,
    /// Terms agreed anew; those of the advance if left out.
    terms: Option<TermsInput>,
    /// What is paid now.
    payments: Option<Vec<ReceivedInput>>,
}

/// What a bill would say, and why it would be refused.
#[derive(SimpleObject)]
pub(in crate::graphql) struct PreviewPayload {
    /// What it would say; null where no price can be told yet. Told beside what stands in the way, wherever that does not
    /// change the price.
    preview: Option<BillPreview>,
    /// What its issuer would be told if it were issued now; empty where it would be.
    user_errors: Vec<UserError>,
}

/// What a bill would say. Nothing is written, no number taken, no bike kept.
pub(in crate::graphql) struct BillPreview(Figures);

impl BillPreview {
    fn money(&self, minor: i64) -> Money<'_> {
        Money::new(minor, &self.0.currency)
    }
}

/// What a bill would say. Nothing is written, no number taken, no bike kept.
#[Object]
impl BillPreview {
    /// What the document would be called.
    async fn title(&self) -> BillTitle {
        match self.0.supplier_tin {
            Some(_) => BillTitle::TaxInvoice,
            None => BillTitle::Invoice,
        }
    }

    /// The dealership's taxpayer number (TIN).
    async fn supplier_tin(&self) -> Option<&str> {
        self.0.supplier_tin.as_deref()
    }

    /// How it is financed.
    async fn sale_type(&self) -> SaleType {
        match self.0.leased_minor {
            Some(_) => SaleType::Leasing,
            None => SaleType::Cash,
        }
    }

    /// Name of the model.
    async fn model_name(&self) -> &str {
        &self.0.model
    }

    /// What the model costs without a discount.
    async fn list_price(&self) -> Money<'_> {
        self.money(self.0.list_price_minor)
    }

    /// What the vehicle is to cost, registration charges excluded.
    async fn vehicle_price(&self) -> Money<'_> {
        self.money(self.0.vehicle_price_minor)
    }

    /// How far that is below the list price, in hundredths of a percent; 0 where it is not below.
    async fn discount_bp(&self) -> i32 {
        self.0.discount_bp
    }

    /// Whether that is further than sales staff may go by themselves.
    async fn discount_needs_approval(&self) -> bool {
        self.0.discount_needs_approval
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

    /// Whether the leased amount lies above the loan-to-value cap in force.
    async fn above_ltv_cap(&self) -> bool {
        self.0.above_ltv_cap
    }

    /// What the customer pays the dealer.
    async fn total(&self) -> Money<'_> {
        self.money(self.0.total_minor)
    }

    /// What of it is open once the payments named, and those that carry over, are counted.
    async fn balance(&self) -> Money<'_> {
        self.money(self.0.balance_minor)
    }

    /// VAT within the vehicle price.
    async fn vat(&self) -> Money<'_> {
        self.money(self.0.vat_minor)
    }

    /// Social security contribution levy (SSCL) within the vehicle price.
    async fn sscl(&self) -> Money<'_> {
        self.money(self.0.sscl_minor)
    }
}

impl PreviewBillInput {
    fn resolve(self) -> Result<bill::PreviewBill> {
        let article = match (&self.unit, &self.model) {
            (Some(unit), None) => Article::Unit(named(Tag::BikeUnit, "unit", unit)?),
            (None, Some(model)) => Article::Model(named(Tag::BikeModel, "model", model)?),
            (None, None) => {
                let message = "Please choose a bike, or a model.";
                return Err(Refusal::new(RefusalCode::Required, "unit", message).into());
            }
            (Some(_), Some(_)) => {
                let message = "Name the bike or its model, not both.";
                return Err(Refusal::new(RefusalCode::Invalid, "model", message).into());
            }
        };
        Ok(bill::PreviewBill {
            branch: named_if(Tag::Branch, "branch", self.branch.as_ref())?,
            article,
            asked: asked(self.price_minor, self.leasing)?,
            settlement: settlement(self.purchaser_tin, self.estimated_delivery_on, self.payments.unwrap_or_default()),
        })
    }
}

async fn look(cx: &Cx, change: Result<impl Foreseen>) -> Result<PreviewPayload> {
    cx.scope()?.require(Permission::WriteBills)?;
    let seen = match change {
        Ok(change) => bill::preview(cx.app(), cx.scope()?, &change).await,
        Err(error) => Err(error),
    };
    Ok(match told(seen)? {
        Ok(Preview { figures, refusals }) => PreviewPayload {
            preview: figures.map(BillPreview),
            user_errors: refusals.into_iter().map(UserError::from).collect(),
        },
        Err(user_errors) => PreviewPayload { preview: None, user_errors },
    })
}

#[derive(Default)]
pub(in crate::graphql) struct BillPreviewQuery;

#[Object]
impl BillPreviewQuery {
    /// What `issueBill` would make of this now, for those who may issue bills.
    async fn preview_bill(&self, ctx: &Context<'_>, input: PreviewBillInput) -> async_graphql::Result<PreviewPayload> {
        Ok(Box::pin(look(cx(ctx), input.resolve())).await?)
    }

    /// What `closeAdvance` would make of this now, for those who may issue bills.
    async fn preview_closing(
        &self,
        ctx: &Context<'_>,
        input: PreviewClosingInput,
    ) -> async_graphql::Result<PreviewPayload> {
        let PreviewClosingInput { bill, terms, payments } = input;
        Ok(Box::pin(look(cx(ctx), closing(&bill, terms, payments.unwrap_or_default()))).await?)
    }
}

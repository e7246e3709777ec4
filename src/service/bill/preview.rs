//! What a bill would say, told before it is issued: computed by what issues it, in a transaction that only reads. No number
//! is taken, no unit is kept.

use std::sync::Arc;

use entity::bike_model;

use super::advance::CloseAdvance;
use super::issue::model_of;
use super::settlement::Settlement;
use crate::app::App;
use crate::error::{Error, Refusal, Result};
use crate::permission::Permission;
use crate::scope::Scope;
use crate::service::check::{Check, MAX_AMOUNT};
use crate::service::payment::{Received, not_more_than};
use crate::service::terms::{Discount, Taxes, Terms};
use crate::service::{Asked, Desk, stock};
use crate::store::load::Key;

/// A bill that may be issued, but for its buyer.
#[derive(Debug)]
pub struct PreviewBill {
    /// Where; needed by those who act in all branches.
    pub branch: Option<Key>,
    /// What.
    pub article: Article,
    /// On which terms.
    pub asked: Asked,
    /// How it begins.
    pub settlement: Settlement,
}

/// What is to be sold.
#[derive(Clone, Copy, Debug)]
pub enum Article {
    /// A unit in stock.
    Unit(Key),
    /// Some unit of a model.
    Model(Key),
}

/// What a bill would say, as far as it can be told, and why it would be refused.
#[derive(Debug)]
pub struct Preview {
    /// Absent where no price can be told.
    pub figures: Option<Figures>,
    /// What its issuer would be told; empty where it would be issued.
    pub refusals: Vec<Refusal>,
}

/// The money of a bill, in minor units.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Figures {
    /// ISO 4217 code.
    pub currency: String,
    /// The model's name.
    pub model: String,
    /// What the model costs without a discount.
    pub list_price_minor: i64,
    /// What the vehicle is to cost.
    pub vehicle_price_minor: i64,
    /// How far that is below the list price, in hundredths of a percent; 0 where it is not below.
    pub discount_bp: i32,
    /// Whether that is further than staff may go by themselves.
    pub discount_needs_approval: bool,
    /// What the registrar charges.
    pub rmv_charge_minor: i64,
    /// What the customer pays of a leased vehicle.
    pub down_payment_minor: Option<i64>,
    /// What the leasing company pays.
    pub leased_minor: Option<i64>,
    /// Whether that is above the cap in force.
    pub above_ltv_cap: bool,
    /// What the customer pays the dealer.
    pub total_minor: i64,
    /// What of it is open once everything named is paid.
    pub balance_minor: i64,
    /// VAT within the vehicle price.
    pub vat_minor: i64,
    /// SSCL within the vehicle price.
    pub sscl_minor: i64,
    /// The dealership's taxpayer number; absent: it is a plain invoice.
    pub supplier_tin: Option<String>,
}

/// What is told before it is done.
pub trait Foreseen: Sync {
    /// Looks, and changes nothing.
    fn look(&self, desk: &Desk<'_>) -> impl Future<Output = Result<Preview>> + Send;
}

/// What would become of `change`, asked for by `scope` now.
///
/// # Errors
/// `FORBIDDEN` to those who may not issue bills; `DEALERSHIP_REQUIRED`.
pub async fn preview(app: &App, scope: &Scope, change: &impl Foreseen) -> Result<Preview> {
    scope.require(Permission::WriteBills)?;
    scope.dealership()?;
    let desk = Desk::look(app, scope).await?;
    match Box::pin(change.look(&desk)).await {
        Err(Error::Refused(refusals)) => Ok(Preview { figures: None, refusals }),
        told => told,
    }
}

impl Foreseen for PreviewBill {
    async fn look(&self, desk: &Desk<'_>) -> Result<Preview> {
        let day = desk.today().await?;
        let mut check = Check::default();
        self.asked.check(&mut check);
        let is_sound = check.is_empty();
        let settlement = self.settlement.checked(&mut check, day);
        let checked = refused(check.done())?;
        if !is_sound {
            return Ok(Preview { figures: None, refusals: checked });
        }
        // A payment that is still missing keeps nobody from seeing the total.
        let told = async {
            let branch = desk.branch(self.branch).await?;
            let model = self.article.model(desk, branch.id).await?;
            let price_minor = self.asked.price_minor.unwrap_or(model.list_price_minor);
            let discount = Discount::of(desk, &model, price_minor).await?;
            match self.asked.at_price(desk, &model, day, price_minor).await {
                // Whoever issues it is told of the discount first.
                Err(error) => discount.approved().map_err(Error::from).and(Err(error)),
                Ok(terms) => priced(desk, (&model, discount), terms, 0, &settlement.payments).await,
            }
        };
        let told: Preview = match told.await {
            Err(Error::Refused(refusals)) => Preview { figures: None, refusals },
            told => told?,
        };
        let refusals = if checked.is_empty() { told.refusals } else { checked };
        Ok(Preview { refusals, ..told })
    }
}

impl Foreseen for CloseAdvance {
    async fn look(&self, desk: &Desk<'_>) -> Result<Preview> {
        let mut check = Check::default();
        let payments = self.checked(&mut check);
        check.done()?;
        let closing = self.closing(desk).await?;
        let price_minor = self.asked.as_ref().map_or(closing.advance.vehicle_price_minor, |asked| {
            asked.price_minor.unwrap_or(closing.model.list_price_minor)
        });
        let discount = Discount::of(desk, &closing.model, price_minor).await?;
        // What was agreed on before is not approved again; what is agreed on now was, a moment ago.
        let carried = closing.advance.total_minor - closing.advance.balance_minor;
        let discount = discount.settled();
        priced(desk, (&closing.model, discount), closing.terms, carried, &payments).await
    }
}

impl Article {
    /// The model of what is for sale at a branch.
    async fn model(&self, desk: &Desk<'_>, branch: uuid::Uuid) -> Result<Arc<bike_model::Model>> {
        let id = match *self {
            Self::Unit(key) => stock::for_sale(desk, "unit", key, branch).await?.model_id,
            Self::Model(key) => desk.find::<bike_model::Entity>("model", key).await?.id,
        };
        model_of(desk, id).await
    }
}

/// What is wrong with an input; nothing where nothing is.
fn refused(checked: Result<()>) -> Result<Vec<Refusal>> {
    match checked {
        Ok(()) => Ok(Vec::new()),
        Err(Error::Refused(refusals)) => Ok(refusals),
        Err(error) => Err(error),
    }
}

async fn priced(
    desk: &Desk<'_>,
    (model, discount): (&bike_model::Model, Discount),
    terms: Terms,
    carried_minor: i64,
    payments: &[Received],
) -> Result<Preview> {
    let taxes = Taxes::within(desk, terms.price_minor, desk.today().await?).await?;
    let currency = desk.dealership().await?.currency.clone();
    // What is no amount was refused, and must not overflow.
    let paid = payments.iter().map(|payment| payment.amount_minor.clamp(0, MAX_AMOUNT)).sum::<i64>();
    let due = terms.total_minor - carried_minor;
    let paid_at_most = if paid > 0 { not_more_than(&currency, "payments", paid, due) } else { Ok(()) };
    let (share_bp, needs_approval) = (discount.share_bp, discount.needs_approval);
    let refusal = discount.approved().and(paid_at_most).err();
    let figures = Figures {
        currency,
        model: model.name.clone(),
        list_price_minor: model.list_price_minor,
        vehicle_price_minor: terms.price_minor,
        discount_bp: share_bp,
        discount_needs_approval: needs_approval,
        rmv_charge_minor: terms.rmv_charge_minor,
        down_payment_minor: terms.down_payment_minor,
        leased_minor: terms.leased_minor,
        above_ltv_cap: terms.above_ltv_cap,
        total_minor: terms.total_minor,
        balance_minor: due - paid,
        vat_minor: taxes.vat_minor,
        sscl_minor: taxes.sscl_minor,
        supplier_tin: taxes.supplier_tin,
    };
    Ok(Preview { figures: Some(figures), refusals: refusal.into_iter().collect() })
}

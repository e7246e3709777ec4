//! Issuing a bill: a sale, or an advance that keeps a unit.

use chrono::{NaiveDate, TimeDelta};
use entity::{bike_model, bill, branch};
use sea_orm::{ColumnTrait, QueryFilter};
use serde::Serialize;

use super::audit;
use super::draft::{Draft, checked_tin, require_phone};
use crate::error::{Error, Refusal, RefusalCode, Result};
use crate::money;
use crate::permission::Permission;
use crate::service::check::Check;
use crate::service::payment::{self, Received, Row, not_more_than};
use crate::service::terms::Asked;
use crate::service::{Buyer, Change, Desk, registration, stock};
use crate::store::load::Key;

/// Most payments entered with a bill.
const MAX_PAYMENTS: usize = 5;

/// How far ahead delivery may be promised, in days.
const PROMISED: i64 = 366;

/// Issues a bill.
#[derive(Debug, Serialize)]
pub struct IssueBill {
    /// Where; needed by those who act in all branches.
    pub branch: Option<Key>,
    /// Who buys.
    pub buyer: Buyer,
    /// The buyer's taxpayer number.
    pub purchaser_tin: Option<String>,
    /// What.
    pub unit: Key,
    /// On which terms.
    pub asked: Asked,
    /// The promised day makes it an advance: only that is paid, the unit is kept.
    pub estimated_delivery_on: Option<NaiveDate>,
    /// What is paid at once; of an advance, the advance.
    pub payments: Vec<Received>,
}

impl Change for IssueBill {
    type Outcome = Key;
    const NAME: &'static str = "issueBill";
    const PERMISSION: Permission = Permission::WriteBills;

    async fn apply(&self, desk: &Desk<'_>) -> Result<Key> {
        let day = desk.today().await?;
        let (buyer, purchaser_tin, payments) = self.checked(day)?;
        let branch = desk.branch(self.branch).await?;
        let unit = stock::for_sale(desk, "unit", self.unit, branch.id).await?;
        let model = model_of(desk, unit.model_id).await?;
        let terms = self.asked.agree(desk, &model, day).await?;
        let (customer, identity) = buyer.resolve(desk, &branch).await?;
        let paid = payments.iter().map(|payment| payment.amount_minor).sum();
        let draft = Draft {
            branch: &branch,
            day,
            customer: &customer,
            buyer: &identity,
            purchaser_tin,
            model: &model,
            unit: &unit,
            terms,
        };
        let bill = match self.estimated_delivery_on {
            Some(promised) => {
                require_phone(&identity, &self.buyer)?;
                stock::reserve(desk, unit.clone()).await?;
                draft.advance(desk, paid, promised).await?
            }
            None => {
                stock::sell(desk, unit.clone(), day).await?;
                draft.complete(desk).await?
            }
        };
        not_more_than(&bill, "payments", paid, bill.total_minor)?;
        finish(desk, &branch, bill, payments).await
    }
}

impl IssueBill {
    fn checked(&self, day: NaiveDate) -> Result<(Buyer, Option<String>, Vec<Received>)> {
        let mut check = Check::default();
        self.asked.check(&mut check);
        let purchaser_tin = checked_tin(&mut check, self.purchaser_tin.as_deref());
        let payments = checked_payments(&mut check, &self.payments);
        if let Some(promised) = self.estimated_delivery_on {
            if !(day..=day + TimeDelta::days(PROMISED)).contains(&promised) {
                let message = "Delivery is promised for a day from today to a year ahead.";
                check.refuse(RefusalCode::OutOfRange, "estimatedDeliveryOn", message);
            }
            if payments.is_empty() {
                check.refuse(RefusalCode::Required, "payments", "Please enter the advance that was paid.");
            }
        }
        Ok((self.buyer.checked(check)?, purchaser_tin, payments))
    }
}

/// Checks the payments entered with a bill.
pub(super) fn checked_payments(check: &mut Check, payments: &[Received]) -> Vec<Received> {
    if payments.len() > MAX_PAYMENTS {
        check.refuse(
            RefusalCode::OutOfRange,
            "payments",
            format!("Enter {MAX_PAYMENTS} payments at most with a bill."),
        );
        return Vec::new();
    }
    payments.iter().enumerate().map(|(n, payment)| payment.checked(check, &format!("payments.{n}"))).collect()
}

/// Writes a bill with its payments.
pub(super) async fn finish(
    desk: &Desk<'_>,
    branch: &branch::Model,
    mut bill: bill::Model,
    payments: Vec<Received>,
) -> Result<Key> {
    let key = Key { dealership: bill.dealership_id, id: bill.id };
    let total = money::formatted(bill.total_minor, &bill.currency);
    desk.tx.insert::<bill::Entity>(vec![bill.clone()]).await?;
    audit(desk, "bill_issued", &bill, format!("{total} at {}", branch.code)).await?;
    if bill.status == bill::Status::Completed {
        registration::open(desk, &bill).await?;
    }
    for Received { method, amount_minor, reference } in payments {
        let row = Row { method: method.into(), amount_minor, day: bill.bill_date, reference };
        payment::enter(desk, &mut bill, row).await?;
    }
    Ok(key)
}

/// The model of a unit, if it is still sold.
pub(super) async fn model_of(desk: &Desk<'_>, id: uuid::Uuid) -> Result<bike_model::Model> {
    use bike_model::Column;
    let query = desk
        .tx
        .select::<bike_model::Entity>()
        .filter(Column::DealershipId.eq(desk.dealership_id()?))
        .filter(Column::Id.eq(id));
    let model = desk.tx.one(query).await?;
    let model = model.ok_or_else(|| Error::internal(anyhow::anyhow!("the model of a unit is gone")))?;
    if model.list_price_minor <= 0 {
        let message = "This bike's model has no list price yet. Ask your dealer principal to enter it.";
        return Err(Refusal::new(RefusalCode::Invalid, "unit", message).into());
    }
    Ok(model)
}

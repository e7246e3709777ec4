//! Issuing a bill: a sale, or an advance that keeps a unit.

use std::sync::Arc;

use entity::bike_model;
use serde::Serialize;

use super::draft::{Draft, Purchaser};
use super::settlement::Settlement;
use crate::error::{Error, Refusal, RefusalCode, Result};
use crate::permission::Permission;
use crate::service::{Asked, Buyer, Change, Check, Desk, stock};
use crate::store::load::Key;

/// Issues a bill.
#[derive(Debug, Serialize)]
pub struct IssueBill {
    /// Where; needed by those who act in all branches.
    pub branch: Option<Key>,
    /// Who buys.
    pub buyer: Buyer,
    /// What.
    pub unit: Key,
    /// On which terms.
    pub asked: Asked,
    /// How it begins.
    pub settlement: Settlement,
}

impl Change for IssueBill {
    type Outcome = Key;
    const NAME: &'static str = "issueBill";
    const PERMISSION: Permission = Permission::WriteBills;

    async fn apply(&self, desk: &Desk<'_>) -> Result<Key> {
        let branch = desk.branch(self.branch).await?;
        let day = desk.today().await?;
        let mut check = Check::default();
        self.asked.check(&mut check);
        let settlement = self.settlement.checked(&mut check, day);
        let buyer = self.buyer.checked(check)?;
        let unit = stock::for_sale(desk, "unit", self.unit, branch.id).await?;
        let model = model_of(desk, unit.model_id).await?;
        let terms = self.asked.agree(desk, &model, day).await?;
        let (customer, identity) = buyer.resolve(desk, &branch).await?;
        let tin = settlement.purchaser_tin.clone();
        let purchaser = Purchaser { customer: customer.id, name: customer.name, identity, tin };
        let draft = Draft { branch: &branch, day, purchaser, model: &model, unit: &unit, terms, proforma: None };
        let phone = match buyer {
            Buyer::Known(_) => "buyer.customer",
            Buyer::New(_) => "buyer.person.phone",
        };
        settlement.issue(desk, draft, phone).await
    }
}

/// The model of a unit, if it is still sold.
pub(super) async fn model_of(desk: &Desk<'_>, id: uuid::Uuid) -> Result<Arc<bike_model::Model>> {
    let model = desk.steady::<bike_model::Entity>(Key { dealership: desk.dealership_id()?, id }).await?;
    let model = model.ok_or_else(|| Error::internal(anyhow::anyhow!("the model of a unit is gone")))?;
    if model.list_price_minor <= 0 {
        let message = "This bike's model has no list price yet. Ask your dealer principal to enter it.";
        return Err(Refusal::new(RefusalCode::Invalid, "unit", message).into());
    }
    Ok(model)
}

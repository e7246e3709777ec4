//! Writing a quotation, and writing it anew while nobody has seen it.

use entity::quotation::{Entity, Kind, Model, Status};
use entity::quotation_item;
use sea_orm::{ColumnTrait, QueryFilter};
use serde::Serialize;

use super::content::Content;
use super::{FIELD, audit, locked};
use crate::error::{Refusal, RefusalCode, Result};
use crate::permission::Permission;
use crate::service::buyer::Buyer;
use crate::service::number::{self, Series};
use crate::service::{Change, Check, Desk, States};
use crate::store::load::Key;
use crate::text;

/// Makes a quotation.
#[derive(Debug, Serialize)]
pub struct CreateQuotation {
    /// Where; needed by those who act in all branches.
    pub branch: Option<Key>,
    /// For whom.
    pub buyer: Buyer,
    /// What is written on it.
    pub content: Content,
}

/// Writes a draft anew.
#[derive(Debug, Serialize)]
pub struct UpdateQuotation {
    /// Which.
    pub quotation: Key,
    /// What is written on it from now on.
    pub content: Content,
}

impl Change for CreateQuotation {
    type Outcome = Key;
    const NAME: &'static str = "createQuotation";
    const PERMISSION: Permission = Permission::WriteQuotations;

    async fn apply(&self, desk: &Desk<'_>) -> Result<Key> {
        let day = desk.today().await?;
        let mut check = Check::default();
        let content = self.content.checked(&mut check, day);
        let buyer = self.buyer.checked(check)?;
        let branch = desk.branch(self.branch).await?;
        let (customer, identity) = buyer.resolve(desk, &branch).await?;
        let currency = desk.dealership().await?.currency.clone();
        let salesperson_id = desk.membership(branch.id)?;
        let id = desk.fresh_id();
        let sealed = identity.seal(desk.keys(), desk.place("quotation", "buyer", id)?);
        let quotation_number = number::take(desk, Series::Quotation, &branch, day).await?;
        let row = content.on(Model {
            dealership_id: branch.dealership_id,
            id,
            branch_id: branch.id,
            number_key: text::search_key(&quotation_number),
            quotation_number,
            kind: Kind::Quotation,
            status: Status::Draft,
            quoted_at: desk.now,
            quoted_on: day,
            customer_id: customer.id,
            customer_name: customer.name,
            buyer: Some(sealed),
            registration_number: None,
            accident_on: None,
            claim_number: None,
            insurance_company: None,
            currency,
            total_minor: 0,
            remarks: None,
            salesperson_id,
            converted_from_id: None,
            created_at: desk.now,
            updated_at: desk.now,
        });
        desk.insert::<Entity>(vec![row.clone()]).await?;
        content.insert_items(desk, &row).await?;
        audit(desk, "quotation_created", &row)?;
        Ok(Key { dealership: row.dealership_id, id })
    }
}

impl Change for UpdateQuotation {
    type Outcome = Key;
    const NAME: &'static str = "updateQuotation";
    const PERMISSION: Permission = Permission::WriteQuotations;

    async fn apply(&self, desk: &Desk<'_>) -> Result<Key> {
        use quotation_item::Column;
        let mut check = Check::default();
        let content = self.content.checked(&mut check, desk.today().await?);
        check.done()?;
        let row = locked(desk, self.quotation).await?;
        if row.status != Status::Draft {
            let message = "Only a draft can be changed. Please make a new quotation.";
            let allowed = row.status.next().iter().map(sea_orm::ActiveEnum::to_value).collect();
            let refusal = Refusal::new(RefusalCode::InvalidTransition, FIELD, message);
            return Err(Refusal { allowed, ..refusal }.into());
        }
        let row = Model { updated_at: desk.now, ..content.on(row) };
        desk.save::<Entity>(row.clone()).await?;
        // Nobody was shown a draft: its lines are no document yet.
        let old = desk
            .tx
            .scope()
            .delete::<quotation_item::Entity>()
            .filter(Column::DealershipId.eq(row.dealership_id))
            .filter(Column::QuotationId.eq(row.id));
        desk.tx.delete(old).await?;
        content.insert_items(desk, &row).await?;
        audit(desk, "quotation_updated", &row)?;
        Ok(self.quotation)
    }
}

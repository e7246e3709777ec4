//! Leasing and insurance companies: entered, corrected, no longer worked with, worked with again.

use entity::finance_company::{Column, Entity, Model};
use sea_orm::{ColumnTrait, QueryFilter};
use serde::Serialize;

use super::check::OFFICE_PHONE;
use super::{Change, Check, Desk, Event};
use crate::error::{Refusal, RefusalCode, Result};
use crate::permission::Permission;
use crate::store::load::Key;
use crate::text;

/// What a company is known by.
#[derive(Clone, Debug, Serialize)]
pub struct Company {
    /// Unique in the dealership, whatever its case.
    pub name: String,
    /// Postal address on one line.
    pub address: Option<String>,
    /// Phone number of its office; often a landline.
    pub contact: Option<String>,
}

/// Enters a company.
#[derive(Debug, Serialize)]
pub struct CreateFinanceCompany {
    /// What it is known by.
    pub company: Company,
}

/// Corrects a company.
#[derive(Debug, Serialize)]
pub struct UpdateFinanceCompany {
    /// Which.
    pub finance_company: Key,
    /// What it is known by from now on.
    pub company: Company,
}

/// Works no longer with a company: what it finances goes on, nothing new begins.
#[derive(Debug, Serialize)]
pub struct RetireFinanceCompany {
    /// Which.
    pub finance_company: Key,
}

/// Works with a retired company again.
#[derive(Debug, Serialize)]
pub struct RestoreFinanceCompany {
    /// Which.
    pub finance_company: Key,
}

impl Change for CreateFinanceCompany {
    type Outcome = Key;
    const NAME: &'static str = "createFinanceCompany";
    const PERMISSION: Permission = Permission::Administer;

    async fn apply(&self, desk: &Desk<'_>) -> Result<Key> {
        let blank = Model {
            dealership_id: desk.dealership_id()?,
            id: desk.fresh_id(),
            name: String::new(),
            name_key: String::new(),
            address: None,
            contact: None,
            retired_at: None,
            created_at: desk.now,
            updated_at: desk.now,
        };
        let row = self.company.described(desk, blank).await?;
        let (key, event) = (key(&row), event("finance_company_created", &row));
        desk.insert::<Entity>(vec![row]).await?;
        desk.audit(event)?;
        Ok(key)
    }
}

impl Change for UpdateFinanceCompany {
    type Outcome = Key;
    const NAME: &'static str = "updateFinanceCompany";
    const PERMISSION: Permission = Permission::Administer;

    async fn apply(&self, desk: &Desk<'_>) -> Result<Key> {
        let row = desk.find_locked::<Entity>("financeCompany", self.finance_company).await?;
        save(desk, self.company.described(desk, row).await?, "finance_company_updated").await
    }
}

impl Change for RetireFinanceCompany {
    type Outcome = Key;
    const NAME: &'static str = "retireFinanceCompany";
    const PERMISSION: Permission = Permission::Administer;

    async fn apply(&self, desk: &Desk<'_>) -> Result<Key> {
        let row = desk.find_locked::<Entity>("financeCompany", self.finance_company).await?;
        match row.retired_at {
            None => save(desk, Model { retired_at: Some(desk.now), ..row }, "finance_company_retired").await,
            Some(_) => Err(settled("This company is retired already.").into()),
        }
    }
}

impl Change for RestoreFinanceCompany {
    type Outcome = Key;
    const NAME: &'static str = "restoreFinanceCompany";
    const PERMISSION: Permission = Permission::Administer;

    async fn apply(&self, desk: &Desk<'_>) -> Result<Key> {
        let row = desk.find_locked::<Entity>("financeCompany", self.finance_company).await?;
        match row.retired_at {
            Some(_) => save(desk, Model { retired_at: None, ..row }, "finance_company_restored").await,
            None => Err(settled("This company is not retired.").into()),
        }
    }
}

impl Company {
    /// The row with checked input in it.
    ///
    /// # Errors
    /// Everything that is wrong with the input; `TAKEN` for the name of another company.
    async fn described(&self, desk: &Desk<'_>, row: Model) -> Result<Model> {
        let mut check = Check::default();
        let name = check.line("name", &self.name, 120);
        let address = check.optional_line("address", self.address.as_deref(), 300);
        let contact = check.phone("contact", self.contact.as_deref(), OFFICE_PHONE);
        let name_key = text::search_key(&name);
        let other = desk
            .tx
            .select::<Entity>()
            .filter(Column::DealershipId.eq(row.dealership_id))
            .filter(Column::NameKey.eq(name_key.as_str()))
            .filter(Column::Id.ne(row.id));
        if desk.tx.one(other).await?.is_some() {
            check.refuse(RefusalCode::Taken, "name", "Another company has this name, perhaps a retired one.");
        }
        check.done()?;
        Ok(Model { name, name_key, address, contact, ..row })
    }
}

fn settled(message: &'static str) -> Refusal {
    Refusal::new(RefusalCode::InvalidTransition, "financeCompany", message)
}

async fn save(desk: &Desk<'_>, row: Model, action: &'static str) -> Result<Key> {
    let (key, event) = (key(&row), event(action, &row));
    desk.save::<Entity>(Model { updated_at: desk.now, ..row }).await?;
    desk.audit(event)?;
    Ok(key)
}

fn key(row: &Model) -> Key {
    Key { dealership: row.dealership_id, id: row.id }
}

fn event<'a>(action: &'static str, row: &Model) -> Event<'a> {
    Event { action, table: "finance_company", row: row.id, branch: None, summary: row.name.clone() }
}

//! `financecompanies`: leasing and insurance companies.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use entity::finance_company;
use uuid::Uuid;

use super::document::Document;
use super::ground::Ground;
use super::load::Rows;
use super::note::{Notes, Rejection, required};
use super::page;
use crate::database::Tx;
use crate::error::Result;
use crate::text;

/// The finance companies of the dealership.
pub(super) struct FinanceCompanies<'a> {
    ground: &'a Ground<'a>,
    by_name: HashMap<String, Uuid>,
    rows: Vec<finance_company::Model>,
}

impl<'a> FinanceCompanies<'a> {
    pub(super) async fn open(ground: &'a Ground<'a>, tx: &Tx) -> Result<Self> {
        let mut by_name = HashMap::new();
        let query = tx.select::<finance_company::Entity>();
        page::each(
            tx,
            query,
            finance_company::Column::Id,
            |row| row.id,
            |row| {
                by_name.insert(row.name_key, row.id);
            },
        )
        .await?;
        Ok(Self { ground, by_name, rows: Vec::new() })
    }

    /// The company that a bill's proforma names; made from it when it is not known.
    pub(super) fn of_proforma(
        &mut self,
        proforma: &Document<'_>,
        at: DateTime<Utc>,
        notes: &mut Notes,
    ) -> Option<Uuid> {
        let name = proforma.written("financeCompanyName")?;
        let name_key = text::search_key(&name);
        if let Some(known) = self.by_name.get(&name_key) {
            return Some(*known);
        }
        notes.repair("proforma.financeCompanyName", "company made from the proforma", "no company has this name");
        let row = finance_company::Model {
            dealership_id: self.ground.dealership,
            id: self.ground.id(at, &["finance_company", &name_key]),
            name,
            name_key,
            address: proforma.written("financeCompanyAddress"),
            contact: proforma.written("financeCompanyContact"),
            retired_at: None,
            created_at: at,
            updated_at: at,
        };
        Some(self.add(row))
    }

    fn add(&mut self, row: finance_company::Model) -> Uuid {
        let id = row.id;
        self.by_name.insert(row.name_key.clone(), id);
        self.rows.push(row);
        id
    }
}

impl Rows for FinanceCompanies<'_> {
    fn take(&mut self, document: &Document<'_>, notes: &mut Notes) -> Result<Uuid, Rejection> {
        let name = required(document.text("name"), "name")?;
        let (created_at, updated_at) = required(document.times(None), "createdAt")?;
        let name_key = text::search_key(&name);
        if self.by_name.contains_key(&name_key) {
            return Err(Rejection::new(format!("there is a finance company called {name} already")));
        }
        Ok(self.add(finance_company::Model {
            dealership_id: self.ground.dealership,
            id: self.ground.id(created_at, &["financecompanies", &notes.origin.id]),
            name,
            name_key,
            address: document.text("address"),
            contact: document.text("contact"),
            retired_at: None,
            created_at,
            updated_at,
        }))
    }

    async fn write(&mut self, tx: &Tx) -> Result<()> {
        tx.insert::<finance_company::Entity>(std::mem::take(&mut self.rows)).await
    }
}

//! Who the dealership is to the tax office, and the rates that its bills hold, from a day on.

use chrono::NaiveDate;
use entity::bill;
use entity::tax_profile::{Column, Entity, Model};
use sea_orm::{ColumnTrait, QueryFilter};
use serde::Serialize;

use super::dated::{self, ALL_BRANCHES};
use super::{Change, Check, Desk, Event};
use crate::error::Result;
use crate::permission::Permission;
use crate::scope::Scope;
use crate::store::load::Key;

/// Highest rate, in hundredths of a percent: the value itself once more.
const MAX_RATE: i32 = 10_000;

/// Sets the taxes from a day on.
#[derive(Debug, Serialize)]
pub struct SetTaxProfile {
    /// Taxpayer number; without one, bills are plain invoices and hold no tax.
    pub tin: Option<String>,
    /// Value added tax, in hundredths of a percent.
    pub vat_bp: i32,
    /// Social security contribution levy, in hundredths of a percent.
    pub sscl_bp: i32,
    /// The first day; it ends with the next.
    pub valid_from: NaiveDate,
}

impl Change for SetTaxProfile {
    type Outcome = Key;
    const NAME: &'static str = "setTaxProfile";
    const PERMISSION: Permission = Permission::Administer;

    fn scope(&self, asker: &Scope) -> Result<Scope> {
        Ok(asker.spanning_branches(ALL_BRANCHES))
    }

    async fn apply(&self, desk: &Desk<'_>) -> Result<Key> {
        desk.lock_dealership().await?;
        let mut check = Check::default();
        let tin = check.tin("tin", self.tin.as_deref());
        check.count("vatBp", self.vat_bp, 0..=MAX_RATE);
        check.count("ssclBp", self.sscl_bp, 0..=MAX_RATE);
        if dated::begins_today(&mut check, desk, self.valid_from).await? && is_used(desk).await? {
            dated::too_late(&mut check);
        }
        check.done()?;
        let key = self.write(desk, tin).await?;
        let percent = |bp: i32| format!("{}.{:02} %", bp / 100, bp % 100);
        let summary = format!("VAT {}, SSCL {} from {}", percent(self.vat_bp), percent(self.sscl_bp), self.valid_from);
        desk.audit(Event { action: "tax_profile_set", table: "tax_profile", row: key.id, branch: None, summary })?;
        Ok(key)
    }
}

impl SetTaxProfile {
    /// Writes the profile, in place of one that begins on the same day.
    async fn write(&self, desk: &Desk<'_>, tin: Option<String>) -> Result<Key> {
        let dealership_id = desk.dealership_id()?;
        let same_day = desk
            .tx
            .select::<Entity>()
            .filter(Column::DealershipId.eq(dealership_id))
            .filter(Column::ValidFrom.eq(self.valid_from));
        let old = desk.tx.one(same_day).await?;
        let row = Model {
            dealership_id,
            id: old.as_ref().map_or_else(|| desk.fresh_id(), |old| old.id),
            tin,
            vat_bp: self.vat_bp,
            sscl_bp: self.sscl_bp,
            valid_from: self.valid_from,
            created_at: desk.now,
        };
        let key = Key { dealership: row.dealership_id, id: row.id };
        match old {
            Some(_) => desk.save::<Entity>(row).await?,
            None => desk.insert::<Entity>(vec![row]).await?,
        }
        Ok(key)
    }
}

/// Whether a bill of today holds the taxes in force.
async fn is_used(desk: &Desk<'_>) -> Result<bool> {
    let query = desk
        .tx
        .select::<bill::Entity>()
        .filter(bill::Column::DealershipId.eq(desk.dealership_id()?))
        .filter(bill::Column::BillDate.eq(desk.today().await?));
    Ok(desk.tx.one(query).await?.is_some())
}

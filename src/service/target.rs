//! What a branch is to sell in a month.

use chrono::{Datelike, NaiveDate};
use entity::target::{Column, Entity, Model};
use sea_orm::{ColumnTrait, QueryFilter};
use serde::Serialize;

use super::check::MAX_AMOUNT;
use super::{Change, Check, Desk, Event};
use crate::error::{RefusalCode, Result};
use crate::money;
use crate::permission::Permission;
use crate::store::load::Key;

/// Most units of a month.
const MAX_UNITS: i32 = 100_000;

/// Sets the target of a month, in place of the one before.
#[derive(Debug, Serialize)]
pub struct SetTarget {
    /// Whose; needed by those who act in all branches.
    pub branch: Option<Key>,
    /// The month's first day.
    pub month: NaiveDate,
    /// Units to sell; absent: none are asked for.
    pub units: Option<i32>,
    /// Revenue from vehicles in minor units, registration charges excluded; absent: none is asked for.
    pub revenue_minor: Option<i64>,
}

impl Change for SetTarget {
    type Outcome = Key;
    const NAME: &'static str = "setTarget";
    const PERMISSION: Permission = Permission::SetTargets;

    async fn apply(&self, desk: &Desk<'_>) -> Result<Key> {
        self.check()?;
        let branch = desk.branch(self.branch).await?;
        let currency = desk.dealership().await?.currency.clone();
        let of_month = desk
            .tx
            .select::<Entity>()
            .filter(Column::DealershipId.eq(branch.dealership_id))
            .filter(Column::BranchId.eq(branch.id))
            .filter(Column::Month.eq(self.month));
        let old = desk.one_locked(of_month).await?;
        let row = Model {
            dealership_id: branch.dealership_id,
            id: old.as_ref().map_or_else(|| desk.fresh_id(), |old| old.id),
            branch_id: branch.id,
            month: self.month,
            units: self.units,
            revenue_minor: self.revenue_minor,
            currency,
            created_at: old.as_ref().map_or(desk.now, |old| old.created_at),
            updated_at: desk.now,
        };
        let key = Key { dealership: row.dealership_id, id: row.id };
        let summary = format!("{} {}: {}", branch.code, self.month.format("%Y-%m"), in_words(&row));
        match old {
            Some(_) => desk.save::<Entity>(row).await?,
            None => desk.insert::<Entity>(vec![row]).await?,
        }
        let branch = Some(branch.id);
        desk.audit(Event { action: "target_set", table: "target", row: key.id, branch, summary })?;
        Ok(key)
    }
}

impl SetTarget {
    fn check(&self) -> Result<()> {
        let mut check = Check::default();
        check.day("month", self.month);
        if self.month.day() != 1 && !check.refused("month") {
            check.refuse(RefusalCode::Invalid, "month", "Please name the month by its first day, e.g. 2026-10-01.");
        }
        if let Some(units) = self.units {
            check.count("units", units, 0..=MAX_UNITS);
        }
        if let Some(revenue) = self.revenue_minor {
            check.amount("revenueMinor", revenue, 0..=MAX_AMOUNT);
        }
        if self.units.is_none() && self.revenue_minor.is_none() {
            check.refuse(RefusalCode::Required, "units", "Please enter units, a revenue or both.");
        }
        check.done()
    }
}

fn in_words(row: &Model) -> String {
    let units = row.units.map(|units| format!("{units} units"));
    let revenue = row.revenue_minor.map(|minor| money::formatted(minor, &row.currency));
    units.into_iter().chain(revenue).collect::<Vec<_>>().join(", ")
}

//! Which figures the branches of a dealership may be compared by.

use entity::peer_measure::{Column, Entity, Model};
use sea_orm::{ColumnTrait, QueryFilter};
use serde::Serialize;

use super::{Change, Desk, Event};
use crate::error::Result;
use crate::permission::Permission;

/// Opens a figure to comparison in the dealership, or closes it.
#[derive(Debug, Serialize)]
pub struct SetPeerMeasure {
    /// Its name in the API.
    pub measure: String,
    /// Whether it is open from now on.
    pub open: bool,
}

impl Change for SetPeerMeasure {
    /// Whether it is open.
    type Outcome = bool;
    const NAME: &'static str = "setPeerMeasure";
    const PERMISSION: Permission = Permission::OpenMeasures;

    async fn apply(&self, desk: &Desk<'_>) -> Result<bool> {
        let dealership_id = desk.dealership_id()?;
        // One at a time: there is one row for each figure.
        desk.lock_dealership().await?;
        let known = desk.tx.select::<Entity>().filter(Column::DealershipId.eq(dealership_id));
        let known = desk.tx.one(known.filter(Column::Measure.eq(self.measure.as_str()))).await?;
        let closed_at = (!self.open).then_some(desk.now);
        let row = match known {
            None if !self.open => return Ok(false),
            Some(row) if row.closed_at.is_none() == self.open => return Ok(self.open),
            Some(row) => {
                let opened_at = if self.open { desk.now } else { row.opened_at };
                let row = Model { opened_at, closed_at, ..row };
                desk.save::<Entity>(row.clone()).await?;
                row
            }
            None => {
                let (id, measure) = (desk.fresh_id(), self.measure.clone());
                let row = Model { dealership_id, id, measure, opened_at: desk.now, closed_at };
                desk.insert::<Entity>(vec![row.clone()]).await?;
                row
            }
        };
        let action = if self.open { "peer_measure_opened" } else { "peer_measure_closed" };
        let summary = row.measure;
        desk.audit(Event { action, table: "peer_measure", row: row.id, branch: None, summary })?;
        Ok(self.open)
    }
}

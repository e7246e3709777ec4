//! The stock as it stands.

use std::collections::HashMap;

use entity::bike_unit::{self, Column, Entity, Status};
use entity::document::Kind;
use entity::{bike_model, branch};
use sea_orm::{ColumnTrait, QueryFilter, QueryOrder, QuerySelect};
use uuid::Uuid;

use super::reading::Reading;
use super::sheet::{Refers, Sheet};
use crate::document::{Content, StockReport, StockUnit};
use crate::error::{Refusal, RefusalCode, Result};
use crate::permission::Permission;
use crate::store::load::Key;

/// Most bikes on a report: some two hundred pages.
const MOST: usize = 5_000;

pub(super) async fn read(reading: &Reading<'_>, branch: Option<Key>) -> Result<Sheet> {
    let place = match branch {
        Some(key) => Some(reading.row::<branch::Entity>("stockReport.branch", key).await?),
        None => reading.follow::<branch::Entity>(reading.tx.scope().reach_branch()).await?,
    };
    let shows_cost = reading.tx.scope().may(Permission::ReadCost);
    let (code, reach) = reading.about(place.as_ref());
    let issued_on = reading.today()?;
    let currency = reading.dealership.currency.clone();
    let content = StockReport {
        drawn_up_at: reading.clock()?,
        reach,
        prepared_for: None,
        currency: currency.clone(),
        units: units(reading, place.as_ref().map(|place| place.id), shows_cost).await?,
    };
    Ok(Sheet {
        kind: Kind::StockReport,
        branch: place.as_ref().map(|place| place.id),
        number: format!("{code} {issued_on}"),
        issued_on,
        total_minor: None,
        currency,
        subject: None,
        refers: Refers::default(),
        shows_cost,
        reveals: None,
        content: Content::StockReport(content),
    })
}

async fn units(reading: &Reading<'_>, branch: Option<Uuid>, shows_cost: bool) -> Result<Vec<StockUnit>> {
    let query = reading.tx.select::<Entity>().filter(Column::DealershipId.eq(reading.dealership.id));
    let query = branch.into_iter().fold(query, |query, branch| query.filter(Column::BranchId.eq(branch)));
    let query = query.filter(Column::Status.ne(Status::Sold)).filter(Column::DeletedAt.is_null());
    let query = query.order_by_asc(Column::ReceivedOn).order_by_asc(Column::Id).limit(MOST as u64 + 1);
    let rows = reading.tx.all(query).await?;
    if rows.len() > MOST {
        let message = format!("These are more than {MOST} bikes: choose a branch.");
        return Err(Refusal::new(RefusalCode::OutOfRange, "stockReport.branch", message).into());
    }
    let (branches, models) = (reading.branch_names().await?, model_names(reading).await?);
    let today = reading.today()?;
    let name = |names: &HashMap<Uuid, String>, id| names.get(&id).cloned().unwrap_or_default();
    let view = |row: bike_unit::Model| {
        let cost = row.landed_cost_minor.filter(|_| shows_cost);
        StockUnit {
            branch_name: name(&branches, row.branch_id),
            model_name: name(&models, row.model_id),
            colour: row.colour,
            chassis_number: row.chassis_number,
            motor_number: row.motor_number,
            status: status(row.status).to_owned(),
            received_on: row.received_on,
            age_days: (today - row.received_on).num_days(),
            value_minor: cost.unwrap_or(row.list_price_minor),
            at_list_price: cost.is_none(),
        }
    };
    let mut units: Vec<_> = rows.into_iter().map(view).collect();
    // Those of one branch and model came in order.
    units.sort_by(|a, b| (&a.branch_name, &a.model_name).cmp(&(&b.branch_name, &b.model_name)));
    Ok(units)
}

/// What the models of the dealership are called.
async fn model_names(reading: &Reading<'_>) -> Result<HashMap<Uuid, String>> {
    let of = bike_model::Column::DealershipId.eq(reading.dealership.id);
    let models = reading.tx.all(reading.tx.select::<bike_model::Entity>().filter(of)).await?;
    Ok(models.into_iter().map(|row| (row.id, row.name)).collect())
}

fn status(status: Status) -> &'static str {
    match status {
        Status::Available => "Available",
        Status::Reserved => "Reserved",
        Status::Sold => "Sold",
        Status::Damaged => "Damaged",
        Status::InTransit => "In transit",
    }
}

//! The unit of a bill: claimed by one bill at a time, released when that bill no longer stands.

use chrono::NaiveDate;
use entity::bike_unit::{self, Entity, Status};
use entity::bill;
use sea_orm::{ColumnTrait, QueryFilter};
use uuid::Uuid;

use super::Desk;
use crate::error::{Error, Refusal, RefusalCode, Result};
use crate::store::load::Key;

/// Locks the unit that an input names, for a bill of `branch`.
///
/// # Errors
/// `NOT_FOUND` for a unit of another branch; `UNIT_NOT_AVAILABLE` for one that is not for sale.
pub(super) async fn for_sale(desk: &Desk<'_>, field: &str, key: Key, branch: Uuid) -> Result<bike_unit::Model> {
    let unit = desk.find_locked::<Entity>(field, key).await?;
    if unit.branch_id != branch || unit.deleted_at.is_some() {
        return Err(super::not_found(field).into());
    }
    match unit.status {
        Status::Available => Ok(unit),
        // Kept for a customer without a bill, it may be sold; kept by a bill, it may not.
        Status::Reserved if !has_bill(desk, &unit, &[bill::Status::Pending, bill::Status::Completed]).await? => {
            Ok(unit)
        }
        _ => {
            let message = format!("The bike with chassis {} is not for sale any more.", unit.chassis_number);
            Err(Refusal::new(RefusalCode::UnitNotAvailable, field, message).into())
        }
    }
}

/// The locked unit of a bill.
pub(super) async fn of_bill(desk: &Desk<'_>, bill: &bill::Model) -> Result<Option<bike_unit::Model>> {
    let Some(unit) = bill.unit_id else { return Ok(None) };
    let query = desk
        .tx
        .select::<Entity>()
        .filter(bike_unit::Column::DealershipId.eq(bill.dealership_id))
        .filter(bike_unit::Column::Id.eq(unit));
    let found = desk.one_locked(query).await?;
    found.map(Some).ok_or_else(|| Error::internal(anyhow::anyhow!("the unit of bill {} is gone", bill.id)))
}

/// Keeps a locked unit for a pending bill.
pub(super) async fn reserve(desk: &Desk<'_>, unit: bike_unit::Model) -> Result<()> {
    put(desk, unit, Status::Reserved, None).await
}

/// Sells a locked unit.
pub(super) async fn sell(desk: &Desk<'_>, unit: bike_unit::Model, day: NaiveDate) -> Result<()> {
    put(desk, unit, Status::Sold, Some(day)).await
}

/// Puts a locked unit back, for sale or damaged.
pub(super) async fn release(desk: &Desk<'_>, unit: bike_unit::Model, to: Status) -> Result<()> {
    put(desk, unit, to, None).await
}

async fn put(desk: &Desk<'_>, unit: bike_unit::Model, status: Status, sold_on: Option<NaiveDate>) -> Result<()> {
    desk.save::<Entity>(bike_unit::Model { status, sold_on, updated_at: desk.now, ..unit }).await
}

/// Whether a bill in one of these states is for a unit.
pub(super) async fn has_bill(desk: &Desk<'_>, unit: &bike_unit::Model, states: &[bill::Status]) -> Result<bool> {
    use bill::Column;
    let query = desk
        .tx
        .select::<bill::Entity>()
        .filter(Column::DealershipId.eq(unit.dealership_id))
        .filter(Column::UnitId.eq(unit.id))
        .filter(Column::Status.is_in(states.iter().copied()));
    Ok(desk.tx.one(query).await?.is_some())
}

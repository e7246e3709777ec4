//! Dealerships.

use chrono::{DateTime, NaiveDate, Utc};
use entity::dealership::{Column, Entity, Model};
use sea_orm::{ColumnTrait, QueryFilter, QueryOrder, Select};
use uuid::Uuid;

use crate::calendar;
use crate::database::Tx;
use crate::error::{Error, Result};

/// The month with which the fiscal year begins until a dealership says otherwise: April, as Sri Lanka's.
pub const FISCAL_YEAR_MONTH: i16 = 4;

/// The dealerships of the scope.
pub fn query(tx: &Tx) -> Select<Entity> {
    tx.select()
}

/// The dealerships of the scope, or the one that is named, by id.
pub async fn named(tx: &Tx, id: Option<Uuid>) -> Result<Vec<Model>> {
    let query = id.into_iter().fold(query(tx), |query, id| query.filter(Column::Id.eq(id)));
    tx.all(query.order_by_asc(Column::Id)).await
}

/// The dealership's own day at a time.
///
/// # Errors
/// When its zone is none.
pub fn day(dealership: &Model, at: DateTime<Utc>) -> Result<NaiveDate> {
    let zone = calendar::zone(&dealership.time_zone).map_err(Error::internal)?;
    Ok(calendar::local_day(at, zone))
}

/// Whether a dealership of the scope shows key figures to nobody who signed in without a second factor.
pub async fn any_guards_reports(tx: &Tx) -> Result<bool> {
    Ok(tx.one(query(tx).filter(Column::ReportsNeedSecondFactor.eq(true))).await?.is_some())
}

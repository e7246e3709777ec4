//! Dealerships.

use chrono::{DateTime, NaiveDate, Utc};
use entity::dealership::{Entity, Model};
use sea_orm::Select;

use crate::calendar;
use crate::database::Tx;
use crate::error::{Error, Result};

/// The dealerships of the scope.
pub fn query(tx: &Tx) -> Select<Entity> {
    tx.select()
}

/// The dealership's own day at a time.
///
/// # Errors
/// When its zone is none.
pub fn day(dealership: &Model, at: DateTime<Utc>) -> Result<NaiveDate> {
    let zone = calendar::zone(&dealership.time_zone).map_err(Error::internal)?;
    Ok(calendar::local_day(at, zone))
}

//! Registrations of sold vehicles.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, Utc};
use entity::dealership;
use entity::rmv_case::{Column, Entity, Status};
use sea_orm::sea_query::Condition;
use sea_orm::{ColumnTrait, QueryFilter, QueryOrder, Select};
use uuid::Uuid;

use super::narrowed;
use crate::database::Tx;
use crate::error::Result;

/// The states in which the customer still waits for a number.
const WAITING: [Status; 3] = [Status::Opened, Status::DocumentsReady, Status::Submitted];

/// Which registrations; absent parts do not narrow.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    /// In this dealership.
    pub dealership: Option<Uuid>,
    /// In this branch.
    pub branch: Option<Uuid>,
    /// In one of these states.
    pub status: Option<Vec<Status>>,
    /// Overdue now, or not.
    pub overdue: Option<bool>,
}

/// Whether the promised day has gone by without a number.
pub fn is_overdue(status: Status, due_on: NaiveDate, today: NaiveDate) -> bool {
    due_on < today && WAITING.contains(&status)
}

/// The registrations of the scope that `filter` names.
///
/// # Errors
/// When a dealership's zone is none.
pub async fn query(tx: &Tx, filter: &Filter, now: DateTime<Utc>) -> Result<Select<Entity>> {
    let mut query = narrowed::<Entity>(tx, filter.dealership, filter.branch);
    if let Some(states) = &filter.status {
        query = query.filter(Column::Status.is_in(states.iter().copied()));
    }
    match filter.overdue {
        None => Ok(query),
        Some(true) => Ok(query.filter(overdue(tx, now).await?)),
        Some(false) => Ok(query.filter(overdue(tx, now).await?.not())),
    }
}

/// [`is_overdue`] by each dealership's own day.
async fn overdue(tx: &Tx, now: DateTime<Utc>) -> Result<Condition> {
    let mut days = BTreeMap::<NaiveDate, Vec<Uuid>>::new();
    for row in tx.all(tx.select::<dealership::Entity>().order_by_asc(dealership::Column::Id)).await? {
        days.entry(super::dealership::day(&row, now)?).or_default().push(row.id);
    }
    let one_day = days.len() == 1;
    let passed = days.into_iter().fold(Condition::any(), |any, (today, dealerships)| {
        let theirs = (!one_day).then(|| Column::DealershipId.is_in(dealerships));
        any.add(Condition::all().add(Column::DueOn.lt(today)).add_option(theirs))
    });
    Ok(Condition::all().add(Column::Status.is_in(WAITING)).add(passed))
}

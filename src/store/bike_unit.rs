//! Units in stock and sold.

use chrono::NaiveDate;
use entity::bike_unit::{Column, Entity, Status};
use sea_orm::{ColumnTrait, QueryFilter, Select};
use uuid::Uuid;

use super::{narrowed, search};
use crate::database::Tx;

/// Which units; absent parts do not narrow. Deleted units are never among them.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    /// In this dealership.
    pub dealership: Option<Uuid>,
    /// In this branch.
    pub branch: Option<Uuid>,
    /// In one of these states.
    pub status: Option<Vec<Status>>,
    /// Of this model.
    pub model: Option<Uuid>,
    /// Of this colour, as written.
    pub colour: Option<String>,
    /// Received from this day.
    pub received_from: Option<NaiveDate>,
    /// Received to this day, inclusive.
    pub received_to: Option<NaiveDate>,
    /// Each word begins the chassis or motor number.
    pub search: Option<String>,
}

/// The units of the scope that `filter` names.
pub fn query(tx: &Tx, filter: &Filter) -> Select<Entity> {
    let query = narrowed::<Entity>(tx, filter.dealership, filter.branch).filter(Column::DeletedAt.is_null());
    let parts = [
        filter.status.as_ref().map(|states| Column::Status.is_in(states.iter().copied())),
        filter.model.map(|id| Column::ModelId.eq(id)),
        filter.colour.as_deref().map(|colour| Column::Colour.eq(colour)),
        filter.received_from.map(|day| Column::ReceivedOn.gte(day)),
        filter.received_to.map(|day| Column::ReceivedOn.lte(day)),
    ];
    let query = parts.into_iter().flatten().fold(query, QueryFilter::filter);
    match &filter.search {
        Some(text) => search::matching(tx, query, text, &[Column::ChassisKey, Column::MotorKey], None),
        None => query,
    }
}

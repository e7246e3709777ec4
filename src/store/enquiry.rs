//! Enquiries.

use chrono::NaiveDate;
use entity::enquiry::{Column, Entity, Status};
use sea_orm::{ColumnTrait, QueryFilter, Select};
use uuid::Uuid;

use super::narrowed;
use crate::database::Tx;

/// Which enquiries; absent parts do not narrow.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    /// In this dealership.
    pub dealership: Option<Uuid>,
    /// In this branch.
    pub branch: Option<Uuid>,
    /// In one of these states.
    pub status: Option<Vec<Status>>,
    /// From this business day.
    pub from: Option<NaiveDate>,
    /// To this business day, inclusive.
    pub to: Option<NaiveDate>,
    /// About this model.
    pub model: Option<Uuid>,
}

/// The enquiries of the scope that `filter` names.
pub fn query(tx: &Tx, filter: &Filter) -> Select<Entity> {
    let parts = [
        filter.status.as_ref().map(|states| Column::Status.is_in(states.iter().copied())),
        filter.from.map(|day| Column::AskedOn.gte(day)),
        filter.to.map(|day| Column::AskedOn.lte(day)),
        filter.model.map(|id| Column::ModelId.eq(id)),
    ];
    let query = narrowed::<Entity>(tx, filter.dealership, filter.branch);
    parts.into_iter().flatten().fold(query, QueryFilter::filter)
}

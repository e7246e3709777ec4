//! The catalogue.

use entity::bike_model::{Column, Entity};
use entity::kind::VehicleClass;
use sea_orm::{ColumnTrait, QueryFilter, Select};
use uuid::Uuid;

use super::{narrowed, search};
use crate::database::Tx;

/// Which models; absent parts do not narrow.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    /// In this dealership.
    pub dealership: Option<Uuid>,
    /// Of this class.
    pub vehicle_class: Option<VehicleClass>,
    /// May be leased, or not.
    pub leasable: Option<bool>,
    /// Out of the catalogue, or in it.
    pub retired: Option<bool>,
    /// Begins the model's name.
    pub search: Option<String>,
}

/// The models of the scope that `filter` names.
pub fn query(tx: &Tx, filter: &Filter) -> Select<Entity> {
    let parts = [
        filter.vehicle_class.map(|class| Column::VehicleClass.eq(class)),
        filter.leasable.map(|leasable| Column::Leasable.eq(leasable)),
        filter.retired.map(|retired| match retired {
            true => Column::RetiredAt.is_not_null(),
            false => Column::RetiredAt.is_null(),
        }),
    ];
    let query = narrowed::<Entity>(tx, filter.dealership, None);
    let query = parts.into_iter().flatten().fold(query, QueryFilter::filter);
    match &filter.search {
        Some(text) => search::matching(tx, query, text, &[Column::NameKey], None),
        None => query,
    }
}

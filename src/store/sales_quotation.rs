//! Offers of bikes.

use chrono::NaiveDate;
use entity::kind::SaleType;
use entity::sales_quotation::{Column, Entity, Status};
use sea_orm::{ColumnTrait, QueryFilter, Select};
use uuid::Uuid;

use super::{narrowed, search};
use crate::database::Tx;

/// Which offers; absent parts do not narrow.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    /// In this dealership.
    pub dealership: Option<Uuid>,
    /// In this branch.
    pub branch: Option<Uuid>,
    /// In one of these states.
    pub status: Option<Vec<Status>>,
    /// Financed so.
    pub sale_type: Option<SaleType>,
    /// From this business day.
    pub from: Option<NaiveDate>,
    /// To this business day, inclusive.
    pub to: Option<NaiveDate>,
    /// To this customer.
    pub customer: Option<Uuid>,
    /// Of this model.
    pub model: Option<Uuid>,
    /// Each word begins the number or a word of the customer's name.
    pub search: Option<String>,
}

/// The offers of the scope that `filter` names.
pub fn query(tx: &Tx, filter: &Filter) -> Select<Entity> {
    let parts = [
        filter.status.as_ref().map(|states| Column::Status.is_in(states.iter().copied())),
        filter.sale_type.map(|kind| Column::SaleType.eq(kind)),
        filter.from.map(|day| Column::QuotedOn.gte(day)),
        filter.to.map(|day| Column::QuotedOn.lte(day)),
        filter.customer.map(|id| Column::CustomerId.eq(id)),
        filter.model.map(|id| Column::ModelId.eq(id)),
    ];
    let query = narrowed::<Entity>(tx, filter.dealership, filter.branch);
    let query = parts.into_iter().flatten().fold(query, QueryFilter::filter);
    match &filter.search {
        Some(text) => search::matching(tx, query, text, &[Column::NumberKey], Some(Column::CustomerId)),
        None => query,
    }
}

//! Repair and claim quotations, and the invoices made from them.

use chrono::NaiveDate;
use entity::quotation::{Column, Entity, Kind, Status};
use sea_orm::{ColumnTrait, QueryFilter, Select};
use uuid::Uuid;

use super::{narrowed, search};
use crate::database::Tx;

/// Which quotations; absent parts do not narrow.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    /// In this dealership.
    pub dealership: Option<Uuid>,
    /// In this branch.
    pub branch: Option<Uuid>,
    /// Quotation or invoice.
    pub kind: Option<Kind>,
    /// In one of these states.
    pub status: Option<Vec<Status>>,
    /// From this business day.
    pub from: Option<NaiveDate>,
    /// To this business day, inclusive.
    pub to: Option<NaiveDate>,
    /// For this customer.
    pub customer: Option<Uuid>,
    /// Each word begins the number or a word of the customer's name.
    pub search: Option<String>,
}

/// The quotations of the scope that `filter` names.
pub fn query(tx: &Tx, filter: &Filter) -> Select<Entity> {
    let query = narrowed::<Entity>(tx, filter.dealership, filter.branch);
    let parts = [
        filter.status.as_ref().map(|states| Column::Status.is_in(states.iter().copied())),
        filter.kind.map(|kind| Column::Kind.eq(kind)),
        filter.from.map(|day| Column::QuotedOn.gte(day)),
        filter.to.map(|day| Column::QuotedOn.lte(day)),
        filter.customer.map(|id| Column::CustomerId.eq(id)),
    ];
    let query = parts.into_iter().flatten().fold(query, QueryFilter::filter);
    match &filter.search {
        Some(text) => search::matching(tx, query, text, &[Column::NumberKey], Some(Column::CustomerId)),
        None => query,
    }
}

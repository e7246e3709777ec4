//! Bills.

use chrono::NaiveDate;
use entity::bill::{Column, Entity, Model, Status};
use entity::kind::{SaleType, VehicleClass};
use sea_orm::{ColumnTrait, QueryFilter, QueryOrder, Select};
use uuid::Uuid;

use super::{narrowed, search};
use crate::database::Tx;
use crate::error::{Error, Result};

/// Which bills; absent parts do not narrow.
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
    /// For a vehicle of this class.
    pub vehicle_class: Option<VehicleClass>,
    /// Taken as an advance, or not.
    pub is_advance: Option<bool>,
    /// From this business day.
    pub from: Option<NaiveDate>,
    /// To this business day, inclusive.
    pub to: Option<NaiveDate>,
    /// To this customer.
    pub customer: Option<Uuid>,
    /// Financed by this company.
    pub finance_company: Option<Uuid>,
    /// Each word begins the bill number, chassis, motor or a word of the customer's name.
    pub search: Option<String>,
}

/// The bills of the scope that `filter` names.
pub fn query(tx: &Tx, filter: &Filter) -> Select<Entity> {
    let query = narrowed::<Entity>(tx, filter.dealership, filter.branch);
    let parts = [
        filter.status.as_ref().map(|states| Column::Status.is_in(states.iter().copied())),
        filter.sale_type.map(|kind| Column::SaleType.eq(kind)),
        filter.vehicle_class.map(|class| Column::VehicleClass.eq(class)),
        filter.is_advance.map(|advance| Column::IsAdvance.eq(advance)),
        filter.from.map(|day| Column::BillDate.gte(day)),
        filter.to.map(|day| Column::BillDate.lte(day)),
        filter.customer.map(|id| Column::CustomerId.eq(id)),
        filter.finance_company.map(|id| Column::FinanceCompanyId.eq(id)),
    ];
    let query = parts.into_iter().flatten().fold(query, QueryFilter::filter);
    match &filter.search {
        Some(text) => {
            let keys = [Column::NumberKey, Column::ChassisKey, Column::MotorKey];
            search::matching(tx, query, text, &keys, Some(Column::CustomerId))
        }
        None => query,
    }
}

/// The bills with this number: one at most, but in a scope of several dealerships, where `dealership` says whose.
pub fn numbered(tx: &Tx, number: &str, dealership: Option<Uuid>) -> Select<Entity> {
    narrowed::<Entity>(tx, dealership, None)
        .filter(Column::BillNumber.eq(number.trim()))
        .order_by_asc(Column::DealershipId)
}

/// The one bill among those [`numbered`] so.
///
/// # Errors
/// `NOT_FOUND`; `BAD_USER_INPUT` when several dealerships of the scope have this number and none was named.
pub fn only(mut numbered: Vec<Model>) -> Result<Model> {
    match (numbered.pop(), numbered.is_empty()) {
        (None, _) => Err(Error::NotFound),
        (Some(bill), true) => Ok(bill),
        _ => Err(Error::bad_input("dealership", "Several dealerships have a bill with this number: name one.")),
    }
}

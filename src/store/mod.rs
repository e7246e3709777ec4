//! Scoped queries, one noun a file. A store starts every query with [`Tx::select`], so it cannot leave the scope; it
//! adds filters, order and search, and knows the index that serves them.
//!
//! To add a list: its `Filter` and `Order` here, the compound index in a migration with the dealership first, its
//! field in `graphql`; the planner test then asks both databases whether the index is used.

mod page;
mod search;

pub mod bike_model;
pub mod bike_unit;
pub mod bill;
pub mod branch;
pub mod branding;
pub mod customer;
pub mod dealership;
pub mod enquiry;
pub mod finance_company;
pub mod financed;
pub mod job;
pub mod kept;
pub mod load;
pub mod partner_key;
pub mod peer_measure;
pub mod person;
pub mod quotation;
pub mod registration;
pub mod sales_quotation;
pub mod staff_member;
pub mod stock_transfer;
pub mod tariff;
pub mod trusted_document;

pub use page::{Order, Page, Place, Slice, list, list_with};

use entity::tenant::Tenant;
use sea_orm::{ColumnTrait, QueryFilter, Select};
use uuid::Uuid;

use crate::database::Tx;

/// Starts a list, narrowed further to a dealership and a branch where they are named.
fn narrowed<E: Tenant>(tx: &Tx, dealership: Option<Uuid>, branch: Option<Uuid>) -> Select<E> {
    let mut query = tx.select::<E>();
    if let Some(dealership) = dealership {
        query = query.filter(E::dealership().eq(dealership));
    }
    match (E::branch(), branch) {
        (Some(column), Some(branch)) => query.filter(column.eq(branch)),
        _ => query,
    }
}

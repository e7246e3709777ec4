//! What the queries for figures have in common: whose rows, at which level, told apart and added up by which columns.

use entity::tenant::Tenant;
use sea_orm::sea_query::{Expr, ExprTrait, SelectStatement};
use sea_orm::{ActiveEnum, QueryFilter, QueryResult, Select, TryGetable};

use super::question::Filter;
use crate::database::Tx;
use crate::error::Result;

/// The rows of a table of figures that a filter leaves.
pub(super) fn narrowed<E: Tenant>(tx: &Tx, filter: &Filter) -> Select<E> {
    let mut query = tx.select::<E>();
    let ids = [
        ("dealership_id", filter.dealership),
        ("branch_id", filter.branch),
        ("model_id", filter.model),
        ("salesperson_id", filter.salesperson),
        ("finance_company_id", filter.finance_company),
    ];
    for (column, id) in ids {
        if let Some(id) = id {
            query = query.filter(Expr::col(column).eq(id));
        }
    }
    match filter.sale_type {
        Some(kind) => query.filter(Expr::col("sale_type").eq(kind.to_value())),
        None => query,
    }
}

/// Of a rollup, the rows of branches, or those that add up whole dealerships.
pub(super) fn level(query: &mut SelectStatement, of_branches: bool) {
    let branch = Expr::col("branch_id");
    query.and_where(if of_branches { branch.is_not_null() } else { branch.is_null() });
}

/// Tells apart by columns.
pub(super) fn group_by(query: &mut SelectStatement, columns: &[&'static str]) {
    for column in columns {
        query.column(*column).group_by_col(*column);
    }
}

/// Adds columns up.
pub(super) fn add_up(query: &mut SelectStatement, columns: &[&'static str]) {
    for column in columns {
        // Sums of PostgreSQL are wider than what they sum.
        query.expr_as(Expr::cust(format!("cast(sum({column}) as bigint)")), *column);
    }
}

/// The values of a row in the order in which they were asked for: by its name, each would have to be looked up.
pub(super) struct InOrder<'a> {
    row: &'a QueryResult,
    next: usize,
}

impl<'a> InOrder<'a> {
    pub(super) fn of(row: &'a QueryResult) -> Self {
        Self { row, next: 0 }
    }

    pub(super) fn next<T: TryGetable>(&mut self) -> Result<T> {
        self.next += 1;
        Ok(self.row.try_get_by_index(self.next - 1)?)
    }
}

//! Indexes for the order of several branches' or dealerships' rows serve statements about several only.
//!
//! Rows lie on disk in the order of time. So PostgreSQL, when it plans for any tenant, likes to walk all tenants' rows by
//! time and pass over those of others, which costs a small branch the whole table. An index with a condition that only
//! statements about several state (`Scope`) is out of the question for the others, however they are planned.

use sea_orm_migration::prelude::*;

/// Tables with the columns whose order the indexes give, and what the indexes are called after.
const ORDERS: [(&str, &str, &str); 10] = [
    ("bill", "", "bill_date"),
    ("bike_unit", "", "received_on"),
    ("customer", "_created", "created_at"),
    ("quotation", "", "quoted_on"),
    ("enquiry", "", "asked_on"),
    ("sales_quotation", "", "quoted_on"),
    ("credit_note", "", "credited_on"),
    ("payment", "", "paid_on"),
    ("rmv_case", "", "due_on"),
    ("stock_transfer", "", "side, requested_on"),
];

const NOBODY: &str = "'00000000-0000-0000-0000-000000000000'";

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        fit(manager, |column| format!(" where {column} <> {NOBODY}")).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        fit(manager, |_| String::new()).await
    }
}

async fn fit(manager: &SchemaManager<'_>, condition: impl Fn(&str) -> String) -> Result<(), DbErr> {
    let mut sql = Vec::new();
    for (table, suffix, order) in ORDERS {
        for (level, owner, narrow) in [("dealership", "dealership_id, ", "branch_id"), ("group", "", "dealership_id")] {
            let index = format!("{table}_{level}{suffix}_ix");
            sql.push(format!("drop index {index}"));
            sql.push(format!("create index {index} on {table} ({owner}{order}, id){}", condition(narrow)));
        }
    }
    crate::sql::run(manager, &sql.join(";\n")).await
}

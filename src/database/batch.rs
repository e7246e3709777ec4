//! Inserts that go in one trip.
//!
//! What a change inserts waits for its next question or its commit; PostgreSQL takes several inserts as one statement then. A
//! bill's rows are seven of them.

use sea_orm::sea_query::{CommonTableExpression, Expr, InsertStatement, Query, WithClause};
use sea_orm::{DbBackend, Statement, StatementBuilder};

use super::MAX_VALUES;

/// Inserts that wait, each into another table: those of one statement do not see each other's rows.
#[derive(Default)]
pub(super) struct Batch {
    inserts: Vec<(&'static str, InsertStatement)>,
    values: usize,
}

impl Batch {
    /// Whether an insert of so many values into a table may go with the others.
    pub(super) fn takes(&self, table: &str, values: usize) -> bool {
        self.values + values <= MAX_VALUES && self.inserts.iter().all(|(other, _)| *other != table)
    }

    /// Adds an insert that it takes.
    pub(super) fn add(&mut self, table: &'static str, values: usize, insert: InsertStatement) {
        self.inserts.push((table, insert));
        self.values += values;
    }

    /// What inserts all that waited; nothing waits then.
    pub(super) fn statement(&mut self) -> Option<Statement> {
        self.values = 0;
        let mut inserts = std::mem::take(&mut self.inserts);
        if inserts.len() < 2 {
            return inserts.pop().map(|(_, insert)| written(&insert));
        }
        let mut all = WithClause::new();
        for (table, insert) in inserts {
            all.cte(CommonTableExpression::new().table_name(format!("new_{table}")).query(insert).to_owned());
        }
        Some(written(&all.query(Query::select().expr(Expr::cust("1")).to_owned())))
    }
}

fn written(statement: &impl StatementBuilder) -> Statement {
    statement.build(&DbBackend::Postgres)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn insert(table: &'static str, value: i64) -> InsertStatement {
        Query::insert().into_table(table).columns(["id"]).values_panic([value.into()]).to_owned()
    }

    #[test]
    fn several_inserts_are_one_statement() {
        let mut batch = Batch::default();
        assert!(batch.statement().is_none());
        batch.add("bill", 1, insert("bill", 1));
        assert!(batch.takes("payment", 1) && !batch.takes("bill", 1) && !batch.takes("payment", MAX_VALUES));
        batch.add("payment", 1, insert("payment", 2));
        let both = batch.statement().expect("something waits");
        let sql = r#"WITH "new_bill" AS (INSERT INTO "bill" ("id") VALUES ($1)) , "new_payment" AS (INSERT INTO "payment" ("id") VALUES ($2)) SELECT 1"#;
        assert_eq!((both.sql.trim(), both.values.map(|values| values.0)), (sql, Some(vec![1i64.into(), 2i64.into()])));
        assert!(batch.statement().is_none() && batch.takes("bill", MAX_VALUES));
        batch.add("bill", 1, insert("bill", 3));
        assert_eq!(batch.statement().map(|one| one.sql).as_deref(), Some(r#"INSERT INTO "bill" ("id") VALUES ($1)"#));
    }
}

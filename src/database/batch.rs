//! What is written in one trip.
//!
//! What a change inserts, and each row that it writes anew, waits for its next question or its commit; PostgreSQL takes
//! several of them as one statement then. A bill's rows are seven inserts and an update.

use sea_orm::sea_query::{
    CommonTableExpression, Expr, InsertStatement, Query, SelectStatement, SubQueryStatement, UpdateStatement,
    WithClause, WithQuery,
};
use sea_orm::{DbBackend, Statement, StatementBuilder};

use super::MAX_VALUES;

/// A statement that waits, or what is asked with those that do.
pub(super) enum Part {
    Insert(InsertStatement),
    Update(UpdateStatement),
    Select(SelectStatement),
}

impl Part {
    /// On its own.
    pub(super) fn written(&self, backend: DbBackend) -> Statement {
        match self {
            Self::Insert(insert) => StatementBuilder::build(insert, &backend),
            Self::Update(update) => StatementBuilder::build(update, &backend),
            Self::Select(select) => StatementBuilder::build(select, &backend),
        }
    }
}

impl From<Part> for SubQueryStatement {
    fn from(part: Part) -> Self {
        match part {
            Part::Insert(insert) => insert.into(),
            Part::Update(update) => update.into(),
            Part::Select(select) => select.into(),
        }
    }
}

/// What waits, each for another table: the parts of one statement do not see what the others write.
#[derive(Default)]
pub(super) struct Batch {
    parts: Vec<(&'static str, Part)>,
    values: usize,
}

impl Batch {
    /// Whether a statement for a table, with so many values, may go with the others.
    pub(super) fn takes(&self, table: &str, values: usize) -> bool {
        self.values + values <= MAX_VALUES && self.parts.iter().all(|(other, _)| *other != table)
    }

    /// Adds a statement that it takes.
    pub(super) fn add(&mut self, table: &'static str, values: usize, part: Part) {
        self.parts.push((table, part));
        self.values += values;
    }

    /// What writes all that waited; nothing waits then.
    pub(super) fn statement(&mut self) -> Option<Statement> {
        match self.parts.len() {
            0 => None,
            1 => self.take().pop().map(|(_, part)| part.written(DbBackend::Postgres)),
            _ => Some(self.before(Part::Select(Query::select().expr(Expr::cust("1")).to_owned()), DbBackend::Postgres)),
        }
    }

    /// `last`, and with it what waited, of which it sees nothing; nothing waits then.
    pub(super) fn before(&mut self, last: Part, backend: DbBackend) -> Statement {
        let parts = self.take();
        if parts.is_empty() {
            return last.written(backend);
        }
        let mut written = WithClause::new();
        for (table, part) in parts {
            let mut named = CommonTableExpression::new();
            named.table_name(format!("{table}_written")).query(part);
            written.cte(named);
        }
        // Step by step, for what is chained is copied, and these are large.
        let mut all = WithQuery::new();
        all.with_clause(written).query(last);
        StatementBuilder::build(&all, &backend)
    }

    fn take(&mut self) -> Vec<(&'static str, Part)> {
        self.values = 0;
        std::mem::take(&mut self.parts)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn insert(table: &'static str, value: i64) -> Part {
        Part::Insert(Query::insert().into_table(table).columns(["id"]).values_panic([value.into()]).to_owned())
    }

    fn told(statement: Statement) -> (String, Vec<sea_orm::Value>) {
        (statement.sql.trim().replace("  ", " "), statement.values.map(|values| values.0).unwrap_or_default())
    }

    #[test]
    fn several_are_one_statement() {
        let mut batch = Batch::default();
        assert!(batch.statement().is_none());
        batch.add("bill", 1, insert("bill", 1));
        assert!(batch.takes("unit", 1) && !batch.takes("bill", 1) && !batch.takes("unit", MAX_VALUES));
        batch.add("unit", 1, Part::Update(Query::update().table("unit").value("sold", 2i64).to_owned()));
        let (sql, values) = told(batch.statement().expect("something waits"));
        let parts = [
            r#"WITH "bill_written" AS (INSERT INTO "bill" ("id") VALUES ($1))"#,
            r#", "unit_written" AS (UPDATE "unit" SET "sold" = $2)"#,
            " SELECT 1",
        ];
        assert_eq!(
            (sql.replace(" ,", ","), values),
            (parts.concat().replace(" ,", ","), vec![1i64.into(), 2i64.into()])
        );
        assert!(batch.statement().is_none() && batch.takes("bill", MAX_VALUES));
    }

    #[test]
    fn one_goes_alone_or_with_a_question() {
        let mut batch = Batch::default();
        batch.add("bill", 1, insert("bill", 3));
        let (sql, values) = told(batch.statement().expect("it waits"));
        assert_eq!((sql.as_str(), values), (r#"INSERT INTO "bill" ("id") VALUES ($1)"#, vec![3i64.into()]));
        for backend in [DbBackend::Postgres, DbBackend::Sqlite] {
            assert_eq!(batch.before(insert("counter", 4), backend), insert("counter", 4).written(backend));
        }
        batch.add("bill", 1, insert("bill", 5));
        let (sql, values) = told(batch.before(insert("counter", 6), DbBackend::Postgres));
        let all = r#"WITH "bill_written" AS (INSERT INTO "bill" ("id") VALUES ($1)) INSERT INTO "counter" ("id") VALUES ($2)"#;
        assert_eq!((sql.as_str(), values), (all, vec![5i64.into(), 6i64.into()]));
    }
}

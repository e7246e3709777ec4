//! What the planner of either database makes of a statement.
#![expect(clippy::disallowed_methods, reason = "a plan is asked for outside any scope")]

use sea_orm::{ConnectOptions, ConnectionTrait, Database, DatabaseConnection, DbBackend, Statement};

use super::Home;

impl Home {
    /// The tables that a statement reads from end to end, by the plan of this home's database.
    pub(crate) async fn scans(&self, statement: &Statement) -> Vec<String> {
        if !statement.sql.trim_start().to_lowercase().starts_with("select") {
            return Vec::new();
        }
        // One connection: what is set on it must hold for the plan.
        let mut options = ConnectOptions::new(&self.url);
        let database = Database::connect(options.max_connections(1).to_owned()).await.expect("the database answers");
        match database.get_database_backend() {
            DbBackend::Sqlite => on_sqlite(&database, statement).await,
            _ => on_postgres(&database, statement).await,
        }
    }
}

async fn on_sqlite(database: &DatabaseConnection, statement: &Statement) -> Vec<String> {
    let plan = explain(database, "explain query plan ", statement).await;
    let details = plan.iter().map(|row| row.try_get::<String>("", "detail").expect("a detail"));
    // A subquery's own result and a constant row are scanned from memory.
    details
        .filter(|detail| detail.starts_with("SCAN ") && !detail.contains("SUBQUERY") && !detail.contains("CONSTANT"))
        .collect()
}

async fn on_postgres(database: &DatabaseConnection, statement: &Statement) -> Vec<String> {
    // On a few rows a scan is the cheapest plan; what matters is whether an index could serve.
    database.execute_unprepared("set enable_seqscan = off").await.expect("a setting");
    let plan = explain(database, "explain ", statement).await;
    let lines = plan.iter().map(|row| row.try_get::<String>("", "QUERY PLAN").expect("a line"));
    lines.filter(|line| line.contains("Seq Scan on ")).collect()
}

async fn explain(database: &DatabaseConnection, verb: &str, statement: &Statement) -> Vec<sea_orm::QueryResult> {
    let sql = format!("{verb}{}", statement.sql);
    let asked = match &statement.values {
        Some(values) => Statement::from_sql_and_values(database.get_database_backend(), sql, values.clone()),
        None => Statement::from_string(database.get_database_backend(), sql),
    };
    database.query_all_raw(asked).await.expect("a plan")
}

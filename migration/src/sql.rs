//! One SQL text for both databases.
#![expect(clippy::disallowed_methods, reason = "a schema change belongs to nobody's scope")]

use sea_orm_migration::prelude::*;
use sea_orm_migration::sea_orm::{ConnectionTrait, DbBackend};

/// What a placeholder becomes on PostgreSQL and on SQLite.
///
/// `{key}` is text compared byte by byte: prefix search is an index range there, and both databases sort alike. `{cascade}`
/// takes along what names a thing that goes, e.g. the policies on a column; SQLite has none.
const TYPES: &[(&str, &str, &str)] = &[
    ("{uuid}", "uuid", "blob"),
    ("{timestamp}", "timestamptz", "text"),
    ("{date}", "date", "text"),
    ("{bytes}", "bytea", "blob"),
    ("{key}", "text collate \"C\"", "text"),
    ("{cascade}", " cascade", ""),
];

/// Runs `template`, several statements apart by `;`, with the types of the connected database.
pub(crate) async fn run(manager: &SchemaManager<'_>, template: &str) -> Result<(), DbErr> {
    let postgres = manager.get_database_backend() == DbBackend::Postgres;
    let sql = TYPES.iter().fold(template.to_owned(), |sql, (name, on_postgres, on_sqlite)| {
        sql.replace(name, if postgres { on_postgres } else { on_sqlite })
    });
    manager.get_connection().execute_unprepared(&sql).await.map(drop)
}

/// A migration of two texts: the way there and the way back.
macro_rules! changes {
    ($up:expr, $down:expr) => {
        use sea_orm_migration::prelude::*;

        #[derive(DeriveMigrationName)]
        pub(crate) struct Migration;

        #[async_trait::async_trait]
        impl MigrationTrait for Migration {
            async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
                crate::sql::run(manager, $up).await
            }

            async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
                crate::sql::run(manager, $down).await
            }
        }
    };
}
pub(crate) use changes;

/// A migration that creates tables: `$up` makes them, `$tables` names them for the way back, children first.
macro_rules! creates {
    ($tables:expr, $up:expr) => {
        crate::sql::changes!($up, &$tables.map(|table| format!("drop table {table}")).join(";\n"));
    };
}
pub(crate) use creates;

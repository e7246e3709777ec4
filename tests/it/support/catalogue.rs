//! What the schema is according to the database itself.
#![expect(clippy::disallowed_methods, reason = "the catalogue is nobody's table")]

use std::collections::BTreeMap;

use sea_orm::{ConnectionTrait, Database, DatabaseConnection, DbBackend, QueryResult, Statement};

/// Tables by name.
pub(crate) type Catalogue = BTreeMap<String, Table>;

/// A table as it is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Table {
    /// Type by column.
    pub(crate) columns: BTreeMap<String, String>,
    pub(crate) primary_key: Vec<String>,
    /// Unique indexes beside the primary key: their columns.
    pub(crate) unique: Vec<Vec<String>>,
    pub(crate) foreign_keys: Vec<ForeignKey>,
}

/// A reference to another table, column by column.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct ForeignKey {
    pub(crate) table: String,
    pub(crate) columns: Vec<(String, String)>,
}

/// One row a column: table, column, type.
const COLUMNS: (&str, &str) = (
    "select c.relname::text, a.attname::text, format_type(a.atttypid, a.atttypmod)
     from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
     where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p')",
    "select t.name, c.name, lower(c.type) from sqlite_master t, pragma_table_info(t.name) c where t.type = 'table'",
);

/// One row a column of a primary key or unique index, in order: table, index, column, `p` or `u`.
const KEYS: (&str, &str) = (
    "select c.relname::text, i.indexrelid::regclass::text, a.attname::text,
            case when i.indisprimary then 'p' else 'u' end
     from pg_index i join pg_class c on c.oid = i.indrelid and c.relnamespace = 'public'::regnamespace
     cross join unnest(i.indkey) with ordinality k(attnum, place)
     left join pg_attribute a on a.attrelid = c.oid and a.attnum = k.attnum
     where i.indisunique order by 1, 2, k.place",
    "select t.name, i.name, c.name, case when i.origin = 'pk' then 'p' else 'u' end
     from sqlite_master t, pragma_index_list(t.name) i, pragma_index_info(i.name) c
     where t.type = 'table' and i.\"unique\" order by 1, 2, c.seqno",
);

/// One row a column of a foreign key, in order: table, key, column, other table, other column.
const REFERENCES: (&str, &str) = (
    "select c.conrelid::regclass::text, c.conname::text, a.attname::text, c.confrelid::regclass::text, b.attname::text
     from pg_constraint c cross join unnest(c.conkey, c.confkey) with ordinality k(own, other, place)
     join pg_attribute a on a.attrelid = c.conrelid and a.attnum = k.own
     join pg_attribute b on b.attrelid = c.confrelid and b.attnum = k.other
     where c.contype = 'f' and c.connamespace = 'public'::regnamespace order by 1, 2, k.place",
    // Without named columns a reference is to the primary key.
    "select t.name, cast(f.id as text), f.\"from\", f.\"table\",
            coalesce(f.\"to\", (select p.name from pragma_table_info(f.\"table\") p where p.pk = f.seq + 1))
     from sqlite_master t, pragma_foreign_key_list(t.name) f where t.type = 'table' order by 1, 2, f.seq",
);

/// Reads the catalogue; tables of the migrations' own are left out.
pub(crate) async fn read(connection: &DatabaseConnection) -> Catalogue {
    let mut tables = Catalogue::new();
    for [table, column, kind] in rows(connection, COLUMNS).await {
        tables.entry(table).or_default().columns.insert(column, kind);
    }
    let mut keys = BTreeMap::<_, Vec<String>>::new();
    for [table, index, column, kind] in rows(connection, KEYS).await {
        keys.entry((table, index, kind)).or_default().push(column);
    }
    for ((table, _, kind), columns) in keys {
        let table = tables.entry(table).or_default();
        match kind.as_str() {
            "p" => table.primary_key = columns,
            _ => table.unique.push(columns),
        }
    }
    let mut references = BTreeMap::<_, Vec<(String, String)>>::new();
    for [table, key, column, other, other_column] in rows(connection, REFERENCES).await {
        references.entry((table, key, other)).or_default().push((column, other_column));
    }
    for ((table, _, other), columns) in references {
        tables.entry(table).or_default().foreign_keys.push(ForeignKey { table: other, columns });
    }
    tables.retain(|name, _| name != "seaql_migrations" && !name.starts_with("sqlite_"));
    tables
}

/// Enum types the schema has made.
pub(crate) async fn enum_types(connection: &DatabaseConnection) -> Vec<String> {
    let none_in_sqlite = "select '' where false";
    rows(connection, ("select typname::text from pg_type where typtype = 'e'", none_in_sqlite))
        .await
        .into_iter()
        .map(|[name]| name)
        .collect()
}

/// A connection without a scope.
pub(crate) async fn connect(url: &str) -> DatabaseConnection {
    Database::connect(url).await.expect("the database answers")
}

/// The answer to the query of a pair that is meant for this database: PostgreSQL's, SQLite's.
async fn rows<const N: usize>(connection: &DatabaseConnection, (postgres, sqlite): (&str, &str)) -> Vec<[String; N]> {
    let backend = connection.get_database_backend();
    let sql = if backend == DbBackend::Postgres { postgres } else { sqlite };
    let rows = connection.query_all_raw(Statement::from_string(backend, sql)).await.expect("a catalogue");
    let text = |row: &QueryResult, at| row.try_get_by_index::<Option<String>>(at).expect("text").unwrap_or_default();
    rows.iter().map(|row| std::array::from_fn(|at| text(row, at))).collect()
}

//! Proof that `clippy.toml` bites: each way around the scope is called here once, and clippy must object to it.
//!
//! Only the test at the end runs. Where the lint stops firing, its expectation is unfulfilled: a warning, so an error.
//! To ban another method: an entry in `clippy.toml`, a call here.
#![expect(dead_code, reason = "these functions are there for clippy to read")]

use entity::tenant::Tenant;
use sea_orm::sea_query::{Condition, DeleteStatement, InsertStatement, Query, SelectStatement, UpdateStatement};
use sea_orm::sqlx::sqlite::{SqliteArguments, SqliteConnectOptions};
use sea_orm::sqlx::{self, Connection, PgPool, Pool, Sqlite, SqliteConnection, SqlitePool};
use sea_orm::{
    ActiveModelTrait, ConnectOptions, ConnectionTrait, Database, DatabaseConnection, DbBackend, Delete, EntityOrSelect,
    EntityTrait, FromQueryResult, Insert, InsertMany, JoinType, Linked, LoaderTrait, ModelTrait, QuerySelect, Related,
    RelatedSelfVia, RelationDef, Select, SqlxPostgresConnector, SqlxSqliteConnector, Statement, StreamTrait,
    TryGetableMany, TryInsert, Update,
};

use thing::{ActiveModel, Column, Entity, Itself, Model, Relation};

// Borrowed for ever: what a call returns may then keep all it was given.
type Db = &'static DatabaseConnection;
type Row = &'static ActiveModel;
type Rows = &'static Vec<Model>;
type Built = &'static SelectStatement;

/// A table related to itself in every way there is; no database has it.
mod thing {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "thing")]
    pub(crate) struct Model {
        #[sea_orm(primary_key)]
        pub id: i32,
    }

    #[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
    pub(crate) enum Relation {
        #[sea_orm(belongs_to = "Entity", from = "Column::Id", to = "Column::Id")]
        Itself,
    }

    pub(crate) struct Itself;

    impl Linked for Itself {
        type FromEntity = Entity;
        type ToEntity = Entity;

        fn link(&self) -> Vec<RelationDef> {
            vec![Relation::Itself.def()]
        }
    }

    impl Related<Entity> for Entity {
        fn to() -> RelationDef {
            Relation::Itself.def()
        }
    }

    impl RelatedSelfVia<Entity> for Entity {
        fn to() -> RelationDef {
            Relation::Itself.def()
        }

        fn via() -> RelationDef {
            Relation::Itself.def()
        }
    }

    impl ActiveModelBehavior for ActiveModel {}
}

macro_rules! banned {
    ($($door:item)*) => {
        $(
            #[expect(clippy::disallowed_methods, reason = "proof that the ban bites")]
            $door
        )*
    };
}

mod queries {
    use super::*;

    banned! {
        fn find() -> Select<Entity> { EntityTrait::find() }
        fn rows() -> Select<entity::bill::Entity> { Tenant::rows() }
        fn find_by_id() -> Select<Entity> { EntityTrait::find_by_id(1) }
        fn find_related_rev() -> Select<Entity> { <Entity as EntityTrait>::find_related_rev() }
        fn insert(row: ActiveModel) -> Insert<ActiveModel> { <Entity as EntityTrait>::insert(row) }
        fn insert_many(rows: Vec<ActiveModel>) -> InsertMany<ActiveModel> { <Entity as EntityTrait>::insert_many(rows) }
        fn update(row: ActiveModel) -> impl Sized { <Entity as EntityTrait>::update(row) }
        fn update_many() -> impl Sized { <Entity as EntityTrait>::update_many() }
        fn delete(row: ActiveModel) -> impl Sized { <Entity as EntityTrait>::delete(row) }
        fn delete_many() -> impl Sized { <Entity as EntityTrait>::delete_many() }
        fn delete_by_id() -> impl Sized { <Entity as EntityTrait>::delete_by_id(1) }
        fn entity_as_select() -> Select<Entity> { EntityOrSelect::select(Entity) }
        fn insert_one(row: ActiveModel) -> Insert<ActiveModel> { Insert::one(row) }
        fn insert_several(rows: Vec<ActiveModel>) -> InsertMany<ActiveModel> { Insert::many(rows) }
        fn insert_many_many(rows: Vec<ActiveModel>) -> InsertMany<ActiveModel> { InsertMany::many(rows) }
        fn try_insert_one(row: ActiveModel) -> TryInsert<ActiveModel> { TryInsert::one(row) }
        fn try_insert_many(rows: Vec<ActiveModel>) -> TryInsert<ActiveModel> { TryInsert::many(rows) }
        fn update_one(row: ActiveModel) -> impl Sized { Update::one(row) }
        fn update_several() -> impl Sized { Update::many(Entity) }
        fn delete_one(row: ActiveModel) -> impl Sized { Delete::one(row) }
        fn delete_several() -> impl Sized { Delete::many(Entity) }
    }
}

mod rows {
    use super::*;

    banned! {
        fn insert(row: ActiveModel, db: Db) -> impl Sized { ActiveModelTrait::insert(row, db) }
        fn update(row: ActiveModel, db: Db) -> impl Sized { ActiveModelTrait::update(row, db) }
        fn update_only(row: ActiveModel, db: Db) -> impl Sized { ActiveModelTrait::update_without_returning(row, db) }
        fn save(row: ActiveModel, db: Db) -> impl Sized { ActiveModelTrait::save(row, db) }
        fn delete(row: ActiveModel, db: Db) -> impl Sized { ActiveModelTrait::delete(row, db) }
        fn delete_model(row: Model, db: Db) -> impl Sized { ModelTrait::delete(row, db) }
        fn link(row: Row, other: &'static [ActiveModel], db: Db) -> impl Sized {
            ActiveModelTrait::establish_links(row, Entity, other, true, db)
        }
        fn link_self(row: Row, other: &'static [ActiveModel], db: Db) -> impl Sized {
            ActiveModelTrait::establish_links_self(row, Entity, other, true, db)
        }
        fn link_self_rev(row: Row, other: &'static [ActiveModel], db: Db) -> impl Sized {
            ActiveModelTrait::establish_links_self_rev(row, Entity, other, true, db)
        }
        fn unlink(row: Row, db: Db) -> impl Sized { ActiveModelTrait::delete_links(row, Entity, db) }
        fn unlink_self(row: Row, db: Db) -> impl Sized { ActiveModelTrait::delete_links_self(row, Entity, db) }
    }
}

mod relations {
    use super::*;

    banned! {
        fn of_active_model(row: Row) -> Select<Entity> { ActiveModelTrait::find_related(row, Entity) }
        fn of_model(row: &Model) -> Select<Entity> { ModelTrait::find_related(row, Entity) }
        fn linked(row: &Model) -> Select<Entity> { ModelTrait::find_linked(row, Itself) }
        fn linked_recursive(row: &Model) -> Select<Entity> { ModelTrait::find_linked_recursive(row, Itself) }
        fn related() -> Select<Entity> { <Entity as Related<Entity>>::find_related() }
        fn related_self() -> Select<Entity> { <Entity as RelatedSelfVia<Entity>>::find_related() }
        fn link() -> Select<Entity> { Linked::find_linked(&Itself) }
        fn load_self(rows: Rows, db: Db) -> impl Sized { LoaderTrait::load_self(rows, Entity, Relation::Itself, db) }
        fn load_self_many(rows: Rows, db: Db) -> impl Sized {
            LoaderTrait::load_self_many(rows, Entity, Relation::Itself, db)
        }
        fn load_self_via(rows: Rows, db: Db) -> impl Sized { LoaderTrait::load_self_via(rows, Entity, db) }
        fn load_self_via_rev(rows: Rows, db: Db) -> impl Sized { LoaderTrait::load_self_via_rev(rows, Entity, db) }
        fn load_one(rows: Rows, db: Db) -> impl Sized { LoaderTrait::load_one(rows, Entity, db) }
        fn load_many(rows: Rows, db: Db) -> impl Sized { LoaderTrait::load_many(rows, Entity, db) }
        fn load_many_to_many(rows: Rows, db: Db) -> impl Sized {
            LoaderTrait::load_many_to_many(rows, Entity, Entity, db)
        }
    }
}

mod joins {
    use super::*;

    banned! {
        fn find_also(query: Select<Entity>) -> impl Sized { Select::find_also(query, Entity, Entity) }
        fn find_also_related(query: Select<Entity>) -> impl Sized { Select::find_also_related(query, Entity) }
        fn find_both_related(query: Select<Entity>) -> impl Sized { Select::find_both_related(query, Entity) }
        fn find_with_related(query: Select<Entity>) -> impl Sized { Select::find_with_related(query, Entity) }
        fn find_also_linked(query: Select<Entity>) -> impl Sized { Select::find_also_linked(query, Itself) }
        fn find_with_linked(query: Select<Entity>) -> impl Sized { Select::find_with_linked(query, Itself) }
        fn find_recursive(query: Select<Entity>) -> impl Sized { Select::find_with_linked_recursive(query, Itself) }
        fn select_also(query: Select<Entity>) -> impl Sized { Select::select_also(query, Entity) }
        fn select_with(query: Select<Entity>) -> impl Sized { Select::select_with(query, Entity) }
        fn select_two_required(query: Select<Entity>) -> impl Sized { Select::select_two_required(query, Entity) }
        fn left_join(query: Select<Entity>) -> impl Sized { Select::left_join(query, Entity) }
        fn right_join(query: Select<Entity>) -> impl Sized { Select::right_join(query, Entity) }
        fn inner_join(query: Select<Entity>) -> impl Sized { Select::inner_join(query, Entity) }
        fn reverse_join(query: Select<Entity>) -> impl Sized { Select::reverse_join(query, Entity) }
        fn left_join_linked(query: Select<Entity>) -> impl Sized { Select::left_join_linked(query, Itself) }
        fn has_related(query: Select<Entity>) -> impl Sized { Select::has_related(query, Entity, Condition::all()) }
        fn join(query: Select<Entity>, to: RelationDef) -> impl Sized { QuerySelect::join(query, JoinType::Join, to) }
        fn join_rev(query: Select<Entity>, to: RelationDef) -> impl Sized {
            QuerySelect::join_rev(query, JoinType::Join, to)
        }
        fn join_as(query: Select<Entity>, to: RelationDef) -> impl Sized {
            QuerySelect::join_as(query, JoinType::Join, to, "other")
        }
        fn join_as_rev(query: Select<Entity>, to: RelationDef) -> impl Sized {
            QuerySelect::join_as_rev(query, JoinType::Join, to, "other")
        }
    }
}

mod sql {
    use super::*;

    banned! {
        fn from_string() -> Statement { Statement::from_string(DbBackend::Sqlite, "") }
        fn from_sql() -> Statement { Statement::from_sql_and_values(DbBackend::Sqlite, "", []) }
        fn from_raw_sql(query: Select<Entity>, sql: Statement) -> impl Sized { Select::from_raw_sql(query, sql) }
        fn rows_of(sql: Statement) -> impl Sized { <Model as FromQueryResult>::find_by_statement(sql) }
        fn tuples_of(sql: Statement) -> impl Sized { <(i32, i32) as TryGetableMany>::find_by_statement::<Column>(sql) }
        fn execute(db: Db, query: Built) -> impl Sized { ConnectionTrait::execute(db, query) }
        fn execute_raw(db: Db, sql: Statement) -> impl Sized { ConnectionTrait::execute_raw(db, sql) }
        fn execute_unprepared(db: Db) -> impl Sized { ConnectionTrait::execute_unprepared(db, "") }
        fn query_one(db: Db, query: Built) -> impl Sized { ConnectionTrait::query_one(db, query) }
        fn query_one_raw(db: Db, sql: Statement) -> impl Sized { ConnectionTrait::query_one_raw(db, sql) }
        fn query_all(db: Db, query: Built) -> impl Sized { ConnectionTrait::query_all(db, query) }
        fn query_all_raw(db: Db, sql: Statement) -> impl Sized { ConnectionTrait::query_all_raw(db, sql) }
        fn stream(db: Db, query: Built) -> impl Sized { StreamTrait::stream(db, query) }
        fn stream_raw(db: Db, sql: Statement) -> impl Sized { StreamTrait::stream_raw(db, sql) }
        fn sqlx_query() -> impl Sized { sqlx::query::<Sqlite>("") }
        fn sqlx_query_as() -> impl Sized { sqlx::query_as::<Sqlite, (i32,)>("") }
        fn sqlx_query_scalar() -> impl Sized { sqlx::query_scalar::<Sqlite, i32>("") }
        fn sqlx_query_with(values: SqliteArguments) -> impl Sized { sqlx::query_with("", values) }
        fn sqlx_raw_sql() -> impl Sized { sqlx::raw_sql("") }
    }
}

mod statements {
    use super::*;

    banned! {
        fn select() -> SelectStatement { Query::select() }
        fn insert() -> InsertStatement { Query::insert() }
        fn update() -> UpdateStatement { Query::update() }
        fn delete() -> DeleteStatement { Query::delete() }
        fn with() -> impl Sized { Query::with() }
        fn new_select() -> SelectStatement { SelectStatement::new() }
        fn new_insert() -> InsertStatement { InsertStatement::new() }
        fn new_update() -> UpdateStatement { UpdateStatement::new() }
        fn new_delete() -> DeleteStatement { DeleteStatement::new() }
        fn from(query: &mut SelectStatement) -> impl Sized { SelectStatement::from(query, Entity) }
        fn from_as(query: &mut SelectStatement) -> impl Sized { SelectStatement::from_as(query, Entity, "other") }
        fn join(query: &mut SelectStatement) -> impl Sized {
            SelectStatement::join(query, JoinType::Join, Entity, Condition::all())
        }
        fn join_as(query: &mut SelectStatement) -> impl Sized {
            SelectStatement::join_as(query, JoinType::Join, Entity, "other", Condition::all())
        }
        fn cross_join(query: &mut SelectStatement) -> impl Sized { SelectStatement::cross_join(query, Entity) }
        fn left_join(query: &mut SelectStatement) -> impl Sized {
            SelectStatement::left_join(query, Entity, Condition::all())
        }
        fn right_join(query: &mut SelectStatement) -> impl Sized {
            SelectStatement::right_join(query, Entity, Condition::all())
        }
        fn inner_join(query: &mut SelectStatement) -> impl Sized {
            SelectStatement::inner_join(query, Entity, Condition::all())
        }
        fn full_outer_join(query: &mut SelectStatement) -> impl Sized {
            SelectStatement::full_outer_join(query, Entity, Condition::all())
        }
    }
}

mod connections {
    use super::*;

    banned! {
        fn connect() -> impl Sized { Database::connect("") }
        fn to_postgres(options: ConnectOptions) -> impl Sized { SqlxPostgresConnector::connect(options) }
        fn from_postgres(pool: PgPool) -> DatabaseConnection { SqlxPostgresConnector::from_sqlx_postgres_pool(pool) }
        fn to_sqlite(options: ConnectOptions) -> impl Sized { SqlxSqliteConnector::connect(options) }
        fn from_sqlite(pool: SqlitePool) -> DatabaseConnection { SqlxSqliteConnector::from_sqlx_sqlite_pool(pool) }
        fn postgres_pool(db: Db) -> &'static PgPool { DatabaseConnection::get_postgres_connection_pool(db) }
        fn sqlite_pool(db: Db) -> &'static SqlitePool { DatabaseConnection::get_sqlite_connection_pool(db) }
        fn pool() -> impl Future<Output = sqlx::Result<SqlitePool>> { Pool::connect("") }
        fn pool_with(options: SqliteConnectOptions) -> impl Future<Output = sqlx::Result<SqlitePool>> {
            Pool::connect_with(options)
        }
        fn lazy_pool() -> sqlx::Result<SqlitePool> { Pool::connect_lazy("") }
        fn lazy_pool_with(options: SqliteConnectOptions) -> SqlitePool { Pool::connect_lazy_with(options) }
        fn connection() -> impl Future<Output = sqlx::Result<SqliteConnection>> {
            <SqliteConnection as Connection>::connect("")
        }
        fn connection_with(options: &SqliteConnectOptions) -> impl Future<Output = sqlx::Result<SqliteConnection>> {
            <SqliteConnection as Connection>::connect_with(options)
        }
    }
}

#[test]
fn every_ban_is_proved() {
    let called: Vec<_> = include_str!("banned_doors.rs")
        .replace("<Entity>>::", "::")
        .replace(">::", "::")
        .split(|c: char| !c.is_alphanumeric() && c != '_' && c != ':')
        .map(str::to_owned)
        .collect();
    let unproved: Vec<_> = include_str!("../../clippy.toml")
        .lines()
        .filter_map(|line| line.split_once("path = \"")?.1.split_once('"'))
        .map(|(path, _)| path)
        .filter(|path| {
            let names: Vec<_> = path.rsplitn(3, "::").take(2).collect();
            let call = format!("{}::{}", names[1], names[0]);
            !called.iter().any(|called| called.trim_end_matches(':') == call)
        })
        .collect();
    assert!(unproved.is_empty(), "banned in clippy.toml without a proof: call them in this file: {unproved:#?}");
}

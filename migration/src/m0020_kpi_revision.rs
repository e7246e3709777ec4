//! How often what is open in a dealership has changed, counted by the database: whoever changes its cells, a program of an
//! earlier release or a hand, cannot forget to.

use sea_orm_migration::prelude::*;
use sea_orm_migration::sea_orm::DbBackend;

const TABLE: &str = "
create table kpi_revision (
    dealership_id {uuid} not null references dealership (id),
    id {uuid} not null,
    revision bigint not null,
    primary key (dealership_id, id)
);
insert into kpi_revision (dealership_id, id, revision) select id, id, 1 from dealership;";

/// Once a statement, as whoever sent it. Rows of one statement are those of one dealership but for rebuilt figures, so they
/// are taken in the order of their ids.
const ON_POSTGRES: &str = "
create function kpi_open_changed() returns trigger language plpgsql as $$
begin
    insert into kpi_revision (dealership_id, id, revision)
    select dealership_id, dealership_id, 1 from changed where branch_id is null group by dealership_id
    order by dealership_id
    on conflict (dealership_id, id) do update set revision = kpi_revision.revision + 1;
    return null;
end $$;
create trigger kpi_open_added after insert on kpi_open
    referencing new table as changed for each statement execute function kpi_open_changed();
create trigger kpi_open_updated after update on kpi_open
    referencing new table as changed for each statement execute function kpi_open_changed();
create trigger kpi_open_removed after delete on kpi_open
    referencing old table as changed for each statement execute function kpi_open_changed();";

const DOWN_ON_POSTGRES: &str = "
drop trigger kpi_open_added on kpi_open;
drop trigger kpi_open_updated on kpi_open;
drop trigger kpi_open_removed on kpi_open;
drop function kpi_open_changed();
drop table kpi_revision";

const DOWN_ON_SQLITE: &str = "
drop trigger kpi_open_added;
drop trigger kpi_open_updated;
drop trigger kpi_open_removed;
drop table kpi_revision";

/// SQLite knows triggers of rows only.
fn on_sqlite() -> String {
    let triggers = [("added", "insert", "new"), ("updated", "update", "new"), ("removed", "delete", "old")];
    let trigger = |(name, verb, row): (&str, &str, &str)| {
        format!(
            "create trigger kpi_open_{name} after {verb} on kpi_open when {row}.branch_id is null begin
                insert into kpi_revision (dealership_id, id, revision)
                values ({row}.dealership_id, {row}.dealership_id, 1)
                on conflict (dealership_id, id) do update set revision = revision + 1;
            end;"
        )
    };
    triggers.map(trigger).join("\n")
}

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let triggers = match manager.get_database_backend() {
            DbBackend::Postgres => ON_POSTGRES.to_owned(),
            _ => on_sqlite(),
        };
        crate::sql::run(manager, &format!("{TABLE}{triggers}")).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let down =
            if manager.get_database_backend() == DbBackend::Postgres { DOWN_ON_POSTGRES } else { DOWN_ON_SQLITE };
        crate::sql::run(manager, down).await
    }
}

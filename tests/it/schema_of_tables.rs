//! The tables are what tenancy needs: composite keys, no way to another tenant's parent, no type an index cannot serve.

use std::collections::BTreeSet;

use entity::tenant::{Ownership, TABLES};
use migration::{Migrator, MigratorTrait};

use crate::support::canary;
use crate::support::catalogue::{self, Catalogue, Table};
use crate::support::{Home, both};

/// Owned tables with their names; the dealership itself, which is its own owner, is left out.
fn owned(tables: &Catalogue) -> impl Iterator<Item = (&String, &Table)> {
    tables.iter().filter(|(name, _)| *name != "dealership" && is_owned(name))
}

fn is_owned(name: &str) -> bool {
    TABLES.iter().any(|(table, owner)| *table == name && *owner != Ownership::Shared)
}

async fn tables(home: &Home) -> Catalogue {
    catalogue::read(&catalogue::connect(&home.url).await).await
}

both!(the_catalogue_is_read_as_it_is, async |home: Home| {
    let tables = tables(&home).await;
    let counter = &tables["counter"];
    assert_eq!(counter.columns["next_value"], "bigint");
    assert_eq!(counter.unique, [["dealership_id", "branch_id", "document", "period"]]);
    let branch = counter.foreign_keys.iter().find(|key| key.table == "branch").expect("a counter is a branch's");
    let columns: Vec<_> = branch.columns.iter().map(|(own, other)| (own.as_str(), other.as_str())).collect();
    assert_eq!(columns, [("dealership_id", "dealership_id"), ("branch_id", "id")]);
});

both!(every_table_has_an_owner, async |home: Home| {
    let tables = tables(&home).await;
    let real: BTreeSet<_> = tables.keys().map(String::as_str).collect();
    let listed: BTreeSet<_> = TABLES.iter().map(|(name, _)| *name).collect();
    assert_eq!(real, listed, "on the left the database, on the right entity::tenant::TABLES: every table has one row");
});

both!(an_owned_table_is_keyed_by_dealership_and_id, async |home: Home| {
    for (name, table) in owned(&tables(&home).await) {
        assert_eq!(
            table.primary_key,
            ["dealership_id", "id"],
            "{name}: primary key (dealership_id, id), in its migration"
        );
    }
});

both!(a_child_shares_its_parents_dealership, async |home: Home| {
    let by_dealership = ("dealership_id".to_owned(), "dealership_id".to_owned());
    for (name, table) in owned(&tables(&home).await) {
        for key in table.foreign_keys.iter().filter(|key| key.table != "dealership" && is_owned(&key.table)) {
            assert!(
                key.columns.len() > 1 && key.columns.contains(&by_dealership),
                "{name} → {}: foreign key (dealership_id, …) references (dealership_id, …), not {:?}",
                key.table,
                key.columns
            );
        }
    }
});

both!(an_owned_table_belongs_to_a_known_dealership, async |home: Home| {
    // The installation has jobs of its own, which are of no dealership.
    for (name, table) in owned(&tables(&home).await).filter(|(name, _)| *name != "job") {
        let known = table.foreign_keys.iter().any(|key| key.table == "dealership");
        assert!(known, "{name}: dealership_id references dealership");
    }
});

both!(uniqueness_is_a_tenants_own, async |home: Home| {
    for (name, table) in owned(&tables(&home).await) {
        for columns in &table.unique {
            assert!(
                columns.iter().any(|column| column == "dealership_id"),
                "{name}: unique {columns:?} would tell one dealership what another one has: put dealership_id first"
            );
        }
    }
});

both!(money_is_a_whole_number_of_minor_units, async |home: Home| {
    let tables = tables(&home).await;
    let columns = tables.iter().flat_map(|(name, table)| table.columns.iter().map(move |column| (name, column)));
    let money: Vec<_> = columns.filter(|(_, (column, _))| column.ends_with("_minor")).collect();
    assert!(!money.is_empty());
    for (table, (column, kind)) in money {
        assert_eq!(kind, "bigint", "{table}.{column}");
    }
});

both!(no_type_is_an_enum, async |home: Home| {
    let enums = catalogue::enum_types(&catalogue::connect(&home.url).await).await;
    assert!(enums.is_empty(), "{enums:?}: kinds are text, see entity::kind");
});

both!(migrations_run_down_and_up_again, async |home: Home| {
    let connection = catalogue::connect(&home.url).await;
    let before = catalogue::read(&connection).await;
    Migrator::down(&connection, None).await.expect("down");
    assert_eq!(catalogue::read(&connection).await, Catalogue::new(), "left behind on the way down");
    Migrator::up(&connection, None).await.expect("up again");
    assert_eq!(catalogue::read(&connection).await, before);
});

both!(every_text_of_an_owned_table_has_a_canary_or_a_reason_against_it, async |home: Home| {
    let tables = tables(&home).await;
    let owned = tables.iter().filter(|(name, _)| is_owned(name));
    let undecided: Vec<_> = owned.flat_map(|(name, table)| canary::undecided(name, table)).collect();
    assert!(undecided.is_empty(), "give these a row in tests/it/support/canary.rs: {undecided:#?}");
});

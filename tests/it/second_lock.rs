//! The second lock, with the first one out of the way: raw SQL under the roles that transactions take.
#![expect(clippy::disallowed_methods, reason = "the point is to go around the first lock")]

use std::collections::BTreeSet;

use entity::tenant::{self, Owned, ToPartner};
use forecourt::config::Config;
use sea_orm::{ConnectOptions, ConnectionTrait, Database, DatabaseConnection, DbBackend, Statement};
use uuid::Uuid;

use crate::support::{World, seeded};

const ROLES: [&str; 6] = [
    "forecourt_branch",
    "forecourt_dealership",
    "forecourt_group",
    "forecourt_all",
    "forecourt_staff",
    "forecourt_system",
];

/// Of leasing companies: they have a policy on what they are shown, and no right to anything else.
const PARTNERS: [&str; 2] = ["forecourt_partner", "forecourt_partner_branch"];

seeded!(every_owned_table_is_locked_for_every_role, async |world: World| {
    let Some(database) = postgres(&world).await else { return };
    assert_eq!(
        unlocked(&database).await,
        [""; 0],
        "run `forecourt migrate`: it fits the lock to entity::tenant::TABLES"
    );
    database.execute_unprepared("drop policy forecourt_branch on payment").await.expect("dropped");
    assert_eq!(unlocked(&database).await, ["payment for forecourt_branch"]);
    database.execute_unprepared("alter table quotation no force row level security").await.expect("altered");
    assert_eq!(unlocked(&database).await.len(), 1 + ROLES.len(), "an owner reads quotations");
});

/// The owned tables that lack their policy for a role, or do not force it, or have one that they should not.
async fn unlocked(database: &DatabaseConnection) -> Vec<String> {
    let sql = "select c.relname || ' for ' || p.polname from pg_policy p join pg_class c on c.oid = p.polrelid
               where c.relrowsecurity and c.relforcerowsecurity and c.relnamespace = 'public'::regnamespace";
    let locked: BTreeSet<_> = texts(database, sql).await.into_iter().collect();
    let mut unlocked = Vec::new();
    for owned in tenant::owned() {
        let of = |role: &str| format!("{} for {role}", owned.table);
        unlocked.extend(ROLES.map(of).into_iter().filter(|wanted| !locked.contains(wanted)));
        let is_shown = owned.to_partner != ToPartner::Nothing;
        unlocked.extend(PARTNERS.map(of).into_iter().filter(|wanted| locked.contains(wanted) != is_shown));
    }
    unlocked
}

seeded!(without_the_first_lock_the_second_still_holds_table_by_table, async |world: World| {
    let Some(database) = postgres(&world).await else { return };
    let place = Place::of(&database, "colombo-ev", "BR01").await;
    let mut filled = 0;
    for owned in tenant::owned() {
        let whole = count(&database, &format!("select count(*) from {}", owned.table)).await;
        for (role, settings, rows) in place.modes(&owned) {
            let expected = count(&database, &format!("select count(*) from {} where {rows}", owned.table)).await;
            let shown = under(&database, role, &settings, &format!("select count(*) from {}", owned.table)).await;
            assert_eq!(shown, Ok(expected), "{role} on {}", owned.table);
            filled += i32::from(role == "forecourt_branch" && expected < whole);
        }
    }
    assert!(filled >= 10, "the world has foreign rows in {filled} tables only");
});

seeded!(hostile_sql_in_a_scoped_transaction_gets_nothing, async |world: World| {
    let Some(database) = postgres(&world).await else { return };
    let own = Place::of(&database, "colombo-ev", "BR01").await;
    let foreign = Place::of(&database, "ruhuna-motors", "BR01").await;
    database.execute_unprepared(HELPER).await.expect("a function of the owner's");
    let (theirs, branch) = (foreign.dealership, foreign.branch);
    for (role, settings, _) in own.modes(&owned("bill")).into_iter().filter(|(role, ..)| !role.ends_with("all")) {
        for nothing in [
            format!("select count(*) from bill where dealership_id = '{theirs}'"),
            format!("select count(*) from dealership d join bill b on b.dealership_id = d.id where d.id = '{theirs}'"),
            format!("select count(*) from customer where exists (select 1 from bill where dealership_id = '{theirs}')"),
            format!(
                "select count(*) from (select * from bill union all select * from bill) b where dealership_id = '{theirs}'"
            ),
            format!("select bills_of('{theirs}')"),
            format!(
                "with gone as (update bill set total_minor = 0 where dealership_id = '{theirs}' returning 1) select count(*) from gone"
            ),
            format!(
                "with gone as (delete from payment where dealership_id = '{theirs}' returning 1) select count(*) from gone"
            ),
        ] {
            assert_eq!(under(&database, role, &settings, &nothing).await, Ok(0), "{role}: {nothing}");
        }
        for refused in [
            format!("insert into counter values ('{theirs}', gen_random_uuid(), '{branch}', 'BILL', '26SEP', 1)"),
            format!("update counter set dealership_id = '{theirs}', branch_id = '{branch}'"),
            "select count(*) from deployment".to_owned(),
            "update user_account set password_hash = null".to_owned(),
            "select count(password_hash) from user_account".to_owned(),
            "select count(u) from user_account u".to_owned(),
            "alter table bill disable row level security".to_owned(),
            "drop policy forecourt_branch on bill".to_owned(),
        ] {
            let answer = under(&database, role, &settings, &refused).await;
            assert!(answer.is_err(), "{role} may: {refused}");
        }
    }
});

seeded!(what_is_written_while_the_role_turns_keeps_to_the_role_before, async |world: World| {
    let Some(database) = postgres(&world).await else { return };
    let own = Place::of(&database, "colombo-ev", "BR01").await;
    let sibling = Place::of(&database, "colombo-ev", "BR02").await;
    let settings =
        own.modes(&owned("bill")).into_iter().find(|(role, ..)| *role == "forecourt_branch").expect("a mode").1;
    let turning = |branch: Uuid| {
        format!(
            "with made as (insert into counter values ('{}', gen_random_uuid(), '{branch}', 'BILL', '99SEP', 1))
             select length(set_config('role', 'forecourt_dealership', true))::bigint",
            own.dealership
        )
    };
    assert!(under(&database, "forecourt_branch", &settings, &turning(sibling.branch)).await.is_err());
    assert_eq!(under(&database, "forecourt_branch", &settings, &turning(own.branch)).await, Ok(20));
});

seeded!(a_partner_reads_what_its_company_finances_and_nothing_else, async |world: World| {
    let Some(database) = postgres(&world).await else { return };
    let own = Place::of(&database, "colombo-ev", "BR01").await;
    let company = "select f.id::text from finance_company f join dealership d on d.id = f.dealership_id
                   where d.code = 'colombo-ev' and f.name like 'Mahaweli%'";
    let company = texts(&database, company).await.swap_remove(0);
    let of_dealership =
        format!("set local app.dealership_id = '{}'; set local app.finance_company_id = '{company}';", own.dealership);
    let of_branch = format!("{of_dealership} set local app.branch_ids = '{{{}}}';", own.branch);
    for (role, settings, branch) in [
        ("forecourt_partner", &of_dealership, String::new()),
        ("forecourt_partner_branch", &of_branch, format!(" and branch_id = '{}'", own.branch)),
    ] {
        for table in ["bill", "rmv_case"] {
            let rows = format!("select count(*) from {table}");
            let whole = count(&database, &format!("{rows} where finance_company_id = '{company}'{branch}")).await;
            assert!(whole > 0, "the world has none of {table}");
            assert_eq!(under(&database, role, settings, &rows).await, Ok(whole), "{role} on {table}");
            for partly in ["", "set local app.finance_company_id = '';", "set local app.dealership_id = '';"] {
                let settings = if partly.is_empty() { String::new() } else { format!("{settings}{partly}") };
                assert_eq!(under(&database, role, &settings, &rows).await, Ok(0), "{role} says not who it is");
            }
        }
        for owned in tenant::owned().into_iter().filter(|owned| owned.to_partner == ToPartner::Nothing) {
            let rows = format!("select count(*) from {}", owned.table);
            assert!(under(&database, role, settings, &rows).await.is_err(), "{role} may read {}", owned.table);
        }
        for refused in [
            "select count(customer_name) from bill",
            "select count(buyer) from bill",
            "select count(registration_number) from rmv_case",
            "select count(b) from bill b",
            "select count(*) from kpi_fact",
            "select count(*) from user_account",
            "select count(*) from deployment",
            "with gone as (delete from bill returning 1) select count(*) from gone",
            "with done as (update bill set status = 'PENDING' returning 1) select count(*) from done",
            "with done as (update dealership set name = '' returning 1) select count(*) from done",
        ] {
            assert!(under(&database, role, settings, refused).await.is_err(), "{role} may: {refused}");
        }
    }
});

seeded!(accounts_are_added_for_staff_and_changed_by_nobody_within_a_dealership, async |world: World| {
    let Some(database) = postgres(&world).await else { return };
    let own = Place::of(&database, "colombo-ev", "BR01").await;
    let add = "with made as (insert into user_account (id, email, email_key, name, created_at)
               values (gen_random_uuid(), 'new@example.com', 'new@example.com', 'New', now()) returning 1)
               select count(*) from made";
    for (role, settings, _) in own.modes(&owned("membership")) {
        assert_eq!(under(&database, role, &settings, add).await.is_ok(), role == "forecourt_staff", "{role}");
        for refused in ["update user_account set group_role = 'HQ_ADMIN'", "delete from user_account"] {
            assert!(under(&database, role, &settings, refused).await.is_err(), "{role} may: {refused}");
        }
    }
});

seeded!(a_session_that_says_nothing_sees_nothing, async |world: World| {
    let Some(database) = postgres(&world).await else { return };
    for role in ["forecourt_branch", "forecourt_dealership", "forecourt_group", "forecourt_staff"] {
        assert_eq!(under(&database, role, "", "select count(*) from bill").await, Ok(0), "{role}");
        // A setting of an earlier transaction on the same connection is gone with it.
        let settings = "set local app.dealership_id = '00000000-0000-7000-8000-000000000000';";
        assert_eq!(under(&database, role, settings, "select count(*) from bill").await, Ok(0), "{role}");
        assert_eq!(under(&database, role, "", "select count(*) from bill").await, Ok(0), "{role}");
    }
    let login = under(&database, "forecourt_app", "", "select count(*) from bill").await;
    assert!(login.is_err(), "the login itself reads bills");
    assert!(under(&database, "forecourt_all", "", "delete from payment").await.is_err(), "HQ over everything writes");
});

seeded!(nobody_is_served_as_a_login_that_the_database_does_not_bind, async |world: World| {
    if postgres(&world).await.is_none() {
        return;
    }
    let config = |url: &str, allow_privileged_login| {
        let config = Config::load(None, &[("database.url", url.to_owned())]).expect("the defaults are valid").database;
        forecourt::config::Database { allow_privileged_login, ..config }
    };
    let privileged = world.home.app.require_bound_login(&config(&world.home.url, false)).await;
    assert!(privileged.expect_err("a superuser").to_string().contains("forecourt_app"));
    assert!(world.home.app.require_bound_login(&config(&world.home.url, true)).await.is_ok());
    let login = world.home.url.replacen("postgres://postgres@", "postgres://forecourt_app@", 1);
    let bound = forecourt::database::Database::connect(
        &config(&login, false),
        forecourt::event::Hub::default(),
        forecourt::database::Probes::default(),
    )
    .await
    .expect("connects");
    assert!(!bound.is_above_the_second_lock().await.expect("a query"));
    bound.close().await.expect("closes");
});

const HELPER: &str = "create or replace function bills_of(d uuid) returns bigint language sql as
    'select count(*) from bill where dealership_id = d'";

/// A dealership and a branch by their ids.
struct Place {
    dealership: Uuid,
    branch: Uuid,
}

impl Place {
    async fn of(database: &DatabaseConnection, dealership: &str, branch: &str) -> Self {
        let from = format!(
            "from branch b join dealership d on d.id = b.dealership_id where d.code = '{dealership}' and b.code = '{branch}'"
        );
        let id = async |column: &str| {
            let ids = texts(database, &format!("select {column}::text {from}")).await;
            ids.first().and_then(|id| id.parse().ok()).expect("the world has it")
        };
        Self { dealership: id("d.id").await, branch: id("b.id").await }
    }

    /// Each role that transactions take here, the whole installation's own aside: its settings, and the rows it may see.
    fn modes(&self, owned: &Owned) -> Vec<(&'static str, String, String)> {
        let Self { dealership, branch } = self;
        let in_dealership = format!("{} = '{dealership}'", owned.dealership);
        let in_branch = match owned.branch {
            Some(column) => format!("{in_dealership} and {column} = '{branch}'"),
            None => in_dealership.clone(),
        };
        let set_dealership = format!("set local app.dealership_id = '{dealership}';");
        let set_branch = format!("{set_dealership} set local app.branch_id = '{branch}';");
        let set_group = format!("set local app.dealership_ids = '{{{dealership}}}';");
        vec![
            ("forecourt_branch", set_branch, in_branch),
            ("forecourt_dealership", set_dealership.clone(), in_dealership.clone()),
            ("forecourt_staff", set_dealership, in_dealership.clone()),
            ("forecourt_group", set_group, in_dealership),
            ("forecourt_all", String::new(), "true".to_owned()),
        ]
    }
}

fn owned(table: &str) -> Owned {
    tenant::owned().into_iter().find(|owned| owned.table == table).expect("a table of ours")
}

/// One connection to the world's database, where that is PostgreSQL.
async fn postgres(world: &World) -> Option<DatabaseConnection> {
    let mut options = ConnectOptions::new(&world.home.url);
    let database = Database::connect(options.max_connections(1).to_owned()).await.expect("the database answers");
    (database.get_database_backend() == DbBackend::Postgres).then_some(database)
}

/// The number a statement gives under a role, in a transaction that is rolled back.
async fn under(database: &DatabaseConnection, role: &str, settings: &str, sql: &str) -> Result<i64, String> {
    database.execute_unprepared(&format!("begin; set local role {role}; {settings}")).await.expect("a transaction");
    let answer = database.query_one_raw(Statement::from_string(DbBackend::Postgres, sql)).await;
    database.execute_unprepared("rollback").await.expect("an end");
    let row = answer.map_err(|error| error.to_string())?;
    Ok(row.map_or(0, |row| row.try_get_by_index(0).expect("a number")))
}

async fn count(database: &DatabaseConnection, sql: &str) -> i64 {
    let row = database.query_one_raw(Statement::from_string(DbBackend::Postgres, sql)).await.expect("a query");
    row.expect("a row").try_get_by_index(0).expect("a number")
}

async fn texts(database: &DatabaseConnection, sql: &str) -> Vec<String> {
    let rows = database.query_all_raw(Statement::from_string(DbBackend::Postgres, sql)).await.expect("a query");
    rows.iter().map(|row| row.try_get_by_index(0).expect("text")).collect()
}

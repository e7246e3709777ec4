//! The first lock, table by table: what narrows a query is the scope's condition and nothing else, and a table that lost it
//! is named.
#![expect(clippy::disallowed_methods, reason = "the point is to look behind the first lock, and to break it")]

use std::collections::BTreeSet;

use entity::tenant::{self, Owned, Tenant};
use forecourt::scope::{Actor, Reach, Scope};
use sea_orm::sea_query::SelectStatement;
use sea_orm::{ConnectionTrait, DatabaseConnection, QueryTrait, Select, Statement};

use crate::support::partner::COMPANY;
use crate::support::{World, catalogue, seeded};

/// A table with two queries of all its rows: through the door of a scope, and through a door that is not locked.
struct Door {
    table: &'static str,
    locked: SelectStatement,
    unlocked: SelectStatement,
    /// Whose rows the scope reaches, as SQL that owes nothing to the door.
    own: String,
}

impl Door {
    fn of<E: Tenant>(scope: &Scope) -> Self {
        let table = E::default().table_name();
        let owned = Owned::of::<E>();
        let dealerships = |ids: &str| {
            format!(
                "select count(*) from {table} where {} in (select id from dealership where {ids})",
                owned.dealership
            )
        };
        // By the codes of the world, not by the ids of the scope.
        let own = match (scope.reach(), owned.branch) {
            _ if matches!(scope.actor(), Actor::Partner { .. }) => financed(&owned, scope.reach()),
            (Reach::Branches { .. }, _) => unreachable!("people reach one branch or all"),
            (Reach::Branch { .. }, Some(column)) => {
                format!(
                    "{} and {column} in (select b.id from branch b join dealership d on d.id = b.dealership_id
                     where d.code = 'colombo-ev' and b.code = 'BR01')",
                    dealerships("code = 'colombo-ev'")
                )
            }
            (Reach::Branch { .. }, None) | (Reach::Dealership(_), _) => dealerships("code = 'colombo-ev'"),
            (Reach::Dealerships(_), _) => dealerships("code in ('colombo-ev', 'kandy-ride')"),
            (Reach::Everything, _) => dealerships("true"),
        };
        let rows = |query: Select<E>| query.into_query();
        Self { table, locked: rows(scope.select::<E>()), unlocked: rows(E::find()), own }
    }
}

/// What a key of the company's is shown of a table: of the dealership, or of its first two branches.
fn financed(owned: &Owned, reach: &Reach) -> String {
    let (dealership, company) = ("select id from dealership where code = 'colombo-ev'", COMPANY);
    let company =
        format!("select id from finance_company where name like '{company}%' and dealership_id in ({dealership})");
    let rows = match owned.table {
        "dealership" | "branch" => "true".to_owned(),
        "finance_company" => format!("id in ({company})"),
        "bill" => format!("finance_company_id in ({company})"),
        "rmv_case" => format!("bill_id in (select b.id from bill b where b.finance_company_id in ({company}))"),
        _ => "false".to_owned(),
    };
    let branches = match (reach, owned.branch) {
        (Reach::Branches { .. }, Some(column)) => {
            format!(" and {column} in (select id from branch where code in ('BR01', 'BR02'))")
        }
        _ => String::new(),
    };
    let (table, column) = (owned.table, owned.dealership);
    format!("select count(*) from {table} where {column} in ({dealership}) and {rows}{branches}")
}

/// Everybody, by each way to reach; partners too.
async fn scopes(world: &World) -> Vec<(&'static str, Scope)> {
    let mut scopes = Vec::new();
    for persona in ["clerk", "dealer", "hq-of-two", "hq-all"] {
        scopes.push((persona, world.client(persona).await.scope().await.expect("a scope")));
    }
    scopes.push(("partner", world.partner(&[]).await));
    scopes.push(("partner of branches", world.partner(&["BR01", "BR02"]).await));
    scopes
}

macro_rules! doors {
    ($($module:ident),* $(,)?) => {
        /// The doors of every table that a dealership or a branch owns.
        fn doors(scope: &Scope) -> Vec<Door> {
            vec![$(Door::of::<entity::$module::Entity>(scope)),*]
        }
    };
}

doors!(
    audit_event,
    bike_model,
    bike_unit,
    bill,
    branch,
    branding,
    counter,
    credit_note,
    customer,
    customer_term,
    dealership,
    document,
    enquiry,
    finance_company,
    idempotency,
    job,
    kpi_breakdown,
    kpi_day,
    kpi_fact,
    kpi_month,
    kpi_open,
    kpi_revision,
    legacy_document,
    mail_template,
    membership,
    number_pattern,
    open_item,
    partner_key,
    partner_key_branch,
    payment,
    peer_measure,
    quotation,
    quotation_item,
    rmv_case,
    sales_quotation,
    stock_transfer,
    target,
    tariff,
    tax_profile,
);

seeded!(the_scope_is_what_narrows_every_table, async |world: World| {
    let database = catalogue::connect(&world.home.url).await;
    for (persona, scope) in scopes(&world).await {
        let doors = doors(&scope);
        let tables = tenant::owned().into_iter().map(|owned| owned.table);
        let listed: BTreeSet<_> = tables.chain(tenant::VIEWS.iter().copied()).collect();
        let tried: BTreeSet<_> = doors.iter().map(|door| door.table).collect();
        assert_eq!(tried, listed, "give every owned table its door in tests/it/first_lock.rs");

        let broken = broken(&database, &doors, None).await;
        assert!(broken.is_empty(), "{persona}: the scope does not narrow {broken:?}");
        if persona == "hq-all" {
            continue;
        }
        // Take the lock off each door in turn: this test names that table and no other.
        for door in &doors {
            assert_eq!(self::broken(&database, &doors, Some(door.table)).await, [door.table], "{persona}");
        }
    }
});

seeded!(where_the_first_lock_is_off_the_second_holds, async |world: World| {
    if world.home.url.starts_with("sqlite:") {
        return;
    }
    let database = catalogue::connect(&world.home.url).await;
    for (persona, scope) in scopes(&world).await {
        for door in doors(&scope) {
            let own = number(&database, &door.own).await;
            // A refusal ends a transaction.
            let tx = world.home.app.read(scope.clone()).await.expect("a transaction");
            match tx.count(door.unlocked).await {
                Ok(shown) => assert_eq!(shown, own, "{persona}: {} without the scope's condition", door.table),
                Err(_) => assert!(persona.starts_with("partner") && own == 0, "{persona} may not read {}", door.table),
            }
        }
    }
});

/// The tables whose door shows other rows than the scope's own, with the lock taken `off` one of them. Asked as the owner
/// of the database, so that on PostgreSQL no second lock helps.
async fn broken(database: &DatabaseConnection, doors: &[Door], off: Option<&str>) -> Vec<&'static str> {
    let mut broken = Vec::new();
    for door in doors {
        let query = if off == Some(door.table) { &door.unlocked } else { &door.locked };
        if count(database, query).await != number(database, &door.own).await {
            broken.push(door.table);
        }
    }
    broken
}

async fn count(database: &DatabaseConnection, query: &SelectStatement) -> u64 {
    let statement = database.get_database_backend().build(query);
    database.query_all_raw(statement).await.expect("rows").len() as u64
}

async fn number(database: &DatabaseConnection, sql: &str) -> u64 {
    let statement = Statement::from_string(database.get_database_backend(), sql);
    let row = database.query_one_raw(statement).await.expect("a query").expect("a row");
    row.try_get_by_index::<i64>(0).expect("a number").unsigned_abs()
}

//! What a page costs on PostgreSQL with 200,000 bills: every list, in every order, for every reach, at its beginning and
//! deep inside, under the very role and settings of a request.
#![expect(clippy::disallowed_methods, reason = "a plan is asked for outside any scope")]

use sea_orm::sea_query::{PostgresQueryBuilder, QueryBuilder, Value};
use sea_orm::{ConnectionTrait, DatabaseConnection, DbBackend, QueryResult, Statement};
use uuid::Uuid;

use crate::support::bulk::{Bulk, MODES, Person};

/// A list in one order.
struct List {
    field: &'static str,
    order: &'static str,
    /// The column it is ordered by.
    by: &'static str,
    /// The index that gives the order, by reach: branch, dealership, group of several, all.
    indexes: [&'static str; 4],
}

const fn list(field: &'static str, order: &'static str, by: &'static str, indexes: [&'static str; 4]) -> List {
    List { field, order, by, indexes }
}

const BILL_DATE: [&str; 4] = ["bill_branch_ix", "bill_dealership_ix", "bill_group_ix", "bill_group_ix"];
const BILL_NUMBER: [&str; 4] =
    ["bill_branch_number_ix", "bill_number_key_ix", "bill_group_number_ix", "bill_group_number_ix"];
const UNIT_RECEIVED: [&str; 4] =
    ["bike_unit_branch_ix", "bike_unit_dealership_ix", "bike_unit_group_ix", "bike_unit_group_ix"];
const UNIT_CHASSIS: [&str; 4] = [
    "bike_unit_branch_chassis_ix",
    "bike_unit_chassis_key_ix",
    "bike_unit_group_chassis_ix",
    "bike_unit_group_chassis_ix",
];
const CUSTOMER_NAME: [&str; 4] =
    ["customer_branch_ix", "customer_dealership_ix", "customer_group_ix", "customer_group_ix"];
const CUSTOMER_CREATED: [&str; 4] = [
    "customer_branch_created_ix",
    "customer_dealership_created_ix",
    "customer_group_created_ix",
    "customer_group_created_ix",
];
const QUOTATION_DATE: [&str; 4] =
    ["quotation_branch_ix", "quotation_dealership_ix", "quotation_group_ix", "quotation_group_ix"];
const QUOTATION_NUMBER: [&str; 4] =
    ["quotation_branch_number_ix", "quotation_number_key_ix", "quotation_group_number_ix", "quotation_group_number_ix"];
const MODEL: [&str; 4] = ["bike_model_name_uq", "bike_model_name_uq", "bike_model_group_ix", "bike_model_group_ix"];
const BRANCH: [&str; 4] = ["branch_pkey", "branch_dealership_id_code_key", "branch_group_ix", "branch_group_ix"];

const LISTS: [List; 18] = [
    list("bills", "DATE_DESC", "bill_date", BILL_DATE),
    list("bills", "DATE_ASC", "bill_date", BILL_DATE),
    list("bills", "NUMBER_ASC", "number_key", BILL_NUMBER),
    list("bills", "NUMBER_DESC", "number_key", BILL_NUMBER),
    list("bikeUnits", "RECEIVED_DESC", "received_on", UNIT_RECEIVED),
    list("bikeUnits", "RECEIVED_ASC", "received_on", UNIT_RECEIVED),
    list("bikeUnits", "CHASSIS_NUMBER_ASC", "chassis_key", UNIT_CHASSIS),
    list("bikeUnits", "CHASSIS_NUMBER_DESC", "chassis_key", UNIT_CHASSIS),
    list("customers", "NAME_ASC", "name_key", CUSTOMER_NAME),
    list("customers", "NAME_DESC", "name_key", CUSTOMER_NAME),
    list("customers", "CREATED_DESC", "created_at", CUSTOMER_CREATED),
    list("customers", "CREATED_ASC", "created_at", CUSTOMER_CREATED),
    list("quotations", "DATE_DESC", "quoted_on", QUOTATION_DATE),
    list("quotations", "DATE_ASC", "quoted_on", QUOTATION_DATE),
    list("quotations", "NUMBER_ASC", "number_key", QUOTATION_NUMBER),
    list("quotations", "NUMBER_DESC", "number_key", QUOTATION_NUMBER),
    list("bikeModels", "", "name_key", MODEL),
    list("branches", "", "code", BRANCH),
];

/// A page of twenty reads a row or two from each block, and the index's few levels.
const BUFFERS: i64 = 80;
/// In a group of several the index of the whole installation is walked, and other dealerships' rows are passed over:
/// with a seventh of all rows in reach, seven are read for each one shown.
const BUFFERS_OF_A_GROUP: i64 = 400;

#[tokio::test]
async fn every_page_follows_its_index_and_reads_little() {
    let Some(bulk) = Bulk::generate().await else { return };
    let database = bulk.connection().await;
    let mut wrong = Vec::new();
    for (mode, reach) in MODES.into_iter().enumerate() {
        let person = bulk.person(reach).await;
        for list in &LISTS {
            let pages = pages(&bulk, &database, &person, list).await;
            for (depth, page) in pages {
                for caching in ["custom", "generic"] {
                    let plan = plan(&database, &person, &page, caching).await;
                    println!("{:<10} {:<19} {reach:<10} {depth:<5} {caching:<7} {plan}", list.field, list.order);
                    let faults = plan.faults(list.indexes[mode], reach);
                    wrong.extend(faults.into_iter().map(|fault| {
                        format!("{} {} {reach} {depth} {caching}: {fault}\n  {page}", list.field, list.order)
                    }));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{} faults:\n{}", wrong.len(), wrong.join("\n"));
}

/// The list's first page, and one from its middle.
async fn pages(
    bulk: &Bulk,
    database: &DatabaseConnection,
    person: &Person,
    list: &List,
) -> Vec<(&'static str, Statement)> {
    let order = if list.order.is_empty() { String::new() } else { format!(", orderBy: {}", list.order) };
    let query = |size: u32| {
        format!(
            "query($after: String) {{ {}(first: {size}, after: $after{order}) {{ nodes {{ id }} totalCount pageInfo {{ endCursor }} }} }}",
            list.field
        )
    };
    let (first, _) = bulk.page(person, &query(20), None).await;
    let (_, one) = bulk.page(person, &query(1), None).await;
    let (cursor, rows) = (&one[list.field]["pageInfo"]["endCursor"], &one[list.field]["totalCount"]);
    let (mut deep, _) = bulk.page(person, &query(20), cursor.as_str()).await;
    let middle = row(database, &first, rows.as_i64().expect("a count") / 2).await;
    // Behind the cursor of the first row; put in the place of that row the one of the middle, which paging would
    // take thousands of pages to reach.
    let values = &mut deep.values.as_mut().expect("values").0;
    let [.., by, id, _limit] = &mut values[..] else { panic!("a cursor is two values before the limit") };
    *by = match by {
        Value::ChronoDate(_) => middle.try_get::<chrono::NaiveDate>("", list.by).expect("a day").into(),
        Value::ChronoDateTimeUtc(_) => {
            middle.try_get::<chrono::DateTime<chrono::Utc>>("", list.by).expect("a time").into()
        }
        _ => middle.try_get::<String>("", list.by).expect("text").into(),
    };
    *id = middle.try_get::<Uuid>("", "id").expect("an id").into();
    vec![("first", first), ("deep", deep)]
}

/// The row so far inside the list whose first page this is.
async fn row(database: &DatabaseConnection, first: &Statement, offset: i64) -> QueryResult {
    let sql = first.to_string();
    let (list, _) = sql.rsplit_once(" LIMIT ").expect("a page has a limit");
    let sql = format!("{list} LIMIT 1 OFFSET {offset}");
    let row = database.query_one_raw(Statement::from_string(DbBackend::Postgres, sql)).await.expect("a query");
    row.expect("a row")
}

/// How a page was read.
#[derive(Default)]
struct Plan {
    nodes: Vec<String>,
    indexes: Vec<String>,
    buffers: i64,
}

/// Reads a page as the person, and tells how; a statement that is sent often is planned once for all its values.
async fn plan(database: &DatabaseConnection, person: &Person, page: &Statement, caching: &str) -> Plan {
    let values =
        page.values.iter().flat_map(|values| &values.0).map(|value| PostgresQueryBuilder.value_to_string(value));
    let values: Vec<_> = values.collect();
    let opening = person.opening();
    let begin =
        format!("begin; {opening}; set local plan_cache_mode = force_{caching}_plan; prepare page as {}", page.sql);
    database.execute_unprepared(&begin).await.expect("a transaction");
    let explain = format!("explain (analyze, buffers, format json) execute page({})", values.join(", "));
    let answer = database.query_one_raw(Statement::from_string(DbBackend::Postgres, explain)).await;
    let answer = answer.expect("a plan").expect("a row");
    database.execute_unprepared("rollback; deallocate page").await.expect("an end");
    let tree: serde_json::Value = answer.try_get_by_index(0).expect("JSON");
    let root = &tree[0]["Plan"];
    let blocks = |kind: &str| root[kind].as_i64().expect("a number of blocks");
    let mut plan = Plan { buffers: blocks("Shared Hit Blocks") + blocks("Shared Read Blocks"), ..Plan::default() };
    plan.visit(root);
    plan
}

impl Plan {
    fn visit(&mut self, node: &serde_json::Value) {
        self.nodes.push(node["Node Type"].as_str().expect("a type").to_owned());
        self.indexes.extend(node["Index Name"].as_str().map(str::to_owned));
        for child in node["Plans"].as_array().into_iter().flatten() {
            self.visit(child);
        }
    }

    fn faults(&self, index: &str, reach: &str) -> Vec<String> {
        let mut faults = Vec::new();
        let bound = if reach == "group" { BUFFERS_OF_A_GROUP } else { BUFFERS };
        if self.indexes != [index] {
            faults.push(format!("follows {:?}, not {index}", self.indexes));
        }
        faults.extend(self.nodes.iter().filter(|node| node.contains("Sort") || node.contains("Seq Scan")).cloned());
        if self.buffers > bound {
            faults.push(format!("reads {} blocks, more than {bound}", self.buffers));
        }
        faults
    }
}

impl std::fmt::Display for Plan {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:<28} {:>5} blocks  {}", self.indexes.join(" "), self.buffers, self.nodes.join(" < "))
    }
}

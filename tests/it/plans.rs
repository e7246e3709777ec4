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
    /// Whether each bill's unit is asked for.
    has_units: bool,
}

impl List {
    /// Whether it is read whole and sorted with little more work than by its index: one house's models and branches. What
    /// matters there is whether an index could serve.
    fn is_short(&self) -> bool {
        ["bikeModels", "branches"].contains(&self.field)
    }
}

const fn list(field: &'static str, order: &'static str, by: &'static str, indexes: [&'static str; 4]) -> List {
    List { field, order, by, indexes, has_units: false }
}

const fn with_units(list: List) -> List {
    List { has_units: true, ..list }
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
const RMV_DUE: [&str; 4] = ["rmv_case_branch_ix", "rmv_case_dealership_ix", "rmv_case_group_ix", "rmv_case_group_ix"];
const TRANSFER: [&str; 4] =
    ["stock_transfer_branch_ix", "stock_transfer_dealership_ix", "stock_transfer_group_ix", "stock_transfer_group_ix"];
const ENQUIRY: [&str; 4] = ["enquiry_branch_ix", "enquiry_dealership_ix", "enquiry_group_ix", "enquiry_group_ix"];
const SALES_QUOTATION: [&str; 4] = [
    "sales_quotation_branch_ix",
    "sales_quotation_dealership_ix",
    "sales_quotation_group_ix",
    "sales_quotation_group_ix",
];
const MODEL: [&str; 4] =
    ["bike_model_dealership_ix", "bike_model_dealership_ix", "bike_model_group_ix", "bike_model_group_ix"];
const BRANCH: [&str; 4] = ["branch_dealership_ix", "branch_dealership_ix", "branch_group_ix", "branch_group_ix"];

const LISTS: [List; 30] = [
    list("bills", "DATE_DESC", "bill_date", BILL_DATE),
    list("bills", "DATE_ASC", "bill_date", BILL_DATE),
    list("bills", "NUMBER_ASC", "number_key", BILL_NUMBER),
    list("bills", "NUMBER_DESC", "number_key", BILL_NUMBER),
    with_units(list("bills", "DATE_DESC", "bill_date", BILL_DATE)),
    with_units(list("bills", "DATE_ASC", "bill_date", BILL_DATE)),
    with_units(list("bills", "NUMBER_ASC", "number_key", BILL_NUMBER)),
    with_units(list("bills", "NUMBER_DESC", "number_key", BILL_NUMBER)),
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
    list("enquiries", "DATE_DESC", "asked_on", ENQUIRY),
    list("enquiries", "DATE_ASC", "asked_on", ENQUIRY),
    list("salesQuotations", "DATE_DESC", "quoted_on", SALES_QUOTATION),
    list("salesQuotations", "DATE_ASC", "quoted_on", SALES_QUOTATION),
    list("registrations", "DUE_ASC", "due_on", RMV_DUE),
    list("registrations", "DUE_DESC", "due_on", RMV_DUE),
    list("stockTransfers", "REQUESTED_DESC", "requested_on", TRANSFER),
    list("stockTransfers", "REQUESTED_ASC", "requested_on", TRANSFER),
    list("bikeModels", "", "name_key", MODEL),
    list("branches", "", "code", BRANCH),
];

/// A page of twenty-one rows reads a block for each at most, some levels of the index, and now and then a deleted row.
const BLOCKS: i64 = 60;

/// A unit is found by its key: three levels of an index and a block, for each of twenty-one bills.
const BLOCKS_OF_UNITS: i64 = 4 * 21;

/// Several dealerships have no index of their own: that of the whole installation is walked, and the rows of others are
/// passed over. With a seventh of all rows in reach it is seven for each one shown where they are mixed, as they are by
/// day; by number, where those of large branches stand together, it was forty.
const BLOCKS_OF_A_GROUP: i64 = 1_200;

#[tokio::test]
async fn every_page_follows_its_index_and_reads_little() {
    let Some(bulk) = Bulk::generate().await else { return };
    the_benchmark_asks_as_the_server_does(&bulk).await;
    let database = bulk.connection().await;
    let mut wrong = Vec::new();
    for (mode, reach) in MODES.into_iter().enumerate() {
        let person = bulk.person(reach).await;
        for list in &LISTS {
            let pages = pages(&bulk, &database, &person, list).await;
            for (depth, page) in pages {
                for age in ["fresh", "settled"] {
                    let plan = plan(&database, &person, &page, age == "settled", list.is_short()).await;
                    let field = if list.has_units { "bills+unit" } else { list.field };
                    eprintln!("{field:<10} {:<19} {reach:<10} {depth:<5} {age:<7} {plan}", list.order);
                    let faults = plan.faults(list, list.indexes[mode], reach);
                    wrong.extend(faults.into_iter().map(|fault| {
                        format!("{} {} {reach} {depth} {age}: {fault}\n  {page}", list.field, list.order)
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
    let unit = if list.has_units { "unit { id }" } else { "" };
    let query = |size: u32| {
        format!(
            "query($after: String) {{ {}(first: {size}, after: $after{order}) {{ nodes {{ id {unit} }} totalCount pageInfo {{ endCursor }} }} }}",
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
    let [.., by, id] = &mut values[..] else { panic!("a cursor is the last two values") };
    *by = match by {
        Value::ChronoDate(_) => middle.try_get::<chrono::NaiveDate>("", list.by).expect("a day").into(),
        Value::ChronoDateTimeUtc(_) => {
            middle.try_get::<chrono::DateTime<chrono::Utc>>("", list.by).expect("a time").into()
        }
        _ => middle.try_get::<String>("", list.by).expect("text").into(),
    };
    // The row's own; a unit's follows it.
    let own = middle.column_names().iter().position(|name| name == "id").expect("an id");
    *id = middle.try_get_by_index::<Uuid>(own).expect("an id").into();
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

/// What the server sends for a branch's page of bills; `bench/second_lock` sends the same.
async fn the_benchmark_asks_as_the_server_does(bulk: &Bulk) {
    let query = "query($after: String) { bills(first: 20, after: $after) { nodes { id } } }";
    let (page, _) = bulk.page(&bulk.person("branch").await, query, None).await;
    let measured = include_str!("../../bench/branch_page.sql");
    let measured: Vec<_> = measured.lines().filter(|line| !line.starts_with("--")).collect();
    assert_eq!(measured.join(""), page.sql, "bench/branch_page.sql");
}

/// How a page was read.
#[derive(Default)]
struct Plan {
    nodes: Vec<String>,
    indexes: Vec<String>,
    blocks: i64,
}

/// Reads a page as the person, and tells how. A connection plans a statement anew five times, then may settle on one
/// plan for all values.
async fn plan(database: &DatabaseConnection, person: &Person, page: &Statement, settled: bool, is_short: bool) -> Plan {
    let values = page.values.iter().flat_map(|values| &values.0);
    let values: Vec<_> = values.map(|value| PostgresQueryBuilder.value_to_string(value)).collect();
    // Without values there are no parentheses.
    let execute =
        if values.is_empty() { "execute page".to_owned() } else { format!("execute page({})", values.join(", ")) };
    let mut begin = format!("{}; prepare page as {};", person.opening(), page.sql);
    if is_short {
        begin += "set local enable_seqscan = off; set local enable_bitmapscan = off; set local enable_sort = off;";
    }
    if settled {
        begin += &format!("{execute};").repeat(6);
    }
    database.execute_unprepared(&begin).await.expect("a transaction");
    let explain = format!("explain (analyze, buffers, format json) {execute}");
    let answer = database.query_one_raw(Statement::from_string(DbBackend::Postgres, explain)).await;
    let answer = answer.expect("a plan").expect("a row");
    database.execute_unprepared("rollback; deallocate page").await.expect("an end");
    let tree: serde_json::Value = answer.try_get_by_index(0).expect("JSON");
    let root = &tree[0]["Plan"];
    let blocks = |kind: &str| root[kind].as_i64().expect("a number of blocks");
    let mut plan = Plan { blocks: blocks("Shared Hit Blocks") + blocks("Shared Read Blocks"), ..Plan::default() };
    plan.visit(root);
    plan
}

impl Plan {
    fn visit(&mut self, node: &serde_json::Value) {
        self.nodes.push(node["Node Type"].as_str().expect("a type").to_owned());
        self.indexes.extend(node["Index Name"].as_str().map(str::to_owned));
        // The dealership's revision, which is asked for beside the rows, is one look at a small table.
        let is_revision = |node: &serde_json::Value| {
            let below = node["Plans"].as_array().and_then(|below| below.first()).unwrap_or(node);
            node["Parent Relationship"] == "InitPlan" && below["Relation Name"] == "dealership"
        };
        for child in node["Plans"].as_array().into_iter().flatten().filter(|node| !is_revision(node)) {
            self.visit(child);
        }
    }

    fn faults(&self, list: &List, index: &str, reach: &str) -> Vec<String> {
        let mut faults = Vec::new();
        // Over several dealerships units are read by a statement of their own.
        let with_units = list.has_units && ["branch", "dealership"].contains(&reach);
        let of_units = if with_units { BLOCKS_OF_UNITS } else { 0 };
        let bound = of_units + if reach == "group" { BLOCKS_OF_A_GROUP } else { BLOCKS };
        let indexes = [index].into_iter().chain(with_units.then_some("bike_unit_pkey"));
        if !self.indexes.iter().eq(indexes) {
            faults.push(format!("follows {:?}, not {index}", self.indexes));
        }
        faults.extend(self.nodes.iter().filter(|node| node.contains("Sort") || node.contains("Seq Scan")).cloned());
        if self.blocks > bound {
            faults.push(format!("reads {} blocks, more than {bound}", self.blocks));
        }
        faults
    }
}

impl std::fmt::Display for Plan {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:<28} {:>5} blocks  {}", self.indexes.join(" "), self.blocks, self.nodes.join(" < "))
    }
}

//! The SQL an operation sends: its statements are constant in rows, and every one of them keeps to an index.

use serde_json::json;

use crate::support::{World, seeded};

const DEEP: &str = "query($first: Int) { bills(first: $first) { totalCount nodes {
    number status total { formatted } balance { formatted } buyer { name nic }
    customer { name nic branch { name } } salesperson { name role } model { name listPrice { formatted } }
    unit { chassisNumber model { name } branch { name dealership { name } } }
    financeCompany { name } payments { amount { formatted } method bill { number } } advanceBill { number }
    finalBill { number } branch { name dealership { name } } } } }";

seeded!(statements_do_not_grow_with_rows, async |world: World| {
    let dealer = world.client("hq-all").await;
    let mut counts = Vec::new();
    for first in [10, 50, 100] {
        world.home.statements.take();
        let answer = dealer.ask_with(DEEP, json!({"first": first})).await;
        assert_eq!(answer["bills"]["nodes"].as_array().expect("nodes").len(), first);
        let sent = world.home.statements.take();
        counts.push(sent.len());
    }
    // At most two to know the caller, two for the list and its count, and one for each path of the document that leads
    // to a loader; paths that are asked at the same time share one. A statement a row would make a hundred.
    assert!(counts.iter().all(|count| *count <= 4 + 19), "statements by page size: {counts:?}");
});

seeded!(units_come_with_their_bills, async |world: World| {
    let clerk = world.client("clerk").await;
    let queries = [
        "{ bills { nodes { number UNIT } } }",
        "{ bills { edges { node { number UNIT } } } }",
        "{ bills { nodes { ...B } } } fragment B on Bill { number UNIT }",
        r#"{ bills(last: 3, filter: {search: "per"}, orderBy: NUMBER_ASC) { totalCount nodes { number UNIT } } }"#,
        r#"{ bill(number: "26AUG_BR01_1") { number UNIT } }"#,
    ];
    for query in queries {
        let mut sent = Vec::new();
        for unit in ["", "unit { chassisNumber }"] {
            // Whatever is asked once only is asked before.
            clerk.ask("{ viewer { name } }").await;
            world.home.statements.take();
            clerk.ask(&query.replace("UNIT", unit)).await;
            sent.push(world.home.statements.take().len());
        }
        assert_eq!(sent[0], sent[1], "{query}");
    }
});

seeded!(a_unit_comes_with_its_bill_as_it_comes_alone, async |world: World| {
    for persona in ["clerk", "dealer", "hq-of-two", "hq-all"] {
        let client = world.client(persona).await;
        let page = client.ask("{ bills(first: 100) { nodes { id unit { id chassisNumber branch { code } } } } }").await;
        let bills = page["bills"]["nodes"].as_array().expect("bills");
        assert!(bills.iter().any(|bill| !bill["unit"].is_null()), "{persona}");
        for bill in bills {
            let query =
                "query($id: ID!) { node(id: $id) { ... on Bill { id unit { id chassisNumber branch { code } } } } }";
            let alone = client.ask_with(query, json!({"id": bill["id"]})).await;
            assert_eq!(&alone["node"], bill, "{persona}");
        }
    }
});

seeded!(a_question_about_figures_is_one_statement, async |world: World| {
    let measures = "measures: [UNITS, VEHICLE_REVENUE]";
    let questions = [
        r#"range: {days: {from: "2026-08-01", to: "2026-08-31"}}"#,
        r#"range: {days: {from: "2026-06-20", to: "2026-09-04"}}"#,
        r#"range: {days: {from: "2026-06-20", to: "2026-09-04"}}, compareTo: PREVIOUS_YEAR, groupBy: [MONTH, BRANCH]"#,
        r#"range: {days: {from: "2026-06-20", to: "2026-09-04"}}, compareTo: PREVIOUS_PERIOD, groupBy: [MODEL]"#,
    ];
    for persona in ["clerk", "hq-all"] {
        let client = world.client(persona).await;
        let mut sent = Vec::new();
        for question in questions {
            world.home.statements.take();
            let rows =
                client.ask(&format!("{{ kpi({question}, {measures}) {{ rows {{ figures {{ value }} }} }} }}")).await;
            assert!(!rows["kpi"]["rows"].as_array().expect("rows").is_empty(), "{question}");
            sent.push(world.home.statements.take().into_iter().filter(|sent| sent.sql.contains("kpi_")).count());
        }
        assert_eq!(sent, [1; 4], "{persona}");
    }
});

const LISTS: [&str; 40] = [
    "{ bills { nodes { number } } }",
    "{ bills(orderBy: DATE_ASC, last: 5) { nodes { number } } }",
    "{ bills(orderBy: NUMBER_ASC) { nodes { number } } }",
    r#"{ bills(filter: {status: [PENDING], date: {from: "2026-01-01", to: "2026-09-30"}}) { totalCount nodes { number } } }"#,
    "{ bills(filter: {saleType: LEASING, vehicleClass: E_MOTORCYCLE, isAdvance: false}) { nodes { number } } }",
    r#"{ bills(filter: {search: "per 26"}) { totalCount nodes { number } } }"#,
    r#"{ bill(number: "26AUG_BR01_1") { number } }"#,
    r#"{ bill(number: "26AUG_BR01_1") { number unit { chassisNumber } } }"#,
    r#"{ bills(filter: {search: "per 26"}) { nodes { number unit { chassisNumber } } } }"#,
    "{ bikeUnits { totalCount nodes { chassisNumber } } }",
    "{ bikeUnits(orderBy: CHASSIS_NUMBER_DESC) { nodes { chassisNumber } } }",
    r#"{ bikeUnits(filter: {status: [AVAILABLE], colour: "Red", receivedOn: {from: "2026-01-01"}}) { nodes { chassisNumber } } }"#,
    r#"{ bikeUnits(filter: {search: "a"}) { nodes { chassisNumber } } }"#,
    r#"{ bikeModels(filter: {search: "e", vehicleClass: E_MOTORCYCLE, leasable: true, retired: false}) { nodes { name } } }"#,
    r#"{ financeCompanies(filter: {search: "lanka", retired: false}) { totalCount nodes { name } } }"#,
    "{ partnerKeys { totalCount nodes { state financeCompany { name } branches { code } successor { state } } } }",
    "{ partnerKeys(filter: {revoked: false}) { nodes { name } } }",
    "{ customers { totalCount nodes { name } } }",
    r#"{ customers(orderBy: CREATED_DESC, filter: {search: "per"}) { nodes { name } } }"#,
    r#"{ quotations(filter: {kind: QUOTATION, status: [SENT], search: "per"}) { totalCount nodes { number items { amount { amount } } invoice { number } } } }"#,
    "{ quotations(orderBy: NUMBER_DESC) { nodes { number } } }",
    "{ registrations(filter: {overdue: true}) { totalCount nodes { overdue bill { number registration { status } } } } }",
    "{ registrations(orderBy: DUE_DESC, filter: {status: [OPENED], overdue: false}) { nodes { dueOn } } }",
    "{ stockTransfers(filter: {status: [REQUESTED]}) { totalCount nodes { chassisNumber unit { status } otherBranch { code } } } }",
    "{ enquiries { totalCount nodes { notes salesQuotations { number } } } }",
    r#"{ enquiries(orderBy: DATE_ASC, filter: {status: [OPEN], date: {from: "2026-01-01"}}) { nodes { notes } } }"#,
    "{ salesQuotations { totalCount nodes { number enquiry { notes } bill { number } } } }",
    r#"{ salesQuotations(orderBy: DATE_ASC, filter: {status: [SENT], saleType: CASH, search: "per"}) { nodes { number } } }"#,
    r#"{ account { places { nodes { branchCode } } here: places(search: "c br01") { nodes { branchCode } } } }"#,
    r#"{ search(text: "26AUG_BR01_1") { bills { number } units { chassisNumber } quotations { number } } }"#,
    r#"{ search(text: "per nim") { bills { number } customers { name } quotations { number } salesQuotations { number } } }"#,
    r#"{ search(text: "071 234 5678") { bills { number } customers { name } quotations { number } salesQuotations { number } } }"#,
    r#"{ customersByPhone(phone: "0712345678") { name } }"#,
    r#"{ customersByNic(nic: "831937395V") { name } }"#,
    "{ staff { totalCount nodes { name email role branch { name } } } }",
    "{ staff(filter: {role: [SALES, SERVICE], ended: false}) { nodes { name } } }",
    "{ dealerships { nodes { code } } branches { nodes { code } } branding { primaryColor } viewer { memberships { role name } } }",
    "{ dealerships { nodes { tariffs { validTo } taxProfiles { tin } numberPatterns { pattern } } } }",
    "{ branches { nodes { targets { units } } } }",
    "{ mailTemplates { subject isOwn preview { subject } } branding { logo phone } }",
];

seeded!(no_tenant_query_scans_a_table, async |world: World| {
    for persona in ["clerk", "dealer", "hq-of-two"] {
        let scans = scans(&world, persona).await;
        assert!(scans.is_empty(), "{persona}: {scans:#?}");
    }
    // Whoever may see everything has nothing to search by; an index still gives the order, and the page ends it.
    let scans: Vec<_> = scans(&world, "hq-all").await.into_iter().filter(|scan| !scan.contains(" USING ")).collect();
    assert!(scans.is_empty(), "hq-all: {scans:#?}");
});

/// What the planner reads from end to end for everything a persona can list, each with its operation.
async fn scans(world: &World, persona: &str) -> Vec<String> {
    let client = world.client(persona).await;
    let deep = DEEP.replace("query($first: Int)", "").replace("$first", "20");
    let mut scans = Vec::new();
    for query in LISTS.iter().copied().chain([deep.as_str()]) {
        world.home.statements.take();
        client.send(query, serde_json::Value::Null).await;
        for statement in world.home.statements.take() {
            let found = world.home.scans(&statement).await;
            scans.extend(found.into_iter().map(|scan| format!("{scan}\n  in {statement}\n  for {query}")));
        }
    }
    scans
}

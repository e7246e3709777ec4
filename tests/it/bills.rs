//! Bills as a branch's staff reads them: lists, filters, orders, search, one by number.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use crate::support::{World, canary, seeded};

seeded!(a_page_follows_a_page_until_all_are_seen_once, async |world: World| {
    let dealer = world.client("dealer").await;
    for order in ["DATE_DESC", "DATE_ASC", "NUMBER_ASC", "NUMBER_DESC"] {
        let (mut seen, mut after) = (Vec::new(), Value::Null);
        let total = loop {
            let page = dealer
                .ask_with(
                    "query($after: String, $order: BillOrder) { bills(first: 7, after: $after, orderBy: $order) {
                        totalCount nodes { number date } pageInfo { hasNextPage endCursor hasPreviousPage } } }",
                    json!({"after": after, "order": order}),
                )
                .await["bills"]
                .take();
            assert_eq!(page["pageInfo"]["hasPreviousPage"], !after.is_null());
            seen.extend(page["nodes"].as_array().expect("nodes").iter().cloned());
            if page["pageInfo"]["hasNextPage"] == false {
                break page["totalCount"].as_u64().expect("a count");
            }
            after = page["pageInfo"]["endCursor"].clone();
        };
        let numbers: BTreeSet<_> = seen.iter().map(|bill| bill["number"].to_string()).collect();
        assert_eq!((seen.len() as u64, numbers.len() as u64), (total, total), "{order}");
        let key = if order.starts_with("DATE") { "date" } else { "number" };
        let fold = |bill: &Value| bill[key].as_str().expect("text").to_lowercase();
        assert!(seen.windows(2).all(|two| match order.ends_with("ASC") {
            true => fold(&two[0]) <= fold(&two[1]),
            false => fold(&two[0]) >= fold(&two[1]),
        }));
    }
});

seeded!(a_page_from_the_end_is_the_mirror_of_one_from_the_beginning, async |world: World| {
    let clerk = world.client("clerk").await;
    let answer = clerk
        .ask(
            "{ forward: bills(first: 100) { nodes { number } pageInfo { hasNextPage } }
               last: bills(last: 3) { edges { cursor node { number } } pageInfo { hasNextPage hasPreviousPage } } }",
        )
        .await;
    let forward = answer["forward"]["nodes"].as_array().expect("nodes");
    assert_eq!(answer["forward"]["pageInfo"]["hasNextPage"], false, "the branch has one page of bills");
    let last: Vec<_> = answer["last"]["edges"].as_array().expect("edges").iter().map(|edge| &edge["node"]).collect();
    assert_eq!(last, forward[forward.len() - 3..].iter().collect::<Vec<_>>());
    assert_eq!(answer["last"]["pageInfo"], json!({"hasNextPage": false, "hasPreviousPage": true}));
    let before = answer["last"]["edges"][0]["cursor"].clone();
    let previous = clerk
        .ask_with(
            "query($before: String) { bills(last: 2, before: $before) { nodes { number } } }",
            json!({"before": before}),
        )
        .await;
    assert_eq!(
        previous["bills"]["nodes"].as_array().expect("nodes")[..],
        forward[forward.len() - 5..forward.len() - 3]
    );
});

seeded!(filters_narrow_to_what_they_say, async |world: World| {
    let dealer = world.client("dealer").await;
    let all = "nodes { number status saleType vehicleClass isAdvance date branch { id } customer { id }
        financeCompany { id } }";
    let one = dealer.ask(&format!("{{ bills(first: 1, filter: {{saleType: LEASING}}) {{ {all} }} }}")).await;
    let sample = &one["bills"]["nodes"][0];
    let (branch, customer) = (&sample["branch"]["id"], &sample["customer"]["id"]);
    let (company, date) = (&sample["financeCompany"]["id"], &sample["date"]);
    type Holds = Box<dyn Fn(&Value) -> bool>;
    let cases: Vec<(Value, Holds)> = vec![
        (json!({"status": ["PENDING", "CONVERTED"]}), Box::new(|bill| bill["isAdvance"] == true)),
        (json!({"status": ["CANCELLED"]}), Box::new(|bill| bill["status"] == "CANCELLED")),
        (json!({"saleType": "CASH"}), Box::new(|bill| bill["saleType"] == "CASH")),
        (json!({"vehicleClass": "E_MOTORBICYCLE"}), Box::new(|bill| bill["vehicleClass"] == "E_MOTORBICYCLE")),
        (json!({"isAdvance": true}), Box::new(|bill| bill["isAdvance"] == true)),
        (json!({"branch": branch}), {
            let id = branch.clone();
            Box::new(move |bill| bill["branch"]["id"] == id)
        }),
        (json!({"customer": customer}), {
            let id = customer.clone();
            Box::new(move |bill| bill["customer"]["id"] == id)
        }),
        (json!({"financeCompany": company}), {
            let id = company.clone();
            Box::new(move |bill| bill["financeCompany"]["id"] == id)
        }),
        (json!({"date": {"from": date, "to": date}}), {
            let day = date.clone();
            Box::new(move |bill| bill["date"] == day)
        }),
    ];
    let everything = dealer.ask("{ bills(first: 0) { totalCount } }").await["bills"]["totalCount"].clone();
    for (filter, holds) in cases {
        let query =
            format!("query($filter: BillFilter) {{ bills(first: 100, filter: $filter) {{ totalCount {all} }} }}");
        let found = dealer.ask_with(&query, json!({"filter": filter})).await["bills"].take();
        let nodes = found["nodes"].as_array().expect("nodes");
        assert!(!nodes.is_empty(), "nothing for {filter}");
        assert!(nodes.iter().all(holds), "{filter} lets others through");
        assert!(found["totalCount"].as_u64() < everything.as_u64(), "{filter} narrows nothing");
    }
});

seeded!(a_bill_is_found_by_name_chassis_motor_and_number, async |world: World| {
    let clerk = world.client("clerk").await;
    let sample = clerk
        .ask("{ bills(first: 1, filter: {status: [COMPLETED]}) { nodes { number chassisNumber motorNumber customer { name } } } }")
        .await["bills"]["nodes"][0]
        .take();
    let text = |field: &Value| canary::without(field.as_str().expect("text"));
    let number = text(&sample["number"]);
    let last_name = text(&sample["customer"]["name"]).split_whitespace().next_back().expect("a name").to_owned();
    let chassis = text(&sample["chassisNumber"]);
    let searches = [
        number.to_lowercase(),
        last_name.to_uppercase(),
        chassis[..chassis.len() - 1].to_owned(),
        text(&sample["motorNumber"]),
        format!("{number} {last_name}"),
    ];
    for search in searches {
        let found = clerk
            .ask_with(
                "query($s: String) { bills(first: 100, filter: {search: $s}) { nodes { number } } }",
                json!({"s": search}),
            )
            .await["bills"]["nodes"]
            .take();
        assert!(
            found.as_array().expect("nodes").contains(&json!({"number": number})),
            "{search} does not find {number}"
        );
    }
    let none = clerk.ask(r#"{ bills(filter: {search: "nobody-has-this-name"}) { totalCount } }"#).await;
    assert_eq!(none["bills"]["totalCount"], 0);
    let by_number = clerk.ask_with("query($n: String!) { bill(number: $n) { number } }", json!({"n": number})).await;
    assert_eq!(by_number["bill"]["number"], number);
});

seeded!(what_is_open_and_what_was_paid_add_up_to_the_total, async |world: World| {
    let dealer = world.client("dealer").await;
    let answer = dealer
        .ask(
            "{ bills(first: 100, filter: {status: [PENDING, COMPLETED]}) { nodes {
                number total { amountMinor amount formatted currency } balance { amountMinor }
                payments { method amount { amountMinor } } } } }",
        )
        .await;
    for bill in answer["bills"]["nodes"].as_array().expect("nodes") {
        let minor = |money: &Value| money["amountMinor"].as_i64().expect("an integer");
        // A financier pays the leased share, not the total.
        let payments = bill["payments"].as_array().expect("payments").iter();
        let paid: i64 = payments.filter(|paid| paid["method"] != "FINANCIER").map(|paid| minor(&paid["amount"])).sum();
        assert_eq!(paid + minor(&bill["balance"]), minor(&bill["total"]), "{}", bill["number"]);
        assert_eq!(bill["total"]["currency"], "LKR");
    }
});

seeded!(a_converted_advance_and_its_final_bill_name_each_other, async |world: World| {
    let dealer = world.client("dealer").await;
    let answer = dealer
        .ask(
            "{ bills(first: 100, filter: {status: [CONVERTED]}) { nodes {
                number finalBill { status advanceBill { number } payments { receivedBill { number } } } } } }",
        )
        .await;
    let advances = answer["bills"]["nodes"].as_array().expect("nodes");
    assert!(!advances.is_empty());
    for advance in advances {
        assert_eq!(advance["finalBill"]["advanceBill"]["number"], advance["number"]);
        let carried = advance["finalBill"]["payments"].as_array().expect("payments");
        assert!(carried.iter().any(|paid| paid["receivedBill"]["number"] == advance["number"]));
    }
});

seeded!(bad_arguments_get_a_code_a_path_and_a_sentence, async |world: World| {
    let clerk = world.client("clerk").await;
    let mut answers = Vec::new();
    for query in [
        "{ bills(first: 101) { totalCount } }",
        "{ bills(first: -1) { totalCount } }",
        "{ bills(first: 1, last: 1) { totalCount } }",
        r#"{ bills(after: "no cursor") { totalCount } }"#,
        r#"{ bills(filter: {branch: "no id"}) { totalCount } }"#,
        r#"{ bill(number: "no such number") { number } }"#,
        r#"{ bills(filter: {date: {from: "yesterday"}}) { totalCount } }"#,
        "{ bills { nothing } }",
    ] {
        let error = clerk.send(query, Value::Null).await["errors"][0].take();
        answers.push(format!("{} {} {}", error["extensions"]["code"], error["path"], error["message"]));
    }
    insta::assert_snapshot!("bad_arguments", answers.join("\n"));
});

seeded!(a_cursor_holds_in_its_own_list_only, async |world: World| {
    let dealer = world.client("dealer").await;
    let page = dealer.ask("{ bills(first: 1, orderBy: NUMBER_ASC) { edges { cursor } } }").await;
    let cursor = page["bills"]["edges"][0]["cursor"].as_str().expect("a cursor").to_owned();
    let own = format!(r#"{{ bills(first: 2, orderBy: NUMBER_ASC, after: "{cursor}") {{ nodes {{ number }} }} }}"#);
    assert_eq!(dealer.ask(&own).await["bills"]["nodes"].as_array().map(Vec::len), Some(2));
    let malformed =
        dealer.send(r#"{ bills(orderBy: NUMBER_ASC, after: "nonsense") { totalCount } }"#, Value::Null).await;
    let clerk = world.client("clerk").await;
    for (client, rest) in [
        (&dealer, "orderBy: NUMBER_DESC"),
        (&dealer, "orderBy: DATE_ASC"),
        (&dealer, "orderBy: NUMBER_ASC, filter: {isAdvance: true}"),
        (&clerk, "orderBy: NUMBER_ASC"),
    ] {
        let replayed =
            client.send(&format!(r#"{{ bills(after: "{cursor}", {rest}) {{ totalCount }} }}"#), Value::Null).await;
        assert_eq!(replayed, malformed, "{rest}");
    }
});

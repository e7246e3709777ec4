//! Repair and claim quotations: summed by the server, changed as drafts only, invoiced once.

use futures_util::future::join_all;
use serde_json::{Value, json};

use crate::support::desk::{refusals, unfit_lines};
use crate::support::{Client, World, seeded};

const FIELDS: &str =
    "quotation { id number kind status date accidentOn claimNumber insuranceCompany registrationNumber remarks
    total { amountMinor } items { position description quantity amount { amountMinor } } buyer { name nic }
    customer { id } salesperson { id } invoice { id } }";
const INVOICE: &str = "invoice { id number kind status date total { amountMinor } buyer { name nic phone }
    items { position description quantity rate { amountMinor } amount { amountMinor } } convertedFrom { id status } }";

fn quotation(key: &str) -> Value {
    json!({
        "idempotencyKey": key,
        "buyer": {"person": {"name": "Nimal Perera", "nic": "831937395V", "phone": "0712345678"}},
        "items": [
            {"description": "Front mudguard", "quantity": "1", "rateMinor": 650_000},
            {"description": "Labour", "quantity": "1.5", "rateMinor": 150_000},
            {"description": "Bolts", "quantity": "0.333", "rateMinor": 250},
        ],
        "registrationNumber": "BAB 1234",
        "accidentOn": "2026-09-10",
        "claimNumber": "CLM/26/1",
        "insuranceCompany": "Ceylon Shield Insurance PLC",
    })
}

async fn made(client: &Client, key: &str) -> Value {
    client.done("createQuotation", FIELDS, quotation(key)).await["quotation"].take()
}

async fn moved(client: &Client, mutation: &str, quotation: &Value) -> Value {
    client.done(mutation, FIELDS, json!({"quotation": quotation["id"]})).await["quotation"].take()
}

async fn accepted(client: &Client, key: &str) -> Value {
    let quotation = made(client, key).await;
    moved(client, "sendQuotation", &quotation).await;
    moved(client, "acceptQuotation", &quotation).await
}

async fn converted(client: &Client, key: &str, quotation: &Value) -> Value {
    let input = json!({"idempotencyKey": key, "quotation": quotation["id"]});
    client.change("convertQuotation", INVOICE, input).await
}

seeded!(a_quotation_adds_up, async |world: World| {
    let service = world.client("service").await;
    let made = made(&service, "quotation-1").await;
    assert_eq!(
        (&made["kind"], &made["status"], &made["date"]),
        (&json!("QUOTATION"), &json!("DRAFT"), &json!("2026-09-15"))
    );
    let lines: Vec<_> = made["items"]
        .as_array()
        .expect("lines")
        .iter()
        .map(|line| (line["position"].as_i64(), line["quantity"].as_str(), line["amount"]["amountMinor"].as_i64()))
        .collect();
    // 0.333 × 2.50 is 0.8325: the nearest cent.
    let expected = [
        (Some(1), Some("1"), Some(650_000)),
        (Some(2), Some("1.5"), Some(225_000)),
        (Some(3), Some("0.333"), Some(83)),
    ];
    assert_eq!(lines, expected);
    assert_eq!(made["total"]["amountMinor"], 875_083);
    assert_eq!(made["buyer"], json!({"name": "Nimal Perera", "nic": "831937395V"}));
    let number = made["number"].as_str().expect("a number");
    assert!(number.starts_with("26SEP_BR01_Q_"), "{number}");
    assert_eq!(service.done("createQuotation", FIELDS, quotation("quotation-1")).await["quotation"], made);
    let mut another = quotation("quotation-1");
    another["items"][0]["rateMinor"] = json!(1);
    assert_eq!(refusals(&service.change("createQuotation", FIELDS, another).await), ["IDEMPOTENCY_KEY_REUSED"]);
    let events = world.trail("quotation_created").await;
    assert_eq!(events.len(), 1);
    assert_eq!(events[0].summary, format!("{number}: Rs. 8,750.83"));
});

seeded!(a_draft_is_written_anew_and_nothing_else, async |world: World| {
    let service = world.client("service").await;
    let draft = made(&service, "quotation-1").await;
    let update = json!({
        "quotation": draft["id"],
        "items": [{"description": "Handlebar", "quantity": "2", "rateMinor": 420_000}],
        "remarks": "Parts to be ordered.\nFive days.",
    });
    let written = service.done("updateQuotation", FIELDS, update.clone()).await["quotation"].take();
    assert_eq!((&written["total"]["amountMinor"], &written["number"]), (&json!(840_000), &draft["number"]));
    assert_eq!(written["items"].as_array().expect("lines").len(), 1);
    assert_eq!((&written["claimNumber"], &written["remarks"]), (&Value::Null, &update["remarks"]));
    moved(&service, "sendQuotation", &draft).await;
    let late = service.change("updateQuotation", FIELDS, update).await;
    assert_eq!(refusals(&late), ["INVALID_TRANSITION input.quotation"]);
    assert_eq!(late["userErrors"][0]["allowed"], json!(["ACCEPTED", "REJECTED"]));
    assert_eq!(world.trail("quotation_updated").await.len(), 1);
});

seeded!(a_quotation_that_cannot_be_is_refused, async |world: World| {
    let service = world.client("service").await;
    let refused = async |change: &dyn Fn(&mut Value)| {
        let mut input = quotation("quotation-1");
        change(&mut input);
        refusals(&service.change("createQuotation", FIELDS, input).await)
    };
    for (text, code) in unfit_lines() {
        let fields = ["registrationNumber", "claimNumber", "insuranceCompany"];
        let unfit = |input: &mut Value| {
            fields.iter().for_each(|field| input[*field] = json!(text));
            input["items"][1]["description"] = json!(text);
        };
        let expected = fields.iter().chain(&["items.1.description"]).map(|field| format!("{code} input.{field}"));
        assert_eq!(refused(&unfit).await, expected.collect::<Vec<_>>());
    }
    for (quantity, expected) in [
        ("0", "OUT_OF_RANGE"),
        ("0.0001", "INVALID"),
        ("-1", "INVALID"),
        ("1,5", "INVALID"),
        ("", "INVALID"),
        ("one", "INVALID"),
        ("100000.001", "OUT_OF_RANGE"),
        ("99999999999999999999", "INVALID"),
        (&"9".repeat(1_000_000), "INVALID"),
    ] {
        let answer = refused(&|input| input["items"][2]["quantity"] = json!(quantity)).await;
        assert_eq!(answer, [format!("{expected} input.items.2.quantity")]);
    }
    for rate in [-1, i64::MAX, 10_000_000_000_001] {
        let answer = refused(&|input| input["items"][0]["rateMinor"] = json!(rate)).await;
        assert_eq!(answer, ["OUT_OF_RANGE input.items.0.rateMinor"]);
    }
    let line = |rate: i64, quantity: &str| json!({"description": "Gold", "quantity": quantity, "rateMinor": rate});
    assert_eq!(
        refused(&|input| input["items"] = json!([line(10_000_000_000_000, "2")])).await,
        ["OUT_OF_RANGE input.items.0.rateMinor"]
    );
    let two = json!([line(6_000_000_000_000, "1"), line(6_000_000_000_000, "1")]);
    assert_eq!(refused(&|input| input["items"] = two.clone()).await, ["OUT_OF_RANGE input.items"]);
    assert_eq!(refused(&|input| input["items"] = json!([])).await, ["OUT_OF_RANGE input.items"]);
    let many = json!(vec![line(1, "1"); 51]);
    assert_eq!(refused(&|input| input["items"] = many.clone()).await, ["OUT_OF_RANGE input.items"]);
    for day in ["9999-12-31", "2026-09-16", "1999-01-01"] {
        assert_eq!(
            refused(&|input| input["accidentOn"] = json!(day)).await,
            ["OUT_OF_RANGE input.accidentOn"],
            "{day}"
        );
    }
    let nobody = json!({"customer": "no id"});
    assert_eq!(refused(&|input| input["buyer"] = nobody.clone()).await, ["NOT_FOUND input.buyer.customer"]);
    let both = json!({"customer": "no id", "person": {"name": "Nimal Perera"}});
    assert_eq!(refused(&|input| input["buyer"] = both.clone()).await, ["GRAPHQL_VALIDATION_FAILED"]);
    assert_eq!(world.trail("customer_created").await.len(), 0);
});

seeded!(a_quotation_moves_on_and_is_invoiced_once, async |world: World| {
    let service = world.client("service").await;
    let draft = made(&service, "quotation-1").await;
    let early = service.change("acceptQuotation", FIELDS, json!({"quotation": draft["id"]})).await;
    assert_eq!(refusals(&early), ["INVALID_TRANSITION input.quotation"]);
    assert_eq!(early["userErrors"][0]["allowed"], json!(["SENT"]));
    assert_eq!(refusals(&converted(&service, "invoice-1", &draft).await), ["INVALID_TRANSITION input.quotation"]);
    let undecided = service.change("rejectQuotation", FIELDS, json!({"quotation": draft["id"]})).await;
    assert_eq!(refusals(&undecided), ["INVALID_TRANSITION input.quotation"]);
    moved(&service, "sendQuotation", &draft).await;
    assert_eq!(moved(&service, "rejectQuotation", &draft).await["status"], "REJECTED");

    let accepted = accepted(&service, "quotation-2").await;
    // What failed left nothing behind: its key may be used again, for the same request only once done.
    let done = converted(&service, "invoice-2", &accepted).await;
    assert_eq!(done["userErrors"], json!([]));
    let invoice = &done["invoice"];
    assert_eq!((&invoice["kind"], &invoice["status"]), (&json!("INVOICE"), &json!("SENT")));
    assert!(invoice["number"].as_str().is_some_and(|number| number.starts_with("26SEP_BR01_I_")), "{invoice}");
    assert_eq!(invoice["convertedFrom"], json!({"id": accepted["id"], "status": "CONVERTED"}));
    assert_eq!(invoice["buyer"], json!({"name": "Nimal Perera", "nic": "831937395V", "phone": "+94712345678"}));
    assert_eq!(invoice["total"], accepted["total"]);
    assert_eq!(invoice["items"].as_array().expect("lines").len(), 3);
    assert_eq!(converted(&service, "invoice-2", &accepted).await, done);
    let again = converted(&service, "invoice-3", &accepted).await;
    assert_eq!(refusals(&again), ["INVALID_TRANSITION input.quotation"]);
    assert_eq!(again["userErrors"][0]["allowed"], json!([]));
    // An invoice stays as it was issued.
    for mutation in ["sendQuotation", "acceptQuotation", "rejectQuotation"] {
        let answer = service.change(mutation, FIELDS, json!({"quotation": invoice["id"]})).await;
        assert_eq!(refusals(&answer), ["INVALID_TRANSITION input.quotation"], "{mutation}");
    }
    assert_eq!(refusals(&converted(&service, "invoice-4", invoice).await), ["INVALID_TRANSITION input.quotation"]);
    for (action, times) in [
        ("quotation_sent", 2),
        ("quotation_accepted", 1),
        ("quotation_rejected", 1),
        ("quotation_converted", 1),
        ("invoice_created", 1),
    ] {
        assert_eq!(world.trail(action).await.len(), times, "{action}");
    }
});

seeded!(eight_who_invoice_one_quotation_make_one_invoice, async |world: World| {
    let service = world.client("service").await;
    let (first, second) = (accepted(&service, "quotation-1").await, accepted(&service, "quotation-2").await);
    let mut eight = Vec::new();
    for _ in 0..8 {
        eight.push(world.client("service").await);
    }
    let answers = eight.iter().enumerate().map(|(n, client)| {
        let (key, first) = (format!("invoice-{n}"), &first);
        async move { converted(client, &key, first).await }
    });
    let answers = join_all(answers).await;
    let (done, refused): (Vec<_>, Vec<_>) = answers.iter().partition(|answer| answer["invoice"].is_object());
    assert_eq!(done.len(), 1, "{answers:?}");
    assert!(refused.iter().all(|answer| refusals(answer) == ["INVALID_TRANSITION input.quotation"]), "{refused:?}");
    // None of the seven took a number.
    let next = converted(&service, "invoice-next", &second).await;
    assert_eq!(count(&next), count(done[0]) + 1);
});

seeded!(quotations_are_written_by_the_branchs_workshop, async |world: World| {
    let service = world.client("service").await;
    let draft = made(&service, "quotation-1").await;
    for (persona, expected) in [
        ("clerk", "FORBIDDEN"),
        ("auditor", "FORBIDDEN"),
        ("inventory", "FORBIDDEN"),
        ("stranger", "NOT_FOUND input.quotation"),
        ("hq-all", "DEALERSHIP_REQUIRED"),
        ("anonymous", "UNAUTHENTICATED"),
    ] {
        let answer =
            world.client(persona).await.change("sendQuotation", FIELDS, json!({"quotation": draft["id"]})).await;
        assert_eq!(refusals(&answer), [expected], "{persona}");
    }
    let dealer = world.client("dealer").await;
    let all =
        dealer.ask("{ quotations(first: 100, filter: {status: [DRAFT]}) { nodes { id branch { code } } } }").await;
    let all = all["quotations"]["nodes"].as_array().expect("quotations").clone();
    let theirs = all.iter().find(|quotation| quotation["branch"]["code"] == "BR02").expect("a draft of the sibling's");
    let answer = service.change("sendQuotation", FIELDS, json!({"quotation": theirs["id"]})).await;
    assert_eq!(refusals(&answer), ["NOT_FOUND input.quotation"]);
    assert_eq!(moved(&world.client("manager").await, "sendQuotation", &draft).await["status"], "SENT");
});

seeded!(an_invoice_that_breaks_halfway_leaves_nothing, async |world: World| {
    let service = world.client("service").await;
    let quotation = accepted(&service, "quotation-1").await;
    let state = async || {
        let query = "query($id: ID!) { node(id: $id) { ... on Quotation { status invoice { number } } } }";
        let node = service.ask_with(query, json!({"id": quotation["id"]})).await["node"].take();
        (node["status"] == "CONVERTED", node["invoice"]["number"].as_str().map(str::to_owned))
    };
    let (mut broken, mut statement) = (0, 0);
    let done = loop {
        let mut sent = 0;
        world.home.faults.set(move || {
            sent += 1;
            sent == statement + 1
        });
        let answer = converted(&service, "invoice-1", &quotation).await;
        world.home.faults.clear();
        if answer["error"].is_null() {
            break answer;
        }
        assert_eq!(refusals(&answer), ["INTERNAL"], "statement {statement}");
        let (is_converted, invoice) = state().await;
        assert_eq!(is_converted, invoice.is_some(), "statement {statement}");
        broken += usize::from(!is_converted);
        statement += 1;
    };
    assert!(broken > 8, "{broken} attempts were broken before their end");
    // However often it was tried, there is one invoice, and no number is missing.
    assert_eq!(state().await, (true, done["invoice"]["number"].as_str().map(str::to_owned)));
    assert_eq!(world.trail("invoice_created").await.len(), 1);
    let next = converted(&service, "invoice-2", &accepted(&service, "quotation-2").await).await;
    assert_eq!(count(&next), count(&done) + 1);
});

/// The number of an invoice within its branch and month.
fn count(answer: &Value) -> u32 {
    let number = answer["invoice"]["number"].as_str().expect("a number");
    number.strip_prefix("26SEP_BR01_I_").expect("the series").parse().expect("a count")
}

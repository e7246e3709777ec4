//! Branches as their dealership opens and closes them, and what a closed one may no longer do.

use futures_util::future::{join, join_all};
use serde_json::{Value, json};

use crate::support::desk::{at, refusals, unfit_lines};
use crate::support::{Client, World, seeded};

const FIELDS: &str = "branch { id code name closedAt }";

fn galle(key: &str) -> Value {
    json!({"idempotencyKey": key, "code": "GALLE", "name": " Galle Fort "})
}

/// A fresh branch of the dealer's, by its id.
async fn opened(dealer: &Client) -> Value {
    dealer.done("createBranch", FIELDS, galle("key-galle")).await["branch"]["id"].take()
}

async fn turn(client: &Client, mutation: &str, branch: &Value) -> Vec<String> {
    refusals(&client.change(mutation, FIELDS, json!({"branch": branch})).await)
}

/// The id of a branch of the client's.
async fn named(client: &Client, code: &str) -> Value {
    let rows = client.ask("{ branches(first: 100) { nodes { id code } } }").await["branches"]["nodes"].take();
    let rows = rows.as_array().expect("nodes").iter();
    rows.clone().find(|row| row["code"] == *code).expect("a branch")["id"].clone()
}

async fn model(client: &Client) -> Value {
    client.ask("{ bikeModels(first: 1) { nodes { id } } }").await["bikeModels"]["nodes"][0]["id"].take()
}

async fn receive(client: &Client, branch: &Value, chassis: &str) -> Value {
    let unit = json!({"model": model(client).await, "chassisNumber": chassis, "motorNumber": format!("M-{chassis}")});
    let input = json!({"idempotencyKey": format!("key-receive-{chassis}"), "branch": branch, "units": [unit]});
    client.change("receiveUnits", "units { id }", input).await
}

fn estimate(branch: &Value) -> Value {
    json!({"idempotencyKey": "key-estimate", "branch": branch, "buyer": {"person": {"name": "Nimal Perera", "phone": "0712345678"}},
           "items": [{"description": "Labour", "quantity": "1", "rateMinor": 150_000}]})
}

seeded!(a_branch_is_opened_renamed_closed_and_opened_again, async |world: World| {
    let dealer = world.client("dealer").await;
    let made = dealer.done("createBranch", FIELDS, galle("key-galle")).await;
    let id = &made["branch"]["id"];
    assert_eq!((&made["branch"]["name"], &made["branch"]["closedAt"]), (&json!("Galle Fort"), &Value::Null));
    assert_eq!(dealer.done("createBranch", FIELDS, galle("key-galle")).await, made, "the same request twice is one");
    let twin = dealer.change("createBranch", FIELDS, galle("key-galle-2")).await;
    assert_eq!(refusals(&twin), ["TAKEN input.code"]);

    let renamed = json!({"branch": id, "code": "GAL", "name": "Galle"});
    assert_eq!(dealer.done("updateBranch", FIELDS, renamed.clone()).await["branch"]["code"], "GAL");
    let taken = json!({"branch": id, "code": "BR01", "name": "Galle"});
    assert_eq!(refusals(&dealer.change("updateBranch", FIELDS, taken).await), ["TAKEN input.code"]);
    dealer.done("createQuotation", "quotation { id }", estimate(id)).await;
    let recoded = json!({"branch": id, "code": "GALLE", "name": "Galle"});
    assert_eq!(refusals(&dealer.change("updateBranch", FIELDS, recoded).await), ["INVALID input.code"]);
    dealer.done("updateBranch", FIELDS, renamed).await;

    assert_eq!(turn(&dealer, "reopenBranch", id).await, ["INVALID_TRANSITION input.branch"]);
    assert!(turn(&dealer, "closeBranch", id).await.is_empty());
    assert_eq!(turn(&dealer, "closeBranch", id).await, ["INVALID_TRANSITION input.branch"]);
    let closed = dealer.ask("{ branches(first: 100) { nodes { code closedAt } } }").await;
    let closed =
        closed["branches"]["nodes"].as_array().expect("nodes").iter().filter(|row| row["closedAt"].is_string());
    assert_eq!(closed.map(|row| &row["code"]).collect::<Vec<_>>(), ["GAL"]);
    assert!(turn(&dealer, "reopenBranch", id).await.is_empty());
    for (action, times) in [("created", 1), ("updated", 2), ("closed", 1), ("reopened", 1)] {
        let trail = world.trail(&format!("branch_{action}")).await;
        assert_eq!(trail.len(), times, "{action}");
        assert!(trail.iter().all(|event| event.branch_id.is_some() && event.summary.starts_with("GAL")), "{action}");
    }
});

seeded!(a_closed_branch_makes_no_document_and_takes_nothing_in, async |world: World| {
    let (dealer, manager) = (world.client("dealer").await, world.client("manager").await);
    let branch = &opened(&dealer).await;
    let damaged = receive(&dealer, branch, "DAMAGED").await["units"][0]["id"].take();
    dealer.done("markUnitDamaged", "unit { id }", json!({"unit": damaged})).await;
    let estimate = dealer.done("createQuotation", "quotation { id }", estimate(branch)).await["quotation"]["id"].take();
    for mutation in ["sendQuotation", "acceptQuotation"] {
        dealer.done(mutation, "quotation { id }", json!({"quotation": estimate})).await;
    }
    let unit = receive(&dealer, &named(&dealer, "BR01").await, "AT-BR01").await["units"][0]["id"].take();
    let offer = json!({"idempotencyKey": "key-offer-1", "unit": unit, "to": "GALLE"});
    let offered = manager.done("offerTransfer", "transfer { id }", offer).await["transfer"]["id"].take();
    let quoted = json!({"idempotencyKey": "key-quoted", "branch": branch, "model": model(&dealer).await,
        "buyer": {"person": {"name": "Nimal Perera", "phone": "0712345678"}}});
    let quoted =
        dealer.done("createSalesQuotation", "salesQuotation { id }", quoted).await["salesQuotation"]["id"].take();
    for mutation in ["sendSalesQuotation", "acceptSalesQuotation"] {
        dealer.done(mutation, "salesQuotation { id }", json!({"salesQuotation": quoted})).await;
    }
    assert!(turn(&dealer, "closeBranch", branch).await.is_empty());

    let customer = json!({"idempotencyKey": "key-customer", "branch": branch, "name": "Nimal Perera"});
    let enquiry = json!({"idempotencyKey": "key-enquiry", "branch": branch, "name": "Nimal", "phone": "0712345678"});
    let quotation = json!({"idempotencyKey": "key-quotation", "branch": branch, "model": model(&dealer).await,
        "buyer": {"person": {"name": "Nimal Perera", "phone": "0712345678"}}});
    let claim = json!({"idempotencyKey": "key-claim", "branch": branch, "items": [{"description": "Labour", "quantity": "1",
        "rateMinor": 1}], "buyer": {"person": {"name": "Nimal Perera", "phone": "0712345678"}}});
    let invoice = json!({"idempotencyKey": "key-invoice", "quotation": estimate});
    let sale = json!({"idempotencyKey": "key-sale", "salesQuotation": quoted, "unit": unit, "payments": []});
    let back = json!({"idempotencyKey": "key-offer-2", "unit": unit, "to": "GALLE"});
    for (mutation, input, field) in [
        ("createCustomer", customer, "branch"),
        ("createEnquiry", enquiry, "branch"),
        ("createSalesQuotation", quotation, "branch"),
        ("createQuotation", claim, "branch"),
        ("convertQuotation", invoice, "quotation"),
        ("convertSalesQuotation", sale, "salesQuotation"),
        ("offerTransfer", back, "to"),
        ("sendTransfer", json!({"transfer": offered}), "transfer"),
        ("repairUnit", json!({"unit": damaged}), "unit"),
    ] {
        let refused = refusals(&dealer.change(mutation, "", input).await);
        assert_eq!(refused, [format!("INVALID input.{field}")], "{mutation}");
    }
    assert_eq!(refusals(&receive(&dealer, branch, "LATE").await), ["INVALID input.branch"]);
    assert!(turn(&dealer, "reopenBranch", branch).await.is_empty());
    dealer.done("sendTransfer", "transfer { id }", json!({"transfer": offered})).await;
});

seeded!(a_branch_with_something_to_do_is_not_closed, async |world: World| {
    let (dealer, manager) = (world.client("dealer").await, world.client("manager").await);
    let (branch, colombo) = (&opened(&dealer).await, &named(&dealer, "BR01").await);
    let why = async |branch: &Value| {
        let refused = dealer.change("closeBranch", FIELDS, json!({"branch": branch})).await;
        assert!(refusals(&refused).iter().all(|refusal| refusal == "INVALID_TRANSITION input.branch"));
        let told = refused["userErrors"].as_array().expect("refusals").iter();
        told.map(|error| error["message"].as_str().expect("a sentence").to_owned()).collect::<Vec<_>>()
    };
    let unit = receive(&dealer, colombo, "ON-ITS-WAY").await["units"][0]["id"].take();
    let offer = json!({"idempotencyKey": "key-offer-1", "unit": unit, "to": "GALLE"});
    let transfer = manager.done("offerTransfer", "transfer { id }", offer).await["transfer"]["id"].take();
    manager.done("sendTransfer", "transfer { id }", json!({"transfer": transfer})).await;
    assert_eq!(why(branch).await, ["Transfers on their way to or from this branch: 1."]);
    dealer.done("receiveTransfer", "transfer { id }", json!({"transfer": transfer})).await;
    assert_eq!(why(branch).await, ["Units for sale or reserved at this branch: 1."]);

    let query = "query($b: ID!) { bills(filter: {branch: $b, status: [PENDING]}) { totalCount }
        bikeUnits(filter: {branch: $b, status: [AVAILABLE, RESERVED]}) { totalCount } }";
    let open = dealer.ask_with(query, json!({"b": colombo})).await;
    let (bills, units) = (&open["bills"]["totalCount"], &open["bikeUnits"]["totalCount"]);
    let told = why(colombo).await;
    assert!(told.contains(&format!("Open advances of this branch: {bills}.")), "{told:?}");
    assert!(told.contains(&format!("Units for sale or reserved at this branch: {units}.")), "{told:?}");
    assert_eq!(world.events("branch_closed").await, 0);
});

seeded!(branches_are_opened_by_those_who_manage_staff, async |world: World| {
    let dealer = world.client("dealer").await;
    let maharagama = &named(&dealer, "BR02").await;
    for persona in ["manager", "clerk", "inventory", "service", "auditor", "sibling", "hq-analyst"] {
        let client = world.client(persona).await;
        assert_eq!(turn(&client, "closeBranch", maharagama).await, ["FORBIDDEN"], "{persona}");
        assert_eq!(refusals(&client.change("createBranch", FIELDS, galle("key-forbidden")).await), ["FORBIDDEN"]);
    }
    let director = world.client("hq-of-two").await;
    assert_eq!(turn(&director, "closeBranch", maharagama).await, ["DEALERSHIP_REQUIRED"]);
    // Whoever acts in one branch leaves the others, and their number, alone.
    let narrowed = at(&world, "BR01").await;
    assert_eq!(refusals(&narrowed.change("createBranch", FIELDS, galle("key-narrowed")).await), ["SCOPE_MISMATCH"]);
    for client in [&narrowed, &world.client("stranger").await] {
        for id in [maharagama, &json!("QgAA")] {
            for mutation in ["closeBranch", "reopenBranch"] {
                assert_eq!(turn(client, mutation, id).await, ["NOT_FOUND input.branch"], "{mutation}");
            }
            let input = json!({"branch": id, "code": "BR09", "name": "Mine"});
            assert_eq!(refusals(&client.change("updateBranch", FIELDS, input).await), ["NOT_FOUND input.branch"]);
        }
    }
});

seeded!(bad_input_of_a_branch_is_told_field_by_field, async |world: World| {
    let dealer = world.client("dealer").await;
    let branch = opened(&dealer).await;
    let bad = [("", "REQUIRED"), ("A", "INVALID"), ("br01", "INVALID"), ("BR-1", "INVALID"), ("ශ්‍රී", "INVALID")];
    for (code, refusal) in bad.into_iter().chain([("BR\0", "INVALID"), ("TOOLONG", "OUT_OF_RANGE")]) {
        let mut input = galle("key-bad-input");
        input["code"] = json!(code);
        assert_eq!(refusals(&dealer.change("createBranch", FIELDS, input).await), [format!("{refusal} input.code")]);
        let input = json!({"branch": branch, "code": code, "name": "Galle"});
        assert_eq!(refusals(&dealer.change("updateBranch", FIELDS, input).await), [format!("{refusal} input.code")]);
    }
    for (name, refusal) in unfit_lines().into_iter().chain([(" ".to_owned(), "REQUIRED")]) {
        let input = json!({"idempotencyKey": "key-bad-input", "code": "GAL", "name": name});
        assert_eq!(refusals(&dealer.change("createBranch", FIELDS, input).await), [format!("{refusal} input.name")]);
        let input = json!({"branch": branch, "code": "GALLE", "name": name});
        assert_eq!(refusals(&dealer.change("updateBranch", FIELDS, input).await), [format!("{refusal} input.name")]);
    }
});

seeded!(of_many_who_open_the_same_branch_one_wins, async |world: World| {
    let dealer = world.client("dealer").await;
    let asked = (0..8).map(|n| dealer.change("createBranch", FIELDS, galle(&format!("key-race-{n}"))));
    let mut asked: Vec<_> = join_all(asked).await.iter().flat_map(refusals).collect();
    asked.sort();
    assert_eq!(asked, vec!["TAKEN input.code"; 7]);
    assert_eq!(world.events("branch_created").await, 1);
});

seeded!(a_branch_is_not_closed_over_what_arrives, async |world: World| {
    let dealer = world.client("dealer").await;
    for n in 0..6 {
        let input =
            json!({"idempotencyKey": format!("key-closing-{n}"), "code": format!("X{n}"), "name": "Soon closed"});
        let branch = dealer.done("createBranch", FIELDS, input).await["branch"]["id"].take();
        let chassis = format!("LAST-{n}");
        let (received, closed) = join(receive(&dealer, &branch, &chassis), turn(&dealer, "closeBranch", &branch)).await;
        let outcome = (refusals(&received), closed);
        let stayed = (vec![], vec!["INVALID_TRANSITION input.branch".to_owned()]);
        assert!(outcome == stayed || outcome == (vec!["INVALID input.branch".to_owned()], vec![]), "{outcome:?}");
    }
});

//! Bills mailed.

use forecourt::post;
use serde_json::{Value, json};

use super::{PAPER, sale};
use crate::support::desk::refusals;
use crate::support::{World, seeded};

fn letter(key: &str, bill: &Value, email: &str) -> Value {
    json!({"idempotencyKey": key, "bill": bill, "email": email})
}

async fn waiting(world: &World) -> usize {
    let letters = post::unsent(&world.home.app).await.expect("letters");
    letters.iter().filter(|letter| letter.email == "sunethra@example.com").count()
}

seeded!(a_bill_is_mailed_once_for_one_request, async |world: World| {
    let bill = sale(&world).await;
    let clerk = world.client("clerk").await;
    let asked = letter("papers-mail-1", &bill, "sunethra@example.com");
    let first = clerk.done("mailBill", PAPER, asked.clone()).await;
    assert_eq!(first["document"]["isCopy"], false, "it was made");
    let again = clerk.done("mailBill", PAPER, asked).await;
    assert_eq!(again["document"]["id"], first["document"]["id"]);
    assert_eq!((waiting(&world).await, world.events("bill_mailed").await), (1, 1));
    clerk.done("mailBill", PAPER, letter("papers-mail-2", &bill, "sunethra@example.com")).await;
    assert_eq!(
        (waiting(&world).await, world.events("document_made").await),
        (2, 1),
        "another letter, the same document"
    );
    let events = world.trail("bill_mailed").await;
    assert!(events.iter().all(|event| event.user_id.is_some() && !event.summary.contains('@')));
});

seeded!(a_bill_is_mailed_by_those_who_write_bills_of_that_branch, async |world: World| {
    let bill = sale(&world).await;
    for (persona, outcome) in [
        ("auditor", "FORBIDDEN"),
        ("inventory", "FORBIDDEN"),
        ("sibling", "NOT_FOUND input.bill"),
        ("stranger", "NOT_FOUND input.bill"),
        ("hq-all", "DEALERSHIP_REQUIRED"),
    ] {
        let client = world.client(persona).await;
        let answer = client.change("mailBill", PAPER, letter("papers-mail-3", &bill, "sunethra@example.com")).await;
        assert_eq!(refusals(&answer), [outcome], "{persona}");
    }
    let clerk = world.client("clerk").await;
    for email in ["", "sunethra", "a@b.lk,c@d.lk"] {
        let answer = clerk.change("mailBill", PAPER, letter("papers-mail-4", &bill, email)).await;
        assert!(refusals(&answer)[0].ends_with(" input.email"), "{email}: {answer}");
    }
    assert_eq!((waiting(&world).await, world.events("document_made").await), (0, 0));
});

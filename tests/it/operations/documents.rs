//! Documents by their digest or their name, and only those that are trusted.

use chrono::TimeDelta;
use forecourt::config::{self, DocumentPolicy};
use forecourt::graphql::{self, Allowed};
use forecourt::service::trusted_document::{self, Document};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use super::{Asker, codes, defaults, named};
use crate::support::{World, seeded};

const BILLS: &str = "query Bills { bills(first: 1) { nodes { number } } }";
const STOCK: &str = "query Stock { bikeUnits(first: 1) { nodes { chassisNumber } } }";

fn hash(text: &str) -> String {
    Sha256::digest(text).iter().map(|byte| format!("{byte:02x}")).collect()
}

fn persisted(hash: &str) -> Value {
    json!({"persistedQuery": {"version": 1, "sha256Hash": hash}})
}

async fn trust(world: &World, name: &str, text: &str) {
    let document = Document { name: name.to_owned(), hash: hash(text), text: text.to_owned() };
    trusted_document::add(&world.home.app, vec![document]).await.expect("added");
    world.home.clock.advance(TimeDelta::seconds(5));
}

seeded!(a_document_is_sent_once_and_its_digest_afterwards, async |world: World| {
    let clerk = Asker::of(&world, "clerk", &defaults()).await;
    let by_digest = async |query: &str, hash: &str| {
        let answer = clerk.run(named(query, &persisted(hash)), Allowed::Operations).await;
        (codes(&answer).first().map(ToString::to_string), answer["data"].clone())
    };
    let first = by_digest("", &hash(BILLS)).await;
    assert_eq!(first, (Some("PERSISTED_QUERY_NOT_FOUND".to_owned()), Value::Null));
    let sent = by_digest(BILLS, &hash(BILLS)).await;
    assert!(sent.0.is_none() && sent.1["bills"]["nodes"][0]["number"].is_string(), "{sent:?}");
    assert_eq!(by_digest("", &hash(BILLS)).await, sent);
    assert_eq!(by_digest("", &hash(BILLS).to_uppercase()).await, sent);
    // Nobody can leave a document under another's digest.
    assert_eq!(by_digest(STOCK, &hash(BILLS)).await.0.as_deref(), Some("BAD_REQUEST"));
    assert_eq!(by_digest("", &hash(STOCK)).await.0.as_deref(), Some("PERSISTED_QUERY_NOT_FOUND"));
    for unfit in ["", "abc", &"g".repeat(64), &"é".repeat(32)] {
        assert_eq!(by_digest("", unfit).await.0.as_deref(), Some("BAD_REQUEST"), "{unfit}");
    }
    let unfit = "query Unfit { nothing }";
    assert_eq!(by_digest(unfit, &hash(unfit)).await.0.as_deref(), Some("GRAPHQL_VALIDATION_FAILED"));
    assert_eq!(
        by_digest("", &hash(unfit)).await.0.as_deref(),
        Some("PERSISTED_QUERY_NOT_FOUND"),
        "what is unfit is not kept"
    );
});

seeded!(a_server_that_trusts_few_documents_runs_no_other, async |world: World| {
    let limits = config::Graphql { documents: DocumentPolicy::Trusted, ..defaults() };
    let clerk = Asker::of(&world, "clerk", &limits).await;
    let code = async |query: &str, extensions: Value| {
        let answer = clerk.run(named(query, &extensions), Allowed::Operations).await;
        codes(&answer).first().map(ToString::to_string)
    };
    let untrusted = Some("UNTRUSTED_DOCUMENT".to_owned());
    for text in [BILLS, "{ __typename }", "{ __schema { types { name } } }", "{ nothing }", "nonsense {"] {
        assert_eq!(code(text, json!({})).await, untrusted, "{text}: what is wrong with it is not told either");
    }
    assert_eq!(code("", persisted(&hash(BILLS))).await, untrusted);
    assert_eq!(code("", json!({"documentId": "Bills"})).await, untrusted);
    trust(&world, "Bills", BILLS).await;
    for (query, extensions) in [
        (BILLS, json!({})),
        ("", persisted(&hash(BILLS))),
        ("", json!({"documentId": "Bills"})),
        ("", json!({"documentId": format!("sha256:{}", hash(BILLS))})),
    ] {
        assert_eq!(code(query, extensions.clone()).await, None, "{extensions}");
    }
    assert_eq!(code(STOCK, json!({})).await, untrusted);
    let newer = "query Bills { bills(first: 2) { nodes { number } } }";
    trust(&world, "Bills", newer).await;
    assert_eq!(code("", persisted(&hash(BILLS))).await, None, "clients that were not updated go on");
    let answer = clerk.run(named("", &json!({"documentId": "Bills"})), Allowed::Operations).await;
    assert_eq!(answer["data"]["bills"]["nodes"].as_array().map(Vec::len), Some(2), "a name means its latest text");
    assert_eq!(trusted_document::remove(&world.home.app, "Bills").await.expect("removed"), 2);
    world.home.clock.advance(TimeDelta::seconds(5));
    assert_eq!(code(BILLS, json!({})).await, untrusted);
});

seeded!(a_document_is_examined_before_it_is_trusted, async |world: World| {
    let schema = graphql::schema(world.home.app.limits());
    let examined = schema.examine(BILLS).await.expect("fit");
    assert_eq!((examined.hash, examined.operations), (hash(BILLS), vec![("Bills".to_owned(), 2)]));
    let errors = schema.examine("query A { nothing viewer { nothing } }").await.err().expect("unfit");
    assert_eq!(errors.len(), 2, "{errors:?}");
    assert!(errors[0].starts_with("1:11: "), "{errors:?}");
});

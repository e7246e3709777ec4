//! What is answered under `/partner/v1`, to whom.

use std::collections::HashMap;

use entity::{bill, partner_key, rmv_case};
use forecourt::scope::Scope;
use reqwest::StatusCode;
use sea_orm::sea_query::Expr;
use serde_json::{Value, json};

use super::{ask, failure};
use crate::support::partner::{COMPANY, Leased, OTHER_COMPANY};
use crate::support::server::Server;
use crate::support::{World, seeded};

/// What is to be said of a bill.
fn said(bill: &Leased) -> Value {
    let Leased { number, branch, row, .. } = bill;
    let disbursed = match (&row["leasedAmount"]["amountMinor"], &row["financierBalance"]["amountMinor"]) {
        (Value::Number(leased), Value::Number(open)) => {
            let minor = leased.as_i64().expect("minor units") - open.as_i64().expect("minor units");
            json!({"amountMinor": minor, "currency": "LKR"})
        }
        _ => Value::Null,
    };
    json!({
        "billNumber": number,
        "date": row["date"],
        "status": row["status"],
        "branchCode": branch,
        "vehiclePrice": row["vehiclePrice"],
        "downPayment": row["downPayment"],
        "leasedAmount": row["leasedAmount"],
        "disbursed": disbursed,
        "outstanding": row["financierBalance"],
        "rmvStatus": row["registration"]["status"],
    })
}

seeded!(a_company_is_told_of_every_bill_it_finances, async |world: World| {
    let server = Server::start(&world).await;
    let (text, _) = world.key("bills", json!({})).await;
    let bills = world.leased("dealer", COMPANY).await;
    assert!(bills.iter().any(|bill| bill.row["registration"].is_object()), "one is being registered");
    for bill in &bills {
        let answer = ask(&server, &text, &bill.path()).await;
        assert_eq!((answer.status, answer.json()), (StatusCode::OK, said(bill)));
        assert_eq!(answer.headers["cache-control"], "no-store");
        // As people type it.
        let typed = format!("/partner/v1/bills/%20{}?chassis={}%20", bill.number, bill.chassis.to_lowercase());
        assert_eq!(ask(&server, &text, &typed).await.json(), said(bill));
    }
    server.stop().await;
});

seeded!(whatever_is_not_theirs_is_answered_alike_after_the_same_work, async |world: World| {
    let server = Server::start(&world).await;
    let (text, _) = world.key("isolation", json!({})).await;
    let own = world.leased("dealer", COMPANY).await;
    let others = world.leased("dealer", OTHER_COMPANY).await;
    let strangers = world.leased("stranger", COMPANY).await;
    let chassis = |bill: &Leased| bill.chassis.clone();
    // Numbers repeat from dealership to dealership: the stranger's bill is the one whose chassis is asked for.
    for (what, number, chassis) in [
        ("another company's", &others[0].number, chassis(&others[0])),
        ("another dealership's", &strangers[0].number, chassis(&strangers[0])),
        ("another bill's chassis", &own[0].number, chassis(&own[1])),
        ("the beginning of a chassis", &own[0].number, own[0].chassis.chars().take(4).collect()),
        ("no chassis", &own[0].number, String::new()),
        ("nobody's", &"26AUG_BR01_9999".to_owned(), chassis(&own[0])),
    ] {
        let path = format!("/partner/v1/bills/{number}?chassis={chassis}");
        ask(&server, &text, &path).await;
        world.home.statements.take();
        let answer = ask(&server, &text, &path).await;
        let sent: Vec<_> = world.home.statements.take().into_iter().map(|statement| statement.sql).collect();
        assert_eq!(failure(&answer), (StatusCode::NOT_FOUND, "NOT_FOUND".to_owned()), "{what}");
        assert_eq!(answer.json()["error"]["message"], "We could not find that.", "{what}");
        let found = ask(&server, &text, &own[0].path()).await;
        assert_eq!(found.status, StatusCode::OK);
        let sent_when_found: Vec<_> = world.home.statements.take().into_iter().map(|statement| statement.sql).collect();
        assert_eq!(sent, sent_when_found, "{what}");
    }
    server.stop().await;
});

seeded!(a_key_of_branches_is_told_of_theirs, async |world: World| {
    let server = Server::start(&world).await;
    let bills = world.leased("dealer", COMPANY).await;
    for codes in [&["BR01"][..], &["BR02"], &["BR01", "BR03"]] {
        let limits = json!({"branches": world.branch_ids(codes).await});
        let (text, key) = world.key(&codes.concat(), limits).await;
        assert_eq!(key["branches"].as_array().map(Vec::len), Some(codes.len()));
        for bill in &bills {
            let status = ask(&server, &text, &bill.path()).await.status;
            let expected = if codes.contains(&bill.branch.as_str()) { StatusCode::OK } else { StatusCode::NOT_FOUND };
            assert_eq!(status, expected, "{codes:?}: {}", bill.branch);
        }
        let said = ask(&server, &text, "/partner/v1/key").await.json();
        assert_eq!(said["branches"], json!(codes));
    }
    server.stop().await;
});

seeded!(a_key_tells_what_it_is, async |world: World| {
    let server = Server::start(&world).await;
    let (text, key) = world.key("itself", json!({})).await;
    let answer = ask(&server, &text, "/partner/v1/key").await;
    let said = json!({
        "name": "Core banking",
        "keyId": key["keyId"],
        "financeCompany": key["financeCompany"]["name"],
        "dealershipCode": "colombo-ev",
        "scopes": ["bill_status:read"],
        "branches": null,
        "expiresAt": "2027-09-01T00:00:00Z",
    });
    assert_eq!((answer.status, answer.json()), (StatusCode::OK, said));
    assert!(!answer.text.contains(&text[22..]), "its text is told to nobody");
    server.stop().await;
});

seeded!(a_request_can_shrink_what_a_key_reaches, async |world: World| {
    let server = Server::start(&world).await;
    let (text, _) = world.key("narrow", json!({})).await;
    let bills = world.leased("dealer", COMPANY).await;
    let by_branch: HashMap<_, _> = bills.iter().map(|bill| (bill.branch.as_str(), bill)).collect();
    let asked = async |header: &str, value: &str, bill: &Leased| {
        let question = server.get(&bill.path()).bearer_auth(&text).header(header, value);
        question.send().await.status
    };
    let (dealership, branch) = ("x-forecourt-dealership", "x-forecourt-branch");
    assert_eq!(asked(dealership, "colombo-ev", by_branch["BR01"]).await, StatusCode::OK);
    assert_eq!(asked(branch, "BR01", by_branch["BR01"]).await, StatusCode::OK);
    assert_eq!(asked(branch, "BR01", by_branch["BR02"]).await, StatusCode::NOT_FOUND);
    assert_eq!(asked(dealership, "kandy-ride", by_branch["BR01"]).await, StatusCode::BAD_REQUEST);
    assert_eq!(asked("host", "kandy-ride.forecourt.example", by_branch["BR01"]).await, StatusCode::BAD_REQUEST);
    server.stop().await;
});

seeded!(tokens_and_keys_open_their_own_doors_alone, async |world: World| {
    let server = Server::start(&world).await;
    let (text, _) = world.key("doors", json!({})).await;
    let token = world.token("dealer").await;
    for path in ["/partner/v1/key", "/partner/v1/bills/26AUG_BR01_1?chassis=X"] {
        for credential in [token.as_str(), "fck_live_", "nonsense", &text[1..]] {
            let answer = ask(&server, credential, path).await;
            assert_eq!(failure(&answer), (StatusCode::UNAUTHORIZED, "UNAUTHENTICATED".to_owned()));
            assert_eq!(answer.headers["www-authenticate"], "Bearer");
        }
        for header in ["Basic Zm9vOmJhcg==", "Bearer", ""] {
            let answer = server.get(path).header("authorization", header).send().await;
            assert_eq!(failure(&answer).0, StatusCode::UNAUTHORIZED, "{header}");
        }
        assert_eq!(failure(&server.get(path).send().await).0, StatusCode::UNAUTHORIZED);
    }
    let answer = server.post().bearer_auth(&text).json(&json!({"query": "{ viewer { name } }"})).send().await;
    assert_eq!(answer.status, StatusCode::UNAUTHORIZED);
    assert_eq!(answer.json()["errors"][0]["extensions"]["code"], "UNAUTHENTICATED");
    server.stop().await;
});

seeded!(a_request_that_cannot_be_is_told_so, async |world: World| {
    let server = Server::start(&world).await;
    let (text, _) = world.key("unreadable", json!({})).await;
    for path in ["/partner/v1/bills/1", "/partner/v1/bills/1?chassis=a&chassis=b", "/partner/v1/bills/%ff?chassis=a"] {
        assert_eq!(failure(&ask(&server, &text, path).await), (StatusCode::BAD_REQUEST, "BAD_REQUEST".to_owned()));
    }
    for path in ["/partner/v1/bills", "/partner/v1/customers", "/partner/v1/bills/1/2"] {
        assert_eq!(failure(&ask(&server, &text, path).await), (StatusCode::NOT_FOUND, "NOT_FOUND".to_owned()));
    }
    let posted = server.post_to("/partner/v1/key").bearer_auth(&text).send().await;
    assert_eq!(failure(&posted), (StatusCode::METHOD_NOT_ALLOWED, "METHOD_NOT_ALLOWED".to_owned()));
    server.stop().await;
});

seeded!(a_key_without_the_scope_is_told_so, async |world: World| {
    let server = Server::start(&world).await;
    let (text, _) = world.key("scopeless", json!({})).await;
    let tx = world.home.app.write(Scope::system("test")).await.expect("a transaction");
    let update = tx.scope().update::<partner_key::Entity>();
    tx.update(update.col_expr(partner_key::Column::Scopes, Expr::value("webhook:manage"))).await.expect("an update");
    tx.commit().await.expect("committed");
    let bill = world.leased("dealer", COMPANY).await.swap_remove(0);
    let answer = ask(&server, &text, &bill.path()).await;
    assert_eq!(failure(&answer), (StatusCode::FORBIDDEN, "FORBIDDEN".to_owned()));
    assert_eq!(ask(&server, &text, "/partner/v1/key").await.json()["scopes"], json!([]));
    server.stop().await;
});

seeded!(a_registration_names_its_bills_financier, async |world: World| {
    let tx = world.home.app.read(Scope::system("test")).await.expect("a transaction");
    let bills = tx.all(tx.select::<bill::Entity>()).await.expect("bills");
    let financiers: HashMap<_, _> = bills.into_iter().map(|bill| (bill.id, bill.finance_company_id)).collect();
    let cases = tx.all(tx.select::<rmv_case::Entity>()).await.expect("registrations");
    assert!(cases.iter().any(|case| case.finance_company_id.is_some()));
    for case in cases {
        assert_eq!(case.finance_company_id, financiers[&case.bill_id]);
    }
});

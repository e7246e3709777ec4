//! The log's lines of requests.
#![expect(clippy::disallowed_methods, reason = "a table is taken away to see what goes wrong")]

use sea_orm::ConnectionTrait;
use serde_json::{Value, json};

use super::child::{Process, send};
use crate::support::{World, catalogue, seeded};

fn is_access(line: &Value) -> bool {
    line["target"] == "forecourt::access"
}

seeded!(a_request_leaves_one_line, async |world: World| {
    let process = Process::start(&world.home, &[]);
    let token = process.token(&world, "clerk").await;
    let query = "query Mine($n: Int) { bills(first: $n) { nodes { number customer { name } } } }";
    let answer = send(process.post(query, json!({"n": 1})).bearer_auth(&token)).await;
    let lines = process.lines(|line| is_access(line) && line["trace_id"] == answer.trace_id()).await;
    assert_eq!(lines.len(), 1);
    let mut line = lines[0].clone();
    for key in ["duration_ms", "dealership", "branch"] {
        assert!(!line["fields"][key].take().is_null(), "{key}: {}", lines[0]);
    }
    assert!(line["timestamp"].take().is_string());
    assert_eq!(
        line,
        json!({
            "timestamp": null, "level": "INFO", "target": "forecourt::access", "trace_id": answer.trace_id(),
            "fields": {"message": "answered", "method": "POST", "route": "/graphql", "status": 200, "duration_ms": null,
                "operation": "Mine", "operation_type": "query", "role": "SALES", "dealership": null, "branch": null},
        })
    );

    let refused = send(process.get("/partner/v1/bills/sunethra?chassis=77").bearer_auth("sunethra")).await;
    let lines = process.lines(|line| line["trace_id"] == refused.trace_id()).await;
    assert_eq!(lines.len(), 1);
    let fields = &lines[0]["fields"];
    assert_eq!((&fields["route"], &fields["status"]), (&json!("/partner/v1/bills/{number}"), &json!(401)));
    assert_eq!(fields["errors"], "UNAUTHENTICATED");
    assert!(fields["operation"].is_null() && fields["role"].is_null(), "{fields}");

    // So far four requests, one of them to sign in.
    let all = process.lines(is_access).await;
    assert_eq!(all.len(), 3);
    let log = process.logged();
    for unsaid in ["sunethra", "⟦", &token, world.persona("clerk").email.as_str()] {
        assert!(!log.contains(unsaid), "{unsaid} is in the log");
    }
});

seeded!(an_error_of_ours_is_found_by_the_trace_that_the_client_is_told, async |world: World| {
    let process = Process::start(&world.home, &[]);
    let token = process.token(&world, "clerk").await;
    let database = catalogue::connect(&world.home.url).await;
    database.execute_unprepared("alter table enquiry rename to gone").await.expect("a table less");
    let query = "query Asked { enquiries { nodes { id } } }";
    let answer = send(process.post(query, Value::Null).bearer_auth(&token)).await;
    database.execute_unprepared("alter table gone rename to enquiry").await.expect("the table again");
    database.close().await.expect("a connection closes");

    let error = &answer.body["errors"][0];
    assert_eq!(error["extensions"]["code"], "INTERNAL", "{}", answer.body);
    assert_eq!(error["extensions"]["traceId"], answer.trace_id());
    let lines = process.lines(|line| line["trace_id"] == answer.trace_id() && line["level"] == "ERROR").await;
    assert_eq!(lines.len(), 1, "one line per error");
    assert!(lines[0]["fields"]["cause"].as_str().is_some_and(|cause| cause.contains("enquiry")), "{}", lines[0]);
    let access = process.lines(|line| is_access(line) && line["trace_id"] == answer.trace_id()).await;
    assert_eq!(access[0]["fields"]["errors"], "INTERNAL");
    // Without spans, as with them: nothing is exported here.
    assert!(answer.headers["traceparent"].to_str().expect("text").ends_with("-00"));
});

//! Jobs by the API: seen in scope, asked for, called off, tried again.

use chrono::TimeDelta;
use entity::job::State;
use forecourt::queue::{Order, RebuildFigures};
use serde_json::{Value, json};

use super::stage::{Trouble, Walk, Working, ask, hasty, job, jobs, until};
use crate::support::desk::refusals;
use crate::support::{World, kpi, seeded};

const JOB: &str = "job { id kind state step steps isMine isCancelling attempts error { code } result
    branch { code } dealership { code } askedBy { name } }";

seeded!(figures_are_made_anew_on_request, async |world: World| {
    let app = &world.home.app;
    let (dealer, manager) = (world.client("dealer").await, world.client("manager").await);
    for (persona, code) in [("clerk", "FORBIDDEN"), ("auditor", "FORBIDDEN"), ("hq-all", "DEALERSHIP_REQUIRED")] {
        let client = world.client(persona).await;
        let refused = client.change("rebuildKeyFigures", JOB, json!({})).await;
        assert_eq!(refused["error"], code, "{persona}");
    }
    let asked = dealer.done("rebuildKeyFigures", JOB, json!({})).await["job"].take();
    assert_eq!(
        (&asked["kind"], &asked["isMine"], &asked["branch"]),
        (&json!("rebuild_figures"), &json!(true), &Value::Null)
    );
    let again = dealer.done("rebuildKeyFigures", JOB, json!({})).await["job"].take();
    assert_eq!(asked["id"], again["id"], "it is asked for already");
    let own = manager.done("rebuildKeyFigures", JOB, json!({"month": "2026-08-01"})).await["job"].take();
    assert_eq!(own["branch"]["code"], "BR01");
    let worker = Working::start(app);
    for job in jobs::<RebuildFigures>(app).await {
        until(app, job.id, State::Done).await;
    }
    worker.stop().await;
    kpi::add_up(app).await;
});

seeded!(jobs_are_seen_by_those_whose_place_they_concern, async |world: World| {
    let (dealer, manager) = (world.client("dealer").await, world.client("manager").await);
    let whole = dealer.done("rebuildKeyFigures", JOB, json!({})).await["job"]["id"].take();
    world.home.clock.advance(TimeDelta::milliseconds(1));
    let own = manager.done("rebuildKeyFigures", JOB, json!({})).await["job"]["id"].take();
    for (persona, seen) in [
        ("dealer", vec![&own, &whole]),
        ("auditor", vec![&own, &whole]),
        ("manager", vec![&own]),
        ("clerk", vec![&own]),
        ("sibling", vec![]),
        ("stranger", vec![]),
    ] {
        let client = world.client(persona).await;
        let answer = client.ask("{ jobs(filter: {kind: \"rebuild_figures\"}) { nodes { id } } }").await;
        let nodes = answer["jobs"]["nodes"].as_array().expect("rows").iter().map(|row| &row["id"]).collect::<Vec<_>>();
        assert_eq!(nodes, seen, "{persona}");
    }
});

seeded!(a_job_is_called_off_before_and_while_it_is_done, async |world: World| {
    let app = hasty(&world.home, 1).await;
    let here = world.places.at("colombo-ev/BR01");
    let walk = || Order::new(&Walk { steps: 600, millis: 100 }).expect("an order").at(here.dealership, here.branch);
    let runs = ask(&app, walk()).await;
    world.home.clock.advance(TimeDelta::milliseconds(1));
    let waits = ask(&app, walk()).await;
    let worker = Working::start(&app);
    until(&app, runs, State::Running).await;
    let manager = world.client("manager").await;
    let ids = manager.ask("{ jobs(filter: {kind: \"test_walk\"}) { nodes { id state } } }").await;
    let ids: Vec<_> = ids["jobs"]["nodes"].as_array().expect("two").iter().map(|row| row["id"].clone()).collect();
    assert_eq!(ids.len(), 2);
    for (id, is_cancelling) in ids.iter().zip([false, true]) {
        let job = manager.done("cancelJob", JOB, json!({"job": id})).await["job"].take();
        assert_eq!(job["isCancelling"], is_cancelling, "the newest first, which waits: {job}");
    }
    for id in [runs, waits] {
        until(&app, id, State::Cancelled).await;
    }
    worker.stop().await;
    assert_eq!(job(&app, waits).await.attempts, 0);
    let refused = manager.change("cancelJob", JOB, json!({"job": ids[0]})).await;
    assert_eq!(refusals(&refused), ["INVALID_TRANSITION input.job"]);
    assert_eq!(world.events("job_cancelled").await, 2);
});

seeded!(a_job_that_was_given_up_is_tried_again, async |world: World| {
    let app = hasty(&world.home, 1).await;
    let here = world.places.at("colombo-ev/BR01");
    let order = Order::new(&Trouble::Refused).expect("an order").at(here.dealership, here.branch);
    let id = ask(&app, order).await;
    let worker = Working::start(&app);
    until(&app, id, State::Failed).await;
    worker.stop().await;
    let manager = world.client("manager").await;
    let rows = manager
        .ask("{ jobs(filter: {state: [FAILED], kind: \"test_trouble\"}) { nodes { id error { code message } } } }")
        .await;
    let row = &rows["jobs"]["nodes"][0];
    assert_eq!(row["error"], json!({"code": "TEST_REFUSED", "message": "It will not do."}));
    let again = manager.done("retryJob", JOB, json!({"job": row["id"]})).await["job"].take();
    assert_eq!((&again["state"], &again["attempts"]), (&json!("READY"), &json!(0)));
    assert_eq!(world.events("job_retried").await, 1);
});

//! Progress as it is told.

use entity::job::State;
use forecourt::queue::Order;
use serde_json::json;

use super::stage::{Walk, Working, ask, hasty, until};
use crate::support::ear::Heard;
use crate::support::{World, seeded};

seeded!(progress_is_told_to_whoever_asked_until_the_end, async |world: World| {
    let app = &world.home.app;
    let hasty = hasty(&world.home, 1).await;
    // In the process of those who listen: on SQLite others are not heard.
    let worker_of = if app.listeners() == 0 && world.home.url.starts_with("sqlite") { app } else { &hasty };
    let manager = world.client("manager").await;
    let scope = manager.scope().await.expect("a scope");
    let tx = app.write(scope).await.expect("a transaction");
    let order = Order::new(&Walk { steps: 12, millis: 500 }).expect("an order");
    forecourt::queue::enqueue(&tx, order, app.now()).await.expect("asked");
    tx.commit().await.expect("committed");
    let id = manager.ask("{ jobs(first: 1, filter: {kind: \"test_walk\"}) { nodes { id } } }").await["jobs"]["nodes"]
        [0]["id"]
        .take();
    let query = format!("subscription {{ jobProgress(job: {id}) {{ job {{ id state step steps result }} }} }}");
    let mut ear = manager.listen(&query).await;
    let first = ear.data().await["jobProgress"]["job"].take();
    assert_eq!((&first["id"], &first["state"]), (&id, &json!("READY")), "as it is to begin with");
    let worker = Working::start(worker_of);
    let mut seen = Vec::new();
    loop {
        let told = ear.data().await["jobProgress"]["job"].take();
        seen.push((told["state"].as_str().expect("a state").to_owned(), told["step"].as_i64().expect("a number")));
        if told["state"] == "DONE" {
            assert_eq!((&told["steps"], &told["result"]), (&json!(12), &json!("12 steps")));
            break;
        }
    }
    worker.stop().await;
    assert_eq!(seen[0].0, "RUNNING");
    assert_eq!(seen.last(), Some(&("DONE".to_owned(), 12)));
    let steps: Vec<_> = seen.iter().map(|(_, step)| *step).collect();
    assert!(steps.iter().any(|step| (1..12).contains(step)) && steps.is_sorted(), "{seen:?}");
});

seeded!(a_job_out_of_reach_cannot_be_listened_to, async |world: World| {
    let app = &world.home.app;
    let here = world.places.at("colombo-ev/BR01");
    let order = Order::new(&Walk { steps: 1, millis: 1 }).expect("an order").at(here.dealership, here.branch);
    let id = ask(app, order).await;
    let manager = world.client("manager").await;
    let own = manager.ask("{ jobs(first: 1, filter: {kind: \"test_walk\"}) { nodes { id } } }").await["jobs"]["nodes"]
        [0]["id"]
        .take();
    let listen = |id: &str| format!("subscription {{ jobProgress(job: {id}) {{ job {{ id }} }} }}");
    for persona in ["sibling", "stranger"] {
        let client = world.client(persona).await;
        for id in [own.to_string(), "\"agAA\"".to_owned(), "\"\"".to_owned()] {
            assert_eq!(client.listen(&listen(&id)).await.next().await, Heard::Refused("NOT_FOUND".to_owned()));
        }
    }
    let mut all = world.client("sibling").await.listen("subscription { jobProgress { job { id } } }").await;
    let worker = Working::start(app);
    until(app, id, State::Done).await;
    worker.stop().await;
    let order = |branch: &str| {
        let place = world.places.at(branch);
        Order::new(&Walk { steps: 1, millis: 1 }).expect("an order").at(place.dealership, place.branch)
    };
    ask(app, order("colombo-ev/BR02")).await;
    let told = all.data().await["jobProgress"]["job"]["id"].take();
    assert_ne!(told, own, "the first that is told is the own branch's");
});

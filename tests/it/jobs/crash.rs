//! Workers that vanish, stop, or lose track of time.

use std::path::Path;
use std::time::Duration;

use chrono::TimeDelta;
use entity::job::State;
use forecourt::queue::Order;

use super::child::Process;
use super::stage::{Mark, Note, Walk, Working, ask, hasty, job, jobs, marks, notes, steady, until};
use crate::support::ear::BOUND;
use crate::support::{Home, World, both, seeded};

/// Waits for a file.
async fn appears(file: &str) {
    let begun = std::time::Instant::now();
    while !Path::new(file).exists() {
        assert!(begun.elapsed() < 3 * BOUND, "{file} does not appear");
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
}

seeded!(a_job_of_a_killed_worker_is_done_once, async |world: World| {
    let (home, here) = (&world.home, world.places.at("colombo-ev/BR01"));
    let gate = home.folder.path().join("gate").display().to_string();
    std::fs::write(&gate, "").expect("a file");
    let mark = Mark { text: "killed".to_owned(), until_gone: Some(gate.clone()) };
    let id = ask(&home.app, Order::new(&mark).expect("an order").at(here.dealership, here.branch)).await;
    let killed = Process::start(home);
    // It has written its mark, and committed nothing.
    appears(&format!("{gate}.begun")).await;
    killed.kill();
    std::fs::remove_file(&gate).expect("gone");
    assert_eq!(job(&home.app, id).await.state, State::Running);
    let app = hasty(home, 4).await;
    let (one, other) = (Working::start(&app), Working::start(&app));
    let rescued = until(&app, id, State::Waiting).await;
    assert_eq!((rescued.attempts, rescued.error_code.as_deref()), (1, Some("WORKER_LOST")));
    assert!(rescued.run_at > Some(app.now()), "it backs off: what killed one worker may kill the next");
    home.clock.advance(TimeDelta::seconds(10));
    let done = until(&app, id, State::Done).await;
    assert_eq!((done.attempts, done.result.as_deref(), done.error_code), (2, Some("marked"), None));
    one.stop().await;
    other.stop().await;
    let marks = marks(&app).await;
    assert_eq!(marks.iter().filter(|mark| *mark == "killed").count(), 1, "{marks:?}");
});

seeded!(who_was_taken_for_gone_by_mistake_changes_nothing, async |world: World| {
    let (home, here) = (&world.home, world.places.at("colombo-ev/BR01"));
    // SQLite has one writer, and who is slow here holds it: nobody else could take the job.
    if home.app.read(forecourt::scope::Scope::system("test")).await.expect("a transaction").is_embedded() {
        return;
    }
    let gate = home.folder.path().join("gate").display().to_string();
    std::fs::write(&gate, "").expect("a file");
    let mark = Mark { text: "slow".to_owned(), until_gone: Some(gate.clone()) };
    let id = ask(&home.app, Order::new(&mark).expect("an order").at(here.dealership, here.branch)).await;
    // It holds its lease for as long as it beats; from outside it is taken away all the same.
    let slow = Working::start(&home.app);
    appears(&format!("{gate}.begun")).await;
    let held = job(&home.app, id).await;
    let tx = super::stage::tx(&home.app).await;
    let lease = forecourt::queue::Lease::of(&held);
    // Once with a beat that is past: it showed life meanwhile.
    assert!(!forecourt::queue::rescue(&tx, lease, held.beat - 1, home.app.now()).await.expect("asked"));
    while !forecourt::queue::rescue(&tx, lease, job(&home.app, id).await.beat, home.app.now()).await.expect("asked") {}
    tx.commit().await.expect("committed");
    std::fs::remove_file(&gate).expect("gone");
    home.clock.advance(TimeDelta::seconds(10));
    let done = until(&home.app, id, State::Done).await;
    assert_eq!(done.attempts, 2);
    slow.stop().await;
    assert_eq!(marks(&home.app).await.iter().filter(|mark| *mark == "slow").count(), 1);
});

both!(clocks_that_jump_take_no_job_from_anybody, async |home: Home| {
    let app = steady(&home, 2).await;
    let walk = ask(&app, Order::new(&Walk { steps: 20, millis: 150 }).expect("an order")).await;
    let (one, other) = (Working::start(&app), Working::start(&app));
    until(&app, walk, State::Running).await;
    for hours in [24, -48, 24] {
        home.clock.advance(TimeDelta::hours(hours));
        // Whatever the time is, what is asked for now is done now.
        let test = uuid::Uuid::now_v7();
        let note = ask(&app, Order::new(&Note { test, n: 0 }).expect("an order")).await;
        until(&app, note, State::Done).await;
        assert_eq!(notes(test), [0]);
    }
    let done = until(&app, walk, State::Done).await;
    assert_eq!(done.attempts, 1);
    one.stop().await;
    other.stop().await;
});

both!(a_worker_that_stops_finishes_what_it_can_and_leaves_the_rest, async |home: Home| {
    let app = hasty(&home, 2).await;
    let short = ask(&app, Order::new(&Walk { steps: 1, millis: 300 }).expect("an order")).await;
    let long = ask(&app, Order::new(&Walk { steps: 1, millis: 60_000 }).expect("an order")).await;
    let worker = Working::start(&app);
    until(&app, short, State::Running).await;
    until(&app, long, State::Running).await;
    let never = ask(&app, Order::new(&Walk { steps: 1, millis: 1 }).expect("an order")).await;
    worker.stop().await;
    assert_eq!(job(&app, short).await.state, State::Done);
    let left = job(&app, long).await;
    assert_eq!((left.state, left.attempts, left.lease), (State::Ready, 0, None), "left as if it had not been begun");
    assert_eq!(job(&app, never).await.state, State::Ready);
});

both!(a_worker_without_a_database_waits_for_it, async |home: Home| {
    let app = &home.app;
    let worker = Working::start(app);
    let test = uuid::Uuid::now_v7();
    until(app, ask(app, Order::new(&Note { test, n: 0 }).expect("an order")).await, State::Done).await;
    home.faults.set(|| true);
    tokio::time::sleep(Duration::from_millis(200)).await;
    home.faults.clear();
    until(app, ask(app, Order::new(&Note { test, n: 1 }).expect("an order")).await, State::Done).await;
    worker.stop().await;
    assert_eq!((notes(test), jobs::<Note>(app).await.len()), (vec![0, 1], 2));
});

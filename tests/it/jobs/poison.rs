//! Jobs that go wrong harm nobody else, and are kept for somebody to look at.

use chrono::TimeDelta;
use entity::job::{Entity, Model, State};
use forecourt::queue::{self, Order};
use uuid::Uuid;

use super::stage::{Note, Trouble, Working, ask, hasty, job, notes, tx, until};
use crate::support::{Home, both};

both!(poison_is_given_up_and_others_are_done, async |home: Home| {
    let (app, test) = (hasty(&home, 2).await, Uuid::now_v7());
    let order = |trouble: Trouble| Order::new(&trouble).expect("an order");
    let panics = ask(&app, order(Trouble::Panics)).await;
    let refused = ask(&app, order(Trouble::Refused)).await;
    let unreadable = ask(&app, order(Trouble::Refused)).await;
    write(&app, Model { payload: "{\"Sings\": true".to_owned(), ..job(&app, unreadable).await }).await;
    let later = ask(&app, order(Trouble::Refused)).await;
    write(&app, Model { kind: "of_a_later_release".to_owned(), ..job(&app, later).await }).await;
    let mut fine = Vec::new();
    for n in 0..20 {
        fine.push(ask(&app, Order::new(&Note { test, n }).expect("an order")).await);
    }
    let worker = Working::start(&app);
    for id in fine {
        until(&app, id, State::Done).await;
    }
    for (id, code, attempts) in [(refused, "TEST_REFUSED", 1), (unreadable, "JOB_UNREADABLE", 1)] {
        let job = until(&app, id, State::Failed).await;
        assert_eq!((job.error_code.as_deref(), job.attempts), (Some(code), attempts));
        assert!(job.trace_id.is_some_and(|id| id.len() == 32) && job.ended_at.is_some());
    }
    for attempt in 1..3 {
        let waits = until(&app, panics, State::Waiting).await;
        assert_eq!((waits.attempts, waits.error_code.as_deref()), (attempt, Some("INTERNAL")));
        assert_eq!(waits.error_message.as_deref(), Some("Something went wrong on our side."));
        home.clock.advance(TimeDelta::minutes(1));
        begun(&app, panics, attempt + 1).await;
    }
    let dead = until(&app, panics, State::Failed).await;
    assert_eq!((dead.attempts, dead.most_attempts), (3, 3));
    assert_eq!(job(&app, later).await.state, State::Ready, "left to whoever knows it");
    worker.stop().await;
    assert_eq!(notes(test).len(), 20);
});

both!(waits_between_attempts_are_kept_with_the_job_and_grow, async |home: Home| {
    let app = hasty(&home, 1).await;
    let id = ask(&app, Order::new(&Trouble::FailsAlways).expect("an order")).await;
    let mut waits = Vec::new();
    for attempt in 1..3 {
        // A worker of its own each time: nothing of it is in memory.
        let worker = Working::start(&app);
        begun(&app, id, attempt).await;
        let failed = until(&app, id, State::Waiting).await;
        worker.stop().await;
        let wait = failed.run_at.expect("a time") - app.now();
        waits.push(wait);
        home.clock.advance(wait);
    }
    let seconds = |n| TimeDelta::milliseconds(n);
    assert!((seconds(2_500)..=seconds(7_500)).contains(&waits[0]), "{waits:?}");
    assert!((seconds(5_000)..=seconds(15_000)).contains(&waits[1]), "{waits:?}");
});

both!(a_dead_letter_begins_anew, async |home: Home| {
    let app = hasty(&home, 1).await;
    let worker = Working::start(&app);
    let id = ask(&app, Order::new(&Trouble::Refused).expect("an order")).await;
    let dead = until(&app, id, State::Failed).await;
    let mended = Model { payload: serde_json::to_string(&Trouble::FailsOnce).expect("JSON"), ..dead };
    let tx = tx(&app).await;
    queue::replay(&tx, mended).await.expect("replayed");
    tx.commit().await.expect("committed");
    let waits = until(&app, id, State::Waiting).await;
    assert_eq!(waits.attempts, 1, "counted from the beginning");
    home.clock.advance(TimeDelta::minutes(1));
    let done = until(&app, id, State::Done).await;
    assert_eq!((done.attempts, done.error_code), (2, None));
    worker.stop().await;
});

/// Waits until an attempt at a job has begun.
async fn begun(app: &forecourt::app::App, id: Uuid, attempt: i32) {
    let since = std::time::Instant::now();
    while job(app, id).await.attempts < attempt {
        assert!(since.elapsed() < 3 * crate::support::ear::BOUND, "attempt {attempt} is not begun");
        tokio::time::sleep(std::time::Duration::from_millis(10)).await;
    }
}

async fn write(app: &forecourt::app::App, job: Model) {
    let tx = tx(app).await;
    tx.save::<Entity>(job).await.expect("written");
    tx.commit().await.expect("committed");
}

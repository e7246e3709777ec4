//! Asking for work: with the change that asks for it, once where it is unique, in its order.

use chrono::TimeDelta;
use entity::job::State;
use forecourt::queue::{self, Made, Order, Priority, Unique};
use forecourt::scope::Scope;
use uuid::Uuid;

use super::stage::{Mark, Note, Working, ask, hasty, jobs, marks, notes, tx, until};
use crate::support::{Home, World, both, seeded};

both!(what_is_taken_back_is_not_asked_for, async |home: Home| {
    let (app, test) = (&home.app, Uuid::now_v7());
    let taken_back = tx(app).await;
    let order = Order::new(&Note { test, n: 0 }).expect("an order");
    queue::enqueue(&taken_back, order, app.now()).await.expect("asked");
    taken_back.rollback().await.expect("taken back");
    let dropped = tx(app).await;
    queue::enqueue(&dropped, Order::new(&Note { test, n: 1 }).expect("an order"), app.now()).await.expect("asked");
    drop(dropped);
    let worker = Working::start(app);
    let last = ask(app, Order::new(&Note { test, n: 2 }).expect("an order")).await;
    until(app, last, State::Done).await;
    worker.stop().await;
    assert_eq!((notes(test), jobs::<Note>(app).await.len()), (vec![2], 1));
});

both!(a_key_is_taken_while_it_is_under_way_or_for_good, async |home: Home| {
    let (app, test) = (&home.app, Uuid::now_v7());
    let order = |unique: Unique| Order::new(&Note { test, n: 0 }).expect("an order").unique(unique);
    let (under_way, once) = (Unique::WhileUnderWay("a".to_owned()), Unique::Once("b".to_owned()));
    let first = ask(app, order(under_way.clone())).await;
    let kept = ask(app, order(once.clone())).await;
    let again = tx(app).await;
    for (unique, known) in [(&under_way, first), (&once, kept)] {
        let made = queue::enqueue(&again, order(unique.clone()), app.now()).await.expect("asked");
        assert_eq!(made, Made::Known(known));
    }
    again.commit().await.expect("committed");
    let worker = Working::start(app);
    until(app, first, State::Done).await;
    until(app, kept, State::Done).await;
    assert_ne!(ask(app, order(under_way)).await, first, "it is over");
    assert_eq!(ask(app, order(once)).await, kept);
    worker.stop().await;
});

both!(a_dealerships_jobs_come_by_priority_and_age, async |home: Home| {
    let (app, test) = (hasty(&home, 1).await, Uuid::now_v7());
    let order = |n, priority| Order::new(&Note { test, n }).expect("an order").priority(priority);
    let mut last = Uuid::nil();
    for (n, priority) in
        [(1, Priority::Soon), (4, Priority::Bulk), (2, Priority::Normal), (0, Priority::Soon), (3, Priority::Normal)]
    {
        let id = ask(&app, order(n, priority)).await;
        last = if n == 4 { id } else { last };
        home.clock.advance(TimeDelta::milliseconds(1));
    }
    let worker = Working::start(&app);
    until(&app, last, State::Done).await;
    worker.stop().await;
    assert_eq!(notes(test), [1, 0, 2, 3, 4]);
});

both!(what_is_for_later_waits_for_its_time, async |home: Home| {
    let (app, test) = (hasty(&home, 4).await, Uuid::now_v7());
    let later = app.now() + TimeDelta::hours(1);
    let worker = Working::start(&app);
    let waits = ask(&app, Order::new(&Note { test, n: 1 }).expect("an order").not_before(later)).await;
    let ready = ask(&app, Order::new(&Note { test, n: 0 }).expect("an order")).await;
    until(&app, ready, State::Done).await;
    assert_eq!(until(&app, waits, State::Waiting).await.run_at, Some(later));
    home.clock.advance(TimeDelta::hours(1));
    until(&app, waits, State::Done).await;
    worker.stop().await;
    assert_eq!(notes(test), [0, 1]);
});

seeded!(a_job_may_what_its_asker_may_by_then, async |world: World| {
    let (app, here) = (&world.home.app, world.places.at("colombo-ev/BR01"));
    let manager = world.client("manager").await.scope().await.expect("a scope");
    let asked = |text: &str| Order::new(&Mark { text: text.to_owned(), until_gone: None }).expect("an order");
    let mut ids = Vec::new();
    for text in ["before", "after"] {
        let tx = app.write(manager.clone()).await.expect("a transaction");
        let made = queue::enqueue(&tx, asked(text), app.now()).await.expect("asked");
        // Another place than the asker's is no place for it.
        let elsewhere = asked("elsewhere").at(here.dealership, Some(Uuid::now_v7()));
        let refused = queue::enqueue(&tx, elsewhere, app.now()).await.expect_err("out of reach");
        assert_eq!(refused.code(), "SCOPE_MISMATCH");
        tx.commit().await.expect("committed");
        let Made::New(id) = made else { panic!("{made:?}") };
        ids.push(id);
        if text == "before" {
            let worker = Working::start(app);
            let job = until(app, id, State::Done).await;
            assert_eq!((job.dealership_id, job.branch_id), (here.dealership, here.branch));
            worker.stop().await;
            world.end_memberships("manager").await;
        }
    }
    let worker = Working::start(app);
    let job = until(app, ids[1], State::Failed).await;
    assert_eq!((job.error_code.as_deref(), job.attempts), (Some("FORBIDDEN"), 1));
    worker.stop().await;
    let marks: Vec<_> = marks(app).await.into_iter().filter(|mark| mark == "before" || mark == "after").collect();
    assert_eq!(marks, ["before"]);
});

seeded!(who_acts_in_several_dealerships_names_one, async |world: World| {
    let app = &world.home.app;
    let all = world.client("hq-all").await.scope().await.expect("a scope");
    let place = world.places.at("colombo-ev/BR01").dealership;
    let within = all.within(place).expect("within reach");
    let tx = app.write(within).await.expect("a transaction");
    let order = Order::new(&Note { test: Uuid::nil(), n: 0 }).expect("an order");
    assert!(matches!(queue::enqueue(&tx, order, app.now()).await, Ok(Made::New(_))));
    drop(tx);
    let tx = app.write(Scope::system("test")).await.expect("a transaction");
    let order = Order::new(&Note { test: Uuid::nil(), n: 0 }).expect("an order");
    assert!(matches!(queue::enqueue(&tx, order, app.now()).await, Ok(Made::New(_))), "the installation's own");
});

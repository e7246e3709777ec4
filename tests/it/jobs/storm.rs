//! Many jobs, several workers: each is done once.

use entity::job::State;
use forecourt::queue::{self, Order};
use uuid::Uuid;

use super::stage::{Note, Working, count, hasty, notes, tx};
use crate::support::{Home, both};

const JOBS: usize = 10_000;

both!(two_workers_do_each_of_ten_thousand_jobs_once, async |home: Home| {
    let test = Uuid::now_v7();
    let (one, other) = (hasty(&home, 64).await, hasty(&home, 64).await);
    let (first, second) = (Working::start(&one), Working::start(&other));
    for chunk in 0..10 {
        let tx = tx(&home.app).await;
        let orders = (0..JOBS / 10).map(|n| Order::new(&Note { test, n: chunk * JOBS / 10 + n }).expect("an order"));
        queue::enqueue_all(&tx, orders.collect(), home.app.now()).await.expect("asked");
        tx.commit().await.expect("committed");
    }
    let begun = std::time::Instant::now();
    while count::<Note>(&home.app, State::Done).await < u64::try_from(JOBS).expect("small") {
        assert!(begun.elapsed().as_secs() < 240, "{} are done", notes(test).len());
        tokio::time::sleep(std::time::Duration::from_millis(100)).await;
    }
    first.stop().await;
    second.stop().await;
    let mut done = notes(test);
    done.sort_unstable();
    assert_eq!(done, (0..JOBS).collect::<Vec<_>>());
});

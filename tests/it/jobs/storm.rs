//! Many jobs, several workers: each is done once.

use std::time::Duration;

use entity::job::{Model, State};
use forecourt::app::App;
use forecourt::queue::{self, Order};
use uuid::Uuid;

use super::stage::{Note, Working, count, jobs, notes, steady, tx};
use crate::support::{Home, both};

const JOBS: usize = 10_000;

/// The machine may do much else besides.
const PATIENCE: Duration = Duration::from_mins(4);

/// The jobs that are not done, for whoever reads why it failed.
async fn undone(app: &App) -> Vec<Model> {
    jobs::<Note>(app).await.into_iter().filter(|job| job.state != State::Done).take(3).collect()
}

both!(two_workers_do_each_of_ten_thousand_jobs_once, async |home: Home| {
    let test = Uuid::now_v7();
    let (one, other) = (steady(&home, 64).await, steady(&home, 64).await);
    let (first, second) = (Working::start(&one), Working::start(&other));
    for chunk in 0..10 {
        let tx = tx(&home.app).await;
        let orders = (0..JOBS / 10).map(|n| Order::new(&Note { test, n: chunk * JOBS / 10 + n }).expect("an order"));
        queue::enqueue_all(&tx, orders.collect(), home.app.now()).await.expect("asked");
        tx.commit().await.expect("committed");
    }
    let begun = std::time::Instant::now();
    while count::<Note>(&home.app, State::Done).await < u64::try_from(JOBS).expect("small") {
        assert!(begun.elapsed() < PATIENCE, "{} are noted, {:?} are not done", notes(test).len(), undone(&one).await);
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    first.stop().await;
    second.stop().await;
    let mut done = notes(test);
    done.sort_unstable();
    assert_eq!(done, (0..JOBS).collect::<Vec<_>>());
});

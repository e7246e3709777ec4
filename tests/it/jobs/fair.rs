//! Nobody waits for another dealership's jobs.

use entity::dealership;
use entity::job::State;
use forecourt::queue::{self, Order, Priority};
use forecourt::scope::Scope;
use sea_orm::QueryOrder;
use uuid::Uuid;

use super::stage::{Note, Working, ask, count, hasty, notes, tx, until};
use crate::support::{World, seeded};

/// Jobs of the one that has many.
const FLOOD: usize = 10_000;

const AT_ONCE: usize = 8;

seeded!(ten_thousand_jobs_of_one_dealership_delay_anothers_by_a_few, async |world: World| {
    let (app, test) = (hasty(&world.home, AT_ONCE).await, Uuid::now_v7());
    let read = app.read(Scope::system("test")).await.expect("a transaction");
    let all = read.all(read.select::<dealership::Entity>().order_by_asc(dealership::Column::Id)).await.expect("rows");
    drop(read);
    let order = |n, at: usize| Order::new(&Note { test, n }).expect("an order").at(all[at].id, None);
    // The one in the middle has many, of the highest priority.
    let flood = tx(&app).await;
    let orders = (0..FLOOD).map(|n| order(n, 1).priority(Priority::Soon)).collect();
    queue::enqueue_all(&flood, orders, app.now()).await.expect("asked");
    flood.commit().await.expect("committed");
    let worker = Working::start(&app);
    for (n, at) in [(0, 0), (1, 2), (2, 0)] {
        while notes(test).is_empty() {
            tokio::task::yield_now().await;
        }
        let id = ask(&app, order(FLOOD + n, at).priority(Priority::Bulk)).await;
        let before = notes(test).len();
        until(&app, id, State::Done).await;
        let all = notes(test);
        let place = all.iter().position(|own| *own == FLOOD + n).expect("it is done");
        // Those that were under way already, and the turn of the one with many.
        assert!(place <= before + 3 * AT_ONCE, "asked for after {before}, done as number {place}");
        assert!(all.len() < FLOOD, "the flood is not over yet");
    }
    assert!(count::<Note>(&app, State::Ready).await > 0);
    worker.kill();
});

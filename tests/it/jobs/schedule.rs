//! What the clock asks for: once a tick, in the dealership's zone, however many workers there are.

use chrono::TimeDelta;
use entity::job::State;
use forecourt::queue::{Sweep, VerifyFigures};

use super::stage::{Working, count, hasty, jobs, until};
use crate::support::{World, seeded};

seeded!(figures_are_verified_every_night_once_for_each_dealership, async |world: World| {
    let app = hasty(&world.home, 4).await;
    let dealerships = 3;
    let workers: Vec<_> = (0..3).map(|_| Working::start(&app)).collect();
    // The last night is made up for.
    done(&app, dealerships).await;
    for job in jobs::<VerifyFigures>(&app).await {
        assert_eq!(job.unique_key.as_deref(), Some("2026-09-14T21:00:00+00:00"), "half past two in Colombo");
        assert!(job.result.is_some_and(|result| result.contains("what its documents add up to")));
    }
    for worker in workers {
        worker.stop().await;
    }
    // A week that nobody worked in is made up for by its last night.
    world.home.clock.advance(TimeDelta::days(7));
    let workers: Vec<_> = (0..3).map(|_| Working::start(&app)).collect();
    done(&app, 2 * dealerships).await;
    for worker in workers {
        worker.stop().await;
    }
    assert_eq!(jobs::<Sweep>(&app).await.len(), 2);
});

seeded!(jobs_that_are_over_are_forgotten_after_a_while, async |world: World| {
    let app = hasty(&world.home, 4).await;
    let worker = Working::start(&app);
    done(&app, 3).await;
    worker.stop().await;
    let before: Vec<_> = jobs::<VerifyFigures>(&app).await.into_iter().map(|job| job.id).collect();
    world.home.clock.advance(TimeDelta::days(31));
    let worker = Working::start(&app);
    let begun = std::time::Instant::now();
    while jobs::<VerifyFigures>(&app).await.iter().any(|job| before.contains(&job.id)) {
        assert!(begun.elapsed().as_secs() < 60, "they are not forgotten");
        tokio::time::sleep(std::time::Duration::from_millis(20)).await;
    }
    let sweep = jobs::<Sweep>(&app).await.pop().expect("one");
    until(&app, sweep.id, State::Done).await;
    worker.stop().await;
});

async fn done(app: &forecourt::app::App, jobs: u64) {
    let begun = std::time::Instant::now();
    while count::<VerifyFigures>(app, State::Done).await < jobs {
        assert!(begun.elapsed().as_secs() < 60, "{jobs} are not done");
        tokio::time::sleep(std::time::Duration::from_millis(20)).await;
    }
    assert_eq!(count::<VerifyFigures>(app, State::Done).await, jobs);
}

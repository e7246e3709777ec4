//! Very many attempts at a time: they cost little, and the owner gets in meanwhile.

use std::sync::Arc;

use chrono::TimeDelta;
use forecourt::app::App;
use futures_util::future::join_all;

use super::{WRONG, address, sign_in, sign_in_from, wait};
use crate::support::{World, seeded};

/// What an account may cost in an hour: the free ones, the waits that grow up to a quarter of an hour, and those after.
const HOURLY: u64 = 5 + 10 + 4;

seeded!(a_hundred_thousand_wrong_passwords_cost_a_few_hashes_and_keep_nobody_out, async |world: World| {
    let (app, owner, other) = (&world.home.app, world.persona("clerk"), world.persona("manager"));
    let (home, elsewhere) = (address(1_000_000), address(1_000_001));
    let device =
        sign_in(app, &owner.email, owner.password, home).await.expect("signs in").device_token.expect("a token");
    let (mut own, before) = (0, app.passwords().computed());
    world.home.statements.take();
    let mut looked_at = 0;
    // An hour, a thousand at a time: from 10,000 addresses, then from one.
    for storm in 0..100_u32 {
        let from = |n| if storm < 50 { address((storm * 1_000 + n) % 10_000) } else { address(7) };
        let attempts = (0..1_000).map(|n| sign_in(app, &owner.email, WRONG, from(n)));
        let familiar = sign_in_from(app, &owner.email, owner.password, home, Some(&device));
        let (answers, familiar) = futures_util::join!(join_all(attempts), familiar);
        looked_at += answers.into_iter().map(wait).filter(|wait| *wait == 0).count() as u64;
        familiar.expect("the owner's own device is let in at once");
        own += 1;
        if storm % 10 == 0 {
            sign_in(app, &other.email, other.password, elsewhere).await.expect("others are let in from anywhere");
            own += 1;
        }
        world.home.clock.advance(TimeDelta::seconds(36));
    }
    let computed = app.passwords().computed() - before - own;
    assert_eq!(computed, looked_at);
    assert!((5..=HOURLY).contains(&computed), "{computed} hashes for strangers");
    // What is refused is remembered for seconds: most attempts ask the database nothing.
    let statements = world.home.statements.take().len();
    assert!(statements < 5_000, "{statements} statements");
    // From a device that is not familiar, the owner has to wait like everybody else.
    let refused = wait(sign_in(app, &owner.email, owner.password, elsewhere).await);
    assert!((1..=900).contains(&refused), "{refused} s");
    world.home.clock.advance(TimeDelta::seconds(i64::try_from(refused).expect("few")));
    sign_in(app, &owner.email, owner.password, elsewhere).await.expect("after that, the owner is let in");
});

seeded!(many_accounts_from_many_addresses_cost_no_more_than_the_rate_of_strangers, async |world: World| {
    let (app, owner) = (&world.home.app, world.persona("clerk"));
    let device =
        sign_in(app, &owner.email, owner.password, address(0)).await.expect("signs in").device_token.expect("a token");
    let before = app.passwords().computed();
    let seconds = 5_u32;
    for storm in 0..seconds * 10 {
        let attempt = async |n: u32| {
            let email = format!("person{n}@example.com");
            sign_in(app, &email, WRONG, address(n)).await
        };
        join_all((0..200).map(|n| attempt(storm * 200 + n))).await.into_iter().map(wait).for_each(drop);
        world.home.clock.advance(TimeDelta::milliseconds(100));
    }
    let computed = app.passwords().computed() - before;
    assert!((66..=200 + 10 * u64::from(seconds)).contains(&computed), "{computed} hashes");
    // Nobody is let through now who is not known; the owner is.
    let stranger = sign_in(app, &owner.email, owner.password, address(1_000_000));
    let familiar = sign_in_from(app, &owner.email, owner.password, address(1_000_000), Some(&device));
    let (attempts, stranger, familiar) = futures_util::join!(
        join_all((0..300).map(|n| sign_in(app, &owner.email, WRONG, address(2_000_000 + n)))),
        stranger,
        familiar,
    );
    assert!(attempts.into_iter().map(wait).filter(|wait| *wait == 0).count() <= 5);
    assert!(stranger.is_err());
    familiar.expect("the owner's own device is let in at once");
});

seeded!(of_a_thousand_attempts_at_a_time_no_more_are_looked_at_than_are_free, async |world: World| {
    let (owner, another) = (world.persona("clerk"), world.home.another_process().await);
    let processes = [Arc::clone(&world.home.app), another];
    let before: u64 = computed(&processes);
    let attempts = (0..1_000).map(|n| {
        let app = Arc::clone(&processes[n as usize % 2]);
        let email = owner.email.clone();
        tokio::spawn(async move { sign_in(&app, &email, WRONG, address(n)).await })
    });
    let answers = join_all(attempts.collect::<Vec<_>>()).await.into_iter();
    let waits: Vec<_> = answers.map(|answer| wait(answer.expect("no panic"))).collect();
    assert_eq!(waits.iter().filter(|wait| **wait == 0).count(), 5);
    assert_eq!(computed(&processes) - before, 5);
});

fn computed(processes: &[Arc<App>]) -> u64 {
    processes.iter().map(|app| app.passwords().computed()).sum()
}

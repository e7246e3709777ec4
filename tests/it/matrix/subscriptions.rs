//! Every subscription, by everybody: what each hears of changes at one's own branch, a sibling's, another dealership's and
//! a stranger's.

use std::collections::BTreeSet;
use std::time::Duration;

use entity::{bike_unit, bill, job, kpi_day};
use futures_util::future::join_all;
use tokio::time::timeout;

use super::{Outcomes, everybody, reviewed, written};
use crate::support::ear::{Ear, Heard, until_nobody_hears};
use crate::support::grammar::{Grammar, Pruned};
use crate::support::samples::PLACES;
use crate::support::{World, seeded, touch};

/// The root fields, each with how it is asked for, and how deep.
pub(super) const OPERATIONS: [(&str, (&str, usize)); 4] = [
    ("Subscription.billChanged", ("billChanged", 1)),
    ("Subscription.stockChanged", ("stockChanged", 1)),
    ("Subscription.kpiChanged", ("kpiChanged", 2)),
    ("Subscription.jobProgress", ("jobProgress", 1)),
];

/// After which nothing more is expected of what is told once a second at most.
const SILENCE: Duration = Duration::from_secs(4);

seeded!(everybody_listens_to_every_subscription, async |world: World| {
    let grammar = Grammar::read();
    let mut matrix = String::new();
    for (coordinate, (field, depth)) in OPERATIONS {
        let kind = grammar.fields("Subscription").into_iter().find(|known| known.name == field).expect("a field").kind;
        let fields = grammar.selection(&kind, depth, &Pruned::new());
        let mut listeners = Vec::new();
        for persona in everybody() {
            let ear = world.client(persona).await.listen(&format!("subscription {{ {field} {{ {fields} }} }}")).await;
            listeners.push((persona, ear));
        }
        for place in PLACES {
            change(&world, field, place, 0).await;
        }
        // Events come in their order: whoever hears the last of these has heard all of those before.
        for place in PLACES {
            change(&world, field, place, 1).await;
        }
        let heard = listeners.iter_mut().map(async |(persona, ear)| (*persona, outcome(&world, ear).await));
        let mut outcomes = Outcomes::default();
        join_all(heard).await.into_iter().for_each(|(persona, outcome)| outcomes.add(persona, outcome));
        matrix += &format!("{coordinate}\n{}", outcomes.lines());
        drop(listeners);
        until_nobody_hears(&world.home.app).await;
    }
    reviewed("subscriptions", &matrix);
});

async fn change(world: &World, field: &str, place: &str, skipped: u64) {
    let (app, place) = (&world.home.app, world.places.at(place));
    match field {
        "billChanged" => touch::one::<bill::Entity>(app, place, skipped).await,
        "stockChanged" => touch::one::<bike_unit::Entity>(app, place, skipped).await,
        "jobProgress" => touch::one::<job::Entity>(app, place, skipped).await,
        "kpiChanged" => touch::one::<kpi_day::Entity>(app, place, skipped).await,
        _ => panic!("say in tests/it/matrix/subscriptions.rs what {field} is told of"),
    }
}

/// The places that somebody hears of, until one is told for the second time, or until nothing more is; or the code of the
/// refusal.
async fn outcome(world: &World, ear: &mut Ear) -> String {
    let mut told = BTreeSet::new();
    let mut times = 0;
    while let Ok(heard) = timeout(SILENCE, ear.next()).await {
        match heard {
            Heard::Refused(code) => return code,
            Heard::Data(answer) => told.extend(world.places.told_by(&answer)),
            other => panic!("{other:?}"),
        }
        times += 1;
        if times > told.iter().filter(|place| place.branch.is_some()).count() {
            break;
        }
    }
    written(world, &told)
}

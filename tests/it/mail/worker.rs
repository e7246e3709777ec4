//! Letters that nobody sends by hand: the worker does.

use chrono::TimeDelta;
use entity::kind::MailState;
use entity::outgoing_mail;
use forecourt::app::App;
use uuid::Uuid;

use super::{letter_to, plain, row};
use crate::jobs::Working;
use crate::support::ear::BOUND;
use crate::support::{World, seeded};

seeded!(what_is_written_is_sent_by_a_worker, async |world: World| {
    let Some((server, app)) = plain(&world).await else { return };
    // Put off the first time.
    let letter = letter_to(&world, "grey@example.com").await;
    let worker = Working::start(&app);
    becomes(&app, letter, |row| row.answer.is_some()).await;
    assert_eq!(row(&app, letter).await.state, MailState::Waiting);
    // Time goes on until the next attempt is due.
    becomes(&app, letter, |row| {
        world.home.clock.advance(TimeDelta::milliseconds(100));
        row.state == MailState::Sent
    })
    .await;
    worker.stop().await;
    assert_eq!((server.taken().len(), row(&app, letter).await.attempts), (1, 2));
});

async fn becomes(app: &App, id: Uuid, is_so: impl Fn(&outgoing_mail::Model) -> bool) {
    let begun = std::time::Instant::now();
    while !is_so(&row(app, id).await) {
        assert!(begun.elapsed() < 2 * BOUND, "nothing becomes of the letter");
        tokio::time::sleep(std::time::Duration::from_millis(10)).await;
    }
}

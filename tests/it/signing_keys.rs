//! The keys that sign access tokens: published ahead, trusted for a while after, and at once worth nothing when they leaked.

use chrono::TimeDelta;
use forecourt::auth;
use jsonwebtoken::decode_header;
use serde_json::Value;

use crate::support::server::Server;
use crate::support::{Home, World, both, seeded};

fn kid(token: &str) -> String {
    decode_header(token).expect("a token").kid.expect("names its key")
}

async fn published(server: &Server) -> Vec<String> {
    let keys: Value = server.get("/.well-known/jwks.json").send().await.json();
    let keys = keys["keys"].as_array().expect("keys");
    keys.iter().map(|key| key["kid"].as_str().expect("a name").to_owned()).collect()
}

seeded!(a_new_key_is_known_before_it_signs_and_the_old_one_is_trusted_after, async |world: World| {
    let (server, clock) = (Server::start(&world).await, &world.home.clock);
    let old = world.client("clerk").await;
    let first = kid(old.token().expect("signed in"));
    let states = auth::rotate_signing_key(&world.home.app, false).await.expect("a new key");
    assert_eq!(states.iter().filter(|state| state.signs).map(|state| state.kid.as_str()).collect::<Vec<_>>(), [&first]);
    clock.advance(TimeDelta::seconds(5));
    let known = published(&server).await;
    assert_eq!(known.len(), 2);
    assert_eq!(kid(&world.token("clerk").await), first, "others may not know the new one yet");

    clock.advance(TimeDelta::seconds(300));
    let last = world.client("clerk").await;
    let second = kid(last.token().expect("signed in"));
    assert!(second != first && known.contains(&second));
    assert!(old.holds().await && last.holds().await);
    clock.advance(TimeDelta::seconds(606));
    assert_eq!(published(&server).await, [second.as_str()], "nothing lasts that the old one signed");
    assert_eq!(kid(&world.token("clerk").await), second);
    server.stop().await;
});

seeded!(what_a_leaked_key_signed_is_worth_nothing_at_once, async |world: World| {
    let other = world.home.another_process().await;
    let (here, there) = (world.client("clerk").await, world.through(other, "clerk").await);
    assert!(here.holds().await && there.holds().await);
    auth::rotate_signing_key(&world.home.app, true).await.expect("a new key");
    world.home.clock.advance(TimeDelta::seconds(5));
    assert!(!here.holds().await && !there.holds().await, "in every process, within five seconds");
    assert!(world.client("clerk").await.holds().await, "devices refresh and go on");
});

both!(an_installation_begins_with_one_key_of_its_own, async |home: Home| {
    let keys = auth::signing_keys(&home.app).await.expect("keys");
    assert_eq!(keys.len(), 1);
    assert!(keys[0].signs && keys[0].ends_at.is_none());
    let other = home.another_process().await;
    assert_eq!(auth::signing_keys(&other).await.expect("keys").len(), 1, "another process makes none");
});

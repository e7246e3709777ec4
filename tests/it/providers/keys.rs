//! A provider's keys: found, kept, exchanged, and used on while it does not answer.

use std::time::{Duration, Instant};

use chrono::TimeDelta;
use futures_util::future::join_all;
use serde_json::{Value, json};

use super::provider::{Key, Manner, Mood};
use super::stage::{NONCE, Stage, code};
use crate::support::server::Server;
use crate::support::{World, seeded};

/// The code that refuses a good token, if it is refused.
async fn refused(stage: &Stage<'_>, key: &Key) -> Option<String> {
    let answer = stage.send(&key.sign(&stage.nimal_but(json!({})))).await;
    (!answer["errors"].is_null()).then(|| code(&answer))
}

seeded!(keys_are_asked_for_once_and_kept, async |world: World| {
    let stage = Stage::of(&world, Key::ed("o")).await;
    let all = join_all((0..12).map(|_| refused(&stage, &stage.key))).await;
    assert!(all.iter().all(Option::is_none), "{all:?}");
    assert_eq!(stage.provider.asked(), 1, "everybody waits for one answer");
    world.home.clock.advance(TimeDelta::seconds(599));
    assert_eq!((refused(&stage, &stage.key).await, stage.provider.asked()), (None, 1));
    world.home.clock.advance(TimeDelta::seconds(1));
    assert_eq!((refused(&stage, &stage.key).await, stage.provider.asked()), (None, 2), "as long as it said");
});

seeded!(a_provider_is_told_the_trace_of_whoever_it_is_asked_for, async |world: World| {
    let stage = Stage::of(&world, Key::ed("o")).await;
    let server = Server::of(&stage.app).await;
    let query = "mutation($input: SignInWithProviderInput!) { signInWithProvider(input: $input) { role } }";
    let token = stage.key.sign(&stage.nimal_but(json!({})));
    let input = json!({"provider": "head-office", "idToken": token, "nonce": NONCE});
    let trace = "4bf92f3577b34da6a3ce929d0e0e4736";
    let request = server.post().header("traceparent", &format!("00-{trace}-00f067aa0ba902b7-00"));
    let answer = request.json(&json!({"query": query, "variables": {"input": input}})).send().await;
    assert_eq!(answer.json()["data"]["signInWithProvider"]["role"], "SALES");
    server.stop().await;
    let mut traces = Vec::new();
    stage.provider.set(|manner| traces = manner.traces.clone());
    assert_eq!(traces.len(), 2, "its document and its keys");
    // Asked by a task of its own, of our span and not the caller's.
    let own = answer.headers["traceparent"].to_str().expect("text");
    assert!(own.starts_with(&format!("00-{trace}-")) && traces.iter().all(|told| told == own), "{traces:?}");
});

seeded!(keys_are_kept_for_five_minutes_at_least_and_a_day_at_most, async |world: World| {
    for (said, kept) in [(0, 300), (299, 300), (4_000_000_000, 86_400)] {
        let stage = Stage::of(&world, Key::ed("o")).await;
        stage.provider.set(|manner| manner.max_age = said);
        assert_eq!(refused(&stage, &stage.key).await, None);
        world.home.clock.advance(TimeDelta::seconds(kept - 1));
        assert_eq!((refused(&stage, &stage.key).await, stage.provider.asked()), (None, 1), "{said}");
        world.home.clock.advance(TimeDelta::seconds(1));
        assert_eq!((refused(&stage, &stage.key).await, stage.provider.asked()), (None, 2), "{said}");
    }
});

seeded!(an_exchanged_key_is_found_and_made_up_ones_do_not_pester, async |world: World| {
    let stage = Stage::of(&world, Key::rsa("old")).await;
    let fresh = Key::another_rsa("new");
    assert_eq!(refused(&stage, &stage.key).await, None);
    stage.provider.set(|manner| manner.keys = vec![fresh.published.clone()]);
    world.home.clock.advance(TimeDelta::seconds(29));
    assert_eq!(refused(&stage, &fresh).await.as_deref(), Some("INVALID_CREDENTIALS"), "asked half a minute ago");
    assert_eq!(stage.provider.asked(), 1);
    world.home.clock.advance(TimeDelta::seconds(1));
    assert_eq!((refused(&stage, &fresh).await, stage.provider.asked()), (None, 2));
    assert_eq!(refused(&stage, &stage.key).await.as_deref(), Some("INVALID_CREDENTIALS"), "the old one is gone");
    for _ in 0..5 {
        assert_eq!(refused(&stage, &Key::ed("made-up")).await.as_deref(), Some("INVALID_CREDENTIALS"));
    }
    assert_eq!(stage.provider.asked(), 2);
});

seeded!(an_outage_is_lived_through_on_the_keys_that_are_known, async |world: World| {
    let stage = Stage::of(&world, Key::ec("e")).await;
    assert_eq!(refused(&stage, &stage.key).await, None);
    for mood in [Mood::Broken, Mood::Endless, Mood::Elsewhere] {
        stage.provider.set(|manner| manner.mood = mood);
        world.home.clock.advance(TimeDelta::minutes(11));
        assert_eq!(refused(&stage, &stage.key).await, None);
    }
    // Fresh for ten minutes, and a day more.
    world.home.clock.advance(TimeDelta::hours(24) - TimeDelta::minutes(24));
    assert_eq!(refused(&stage, &stage.key).await, None);
    world.home.clock.advance(TimeDelta::minutes(1));
    assert_eq!(refused(&stage, &stage.key).await.as_deref(), Some("PROVIDER_UNAVAILABLE"), "too old to be trusted");
    stage.provider.set(|manner| manner.mood = Mood::Well);
    world.home.clock.advance(TimeDelta::seconds(5));
    assert_eq!(refused(&stage, &stage.key).await, None, "it is back");
});

seeded!(a_provider_that_was_never_heard_of_lets_nobody_in, async |world: World| {
    let stage = Stage::of(&world, Key::ed("o")).await;
    stage.provider.set(|manner| manner.mood = Mood::Broken);
    let answer = stage.send(&stage.key.sign(&stage.nimal())).await;
    let error = &answer["errors"][0];
    assert_eq!(error["message"], "This identity provider does not answer. Please try again in a moment.");
    assert_eq!(error["extensions"], json!({"code": "PROVIDER_UNAVAILABLE"}), "and no more");
    assert!(answer["data"].is_null());
    let clerk = world.client("clerk").await.ask("{ viewer { role } }").await;
    assert_eq!(clerk["viewer"]["role"], "SALES", "whoever has a password does not mind");
});

seeded!(what_is_published_wrongly_is_not_taken, async |world: World| {
    let key = Key::ed("o");
    type Change = Box<dyn Fn(&mut Manner)>;
    let words = |words: Value| -> Change { Box::new(move |manner| manner.words = words.clone()) };
    let many = key.published.clone();
    let wrong: Vec<(&str, Change)> = vec![
        ("another issuer", words(json!({"issuer": "https://id.example"}))),
        ("no issuer", words(json!({"issuer": null}))),
        ("no keys", words(json!({"jwks_uri": null}))),
        ("keys at no address", words(json!({"jwks_uri": "keys"}))),
        ("keys in the clear elsewhere", words(json!({"jwks_uri": "http://id.example/keys"}))),
        ("keys in a file", words(json!({"jwks_uri": "file:///etc/passwd"}))),
        ("a redirect to another host", Box::new(|manner| manner.mood = Mood::Elsewhere)),
        ("an endless document", Box::new(|manner| manner.mood = Mood::Endless)),
        ("too many keys", Box::new(move |manner| manner.keys = vec![many.clone(); 101])),
    ];
    for (name, change) in wrong {
        let stage = Stage::of(&world, key.clone()).await;
        stage.provider.set(|manner| change(manner));
        assert_eq!(refused(&stage, &key).await.as_deref(), Some("PROVIDER_UNAVAILABLE"), "{name}");
        stage.provider.set(|manner| (manner.mood, manner.words) = (Mood::Well, json!({})));
        stage.provider.set(|manner| manner.keys = vec![key.published.clone()]);
        world.home.clock.advance(TimeDelta::seconds(5));
        assert_eq!(refused(&stage, &key).await, None, "{name}, mended");
    }
});

seeded!(a_slow_provider_is_not_waited_for_long, async |world: World| {
    let stage = Stage::of(&world, Key::ed("o")).await;
    stage.provider.set(|manner| manner.mood = Mood::Silent);
    let began = Instant::now();
    let all = join_all((0..4).map(|_| refused(&stage, &stage.key))).await;
    assert!(all.iter().all(|code| code.as_deref() == Some("PROVIDER_UNAVAILABLE")), "{all:?}");
    assert!(began.elapsed() < Duration::from_secs(9), "all of them wait for one: {:?}", began.elapsed());
});

seeded!(a_key_is_for_one_algorithm_and_for_signatures, async |world: World| {
    let unfit = [
        Key::ed("k").saying(json!({"use": "enc"})),
        Key::ed("k").saying(json!({"use": "tls"})),
        Key::ed("k").saying(json!({"use": null, "key_ops": ["sign"]})),
        Key::ed("k").saying(json!({"alg": "RS256"})),
        Key::rsa("k").saying(json!({"alg": "PS256"})),
        Key::rsa("k").saying(json!({"alg": "RSA-OAEP"})),
        Key::ec("k").saying(json!({"alg": "ES384"})),
        Key::ec("k").saying(json!({"crv": "P-384"})),
        Key::rsa("k").saying(json!({"n": "AQAB"})),
        Key::ed("k").saying(json!({"kty": "oct", "k": "AAAA"})),
        Key::ed("k").saying(json!({"kid": "another"})),
        Key::ed("k").saying(json!({"kid": null})),
    ];
    for key in unfit {
        let stage = Stage::of(&world, key).await;
        let fault = refused(&stage, &stage.key).await;
        assert_eq!(fault.as_deref(), Some("INVALID_CREDENTIALS"), "{}", stage.key.published);
    }
    for key in [
        Key::ed("k").saying(json!({"use": null})),
        Key::rsa("k").saying(json!({"alg": null})),
        Key::ec("k").saying(json!({"key_ops": ["verify"], "use": null})),
    ] {
        let stage = Stage::of(&world, key).await;
        let unreadable = [json!({"kty": "RSA"}), json!(7), json!({"kty": "new", "crv": "newer"})];
        stage.provider.set(|manner| manner.keys.extend(unreadable));
        assert_eq!(refused(&stage, &stage.key).await, None, "{}", stage.key.published);
    }
});

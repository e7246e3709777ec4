//! How long one has to wait, and when that is forgotten.

use chrono::TimeDelta;
use entity::throttle;
use forecourt::auth::{self, Subject};
use forecourt::scope::Scope;
use sea_orm::QueryTrait;
use secrecy::SecretString;
use serde_json::json;
use uuid::Uuid;

use super::{WRONG, address, sign_in, wait};
use crate::support::{Home, World, both, seeded};

seeded!(waits_between_wrong_passwords_of_an_account_grow_and_are_forgotten, async |world: World| {
    let (app, clock, email) = (&world.home.app, &world.home.clock, world.persona("clerk").email.as_str());
    let (mut waits, mut looked_at) = (Vec::new(), 0);
    while waits.len() < 13 {
        // Always another address: what is counted is the account.
        let from = address(looked_at);
        let attempt = || sign_in(app, email, WRONG, from);
        let seconds = wait(attempt().await);
        if seconds == 0 {
            looked_at += 1;
            continue;
        }
        clock.advance(TimeDelta::milliseconds(1));
        assert_eq!(wait(attempt().await), seconds, "what is left, rounded up");
        clock.advance(TimeDelta::seconds(seconds.cast_signed()) - TimeDelta::milliseconds(1));
        waits.push(seconds);
    }
    assert_eq!(waits, [1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 900, 900, 900]);
    assert_eq!(looked_at, 5 + 12);
    clock.advance(TimeDelta::hours(24));
    for n in 0..5 {
        assert_eq!(wait(sign_in(app, email, WRONG, address(n)).await), 0, "a day later all is forgotten");
    }
    assert_eq!(wait(sign_in(app, email, WRONG, address(9)).await), 1);
});

seeded!(a_right_password_begins_the_count_of_its_account_anew, async |world: World| {
    let (app, clerk) = (&world.home.app, world.persona("clerk"));
    for _ in 0..3 {
        for n in 0..4 {
            assert_eq!(wait(sign_in(app, &clerk.email, WRONG, address(n)).await), 0);
        }
        sign_in(app, &clerk.email, clerk.password, address(9)).await.expect("signs in");
    }
});

seeded!(an_address_has_thirty_wrong_passwords_whatever_is_right_between_them, async |world: World| {
    let (app, clerk, office) = (&world.home.app, world.persona("clerk"), address(7));
    for n in 0..30 {
        assert_eq!(wait(sign_in(app, &format!("person{n}@example.com"), WRONG, office).await), 0);
        if n < 29 {
            sign_in(app, &clerk.email, clerk.password, office).await.expect("signs in");
        }
    }
    assert_eq!(wait(sign_in(app, &clerk.email, clerk.password, office).await), 1);
    sign_in(app, &clerk.email, clerk.password, address(8)).await.expect("from elsewhere");
    world.home.clock.advance(TimeDelta::seconds(1));
    sign_in(app, &clerk.email, clerk.password, office).await.expect("signs in");
    assert_eq!(wait(sign_in(app, "person@example.com", WRONG, office).await), 0, "the right one was given back");
    assert_eq!(wait(sign_in(app, "person@example.com", WRONG, office).await), 2);
    world.home.clock.advance(TimeDelta::minutes(16));
    for n in 0..29 {
        assert_eq!(wait(sign_in(app, &format!("person{n}@example.com"), WRONG, office).await), 0, "{n}");
    }
});

seeded!(an_address_without_an_account_waits_like_one_with_an_account, async |world: World| {
    let clerk = world.persona("clerk");
    let query = "mutation($input: SignInInput!) { signIn(input: $input) { accessToken } }";
    for n in 0..8 {
        let mut answers = Vec::new();
        for email in [clerk.email.as_str(), "nobody@example.com"] {
            let input = json!({"email": email, "password": WRONG});
            answers.push(world.anonymous().send(query, json!({"input": input})).await);
        }
        assert_eq!(answers[0], answers[1], "attempt {n}");
        let extensions = match n {
            0..5 => json!({"code": "INVALID_CREDENTIALS"}),
            _ => json!({"code": "TOO_MANY_ATTEMPTS", "retryAfter": 1}),
        };
        assert_eq!(answers[0]["errors"][0]["extensions"], extensions, "attempt {n}");
    }
});

seeded!(whoever_is_signed_in_has_twenty_tries_at_the_own_password, async |world: World| {
    let (app, clerk) = (&world.home.app, world.persona("clerk"));
    let session = sign_in(app, &clerk.email, clerk.password, address(1)).await.expect("signs in");
    let change = async |present: &str| {
        let new = SecretString::from("umbrella tram violin salt");
        auth::change_password(app, &session.scope, SecretString::from(present), new).await
    };
    for _ in 0..20 {
        assert_eq!(wait(change(WRONG).await), 0);
    }
    assert_eq!(wait(change(clerk.password).await), 1);
    sign_in(app, &clerk.email, clerk.password, address(1)).await.expect("nobody else was counted");
    world.home.clock.advance(TimeDelta::seconds(1));
    change(clerk.password).await.expect("the own password");
});

both!(one_time_codes_have_five_tries_then_one_in_a_quarter_of_an_hour, async |home: Home| {
    let app = &home.app;
    let attempt = async |person| app.throttle().admit(app, &[Subject::OneTimeCode(Uuid::from_u128(person))]).await;
    for _ in 0..5 {
        drop(attempt(1).await.expect("free"));
    }
    assert_eq!(wait(attempt(1).await), 15 * 60);
    drop(attempt(2).await.expect("another person's"));
    home.clock.advance(TimeDelta::minutes(15));
    let ticket = attempt(1).await.expect("after a quarter of an hour");
    assert_eq!(wait(attempt(1).await), 30 * 60);
    app.throttle().succeeded(app, ticket).await.expect("given back");
    for _ in 0..5 {
        drop(attempt(1).await.expect("a right code begins the count anew"));
    }
});

both!(what_is_forgotten_leaves_the_table, async |home: Home| {
    let app = &home.app;
    let rows = async || {
        let tx = app.read(Scope::system("test")).await.expect("a transaction");
        let all = tx.scope().select_shared::<throttle::Entity>().expect("the system's own").into_query();
        tx.count(all).await.expect("a count")
    };
    for n in 0..40 {
        assert_eq!(wait(sign_in(app, &format!("person{n}@example.com"), WRONG, address(n)).await), 0);
    }
    assert_eq!(rows().await, 2 * 40 + 1);
    home.clock.advance(TimeDelta::hours(25));
    for n in 100..120 {
        assert_eq!(wait(sign_in(app, &format!("person{n}@example.com"), WRONG, address(n)).await), 0);
    }
    assert_eq!(rows().await, 2 * 20 + 1);
});

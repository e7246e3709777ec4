//! How passwords are hashed, and which are not taken.

use entity::user;
use forecourt::app::App;
use forecourt::auth::{self, SetUp};
use forecourt::scope::Scope;
use sea_orm::{ColumnTrait, QueryFilter};
use secrecy::SecretString;

use super::{address, sign_in};
use crate::support::{World, seeded};

seeded!(a_hash_follows_the_parameters_when_its_owner_signs_in, async |world: World| {
    let (app, clerk) = (&world.home.app, world.persona("clerk"));
    let raised = world.home.process_with(|config| config.auth.passwords.memory_kib = 20_480).await;
    let enter = async |app: &App| {
        let before = app.passwords().computed();
        sign_in(app, &clerk.email, clerk.password, address(1)).await.expect("signs in");
        app.passwords().computed() - before
    };
    assert!(hash(app, &clerk.email).await.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"));
    assert_eq!(enter(&raised).await, 2);
    let fresh = hash(app, &clerk.email).await;
    assert!(fresh.starts_with("$argon2id$v=19$m=20480,t=2,p=1$"), "{fresh}");
    assert_eq!((enter(&raised).await, enter(app).await), (1, 1));
    assert_eq!(hash(app, &clerk.email).await, fresh, "nothing is lowered");
});

async fn hash(app: &App, email: &str) -> String {
    let tx = app.read(Scope::system("test")).await.expect("a transaction");
    let people = tx.scope().select_shared::<user::Entity>().expect("the system's own");
    let person = tx.one(people.filter(user::Column::EmailKey.eq(email.to_lowercase()))).await.expect("a query");
    person.expect("a person").password_hash.expect("a password")
}

seeded!(a_password_that_is_short_or_easy_to_guess_is_not_taken, async |world: World| {
    let (app, clerk) = (&world.home.app, world.persona("clerk"));
    let name = {
        let tx = app.read(Scope::system("test")).await.expect("a transaction");
        let people = tx.scope().select_accounts().expect("the system's own");
        let person = tx.one(people.filter(user::Column::EmailKey.eq(clerk.email.to_lowercase()))).await;
        person.expect("a query").expect("the clerk").name
    };
    let set = async |password: &str| {
        let error = auth::set_password(app, &clerk.email, SecretString::from(password)).await.err();
        error.map(|error| format!("{}: {error}", error.code())).unwrap_or_default()
    };
    let guessed =
        |why| format!("This password is easy to guess. {why} Please choose another one, such as four words at random.");
    for (password, expected) in [
        ("fourteen chars", "Please choose at least 15 characters.".to_owned()),
        (&"long ".repeat(52), "Please choose at most 256 characters.".to_owned()),
        ("passwordpassword", guessed(r#"Repeats like "abcabcabc" are only slightly harder to guess than "abc"."#)),
        ("qwertyuiop123456", guessed("This is similar to a commonly used password.")),
        ("123456789012345678", guessed("Sequences like abc or 6543 are easy to guess.")),
        ("aaaaaaaaaaaaaaaaaaaa", guessed(r#"Repeats like "aaa" are easy to guess."#)),
    ] {
        assert_eq!(set(password).await, format!("BAD_USER_INPUT: {expected}"), "{password}");
    }
    let words: Vec<_> = name.split(|c: char| !c.is_alphanumeric()).take(2).collect();
    for own in [name.clone(), clerk.email.clone(), format!("{}2026", words.concat().to_lowercase())] {
        let own = format!("{own:-<15}");
        assert!(set(&own).await.contains("easy to guess"), "{own}");
    }
    sign_in(app, &clerk.email, clerk.password, address(1)).await.expect("nothing was changed");
    for password in ["correct horse battery staple", "නිල් අහස යට නිදි මල් පිපේ", &"lorem-7-ipsum ".repeat(18)]
    {
        assert_eq!(set(password).await, "", "{password}");
        sign_in(app, &clerk.email, password, address(1)).await.expect("signs in");
    }
});

seeded!(nothing_is_hashed_for_whoever_has_no_link, async |world: World| {
    let (app, before) = (&world.home.app, world.home.app.passwords().computed());
    let (none, password) = (SecretString::from("none"), SecretString::from("umbrella tram violin salt"));
    let refused = auth::choose_password(app, &none, password.clone()).await.expect_err("there is no such link");
    assert_eq!(refused.code(), "BAD_USER_INPUT");
    let first = SetUp { token: none, email: "first@example.com".into(), name: "First".into(), password };
    assert_eq!(auth::set_up(app, first).await.expect_err("there is no such token").code(), "BAD_USER_INPUT");
    assert_eq!(app.passwords().computed(), before);
});

//! Passwords chosen, changed and forgotten; the first administrator; what the operator does.

use std::time::Duration;

use chrono::TimeDelta;
use entity::kind::MailKind;
use forecourt::auth::{self, SetUp};
use forecourt::post;
use secrecy::{ExposeSecret, SecretString};
use serde_json::json;

use crate::support::sign_in::sign_in;
use crate::support::world::code;
use crate::support::{Client, Home, World, both, seeded};

const NEW: &str = "quince orchard 77 lamp";
const SIGN_IN: &str = "mutation($input: SignInInput!) { signIn(input: $input) { accessToken } }";
const CHOOSE: &str = "mutation($input: ChoosePasswordInput!) { choosePassword(input: $input) { deviceToken } }";

/// The code with which signing in is answered.
async fn signing_in(world: &World, email: &str, password: &str) -> String {
    let input = json!({"email": email, "password": password});
    code(&world.anonymous().send(SIGN_IN, json!({"input": input})).await).to_owned()
}

/// The code with which choosing a password is answered.
async fn choosing(world: &World, token: &str, password: &str) -> String {
    let input = json!({"token": token, "password": password});
    code(&world.anonymous().send(CHOOSE, json!({"input": input})).await).to_owned()
}

/// The secret of a page that was mailed.
fn secret(page: &SecretString) -> String {
    page.expose_secret().split_once("#token=").expect("a page with a secret").1.to_owned()
}

/// The secrets of the pages mailed to somebody about something, the oldest first.
async fn mailed(world: &World, email: &str, kind: MailKind) -> Vec<String> {
    let letters = post::unsent(&world.home.app).await.expect("letters").into_iter();
    let own = letters.filter(|letter| letter.email == email && letter.kind == kind);
    own.filter_map(|letter| letter.link.as_ref().map(secret)).collect()
}

seeded!(whoever_is_invited_chooses_a_password_once, async |world: World| {
    let invite = json!({"input": {"idempotencyKey": "key-invite-1", "email": "nimal@example.com", "name": "Nimal", "role": "AUDITOR"}});
    let query =
        "mutation($input: InviteStaffInput!) { inviteStaff(input: $input) { staffMember { id } userErrors { code } } }";
    let done = world.client("dealer").await.ask_with(query, invite).await;
    assert_eq!(done["inviteStaff"]["userErrors"], json!([]));
    let page = mailed(&world, "nimal@example.com", MailKind::Invitation).await.pop().expect("a letter");
    assert_eq!(signing_in(&world, "nimal@example.com", NEW).await, "INVALID_CREDENTIALS");
    assert_eq!(choosing(&world, &page, "too short").await, "BAD_USER_INPUT");
    assert_eq!(choosing(&world, &page, NEW).await, "none", "a refused password leaves the link as it was");
    assert_eq!(signing_in(&world, "Nimal@Example.com", NEW).await, "none");
    assert_eq!(choosing(&world, &page, "another orchard 78 lamp").await, "BAD_USER_INPUT", "used");
    assert_eq!(signing_in(&world, "nimal@example.com", NEW).await, "none");

    // An invitation is no way around the password of somebody who has one.
    let clerk = world.persona("clerk").email.clone();
    let invite =
        json!({"input": {"idempotencyKey": "key-invite-2", "email": clerk, "name": "Clerk", "role": "AUDITOR"}});
    world.client("dealer").await.ask_with(query, invite).await;
    let page = mailed(&world, &clerk, MailKind::Invitation).await.pop().expect("a letter");
    assert_eq!(choosing(&world, &page, NEW).await, "BAD_USER_INPUT");
});

seeded!(a_forgotten_password_is_replaced_through_a_mailed_link, async |world: World| {
    let persona = world.persona("clerk");
    let device = world.client("clerk").await;
    let ask = "mutation($email: String!) { requestPasswordReset(input: {email: $email}) }";
    let (known, unknown) = (persona.email.to_uppercase(), "nobody@example.com");
    let answers = [
        world.anonymous().send(ask, json!({"email": known})).await,
        world.anonymous().send(ask, json!({"email": unknown})).await,
    ];
    assert_eq!(answers[0], answers[1], "nobody learns who has an account");
    let first = eventually(&world, &persona.email, 1).await.remove(0);
    world.anonymous().ask_with(ask, json!({"email": persona.email})).await;
    let second = eventually(&world, &persona.email, 2).await.remove(1);
    assert!(device.holds().await, "asking alone changes nothing");

    assert_eq!(choosing(&world, &altered(&first), NEW).await, "BAD_USER_INPUT");
    assert_eq!(choosing(&world, &first, NEW).await, "none");
    assert!(!device.holds().await, "all devices are signed out");
    assert_eq!(choosing(&world, &second, NEW).await, "BAD_USER_INPUT", "the other link opens nothing any more");
    assert_eq!(signing_in(&world, &persona.email, persona.password).await, "INVALID_CREDENTIALS");
    assert_eq!(signing_in(&world, &persona.email, NEW).await, "none");
    assert!(mailed_at_all(&world, &persona.email, MailKind::PasswordChanged).await, "the person is told");

    let late = secret(&auth::reset_password(&world.home.app, &persona.email).await.expect("a page"));
    world.home.clock.advance(TimeDelta::minutes(30));
    assert_eq!(choosing(&world, &late, "another orchard 78 lamp").await, "BAD_USER_INPUT", "its time is over");
});

seeded!(links_are_not_mailed_without_end, async |world: World| {
    let ask = "mutation($email: String!) { requestPasswordReset(input: {email: $email}) }";
    for email in [world.persona("clerk").email.as_str(), "nobody@example.com"] {
        for _ in 0..3 {
            world.anonymous().ask_with(ask, json!({"email": email})).await;
        }
        assert_eq!(code(&world.anonymous().send(ask, json!({"email": email})).await), "TOO_MANY_ATTEMPTS", "{email}");
    }
    assert_eq!(signing_in(&world, &world.persona("clerk").email, world.persona("clerk").password).await, "none");
});

seeded!(whoever_opens_the_mail_gets_in_past_those_who_guess, async |world: World| {
    let email = world.persona("clerk").email.clone();
    let page = secret(&auth::reset_password(&world.home.app, &email).await.expect("a page"));
    let input = json!({"input": {"token": page, "password": NEW}});
    let device = world.anonymous().ask_with(CHOOSE, input).await["choosePassword"]["deviceToken"].take();
    for n in 0..6 {
        signing_in(&world, &email, &format!("a guess, the {n}th of many")).await;
    }
    assert_eq!(signing_in(&world, &email, NEW).await, "TOO_MANY_ATTEMPTS", "from a strange device");
    let input = json!({"input": {"email": email, "password": NEW, "deviceToken": device}});
    assert_eq!(code(&world.anonymous().send(SIGN_IN, input).await), "none");
});

fn altered(token: &str) -> String {
    let first = if token.starts_with('A') { "B" } else { "A" };
    format!("{first}{}", &token[1..])
}

/// What is written after the answer.
async fn eventually(world: &World, email: &str, count: usize) -> Vec<String> {
    for _ in 0..500 {
        let pages = mailed(world, email, MailKind::Reset).await;
        if pages.len() == count {
            return pages;
        }
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    panic!("no letter came");
}

async fn mailed_at_all(world: &World, email: &str, kind: MailKind) -> bool {
    let letters = post::unsent(&world.home.app).await.expect("letters");
    letters.iter().any(|letter| letter.email == email && letter.kind == kind)
}

seeded!(a_password_is_changed_by_who_knows_it, async |world: World| {
    let persona = world.persona("clerk");
    let (here, there) = (world.client("clerk").await, another_device(&world).await);
    let change = "mutation($input: ChangePasswordInput!) { changePassword(input: $input) }";
    let wrong = here.send(change, json!({"input": {"present": "not the password", "new": NEW}})).await;
    assert_eq!(code(&wrong), "INVALID_CREDENTIALS");
    let short = here.send(change, json!({"input": {"present": persona.password, "new": "short"}})).await;
    assert_eq!(code(&short), "BAD_USER_INPUT");
    here.ask_with(change, json!({"input": {"present": persona.password, "new": NEW}})).await;
    assert!(here.holds().await && !there.holds().await);
    assert_eq!(signing_in(&world, &persona.email, NEW).await, "none");
});

/// The clerk on a device of its own.
async fn another_device(world: &World) -> Client {
    let persona = world.persona("clerk");
    let session = sign_in(&world.home.app, &persona.email, persona.password, None).await;
    world.with_token(session.access_token.expose_secret().to_owned())
}

both!(the_first_administrator_is_made_with_what_the_server_printed, async |home: Home| {
    let app = &home.app;
    let earlier = auth::setup_token(app).await.expect("a query").expect("nobody is there");
    let token = auth::setup_token(app).await.expect("a query").expect("nobody is there");
    let with = |token: &SecretString, password: &str| SetUp {
        token: token.clone(),
        email: "First@example.com".to_owned(),
        name: "First".to_owned(),
        password: SecretString::from(password),
    };
    let refused = async |input| auth::set_up(app, input).await.expect_err("refused").code();
    assert_eq!(refused(with(&earlier, NEW)).await, "BAD_USER_INPUT", "a later one took its place");
    assert_eq!(refused(with(&token, "short")).await, "BAD_USER_INPUT");
    auth::set_up(app, with(&token, NEW)).await.expect("the first");
    assert_eq!(refused(with(&token, NEW)).await, "BAD_USER_INPUT", "used");
    assert!(auth::setup_token(app).await.expect("a query").is_none(), "somebody is there");
    let session = sign_in(app, "first@example.com", NEW, None).await;
    assert!(session.scope.require_assurance().is_ok());
});

seeded!(the_operator_disables_enables_and_appoints, async |world: World| {
    let (app, persona) = (&world.home.app, world.persona("clerk"));
    let device = world.client("clerk").await;
    auth::disable(app, &persona.email).await.expect("known");
    assert_eq!(signing_in(&world, &persona.email, persona.password).await, "INVALID_CREDENTIALS");
    world.home.clock.advance(TimeDelta::seconds(5));
    assert!(!device.holds().await);
    let shown = auth::accounts(app, "clerk@").await.expect("accounts").pop().expect("the clerk");
    assert!(shown.is_disabled && shown.has_password && shown.devices == 0);
    assert_eq!(shown.memberships, ["SALES in colombo-ev"]);
    auth::enable(app, &persona.email).await.expect("known");
    assert_eq!(signing_in(&world, &persona.email, persona.password).await, "none");
    assert_eq!(auth::disable(app, "nobody@example.com").await.expect_err("unknown").code(), "NOT_FOUND");

    let page =
        auth::make_administrator(app, "chief@example.com", "Chief").await.expect("made").expect("no password yet");
    assert_eq!(choosing(&world, &secret(&page), NEW).await, "none");
    assert!(auth::make_administrator(app, "chief@example.com", "Chief").await.expect("there").is_none());
    let chief = sign_in(app, "chief@example.com", NEW, None).await;
    assert!(chief.scope.dealership().is_err(), "over every dealership");
    auth::reset_second_factor(app, "chief@example.com").await.expect("it has one");
    assert_eq!(signing_in(&world, "chief@example.com", NEW).await, "none");
});

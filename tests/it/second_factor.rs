//! Second factors: who needs one, how one is enrolled, what a code is worth.

use chrono::TimeDelta;
use forecourt::auth::one_time_code;
use futures_util::future::join_all;
use serde_json::{Value, json};

use crate::support::world::code;
use crate::support::{Client, World, seeded};

const SIGN_IN: &str = "mutation($input: SignInInput!) { signIn(input: $input) { accessToken needsSecondFactor acr } }";
const START: &str = "mutation { startSecondFactor { secret uri svg text } }";
const CONFIRM: &str = "mutation($code: String!) {
    confirmSecondFactor(input: {code: $code}) { session { accessToken acr needsSecondFactor } recoveryCodes } }";

/// An answer to signing in as a persona with a code.
async fn sign_in(world: &World, name: &str, code: Option<&str>) -> Value {
    let persona = world.persona(name);
    let input = json!({"email": persona.email, "password": persona.password, "code": code});
    world.anonymous().send(SIGN_IN, json!({"input": input})).await
}

/// What a persona's app shows, `steps` later than now.
fn shown(world: &World, secret: &str, steps: i32) -> String {
    one_time_code(secret, world.home.app.now() + TimeDelta::seconds(30) * steps).expect("a code")
}

/// Enrols an app; gives its secret, the recovery codes, and the client that goes on.
async fn enrolled(world: &World, client: &Client) -> (String, Vec<String>, Client) {
    let secret = client.ask(START).await["startSecondFactor"]["secret"].as_str().expect("a secret").to_owned();
    let code = shown(world, &secret, 0);
    let confirmed = client.ask_with(CONFIRM, json!({"code": code})).await["confirmSecondFactor"].take();
    let codes = confirmed["recoveryCodes"].as_array().expect("codes").iter();
    let codes = codes.map(|code| code.as_str().expect("text").to_owned()).collect();
    let token = confirmed["session"]["accessToken"].as_str().expect("a token").to_owned();
    (secret, codes, world.with_token(token))
}

seeded!(an_administrator_without_a_second_factor_can_do_nothing_but_enrol_one, async |world: World| {
    let dealer = world.client("dealer").await;
    dealer.ask("mutation { removeSecondFactor }").await;
    let answer = sign_in(&world, "dealer", None).await;
    assert_eq!(answer["data"]["signIn"]["needsSecondFactor"], true);
    let token = answer["data"]["signIn"]["accessToken"].as_str().expect("a token").to_owned();
    let client = world.with_token(token);
    for query in [
        "{ viewer { name } }",
        "{ dealerships { nodes { code } } }",
        "{ bills { nodes { id } } }",
        "{ branding { dealerName } }",
    ] {
        let answer = client.send(query, Value::Null).await;
        assert_eq!(
            (code(&answer), &answer["errors"][0]["extensions"]["acr"]),
            ("INSUFFICIENT_USER_AUTHENTICATION", &json!("mfa")),
            "{query}"
        );
    }
    assert_eq!(
        client.ask("{ account { acr secondFactor { since } } }").await["account"],
        json!({"acr": "PWD", "secondFactor": null})
    );
    let (_, codes, client) = enrolled(&world, &client).await;
    assert_eq!(codes.len(), 10);
    client.ask("{ viewer { name } bills { totalCount } }").await;
    let account = client.ask("{ account { acr secondFactor { recoveryCodesLeft } } }").await;
    assert_eq!(account["account"], json!({"acr": "MFA", "secondFactor": {"recoveryCodesLeft": 10}}));
});

seeded!(a_code_is_asked_for_after_the_password_and_is_good_once, async |world: World| {
    let secret = world.persona("dealer").second_factor.expect("an administrator");
    assert_eq!(code(&sign_in(&world, "dealer", None).await), "SECOND_FACTOR_REQUIRED");
    let persona = world.persona("dealer");
    let wrong = json!({"email": persona.email, "password": "not the password", "code": shown(&world, secret, 0)});
    let answer = world.anonymous().send(SIGN_IN, json!({"input": wrong})).await;
    assert_eq!(code(&answer), "INVALID_CREDENTIALS", "a code is not looked at before the password is right");

    let now = shown(&world, secret, 0);
    assert_eq!(code(&sign_in(&world, "dealer", Some(&now)).await), "none");
    assert_eq!(code(&sign_in(&world, "dealer", Some(&now)).await), "INVALID_CODE", "used");
    let earlier = shown(&world, secret, -1);
    assert_eq!(code(&sign_in(&world, "dealer", Some(&earlier)).await), "INVALID_CODE", "older than one that was used");
    assert_eq!(
        code(&sign_in(&world, "dealer", Some(&shown(&world, secret, 2))).await),
        "INVALID_CODE",
        "two steps off"
    );
    let fast = shown(&world, secret, 1);
    assert_eq!(code(&sign_in(&world, "dealer", Some(&fast)).await), "none", "one step off");
});

seeded!(of_many_who_have_one_code_one_gets_in, async |world: World| {
    let secret = world.persona("dealer").second_factor.expect("an administrator");
    let now = shown(&world, secret, 0);
    let answers = join_all((0..4).map(|_| sign_in(&world, "dealer", Some(&now)))).await;
    assert_eq!(answers.iter().filter(|answer| code(answer) == "none").count(), 1, "{answers:?}");
});

seeded!(codes_cannot_be_guessed, async |world: World| {
    let secret = world.persona("dealer").second_factor.expect("an administrator");
    for guess in ["000000", "111111", "222222", "333333", "0-AAAA-AAAA-AAAA-AAAA"] {
        assert_eq!(code(&sign_in(&world, "dealer", Some(guess)).await), "INVALID_CODE");
    }
    let answer = sign_in(&world, "dealer", Some(&shown(&world, secret, 0))).await;
    assert_eq!((code(&answer), &answer["errors"][0]["extensions"]["retryAfter"]), ("TOO_MANY_ATTEMPTS", &json!(900)));
    world.home.clock.advance(TimeDelta::minutes(15));
    assert_eq!(
        code(&sign_in(&world, "dealer", Some(&shown(&world, secret, 0))).await),
        "none",
        "its owner waits, and is in"
    );
    assert_eq!(code(&sign_in(&world, "dealer", Some("000000")).await), "INVALID_CODE", "the count began anew");
});

seeded!(a_recovery_code_stands_in_once, async |world: World| {
    let (secret, codes, client) = enrolled(&world, &world.client("clerk").await).await;
    let lower = codes[3].to_lowercase().replace('-', " ");
    let answer = sign_in(&world, "clerk", Some(&lower)).await;
    assert_eq!(answer["data"]["signIn"]["acr"], "MFA", "{answer}");
    assert_eq!(code(&sign_in(&world, "clerk", Some(&codes[3])).await), "INVALID_CODE", "used");
    assert_eq!(code(&sign_in(&world, "clerk", Some(&format!("4{}", &codes[5][1..]))).await), "INVALID_CODE");
    let left = client.ask("{ account { secondFactor { recoveryCodesLeft } } }").await;
    assert_eq!(left["account"]["secondFactor"]["recoveryCodesLeft"], 9);

    let fresh = client.ask("mutation { renewRecoveryCodes }").await["renewRecoveryCodes"].take();
    assert_eq!(code(&sign_in(&world, "clerk", Some(&codes[0])).await), "INVALID_CODE", "others took its place");
    assert_eq!(code(&sign_in(&world, "clerk", fresh[0].as_str()).await), "none");
    assert_eq!(code(&sign_in(&world, "clerk", Some(&shown(&world, &secret, 1))).await), "none", "the app still works");
});

seeded!(an_app_counts_once_it_has_shown_a_right_code, async |world: World| {
    let there = world.client("clerk").await;
    world.forget("clerk").await;
    let here = world.client("clerk").await;
    let enrolment = here.ask(START).await["startSecondFactor"].take();
    let secret = enrolment["secret"].as_str().expect("a secret").to_owned();
    assert!(enrolment["uri"].as_str().expect("a link").starts_with("otpauth://totp/forecourt:clerk"), "{enrolment}");
    assert!(enrolment["svg"].as_str().expect("a picture").contains("<svg"));
    assert_eq!(code(&here.send(CONFIRM, json!({"code": "000000"})).await), "INVALID_CODE");
    assert_eq!(code(&sign_in(&world, "clerk", None).await), "none", "it does not count yet");
    here.ask_with(CONFIRM, json!({"code": shown(&world, &secret, 0)})).await;
    assert_eq!(code(&sign_in(&world, "clerk", None).await), "SECOND_FACTOR_REQUIRED");
    assert_eq!(
        code(&sign_in(&world, "clerk", Some(&shown(&world, &secret, 0))).await),
        "INVALID_CODE",
        "used to enrol"
    );
    assert!(!there.holds().await, "other devices are signed out");
});

seeded!(what_one_is_known_by_is_changed_only_by_who_proved_it_lately, async |world: World| {
    let client = world.client("clerk").await;
    world.home.clock.advance(TimeDelta::seconds(901));
    let client = {
        drop(client);
        world.client("clerk").await
    };
    let refused = client.send(START, Value::Null).await;
    assert_eq!(
        (code(&refused), &refused["errors"][0]["extensions"]["maxAge"]),
        ("INSUFFICIENT_USER_AUTHENTICATION", &json!(900))
    );
    let confirm = "mutation($input: ConfirmIdentityInput!) { confirmIdentity(input: $input) { accessToken acr } }";
    let password = world.persona("clerk").password;
    let wrong = client.send(confirm, json!({"input": {"password": "not the password"}})).await;
    assert_eq!(code(&wrong), "INVALID_CREDENTIALS");
    let again = client.ask_with(confirm, json!({"input": {"password": password}})).await["confirmIdentity"].take();
    assert_eq!(again["acr"], "PWD");
    let client = world.with_token(again["accessToken"].as_str().expect("a token").to_owned());
    let (secret, _, client) = enrolled(&world, &client).await;

    // From now on a password is not enough to prove it once more, and the enrolled app is asked for another app.
    world.home.clock.advance(TimeDelta::seconds(599));
    let refused = client.send(confirm, json!({"input": {"password": password}})).await;
    assert_eq!(code(&refused), "SECOND_FACTOR_REQUIRED");
    let again = client.ask_with(confirm, json!({"input": {"code": shown(&world, &secret, 0)}})).await;
    assert_eq!(again["confirmIdentity"]["acr"], "MFA");
});

seeded!(a_dealership_may_ask_for_a_second_factor_before_it_shows_figures, async |world: World| {
    let (dealer, manager, sibling, analyst) = (
        world.client("dealer").await,
        world.client("manager").await,
        world.client("sibling").await,
        world.client("hq-analyst").await,
    );
    let figures = "{ dashboard { targets(of: DEALERSHIPS) { __typename } } kpiNow { definitionVersion } kpi(range: {period: THIS_MONTH}, measures: [UNITS]) { definitionVersion } }";
    manager.ask(figures).await;
    let set = r#"mutation($on: Boolean!) { updateDealership(input: {name: "Colombo EV", discountLimitBp: 500, reportsNeedSecondFactor: $on}) {
        dealership { reportsNeedSecondFactor } userErrors { code } } }"#;
    let done = dealer.ask_with(set, json!({"on": true})).await;
    assert_eq!(done["updateDealership"]["dealership"]["reportsNeedSecondFactor"], true, "{done}");
    for client in [&manager, &sibling, &analyst] {
        let answer = client.send(figures, Value::Null).await;
        assert_eq!(code(&answer), "INSUFFICIENT_USER_AUTHENTICATION", "{answer}");
    }
    dealer.ask(figures).await;
    manager.ask("{ bills { totalCount } }").await;
    let manager = manager.with_second_factor().await;
    manager.ask(figures).await;
});

//! Staying signed in: refresh tokens that rotate, devices told and signed out, what a thief's copy is worth.

use chrono::TimeDelta;
use forecourt::auth::{self, Visitor, Workplace};
use futures_util::future::join;
use reqwest::StatusCode;
use secrecy::SecretString;
use serde_json::{Value, json};

use crate::support::server::Server;
use crate::support::{Client, World, seeded};

const SIGN_IN: &str = "mutation($input: SignInInput!) { answer: signIn(input: $input) { accessToken refreshToken } }";
const REFRESH: &str =
    "mutation($input: RefreshSessionInput!) { answer: refreshSession(input: $input) { accessToken refreshToken } }";
const SESSIONS: &str = "{ account { sessions { id isThis agent network } } }";

/// A device: what it is sent with, and what it goes on with.
struct Device {
    client: Client,
    refresh: String,
}

async fn sign_in(world: &World, name: &str) -> Device {
    let persona = world.persona(name);
    let input = json!({"email": persona.email, "password": persona.password});
    device(world, &world.anonymous().send(SIGN_IN, json!({"input": input})).await).expect("signed in")
}

/// Goes on with a refresh token.
async fn refresh(world: &World, token: &str) -> Result<Device, String> {
    device(world, &world.anonymous().send(REFRESH, json!({"input": {"refreshToken": token}})).await)
}

fn device(world: &World, answer: &Value) -> Result<Device, String> {
    let text = |name: &str| answer["data"]["answer"][name].as_str().map(str::to_owned);
    match (text("accessToken"), text("refreshToken")) {
        (Some(token), Some(refresh)) => Ok(Device { client: world.with_token(token), refresh }),
        _ => Err(answer["errors"][0]["extensions"]["code"].as_str().expect("a code").to_owned()),
    }
}

/// Whether a device's access token opens anything.
async fn is_in(device: &Device) -> bool {
    device.client.holds().await
}

seeded!(a_device_goes_on_with_the_next_token_each_time, async |world: World| {
    let mut device = sign_in(&world, "clerk").await;
    let first = device.refresh.clone();
    for _ in 0..5 {
        world.home.clock.advance(TimeDelta::minutes(9));
        let next = refresh(&world, &device.refresh).await.expect("goes on");
        assert_ne!(next.refresh, device.refresh);
        device = next;
    }
    assert!(is_in(&device).await);
    assert_eq!(refresh(&world, &first).await.err().as_deref(), Some("UNAUTHENTICATED"), "an old one is a copy");
    assert!(!is_in(&device).await, "whoever has the copy and whoever has the token are both out");
    assert_eq!(refresh(&world, &device.refresh).await.err().as_deref(), Some("UNAUTHENTICATED"));
});

seeded!(two_tabs_that_refresh_at_once_both_stay_in, async |world: World| {
    let device = sign_in(&world, "clerk").await;
    let (one, other) = join(refresh(&world, &device.refresh), refresh(&world, &device.refresh)).await;
    let (one, other) = (one.expect("stays in"), other.expect("stays in"));
    assert_eq!(one.refresh, other.refresh, "both go on with the same successor");
    world.home.clock.advance(TimeDelta::seconds(10));
    let late = refresh(&world, &device.refresh).await.expect("an answer that was lost, ten seconds later");
    assert_eq!(late.refresh, one.refresh);
    assert!(is_in(&one).await && is_in(&other).await);
    let next = refresh(&world, &other.refresh).await.expect("goes on");
    assert!(refresh(&world, &one.refresh).await.expect("the other tab too").refresh == next.refresh);
});

seeded!(a_thiefs_reuse_ends_the_family_and_no_other, async |world: World| {
    let (stolen, another) = (sign_in(&world, "clerk").await, sign_in(&world, "clerk").await);
    let owner = refresh(&world, &stolen.refresh).await.expect("goes on");
    world.home.clock.advance(TimeDelta::milliseconds(10_001));
    assert_eq!(refresh(&world, &stolen.refresh).await.err().as_deref(), Some("UNAUTHENTICATED"));
    assert!(!is_in(&owner).await && !is_in(&stolen).await);
    assert!(is_in(&another).await, "another device of the same person");
});

seeded!(a_silent_device_and_an_old_one_sign_in_again, async |world: World| {
    let silent = sign_in(&world, "clerk").await;
    world.home.clock.advance(TimeDelta::seconds(3_601));
    assert_eq!(refresh(&world, &silent.refresh).await.err().as_deref(), Some("UNAUTHENTICATED"));
    let mut busy = sign_in(&world, "clerk").await;
    for _ in 0..24 {
        busy = refresh(&world, &busy.refresh).await.expect("goes on for a day");
        world.home.clock.advance(TimeDelta::hours(1));
    }
    assert_eq!(refresh(&world, &busy.refresh).await.err().as_deref(), Some("UNAUTHENTICATED"), "a day is over");
});

seeded!(forged_refresh_tokens_are_worth_nothing_and_harm_nobody, async |world: World| {
    let device = sign_in(&world, "clerk").await;
    let mut forged: Vec<_> = (4..device.refresh.len()).step_by(7).map(|at| altered(&device.refresh, at)).collect();
    forged.extend([String::new(), "frt_".to_owned(), device.refresh[..40].to_owned(), device.refresh.clone() + "AA"]);
    for token in forged {
        assert_eq!(refresh(&world, &token).await.err().as_deref(), Some("UNAUTHENTICATED"), "{token}");
    }
    assert!(is_in(&device).await);
    refresh(&world, &device.refresh).await.expect("goes on after all that");
});

/// The text with one of its letters another one.
fn altered(text: &str, at: usize) -> String {
    let other = if text.as_bytes()[at] == b'A' { "B" } else { "A" };
    format!("{}{other}{}", &text[..at], &text[at + 1..])
}

seeded!(devices_are_told_to_their_owner_and_signed_out_by_them, async |world: World| {
    let (desk, phone, foreign) =
        (sign_in(&world, "clerk").await, sign_in(&world, "clerk").await, sign_in(&world, "sibling").await);
    let own = desk.client.ask(SESSIONS).await["account"]["sessions"].take();
    let own = own.as_array().expect("devices");
    assert_eq!(own.len(), 2);
    assert_eq!(own.iter().filter(|device| device["isThis"] == true).count(), 1);
    let others = own.iter().find(|device| device["isThis"] == false).expect("the phone")["id"].clone();
    let end = "mutation($id: ID!) { endSession(input: {session: $id}) }";
    let refused = foreign.client.send(end, json!({"id": others})).await;
    assert_eq!(refused["errors"][0]["extensions"]["code"], "NOT_FOUND");
    assert!(is_in(&phone).await);
    desk.client.ask_with(end, json!({"id": others})).await;
    assert!(!is_in(&phone).await && is_in(&desk).await);
    assert_eq!(refresh(&world, &phone.refresh).await.err().as_deref(), Some("UNAUTHENTICATED"));

    let again = sign_in(&world, "clerk").await;
    assert_eq!(again.client.ask("mutation { endOtherSessions }").await["endOtherSessions"], 1);
    assert!(!is_in(&desk).await && is_in(&again).await);
    again.client.ask("mutation { signOut }").await;
    assert!(!is_in(&again).await);
    assert!(is_in(&foreign).await);
});

seeded!(an_administrator_signs_staff_out_and_it_is_on_record, async |world: World| {
    let (dealer, clerk) = (world.client("dealer").await, sign_in(&world, "clerk").await);
    let staff = dealer.ask("{ staff(first: 100) { nodes { id email } } }").await;
    let staff = staff["staff"]["nodes"].as_array().expect("staff").clone();
    let email = world.persona("clerk").email.as_str();
    let id = staff.iter().find(|member| member["email"] == email).expect("the clerk")["id"].clone();
    let end = "mutation($id: ID!) { endStaffSessions(input: {staffMember: $id}) { staffMember { id } } }";
    assert_eq!(dealer.ask_with(end, json!({"id": id})).await["endStaffSessions"]["staffMember"]["id"], id);
    assert!(!is_in(&clerk).await);
    assert_eq!(world.events("sessions_ended").await, 1);
    // What asks for a code asks for a late one.
    world.home.clock.advance(TimeDelta::seconds(599));
    assert!(dealer.holds().await);
    world.home.clock.advance(TimeDelta::seconds(302));
    let again = world.client("dealer").await;
    let refused = again.send(end, json!({"id": id})).await;
    let error = &refused["errors"][0]["extensions"];
    assert_eq!(
        (&error["code"], &error["acr"], &error["maxAge"]),
        (&json!("INSUFFICIENT_USER_AUTHENTICATION"), &json!("mfa"), &json!(900))
    );
});

seeded!(another_process_hears_of_an_end_within_five_seconds, async |world: World| {
    let other = world.home.another_process().await;
    let device = sign_in(&world, "clerk").await;
    let there = world.through(other, "clerk").await;
    let token = device.client.token().expect("signed in").to_owned();
    let there = there.with_other_token(&token);
    assert!(there.holds().await);
    device.client.ask("mutation { signOut }").await;
    assert!(there.holds().await, "it was asked a moment ago");
    world.home.clock.advance(TimeDelta::seconds(5));
    assert!(!there.holds().await);
});

seeded!(a_browser_keeps_its_refresh_token_in_a_cookie_no_script_reads, async |world: World| {
    let server = Server::start(&world).await;
    let persona = world.persona("clerk");
    let input = json!({"email": persona.email, "password": persona.password, "keep": "COOKIE"});
    let answer = server.post().json(&json!({"query": SIGN_IN, "variables": {"input": input}})).send().await;
    assert_eq!(answer.json()["data"]["answer"]["refreshToken"], Value::Null);
    let set = |answer: &crate::support::server::Answer| {
        let cookies = answer.headers.get_all("set-cookie").iter().map(|value| value.to_str().expect("text").to_owned());
        cookies.filter(|cookie| cookie.starts_with("forecourt_refresh=")).collect::<Vec<_>>()
    };
    let cookie = set(&answer).pop().expect("a cookie");
    for part in ["HttpOnly", "SameSite=Strict", "Path=/graphql", "Max-Age=86400"] {
        assert!(cookie.contains(part), "{part}: {}", cookie.split(';').skip(1).collect::<String>());
    }
    let kept = cookie.split(';').next().expect("a pair").to_owned();
    let body = json!({"query": REFRESH, "variables": {"input": {}}});
    let answer = server.post().header("cookie", &kept).json(&body).send().await;
    assert!(answer.json()["data"]["answer"]["accessToken"].is_string(), "{}", answer.text);
    let next = set(&answer).pop().expect("the next cookie").split(';').next().expect("a pair").to_owned();
    assert_ne!(next, kept);
    // A form on another site sends no JSON.
    let text = server
        .post()
        .header("cookie", &next)
        .header("content-type", "text/plain")
        .body(r#"{"query": "mutation { refreshSession(input: {}) { role } }"}"#);
    assert_eq!(text.send().await.status, StatusCode::UNSUPPORTED_MEDIA_TYPE);

    let token = answer.json()["data"]["answer"]["accessToken"].as_str().expect("a token").to_owned();
    let out = json!({"query": "mutation { signOut }"});
    let answer = server.post().bearer_auth(&token).header("cookie", &next).json(&out).send().await;
    assert!(set(&answer).pop().expect("taken back").contains("Max-Age=0"), "{}", answer.text);
    let answer = server.post().header("cookie", &next).json(&body).send().await;
    assert_eq!(answer.json()["errors"][0]["extensions"]["code"], "UNAUTHENTICATED");
    server.stop().await;
});

seeded!(a_refresh_says_anew_where_the_device_acts, async |world: World| {
    let session = {
        let hq = world.persona("hq-of-two");
        crate::support::sign_in::sign_in(&world.home.app, &hq.email, hq.password, hq.second_factor).await
    };
    let token = session.refresh_token.expect("fresh");
    let at = async |token: &SecretString, dealership: &str| {
        let workplace = Workplace { dealership: Some(dealership.to_owned()), branch: None };
        auth::refresh(&world.home.app, token, &workplace, None, &Visitor::default()).await
    };
    let one = at(&token, "colombo-ev").await.expect("theirs");
    let other = at(&token, "kandy-ride").await.expect("another tab, at once");
    assert_ne!(one.scope.dealership().expect("one"), other.scope.dealership().expect("one"));
    let next = one.refresh_token.expect("fresh");
    assert_eq!(at(&next, "ruhuna-motors").await.err().map(|error| error.code()), Some("NOT_FOUND"));
    at(&next, "colombo-ev").await.expect("a refusal uses nothing up");
});

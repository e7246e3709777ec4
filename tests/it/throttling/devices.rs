//! Devices that a person signed in from before.

use chrono::TimeDelta;
use forecourt::app::App;
use secrecy::{ExposeSecret, SecretString};

use super::{WRONG, address, sign_in, sign_in_from, wait};
use crate::support::{World, seeded};

/// Uses up what is free for an account, so that only a familiar device is let in.
async fn besiege(app: &App, email: &str) {
    for n in 0..5 {
        assert_eq!(wait(sign_in(app, email, WRONG, address(n)).await), 0);
    }
    assert!(wait(sign_in(app, email, WRONG, address(5)).await) > 0);
}

seeded!(a_device_is_familiar_to_its_person_alone_and_for_a_year, async |world: World| {
    let (app, clerk, manager) = (&world.home.app, world.persona("clerk"), world.persona("manager"));
    let device =
        sign_in(app, &clerk.email, clerk.password, address(9)).await.expect("signs in").device_token.expect("a token");
    assert!(device.expose_secret().starts_with("fdt_"));
    besiege(app, &clerk.email).await;
    besiege(app, &manager.email).await;
    let enter = async |persona: &forecourt::demo::Persona, device: &SecretString| {
        sign_in_from(app, &persona.email, persona.password, address(9), Some(device)).await
    };
    let renewed = enter(clerk, &device).await.expect("the owner's own device").device_token.expect("a token");
    assert!(wait(enter(manager, &device).await) > 0, "somebody else's device");
    for forged in forgeries(device.expose_secret()) {
        assert!(wait(enter(clerk, &forged).await) > 0, "{}", forged.expose_secret());
    }
    world.home.clock.advance(TimeDelta::days(364));
    let renewed = enter(clerk, &renewed).await.expect("within a year").device_token.expect("a token");
    world.home.clock.advance(TimeDelta::days(2));
    besiege(app, &clerk.email).await;
    assert!(wait(enter(clerk, &device).await) > 0, "a token of more than a year ago");
    enter(clerk, &renewed).await.expect("each sign-in renews it");
});

/// Tokens that were touched anywhere, and no tokens at all.
fn forgeries(token: &str) -> Vec<SecretString> {
    let touched = (0..token.len()).map(|at| {
        let mut bytes = token.as_bytes().to_vec();
        bytes[at] = if bytes[at] == b'A' { b'B' } else { b'A' };
        String::from_utf8(bytes).expect("ASCII")
    });
    let others = ["", "fdt_", &token[4..], &token[..token.len() - 1]].map(str::to_owned);
    touched.chain(others).chain([format!("{token}A"), format!("{token}=")]).map(SecretString::from).collect()
}

seeded!(wrong_passwords_from_a_familiar_device_are_its_own, async |world: World| {
    let (app, clerk) = (&world.home.app, world.persona("clerk"));
    let device =
        sign_in(app, &clerk.email, clerk.password, address(9)).await.expect("signs in").device_token.expect("a token");
    let attempt = async |password| sign_in_from(app, &clerk.email, password, address(9), Some(&device)).await;
    for _ in 0..20 {
        assert_eq!(wait(attempt(WRONG).await), 0);
    }
    assert_eq!(wait(attempt(WRONG).await), 1);
    let other = sign_in(app, &clerk.email, clerk.password, address(9)).await.expect("strangers were not counted");
    world.home.clock.advance(TimeDelta::seconds(1));
    assert_eq!(wait(attempt(WRONG).await), 0);
    assert_eq!(wait(attempt(clerk.password).await), 2);
    sign_in_from(app, &clerk.email, clerk.password, address(9), other.device_token.as_ref())
        .await
        .expect("another device");
    world.home.clock.advance(TimeDelta::seconds(2));
    attempt(clerk.password).await.expect("signs in");
    assert_eq!(wait(attempt(WRONG).await), 0, "a right password begins the count anew");
});

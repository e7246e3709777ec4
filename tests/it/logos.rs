//! Logos that are uploaded: for the dealership or a branch, kept as files, shown by pages at an address of our own.

use std::time::Duration;

use chrono::TimeDelta;
use reqwest::StatusCode;
use serde_json::{Value, json};

use crate::support::desk::refusals;
use crate::support::logo::{JPEG, base64, png};
use crate::support::server::Server;
use crate::support::{Client, World, seeded};

const FIELDS: &str = "branding { logo logoUrl dealerName phone }";

const LOOK: &str = "{ branding { logo logoUrl dealerName phone } }";

async fn look(client: &Client) -> Value {
    client.ask(LOOK).await["branding"].take()
}

async fn branch(client: &Client, code: &str) -> Value {
    let rows = client.ask("{ branches(first: 100) { nodes { id code } } }").await["branches"]["nodes"].take();
    let mut rows = rows.as_array().expect("nodes").iter();
    rows.find(|row| row["code"] == *code).expect("a branch")["id"].clone()
}

fn path(look: &Value) -> &str {
    look["logo"].as_str().expect("a logo")
}

/// The file's place alone, without what signs it.
fn place(look: &Value) -> String {
    path(look).split('?').next().expect("a path").to_owned()
}

seeded!(the_nearest_logo_is_shown, async |world: World| {
    let (dealer, clerk, sibling) =
        (world.client("dealer").await, world.client("clerk").await, world.client("sibling").await);
    let before = look(&clerk).await;
    assert_eq!(before["logo"], Value::Null);
    let (wide, tall) = (png(120, 40), png(40, 120));
    let whole = dealer.done("setLogo", FIELDS, json!({"image": base64(&wide)})).await["branding"].take();
    assert!(place(&whole).ends_with(".png") && place(&whole).starts_with("/files/"), "{whole}");
    assert_eq!(place(&look(&clerk).await), place(&whole), "the dealership's, where a branch has none");
    let own = json!({"branch": branch(&dealer, "BR01").await, "image": base64(&tall)});
    let own = dealer.done("setLogo", FIELDS, own).await["branding"].take();
    assert_ne!(place(&own), place(&whole));
    assert_eq!(place(&look(&clerk).await), place(&own));
    assert_eq!(place(&look(&sibling).await), place(&whole));
    for field in ["dealerName", "logoUrl", "phone"] {
        assert_eq!(look(&clerk).await[field], before[field], "nothing else of the look changed: {field}");
    }

    let same = dealer.done("setLogo", FIELDS, json!({"image": base64(&wide)})).await["branding"].take();
    assert_eq!(place(&same), place(&whole), "the same file is kept once");
    let photo = dealer.done("setLogo", FIELDS, json!({"image": base64(JPEG)})).await["branding"].take();
    assert!(place(&photo).ends_with(".jpg"), "{photo}");
    let colours = json!({"dealerName": "Colombo EV", "phone": "011 234 5678", "primaryColor": "#00aa00"});
    let updated = dealer.done("updateBranding", FIELDS, colours).await["branding"].take();
    assert_eq!(place(&updated), place(&photo), "whoever sets the rest keeps the logo");
    assert_eq!((&updated["dealerName"], &updated["phone"]), (&json!("Colombo EV"), &json!("+94112345678")));

    let branch = branch(&dealer, "BR01").await;
    let gone = dealer.done("setLogo", FIELDS, json!({"branch": branch, "image": null})).await["branding"].take();
    assert_eq!(place(&gone), place(&photo), "the next wider one again");
    let gone = dealer.done("setLogo", FIELDS, json!({})).await["branding"].take();
    assert_eq!(gone["logo"], Value::Null);
    assert_eq!((&gone["dealerName"], &gone["phone"]), (&json!("Colombo EV"), &json!("+94112345678")));
    dealer.done("setLogo", FIELDS, json!({})).await;
    assert_eq!(
        (world.events("logo_set").await, world.events("logo_removed").await),
        (3, 2),
        "what changed nothing is no event"
    );
    let told: Vec<_> = world.trail("logo_removed").await.into_iter().map(|event| event.summary).collect();
    assert!(told.contains(&"of BR01".to_owned()) && told.contains(&"of the dealership".to_owned()), "{told:?}");
});

seeded!(what_is_no_logo_is_refused, async |world: World| {
    let dealer = world.client("dealer").await;
    let mut cut = png(60, 60);
    cut.truncate(80);
    let large = vec![0x89; 150 * 1024 + 1];
    for (image, refusal) in [
        (String::new(), "INVALID"),
        ("not base64!".to_owned(), "INVALID"),
        (base64(b"GIF89a"), "INVALID"),
        (base64(b"<svg xmlns=\"http://www.w3.org/2000/svg\"/>"), "INVALID"),
        (base64(&cut), "INVALID"),
        (base64(&png(2001, 1)), "INVALID"),
        (base64(&large), "OUT_OF_RANGE"),
        (base64(&large[..150 * 1024]), "INVALID"),
        (format!("data:image/png;base64,{}", base64(&png(4, 4))), "INVALID"),
    ] {
        let refused = dealer.change("setLogo", FIELDS, json!({"image": image})).await;
        assert_eq!(refusals(&refused), [format!("{refusal} input.image")], "{}", &image[..image.len().min(30)]);
    }
    assert_eq!(look(&dealer).await["logo"], Value::Null);
    assert_eq!(world.events("logo_set").await, 0);
});

seeded!(logos_are_set_by_those_who_administer_a_dealership, async |world: World| {
    let dealer = world.client("dealer").await;
    let image = base64(&png(8, 8));
    for persona in ["manager", "clerk", "inventory", "service", "auditor", "sibling", "hq-analyst"] {
        let refused = world.client(persona).await.change("setLogo", FIELDS, json!({"image": image})).await;
        assert_eq!(refusals(&refused), ["FORBIDDEN"], "{persona}");
    }
    let several = world.client("hq-of-two").await;
    for input in [json!({"image": image}), json!({})] {
        assert_eq!(refusals(&several.change("setLogo", FIELDS, input).await), ["DEALERSHIP_REQUIRED"]);
    }
    let stranger = world.client("stranger").await;
    for id in [branch(&dealer, "BR01").await, json!("QgAA")] {
        for image in [json!(image), Value::Null] {
            let refused = stranger.change("setLogo", FIELDS, json!({"branch": id, "image": image})).await;
            assert_eq!(refusals(&refused), ["NOT_FOUND input.branch"]);
        }
    }
    stranger.done("setLogo", FIELDS, json!({"image": image})).await;
    assert_eq!(look(&dealer).await["logo"], Value::Null);
});

seeded!(a_browser_fetches_a_logo_once_a_day, async |world: World| {
    let server = Server::start(&world).await;
    let (dealer, clerk) = (world.client("dealer").await, world.client("clerk").await);
    let set = dealer.done("setLogo", FIELDS, json!({"image": base64(JPEG)})).await["branding"].take();
    let today = path(&set).to_owned();
    let answer = server.get(&today).send().await;
    assert_eq!((answer.status, answer.length), (StatusCode::OK, JPEG.len()));
    // The tests' clock stands at 06:00.
    let until_the_end_of_tomorrow = Duration::from_secs(42 * 60 * 60).as_secs();
    let kept = format!("private, max-age={until_the_end_of_tomorrow}, immutable");
    for (name, value) in [
        ("content-type", "image/jpeg"),
        ("cache-control", kept.as_str()),
        ("content-security-policy", "default-src 'none'; frame-ancestors 'none'; sandbox"),
        ("x-content-type-options", "nosniff"),
    ] {
        assert_eq!(answer.header(name), Some(value), "{name}");
    }
    assert!(
        answer.header("content-disposition").is_some_and(|header| header.starts_with("inline; filename=\"logo.jpg\""))
    );
    for altered in
        [today.replace("as=inline", "as=attachment"), today.replace("exp=", "exp=9"), today.replace(".jpg?", ".png?")]
    {
        let answer = server.get(&altered).send().await;
        assert_eq!(
            (answer.status, answer.header("cache-control")),
            (StatusCode::NOT_FOUND, Some("no-store")),
            "{altered}"
        );
    }

    assert_eq!(path(&look(&clerk).await), today, "the same for everybody");
    world.home.clock.advance(TimeDelta::hours(18) - TimeDelta::seconds(1));
    assert_eq!(path(&look(&world.client("clerk").await).await), today, "and all day");
    world.home.clock.advance(TimeDelta::seconds(1));
    let tomorrow = look(&world.client("clerk").await).await;
    assert_ne!(path(&tomorrow), today);
    assert_eq!(place(&tomorrow), place(&set));
    world.home.clock.advance(TimeDelta::hours(24) - TimeDelta::seconds(1));
    assert_eq!(server.get(&today).send().await.status, StatusCode::OK, "until the end of the next day");
    world.home.clock.advance(TimeDelta::seconds(1));
    assert_eq!(server.get(&today).send().await.status, StatusCode::NOT_FOUND);
    assert_eq!(server.get(path(&tomorrow)).send().await.status, StatusCode::OK);
    server.stop().await;
});

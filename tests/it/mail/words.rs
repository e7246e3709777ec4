//! What arrives, and what does not get out.

use std::io::Write;
use std::sync::Mutex;

use secrecy::ExposeSecret;

use super::*;
use crate::support::{canary, seeded};

/// The link that `forecourt user letters` would show.
async fn link(app: &App, email: &str) -> String {
    let letters = post::unsent(app).await.expect("letters");
    let letter = letters.iter().rfind(|letter| letter.email == email).expect("a letter");
    letter.link.as_ref().expect("a link").expose_secret().to_owned()
}

seeded!(an_invitation_arrives_in_the_dealerships_name, async |world: World| {
    let Some((server, app)) = plain(&world).await else { return };
    let id = invitation(&world, "clerk").await;
    let email = &world.persona("clerk").email;
    let link = link(&app, email).await;
    assert_eq!(word(&post::send(&app, id).await), "sent");

    let letter = server.only();
    assert_eq!(letter.part("from"), "post@forecourt.example");
    assert_eq!(letter.value("to"), &serde_json::json!([email]));
    let [from, subject] = ["From", "Subject"].map(|name| canary::without(&letter.header(name).replace('"', "")));
    assert!(from.contains("Colombo Volt House"), "{from}");
    assert!(letter.header("From").ends_with("<post@forecourt.example>"));
    assert!(subject.contains("invites you") && subject.contains("Colombo Volt House"), "{subject}");
    assert!(letter.header("To").contains(&format!("<{email}>")));
    assert_eq!(letter.header("Message-ID"), format!("<{id}@forecourt.example>"));
    assert_eq!(letter.header("Auto-Submitted"), "auto-generated");
    assert_eq!(letter.header("Date"), "Tue, 15 Sep 2026 06:00:00 +0000");
    assert_eq!(letter.header("MIME-Version"), "1.0");
    assert!(letter.header("Content-Type").starts_with("multipart/alternative"));
    assert_eq!(letter.value("kinds"), &serde_json::json!(["multipart/alternative", "text/plain", "text/html"]));
    assert_eq!(letter.value("defects"), &serde_json::json!([]));
    let (text, html) = (letter.part("text"), letter.part("html"));
    assert!(
        text.contains(&format!("\n\n{link}\n\n")) && text.contains("until 22 September 2026, 11:30 (Asia/Colombo)")
    );
    let escaped = link.replace('/', "&#x2f;");
    assert!(html.contains(&format!("<a href=\"{escaped}\"")) && html.contains(">Choose a password</a>"), "{html}");
    assert!(html.contains("until 22 September 2026"), "both say the same");

    let row = row(&app, id).await;
    assert_eq!((row.state, row.attempts, row.answer), (MailState::Sent, 1, None));
    assert_eq!(row.sent_at, Some(app.now()));
    assert!(post::unsent(&app).await.expect("letters").iter().all(|letter| &letter.email != email));
    assert_eq!(word(&post::send(&app, id).await), "sent before");
    assert_eq!(server.taken().len(), 1);
});

seeded!(a_reset_arrives_in_nobodys_name_but_the_installations, async |world: World| {
    let Some((server, app)) = plain(&world).await else { return };
    let id = letter_to(&world, "nimal@example.com").await;
    let link = link(&app, "nimal@example.com").await;
    assert_eq!(word(&post::send(&app, id).await), "sent");
    let letter = server.only();
    assert_eq!(letter.header("Subject"), "Choose another password");
    assert_eq!(letter.header("From"), "forecourt <post@forecourt.example>");
    let text = letter.part("text");
    assert!(text.contains(&link) && text.ends_with("-- \nforecourt\n"), "{text:?}");
    assert!(letter.part("text").contains("until 15 September 2026, 06:30 (UTC)"));
});

seeded!(no_name_gets_out_of_its_header, async |world: World| {
    let Some((server, app)) = plain(&world).await else { return };
    let sly = "Nimal\r\nBcc: everybody@example.com\r\n\r\n<script>alert(1)</script>";
    rename(&world, "clerk", "nimal@example.com", sly).await;
    auth::reset_password(&world.home.app, "nimal@example.com").await.expect("a letter");
    assert_eq!(word(&post::send(&app, newest(&app).await.id).await), "sent");
    let letter = server.only();
    assert_eq!(letter.headers("Bcc"), [""; 0]);
    assert_eq!(letter.value("to"), &serde_json::json!(["nimal@example.com"]));
    assert!(letter.header("To").contains("<nimal@example.com>"), "{}", letter.header("To"));
    assert!(!letter.part("html").contains("<script>"), "HTML is escaped");
    assert!(!letter.part("text").contains("\nBcc"), "nor does it begin a line");
});

seeded!(a_name_arrives_in_whatever_script, async |world: World| {
    let Some((server, app)) = plain(&world).await else { return };
    for (number, name) in ["නිමල් පෙරේරා ශ්‍රී", "கமலா சுப்பிரமணியம்", "Zoë \"Z\" O'Neill, Jr."].into_iter().enumerate()
    {
        let email = format!("person{number}@example.com");
        rename(&world, if number == 0 { "clerk" } else { "manager" }, &email, name).await;
        auth::reset_password(&world.home.app, &email).await.expect("a letter");
        assert_eq!(word(&post::send(&app, newest(&app).await.id).await), "sent");
        let letter = server.taken().pop().expect("a letter");
        assert!(letter.part("text").contains(&format!("Hello {name},")), "{}", letter.part("text"));
        let to = letter.header("To").replace("\\\"", "\"");
        assert!(to.contains(name), "{to}");
        assert!(letter.part("bytes").is_ascii(), "whatever servers there are on the way");
        if number == 1 {
            break;
        }
    }
});

seeded!(a_dealership_has_words_of_its_own, async |world: World| {
    let Some((server, app)) = plain(&world).await else { return };
    let dealership = world.client("dealer").await.scope().await.expect("a scope").dealership().expect("one");
    let write = async |kind, own| {
        let tx = app.write(Scope::system("test").within(dealership)?).await?;
        post::set_template(&tx, kind, own, app.now()).await?;
        tx.commit().await
    };
    let words = ("Welcome, {{ name }}", "{{ name }}, <b>come in</b>:\n\n{{ link }}\n\nUntil {{ until }}.");
    write(MailKind::Invitation, Some(words)).await.expect("they fit");
    let refused = write(MailKind::Invitation, Some(("Welcome", "Come in!"))).await.expect_err("no link");
    assert_eq!(refused.code(), "REFUSED");
    assert!(write(MailKind::Reset, Some(("Welcome", "{{ link }}"))).await.is_err(), "it is the installation's");

    for (persona, is_own) in [("clerk", true), ("stranger", false)] {
        let id = invitation(&world, persona).await;
        assert_eq!(word(&post::send(&app, id).await), "sent");
        let letter = server.taken().pop().expect("a letter");
        assert_eq!(letter.header("Subject").starts_with("Welcome, "), is_own, "{persona}");
        assert_eq!(letter.part("text").contains("<b>come in</b>"), is_own, "{persona}");
        assert_eq!(letter.part("html").contains("&lt;b&gt;come in&lt;&#x2f;b&gt;"), is_own, "{persona}");
    }
    world.home.clock.advance(chrono::TimeDelta::seconds(1));
    write(MailKind::Invitation, None).await.expect("the program's again");
    assert_eq!(word(&post::send(&app, invitation(&world, "clerk").await).await), "sent");
    assert!(server.taken().pop().expect("a letter").header("Subject").contains("invites you"));
});

/// What is logged in this thread while a test runs.
#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl Write for Log {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().expect("no holder panics").write(bytes)
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

seeded!(nobody_is_named_in_the_log, async |world: World| {
    let Some((server, app)) = plain(&world).await else { return };
    let log = Log::default();
    let to = log.clone();
    let subscriber = tracing_subscriber::fmt().with_max_level(tracing::Level::TRACE).with_writer(move || to.clone());
    let heard = tracing::subscriber::set_default(subscriber.finish());
    let mut links = Vec::new();
    for name in ["nimal", "unknown", "rejected", "later"] {
        let email = format!("{name}@sunethra.example");
        let persona = world.persona("clerk").email.clone();
        rename(&world, "clerk", &email, "Sunethra").await;
        auth::reset_password(&world.home.app, &email).await.expect("a letter");
        links.push(link(&app, &email).await);
        let _ = post::send(&app, newest(&app).await.id).await;
        back(&world, &email, &persona).await;
    }
    drop(heard);
    assert_eq!(server.taken().len(), 1);
    let said = String::from_utf8(log.0.lock().expect("no holder panics").clone()).expect("text");
    for told in ["handed a letter over", "550 5.1.1", "554 5.7.1", "450 4.2.1"] {
        assert!(said.contains(told), "{told}: {said}");
    }
    let secrets = links.iter().filter_map(|link| link.split_once("token=")).map(|(_, secret)| secret);
    for secret in secrets.chain(["sunethra", "Sunethra"]) {
        assert!(!said.contains(secret), "{secret} is in the log");
    }
});

/// Gives the clerk their address back.
async fn back(world: &World, from: &str, to: &str) {
    let tx = world.home.app.write(Scope::system("test")).await.expect("a transaction");
    let update = tx.scope().update_shared::<user::Entity>().expect("the system's own");
    let update = update
        .filter(user::Column::EmailKey.eq(from))
        .col_expr(user::Column::Email, Expr::value(to))
        .col_expr(user::Column::EmailKey, Expr::value(to.to_lowercase()));
    assert_eq!(tx.update(update).await.expect("an update"), 1);
    tx.commit().await.expect("committed");
}

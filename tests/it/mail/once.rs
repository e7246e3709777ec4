//! No letter twice, and none lost that could be sent.

use std::time::Duration;

use chrono::TimeDelta;
use futures_util::future::join_all;
use migration::{Migrator, MigratorTrait};
use sea_orm::ActiveEnum;

use super::*;
use crate::support::{catalogue, seeded};

seeded!(of_many_who_send_a_letter_at_once_one_does, async |world: World| {
    let Some((server, app)) = plain(&world).await else { return };
    let other = process(&world, server.settings("none", "")).await;
    let id = letter_to(&world, "nimal@example.com").await;
    let sent = join_all((0..8).map(|number| post::send(if number % 2 == 0 { &app } else { &other }, id))).await;
    assert_eq!(sent.iter().filter(|sent| matches!(sent, Ok(Sent::Now))).count(), 1, "{sent:?}");
    let others = sent.iter().filter(|sent| matches!(sent, Ok(Sent::Before) | Err(NotSent::UnderWay)));
    assert_eq!(others.count(), 7, "{sent:?}");
    assert_eq!(server.only().header("Message-ID"), format!("<{id}@forecourt.example>"));
    assert_eq!(row(&app, id).await.attempts, 1);
});

seeded!(what_the_server_refuses_is_kept_and_not_sent_again, async |world: World| {
    let Some((server, app)) = plain(&world).await else { return };
    for (number, (name, answer)) in
        [("unknown", "550 5.1.1"), ("quiet", "550"), ("rejected", "554 5.7.1")].into_iter().enumerate()
    {
        let id = invited(&world, &format!("{name}@example.com")).await;
        let sent = post::send(&app, id).await;
        assert_eq!(word(&sent), "Refused", "{name}");
        assert!(!sent.expect_err("refused").may_pass());
        let row = row(&app, id).await;
        assert_eq!((row.state, row.answer.as_deref(), row.sent_at), (MailState::Refused, Some(answer), None));
        assert_eq!(word(&post::send(&app, id).await), "Refused");
        assert_eq!(server.asked(), number + 1, "the server is asked once");
        let letters = post::unsent(&app).await.expect("letters");
        assert!(
            letters.iter().any(|letter| letter.state == MailState::Refused && letter.answer.as_deref() == Some(answer))
        );
    }
    assert!(server.taken().is_empty());
});

seeded!(what_the_server_puts_off_is_sent_later, async |world: World| {
    let Some((server, app)) = plain(&world).await else { return };
    let id = invited(&world, "grey@example.com").await;
    let sent = post::send(&app, id).await;
    assert_eq!(word(&sent), "later: 451 4.7.1");
    assert!(sent.expect_err("not yet").may_pass());
    let waits = row(&app, id).await;
    assert_eq!((waits.state, waits.answer.as_deref()), (MailState::Waiting, Some("451 4.7.1")));
    assert_eq!(word(&post::send(&app, id).await), "sent");
    assert_eq!((server.taken().len(), row(&app, id).await.attempts), (1, 2));
    for (name, answer) in [("later", "450 4.2.1"), ("full", "452 4.3.1"), ("cut", "no connection")] {
        let id = invited(&world, &format!("{name}@example.com")).await;
        assert_eq!(word(&post::send(&app, id).await), format!("later: {answer}"));
        assert_eq!(row(&app, id).await.state, MailState::Waiting);
        post::give_up(&app, id).await.expect("given up");
        assert_eq!(word(&post::send(&app, id).await), "GivenUp");
    }
    assert_eq!(server.taken().len(), 1);
    post::give_up(&app, id).await.expect("nothing to give up");
    assert_eq!(row(&app, id).await.state, MailState::Sent, "what was sent stays sent");
});

seeded!(where_no_answer_comes_the_letter_is_not_sent_again, async |world: World| {
    let Some(server) = Server::start("none", &[]) else { return };
    let app = process(&world, server.settings("none", "seconds = 1")).await;
    for (number, name) in ["silent", "hangs-up"].into_iter().enumerate() {
        let id = invited(&world, &format!("{name}@example.com")).await;
        assert_eq!(word(&post::send(&app, id).await), "Unknown", "{name}");
        assert_eq!(word(&post::send(&app, id).await), "Unknown", "{name}");
        let row = row(&app, id).await;
        assert_eq!((row.state, row.answer.as_deref()), (MailState::Unknown, Some("no answer")));
        assert_eq!(server.taken().len(), number + 1, "{name}: it did arrive, and once");
    }
});

seeded!(a_letter_of_a_lost_process_is_sent_unless_the_server_may_have_it, async |world: World| {
    use outgoing_mail::Column::{Claim, ClaimedUntil, State};
    let Some((server, app)) = plain(&world).await else { return };
    let claimed = async |state: MailState| {
        let id = invited(&world, "nimal@example.com").await;
        set(&app, id, State, Expr::value(state.to_value())).await;
        set(&app, id, Claim, Expr::value(Uuid::from_u128(1))).await;
        set(&app, id, ClaimedUntil, Expr::value(app.now() + TimeDelta::seconds(100))).await;
        id
    };
    let (before, after) = (claimed(MailState::Waiting).await, claimed(MailState::Sending).await);
    for id in [before, after] {
        assert_eq!(word(&post::send(&app, id).await), "under way", "it may live yet");
    }
    world.home.clock.advance(TimeDelta::seconds(100));
    assert_eq!(word(&post::send(&app, before).await), "sent");
    assert_eq!(word(&post::send(&app, after).await), "Unknown");
    assert_eq!(server.only().header("Message-ID"), format!("<{before}@forecourt.example>"));
});

seeded!(who_lost_a_letter_to_another_holds_it_back, async |world: World| {
    let Some(server) = Server::start("none", &[]) else { return };
    let app = process(&world, server.settings("none", "")).await;
    let id = invited(&world, "nimal@example.com").await;
    // At the last moment, when the server waits for it.
    let message = forecourt::integration::mail::Message {
        id,
        to: "nimal@example.com".to_owned(),
        name: "Nimal".to_owned(),
        from: "Colombo EV".to_owned(),
        words: forecourt::integration::mail::Words {
            subject: "A".to_owned(),
            text: "B".to_owned(),
            html: "<p>B</p>".to_owned(),
        },
        written_at: app.now(),
    };
    let mailer = app.mail().expect("a server");
    let held = mailer.deliver(&message, async || Ok(false)).await.expect("an answer");
    assert_eq!(held, forecourt::integration::mail::Answer::HeldBack);
    assert_eq!(word(&post::send(&app, id).await), "sent");
    assert_eq!(server.taken().len(), 1, "what was held back never arrives");
});

seeded!(a_letter_that_is_of_no_use_any_more_is_not_sent, async |world: World| {
    let Some((server, app)) = plain(&world).await else { return };
    let late = letter_to(&world, "nimal@example.com").await;
    world.home.clock.advance(TimeDelta::minutes(30));
    assert_eq!(word(&post::send(&app, late).await), "GivenUp", "its link opens nothing");
    let id = invitation(&world, "manager").await;
    auth::disable(&app, &world.persona("manager").email).await.expect("disabled");
    assert_eq!(word(&post::send(&app, id).await), "GivenUp", "nothing is wanted of them");
    assert!(server.taken().is_empty());
});

seeded!(without_a_server_letters_wait, async |world: World| {
    let id = letter_to(&world, "nimal@example.com").await;
    assert_eq!(word(&post::send(&world.home.app, id).await), "no server");
    let nobody = std::net::TcpListener::bind("127.0.0.1:0").expect("a port");
    let port = nobody.local_addr().expect("an address").port();
    drop(nobody);
    let app = process(&world, server::settings(&format!("port = {port}\ntls = \"none\""))).await;
    assert_eq!(word(&post::send(&app, id).await), "later: no connection");
    assert_eq!(word(&post::send(&app, Uuid::from_u128(1)).await), "failed: NotFound");
    assert_eq!(row(&app, id).await.state, MailState::Waiting);
});

seeded!(a_server_that_says_nothing_is_not_waited_for, async |world: World| {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").expect("a port");
    let port = listener.local_addr().expect("an address").port();
    let app = process(&world, server::settings(&format!("port = {port}\ntls = \"none\"\nseconds = 1"))).await;
    let id = letter_to(&world, "nimal@example.com").await;
    let sent = tokio::time::timeout(Duration::from_secs(30), post::send(&app, id)).await.expect("it ends");
    assert_eq!(word(&sent), "later: no answer in time");
});

seeded!(what_waited_in_the_old_table_is_sent_from_the_new_one, async |world: World| {
    let Some((server, app)) = plain(&world).await else { return };
    let id = letter_to(&world, "nimal@example.com").await;
    let before = count(&app).await;
    let connection = catalogue::connect(&world.home.url).await;
    while catalogue::read(&connection).await.contains_key("mail_template") {
        Migrator::down(&connection, Some(1)).await.expect("a step down");
    }
    assert!(!catalogue::read(&connection).await["outgoing_mail"].columns.contains_key("state"));
    connection.close().await.expect("a connection closes");
    let again = process(&world, server.settings("none", "")).await;
    assert_eq!(count(&again).await, before, "none is lost");
    assert_eq!(word(&post::send(&again, id).await), "sent");
    assert_eq!(server.only().header("Message-ID"), format!("<{id}@forecourt.example>"));
});

/// How many letters there are.
async fn count(app: &App) -> usize {
    let tx = app.read(Scope::system("test")).await.expect("a transaction");
    let rows = tx.scope().select_shared::<outgoing_mail::Entity>().expect("the system's own");
    tx.all(rows).await.expect("rows").len()
}

/// Invites somebody new with this address to the clerk's dealership.
async fn invited(world: &World, email: &str) -> Uuid {
    let app = &world.home.app;
    let dealership = world.client("dealer").await.scope().await.expect("a scope").dealership().expect("one");
    let tx = app.write(Scope::system("test").within(dealership).expect("in reach")).await.expect("a transaction");
    let id = forecourt::id::fresh(app.now());
    let account = user::Model {
        id,
        email: email.to_owned(),
        email_key: format!("{id}/{email}"),
        name: "Nimal".to_owned(),
        password_hash: None,
        group_role: None,
        personal: None,
        disabled_at: None,
        created_at: app.now(),
    };
    tx.insert_shared::<user::Entity>(vec![account]).await.expect("an account");
    auth::invite(app, &tx, id).await.expect("a letter");
    tx.commit().await.expect("committed");
    newest(app).await.id
}

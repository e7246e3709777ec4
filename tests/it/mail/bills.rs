//! Bills to customers, who have no account.

use std::time::Duration;

use chrono::NaiveDate;
use forecourt::error::Result;
use forecourt::integration::files::{Class, Kind, Shelf};
use forecourt::post::BillLetter;
use reqwest::Url;

use super::*;
use crate::support::seeded;
use crate::support::server::Server as Gateway;

const PDF: &[u8] = b"%PDF-1.7 a bill";

async fn dealership(world: &World, persona: &str) -> Uuid {
    world.client(persona).await.scope().await.expect("a scope").dealership().expect("of one dealership")
}

/// A bill whose document is kept.
async fn bill(world: &World, of: Uuid) -> BillLetter {
    let key = Shelf::new(of, Class::Bill, 2026, Kind::Pdf).expect("a year").of_content(PDF);
    let scope = Scope::system("test").within(of).expect("in reach");
    world.home.app.files().put(&scope, &key, PDF).await.expect("kept");
    BillLetter {
        email: "sunethra@example.com".to_owned(),
        name: "Sunethra <Perera>".to_owned(),
        number: "26SEP_BR01_12".to_owned(),
        date: NaiveDate::from_ymd_opt(2026, 9, 14).expect("a day"),
        total_minor: 123_456_700,
        currency: "LKR".to_owned(),
        file: key.to_string(),
        file_name: "26SEP_BR01_12".to_owned(),
    }
}

async fn write(world: &World, of: Uuid, bill: &BillLetter, cause: &str) -> Result<Option<Uuid>> {
    let app = &world.home.app;
    let tx = app.write(Scope::system("test").within(of)?).await?;
    let written = post::to_customer(app, &tx, bill, cause).await?;
    tx.commit().await.map(|()| written)
}

seeded!(a_bill_arrives_with_a_link_to_its_document, async |world: World| {
    let Some((server, app)) = plain(&world).await else { return };
    let gateway = Gateway::start(&world).await;
    let of = dealership(&world, "clerk").await;
    let bill = bill(&world, of).await;
    let id = write(&world, of, &bill, "bill-12/first").await.expect("written").expect("new");
    // However long it waits, the link holds from when it is sent.
    world.home.clock.advance(chrono::TimeDelta::days(30));
    assert_eq!(word(&post::send(&app, id).await), "sent");
    let letter = server.only();
    assert_eq!(letter.value("to"), &serde_json::json!(["sunethra@example.com"]));
    assert!(
        letter.header("Subject").contains("26SEP_BR01_12") && letter.header("Subject").contains("Colombo Volt House")
    );
    let text = letter.part("text");
    for said in ["Hello Sunethra <Perera>,", "14 September 2026", "Rs. 1,234,567.00", "until 22 October 2026"] {
        assert!(text.contains(said), "{said}: {text}");
    }
    assert!(letter.part("html").contains("Sunethra &lt;Perera&gt;"));
    let link = text.lines().find(|line| line.starts_with("http")).expect("a link");
    let link: Url = link.parse().expect("an address");
    let answer = gateway.get(&format!("{}?{}", link.path(), link.query().expect("a query"))).send().await;
    assert_eq!((answer.status.as_u16(), answer.text.as_bytes()), (200, PDF));
    world.home.clock.advance(chrono::TimeDelta::from_std(Duration::from_secs(7 * 24 * 60 * 60)).expect("a week"));
    let answer = gateway.get(&format!("{}?{}", link.path(), link.query().expect("a query"))).send().await;
    assert_eq!(answer.status.as_u16(), 404, "it ends after a week");
    gateway.stop().await;
});

seeded!(nothing_is_mailed_twice_because_of_the_same, async |world: World| {
    let Some((server, app)) = plain(&world).await else { return };
    let (ours, theirs) = (dealership(&world, "clerk").await, dealership(&world, "stranger").await);
    let mine = bill(&world, ours).await;
    let first = write(&world, ours, &mine, "bill-12/first").await.expect("written").expect("new");
    assert_eq!(write(&world, ours, &mine, "bill-12/first").await.expect("no fault"), None, "the same cause");
    let again = write(&world, ours, &mine, "bill-12/again").await.expect("written").expect("another cause");
    let foreign = bill(&world, theirs).await;
    assert!(
        write(&world, theirs, &foreign, "bill-12/first").await.expect("written").is_some(),
        "a cause is a dealership's"
    );
    for id in [first, again, first] {
        let _ = post::send(&app, id).await;
    }
    assert_eq!(server.taken().len(), 2);
});

seeded!(a_bill_is_mailed_by_whom_it_is_of_to_whom_mail_can_be_sent, async |world: World| {
    let (ours, theirs) = (dealership(&world, "clerk").await, dealership(&world, "stranger").await);
    let foreign = bill(&world, theirs).await;
    assert_eq!(write(&world, ours, &foreign, "a").await.expect_err("not ours").code(), "NOT_FOUND");
    for email in ["", "sunethra", "a@b.lk\r\nBcc: c@d.lk", "a@b.lk,c@d.lk", "<a@b.lk>", "sunethra@කොළඹ.example"]
    {
        let bill = BillLetter { email: email.to_owned(), ..bill(&world, ours).await };
        assert_eq!(write(&world, ours, &bill, "b").await.expect_err("no address").code(), "BAD_USER_INPUT", "{email}");
    }
    let app = &world.home.app;
    let clerk = world.client("clerk").await.scope().await.expect("a scope");
    let tx = app.write(clerk).await.expect("a transaction");
    let refused = post::to_customer(app, &tx, &bill(&world, ours).await, "c").await;
    assert_eq!(refused.expect_err("for the installation").code(), "FORBIDDEN");
});

seeded!(a_customers_address_is_sealed, async |world: World| {
    let of = dealership(&world, "clerk").await;
    let id = write(&world, of, &bill(&world, of).await, "bill-12/first").await.expect("written").expect("new");
    let kept = format!("{:?}", row(&world.home.app, id).await);
    for secret in ["sunethra", "Sunethra", "26SEP"] {
        assert!(!kept.contains(secret), "{secret} is in {kept}");
    }
    let letters = post::unsent(&world.home.app).await.expect("letters");
    assert!(letters.iter().any(|letter| letter.email == "sunethra@example.com" && letter.kind == MailKind::Bill));
});

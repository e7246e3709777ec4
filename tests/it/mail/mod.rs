//! Letters, handed to a real mail server.

mod bills;
mod once;
mod server;
mod settings;
mod tls;
mod words;
mod worker;

use std::collections::BTreeSet;
use std::sync::Arc;

use entity::kind::{MailKind, MailState};
use entity::{outgoing_mail, user};
use forecourt::app::App;
use forecourt::auth;
use forecourt::config::Mail;
use forecourt::post::{self, NotSent, Sent};
use forecourt::scope::{Actor, Scope};
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, QueryFilter};
use uuid::Uuid;

use crate::support::World;
use server::Server;

/// A process on the world's rows that hands its letters to a server.
async fn process(world: &World, mail: Mail) -> Arc<App> {
    world.home.process_with(|config| config.mail = mail).await
}

/// A server, and a process that hands its letters to it in the clear.
async fn plain(world: &World) -> Option<(Server, Arc<App>)> {
    let server = Server::start("none", &[])?;
    let app = process(world, server.settings("none", "")).await;
    Some((server, app))
}

/// The letter that was written last: in one moment ids have no order.
async fn newest(app: &App) -> outgoing_mail::Model {
    static KNOWN: std::sync::Mutex<BTreeSet<Uuid>> = std::sync::Mutex::new(BTreeSet::new());
    let tx = app.read(Scope::system("test")).await.expect("a transaction");
    let rows = tx.scope().select_shared::<outgoing_mail::Entity>().expect("the system's own");
    let rows = tx.all(rows.filter(outgoing_mail::Column::Attempts.eq(0))).await.expect("rows");
    let mut known = KNOWN.lock().expect("no holder panics");
    let mut fresh = rows.into_iter().filter(|row| known.insert(row.id)).collect::<Vec<_>>();
    assert_eq!(fresh.len(), 1, "one letter was written");
    fresh.remove(0)
}

/// The row of a letter.
async fn row(app: &App, id: Uuid) -> outgoing_mail::Model {
    let tx = app.read(Scope::system("test")).await.expect("a transaction");
    let rows = tx.scope().select_shared::<outgoing_mail::Entity>().expect("the system's own");
    tx.one(rows.filter(outgoing_mail::Column::Id.eq(id))).await.expect("a row").expect("a letter")
}

/// Changes a letter's row behind everybody's back.
async fn set(app: &App, id: Uuid, column: outgoing_mail::Column, value: Expr) {
    let tx = app.write(Scope::system("test")).await.expect("a transaction");
    let update = tx.scope().update_shared::<outgoing_mail::Entity>().expect("the system's own");
    tx.update(update.filter(outgoing_mail::Column::Id.eq(id)).col_expr(column, value)).await.expect("an update");
    tx.commit().await.expect("committed");
}

/// Gives a persona's account another address and name, as nobody could through the API.
async fn rename(world: &World, persona: &str, email: &str, name: &str) {
    let app = &world.home.app;
    let tx = app.write(Scope::system("test")).await.expect("a transaction");
    let update = tx.scope().update_shared::<user::Entity>().expect("the system's own");
    let update = update
        .filter(user::Column::EmailKey.eq(world.persona(persona).email.to_lowercase()))
        .col_expr(user::Column::Email, Expr::value(email))
        .col_expr(user::Column::EmailKey, Expr::value(email.to_lowercase()))
        .col_expr(user::Column::Name, Expr::value(name));
    assert_eq!(tx.update(update).await.expect("an update"), 1);
    tx.commit().await.expect("committed");
}

/// Writes a letter to an address: the one with which another password is chosen.
async fn letter_to(world: &World, email: &str) -> Uuid {
    rename(world, "clerk", email, "Nimal").await;
    auth::reset_password(&world.home.app, email).await.expect("a letter");
    newest(&world.home.app).await.id
}

/// Invites a persona once more, in the name of their dealership.
async fn invitation(world: &World, persona: &str) -> Uuid {
    let scope = world.client(persona).await.scope().await.expect("a scope");
    let Actor::User(person) = *scope.actor() else { panic!("a person") };
    let within = Scope::system("test").within(scope.dealership().expect("of one dealership")).expect("in reach");
    let tx = world.home.app.write(within).await.expect("a transaction");
    auth::invite(&world.home.app, &tx, person).await.expect("a letter");
    tx.commit().await.expect("committed");
    newest(&world.home.app).await.id
}

/// How an attempt to send ended, in a word.
fn word(sent: &Result<Sent, NotSent>) -> String {
    match sent {
        Ok(Sent::Now) => "sent".to_owned(),
        Ok(Sent::Before) => "sent before".to_owned(),
        Err(NotSent::Later(why)) => format!("later: {why}"),
        Err(NotSent::Over(state)) => format!("{state:?}"),
        Err(NotSent::UnderWay) => "under way".to_owned(),
        Err(NotSent::NoServer) => "no server".to_owned(),
        Err(NotSent::Failed(error)) => format!("failed: {error:?}"),
    }
}

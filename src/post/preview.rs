//! What a letter would look like, with made-up words put in.

use chrono::TimeDelta;
use entity::kind::MailKind;
use uuid::Uuid;

use super::send::{look, time};
use crate::app::App;
use crate::database::Tx;
use crate::error::Result;
use crate::integration::mail::{Template, Words, render, variables};
use crate::money;

/// A letter of a dealership as nobody is sent it: to a customer or a member of staff who is made up.
///
/// # Errors
/// Internal, when the template does not fit the kind.
pub async fn preview(app: &App, tx: &Tx, dealership: Uuid, kind: MailKind, template: &Template) -> Result<Words> {
    let (look, zone) = look(app, tx, Some(dealership)).await?;
    let now = app.now();
    let sample = |variable: &str| match variable {
        "name" => "Nimal Perera".to_owned(),
        "dealer" => look.dealer.clone(),
        "link" => format!("{}/…", app.public_url()),
        "until" => time(now + TimeDelta::days(7), zone),
        "time" => time(now, zone),
        "number" => format!("{}_BR01_1", now.with_timezone(&zone).format("%y%b")).to_uppercase(),
        "date" => now.with_timezone(&zone).format("%-d %B %Y").to_string(),
        "total" => money::formatted(64_500_000, "LKR"),
        _ => String::new(),
    };
    let put_in = variables(kind).iter().map(|variable| (*variable, sample(variable))).collect();
    render(kind, template, &put_in, &look)
}

//! `forecourt demo`

use std::path::PathBuf;
use std::sync::Arc;

use anyhow::Context;

use chrono::TimeDelta;
use comfy_table::Table;
use forecourt::app::{App, Schema};
use forecourt::auth::{SignIn, Visitor, Workplace, one_time_code, sign_in};
use forecourt::config::{Config, Introspection};
use forecourt::crypto::Keys;
use forecourt::demo::{self, Persona, Plan};
use indicatif::{ProgressBar, ProgressStyle};
use secrecy::{ExposeSecret, SecretString};
use serde::Serialize;

use super::{serve, work};

/// How long the printed access tokens hold: a day's look around, where the default is minutes.
const TOKEN_SECONDS: u32 = 24 * 60 * 60;

#[derive(clap::Args)]
pub(crate) struct Args {
    /// Address and port; 127.0.0.1:8080 by default.
    #[arg(long, value_name = "ADDR")]
    pub(crate) listen: Option<String>,
    /// Write the sign-ins to FILE as JSON.
    #[arg(long, value_name = "FILE")]
    sign_ins: Option<PathBuf>,
}

/// One way in.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Entry {
    persona: &'static str,
    email: String,
    password: &'static str,
    second_factor: Option<&'static str>,
    dealership: Option<String>,
    branch: Option<String>,
    access_token: String,
}

pub(crate) async fn run(mut config: Config, args: Args) -> anyhow::Result<()> {
    let listener = serve::listen(&config).await?;
    // Links to documents lead here, whichever port it is.
    config.http.public_url = format!("http://{}", listener.local_addr()?);
    let folder = tempfile::tempdir().context("cannot make a temporary folder")?;
    config.database.url = format!("sqlite://{}", folder.path().join("demo.db").display());
    config.keys.master_key = Some(Keys::generate().1);
    config.auth.access_token_seconds = TOKEN_SECONDS;
    // Whoever looks around sees the schema before they have signed in.
    config.graphql.introspection = Introspection::Everybody;
    let app = Arc::new(App::open(&config, Schema::Migrate).await?);
    let progress = ProgressBar::new(0)
        .with_style(ProgressStyle::with_template("{msg:<24} {wide_bar:.cyan/dim} {pos:>6}/{len:<6} {elapsed}")?);
    // The last day is filled to its evening, so it is yesterday.
    let until = (app.now() - TimeDelta::days(1)).date_naive();
    let personas = demo::seed(&app, &Plan::full(until), &progress).await?;
    progress.finish_and_clear();
    let mut entries = Vec::with_capacity(personas.len());
    for persona in personas {
        entries.push(enter(&app, persona).await?);
    }
    println!("{}", table(&entries));
    if let Some(file) = args.sign_ins {
        std::fs::write(&file, serde_json::to_vec_pretty(&entries)?)
            .with_context(|| format!("cannot write the sign-ins to {}", file.display()))?;
    }
    let address = listener.local_addr()?;
    println!(
        "Console at http://{address}/, GraphQL and GraphiQL at http://{address}/graphql (Ctrl-C ends it; nothing is kept)"
    );
    work::beside(&app, serve::until_stopped(Arc::clone(&app), &config, listener)).await
}

async fn enter(app: &App, persona: Persona) -> anyhow::Result<Entry> {
    let Persona { persona, email, password, second_factor, dealership, branch } = persona;
    let code = second_factor.map(|secret| one_time_code(secret, app.now())).transpose()?;
    let input = SignIn {
        email: email.clone(),
        password: SecretString::from(password),
        code: code.map(SecretString::from),
        workplace: Workplace::default(),
        visitor: Visitor::default(),
    };
    let session = sign_in(app, input).await.with_context(|| format!("{persona} cannot sign in"))?;
    let access_token = session.access_token.expose_secret().to_owned();
    Ok(Entry { persona, email, password, second_factor, dealership, branch, access_token })
}

fn table(entries: &[Entry]) -> Table {
    let mut table = Table::new();
    table.load_style(comfy_table::presets::UTF8_FULL_CONDENSED);
    table.set_header(["persona", "e-mail", "password", "authenticator", "dealership", "branch"]);
    for entry in entries {
        let place = |place: &Option<String>| place.clone().unwrap_or_else(|| "all".to_owned());
        let factor = entry.second_factor.unwrap_or_default().to_owned();
        let cells = [entry.persona.to_owned(), entry.email.clone(), entry.password.to_owned(), factor];
        table.add_row(cells.into_iter().chain([place(&entry.dealership), place(&entry.branch)]));
    }
    table
}

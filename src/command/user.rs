//! `forecourt user …`

use std::io::Read;

use anyhow::{Context, bail};
use comfy_table::Table;
use forecourt::app::{App, Schema};
use forecourt::auth::{self, Account};
use forecourt::config::Config;
use forecourt::post;
use secrecy::{ExposeSecret, SecretString};

#[derive(clap::Args)]
pub(crate) struct Args {
    #[command(subcommand)]
    action: Action,
}

/// Whom it is about.
#[derive(clap::Args)]
struct Person {
    /// The person's e-mail address.
    #[arg(long)]
    email: String,
}

#[derive(clap::Subcommand)]
enum Action {
    /// Show accounts, a thousand at most.
    List {
        /// Only those whose e-mail address begins so.
        #[arg(long, default_value = "")]
        prefix: String,
    },
    /// Set a person's password; imported staff have none. Read from standard input unless --password-env names it.
    SetPassword {
        #[command(flatten)]
        person: Person,
        /// Environment variable that holds the password.
        #[arg(long, value_name = "NAME")]
        password_env: Option<String>,
    },
    /// Make an administrator over every dealership, or make one of an account that there is; prints the page where a first
    /// password is chosen.
    MakeAdministrator {
        #[command(flatten)]
        person: Person,
        /// The person's name.
        #[arg(long)]
        name: String,
    },
    /// Print the page where a person chooses another password, good for thirty minutes.
    ResetPassword(Person),
    /// Take a person's authenticator app and recovery codes away, when they lost both.
    ResetSecondFactor(Person),
    /// Sign a person out on all devices.
    EndSessions(Person),
    /// Keep a person from signing in, and sign them out.
    Disable(Person),
    /// Let a person sign in again.
    Enable(Person),
    /// Show messages that were not mailed, what the mail server said of them, and the pages they link to.
    Letters,
    /// Print the code that an authenticator app shows now; its secret, in base32, is read from standard input.
    Code,
}

pub(crate) async fn run(config: &Config, args: Args) -> anyhow::Result<()> {
    if let Action::Code = args.action {
        println!("{}", auth::one_time_code(line("secret")?.expose_secret(), chrono::Utc::now())?);
        return Ok(());
    }
    let password = match &args.action {
        Action::SetPassword { password_env, .. } => Some(password(password_env.as_deref())?),
        _ => None,
    };
    let app = App::open(config, Schema::Require).await?;
    match args.action {
        Action::List { prefix } => println!("{}", accounts(&auth::accounts(&app, &prefix).await?)),
        Action::SetPassword { person: Person { email }, .. } => {
            let password = password.context("a password")?;
            auth::set_password(&app, &email, password)
                .await
                .with_context(|| format!("cannot set the password of {email}"))?;
            println!("The password of {email} is set.");
        }
        Action::MakeAdministrator { person: Person { email }, name } => {
            let page = auth::make_administrator(&app, &email, &name).await.with_context(|| about(&email))?;
            println!("{email} is an administrator over every dealership.");
            if let Some(page) = page {
                println!("They choose a password at {}", page.expose_secret());
            }
        }
        Action::ResetPassword(Person { email }) => {
            let page = auth::reset_password(&app, &email).await.with_context(|| about(&email))?;
            println!("{email} chooses another password at {}", page.expose_secret());
        }
        Action::ResetSecondFactor(Person { email }) => {
            auth::reset_second_factor(&app, &email).await.with_context(|| about(&email))?;
            println!("{email} has no second factor any more.");
        }
        Action::EndSessions(Person { email }) => {
            let ended = auth::end_sessions_of(&app, &email).await.with_context(|| about(&email))?;
            println!("{email} was signed out on {ended} devices.");
        }
        Action::Disable(Person { email }) => {
            auth::disable(&app, &email).await.with_context(|| about(&email))?;
            println!("{email} cannot sign in any more.");
        }
        Action::Enable(Person { email }) => {
            auth::enable(&app, &email).await.with_context(|| about(&email))?;
            println!("{email} can sign in again.");
        }
        Action::Letters => println!("{}", letters(&post::unsent(&app).await?)),
        Action::Code => {}
    }
    Ok(())
}

fn about(email: &str) -> String {
    format!("cannot do this to {email}")
}

fn accounts(accounts: &[Account]) -> Table {
    let mut table = fresh(["e-mail", "name", "password", "second factor", "devices", "memberships", ""]);
    for account in accounts {
        let yes = |there: bool| if there { "yes" } else { "" }.to_owned();
        let state = if account.is_disabled { "disabled" } else { "" };
        table.add_row([
            account.email.clone(),
            account.name.clone(),
            yes(account.has_password),
            yes(account.has_second_factor),
            account.devices.to_string(),
            account.memberships.join(", "),
            state.to_owned(),
        ]);
    }
    table
}

fn letters(letters: &[post::Letter]) -> Table {
    let mut table = fresh(["to", "about", "since", "state", "page"]);
    for letter in letters {
        let page = letter.link.as_ref().map_or("", |link| link.expose_secret()).to_owned();
        let answer = letter.answer.as_deref().map(|answer| format!(": {answer}")).unwrap_or_default();
        let state = format!("{:?}{answer}", letter.state);
        table.add_row([letter.email.clone(), format!("{:?}", letter.kind), letter.since.to_rfc3339(), state, page]);
    }
    table
}

fn fresh<const N: usize>(header: [&str; N]) -> Table {
    let mut table = Table::new();
    table.load_style(comfy_table::presets::UTF8_FULL_CONDENSED);
    table.set_header(header);
    table
}

fn password(variable: Option<&str>) -> anyhow::Result<SecretString> {
    match variable {
        Some(name) => {
            let text = std::env::var(name).with_context(|| format!("the environment has no {name}"))?;
            not_empty("password", text)
        }
        None => line("password"),
    }
}

/// A line of standard input.
fn line(what: &str) -> anyhow::Result<SecretString> {
    let mut text = String::new();
    std::io::stdin().take(4096).read_to_string(&mut text).with_context(|| format!("cannot read the {what}"))?;
    not_empty(what, text.trim_end_matches(['\r', '\n']).to_owned())
}

fn not_empty(what: &str, text: String) -> anyhow::Result<SecretString> {
    if text.is_empty() {
        bail!("the {what} is empty: give it on standard input, or as the command's help says");
    }
    Ok(SecretString::from(text))
}

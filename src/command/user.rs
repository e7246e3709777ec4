//! `forecourt user …`

use anyhow::{Context, bail};
use forecourt::app::{App, Schema};
use forecourt::auth;
use forecourt::config::Config;
use secrecy::SecretString;
use std::io::Read;

#[derive(clap::Args)]
pub(crate) struct Args {
    #[command(subcommand)]
    action: Action,
}

#[derive(clap::Subcommand)]
enum Action {
    /// Set a person's password; imported staff have none. Read from standard input unless --password-env names it.
    SetPassword {
        /// The person's e-mail address.
        #[arg(long)]
        email: String,
        /// Environment variable that holds the password.
        #[arg(long, value_name = "NAME")]
        password_env: Option<String>,
    },
}

pub(crate) async fn run(config: &Config, args: Args) -> anyhow::Result<()> {
    let Action::SetPassword { email, password_env } = args.action;
    let password = password(password_env.as_deref())?;
    let app = App::open(config, Schema::Require).await?;
    auth::set_password(&app, &email, password).await.with_context(|| format!("cannot set the password of {email}"))?;
    println!("The password of {email} is set.");
    Ok(())
}

fn password(variable: Option<&str>) -> anyhow::Result<SecretString> {
    let text = match variable {
        Some(name) => std::env::var(name).with_context(|| format!("the environment has no {name}"))?,
        None => {
            let mut text = String::new();
            std::io::stdin().take(4096).read_to_string(&mut text).context("cannot read the password")?;
            text.trim_end_matches(['\r', '\n']).to_owned()
        }
    };
    if text.is_empty() {
        bail!("the password is empty: give it on standard input or with --password-env NAME");
    }
    Ok(SecretString::from(text))
}

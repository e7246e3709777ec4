//! `forecourt key …`

use comfy_table::Table;
use forecourt::app::{App, Schema};
use forecourt::auth::{self, KeyState};
use forecourt::config::Config;
use forecourt::crypto::Keys;
use secrecy::ExposeSecret;

#[derive(clap::Args)]
pub(crate) struct Args {
    #[command(subcommand)]
    action: Action,
}

#[derive(clap::Subcommand)]
enum Action {
    /// Print a fresh master key.
    Generate,
    /// Show the keys that sign access tokens.
    List,
    /// Make a new key that signs access tokens. It is published at once and signs when everybody knows it; the old ones are
    /// trusted until their last token has ended.
    Rotate {
        /// For a key that leaked: sign with the new one now, and trust nothing that the old ones signed. Devices refresh and
        /// go on.
        #[arg(long)]
        at_once: bool,
    },
}

pub(crate) async fn run(config: &Config, args: Args) -> anyhow::Result<()> {
    let states = match args.action {
        Action::Generate => {
            println!("{}", Keys::generate().1.expose_secret());
            return Ok(());
        }
        Action::List => auth::signing_keys(&App::open(config, Schema::Require).await?).await?,
        Action::Rotate { at_once } => {
            auth::rotate_signing_key(&App::open(config, Schema::Require).await?, at_once).await?
        }
    };
    println!("{}", table(&states));
    Ok(())
}

fn table(states: &[KeyState]) -> Table {
    let mut table = Table::new();
    table.load_style(comfy_table::presets::UTF8_FULL_CONDENSED);
    table.set_header(["key", "signs from", "trusted until", ""]);
    for state in states {
        let until = state.ends_at.map_or_else(|| "replaced".to_owned(), |ends| ends.to_rfc3339());
        let now = if state.signs { "signs now" } else { "" };
        table.add_row([state.kid.clone(), state.signs_from.to_rfc3339(), until, now.to_owned()]);
    }
    table
}

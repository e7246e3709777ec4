//! `forecourt migrate`

use forecourt::app::{App, Schema};
use forecourt::config::Config;

pub(crate) async fn run(config: &Config) -> anyhow::Result<()> {
    App::open(config, Schema::Migrate).await?.close().await?;
    println!("The schema is up to date.");
    Ok(())
}

//! `forecourt import`

use std::path::PathBuf;

use anyhow::Context;
use forecourt::app::{App, Schema};
use forecourt::config::Config;
use forecourt::legacy::{self, Import};
use indicatif::{ProgressBar, ProgressStyle};
use secrecy::SecretString;

#[derive(clap::Args)]
pub(crate) struct Args {
    /// Code of the dealership to import into; made when absent.
    #[arg(long, value_name = "CODE")]
    dealership: String,
    /// Name of the dealership, when it is made; by default the dump's own.
    #[arg(long)]
    name: Option<String>,
    /// Code of the branch that gets every row; made when absent.
    #[arg(long, value_name = "CODE", default_value = "BR01")]
    branch: String,
    /// Environment variable that holds the passphrase of the old system's encrypted fields. Repeat it for older
    /// passphrases, newest first.
    #[arg(long, value_name = "NAME", required = true)]
    legacy_key_env: Vec<String>,
    /// Write the report to FILE as JSON too.
    #[arg(long, value_name = "FILE")]
    report: Option<PathBuf>,
    /// Where rejected lines are kept, whole; only made when there are any. CODE-rejects.jsonl by default.
    #[arg(long, value_name = "FILE")]
    rejects: Option<PathBuf>,
    /// Folder with the dump: one file a collection, as mongoexport writes them.
    #[arg(value_name = "DIR")]
    directory: PathBuf,
}

pub(crate) async fn run(config: &Config, args: Args) -> anyhow::Result<()> {
    let keys = args.legacy_key_env.iter().map(|name| key(name)).collect::<anyhow::Result<_>>()?;
    let rejects = args.rejects.unwrap_or_else(|| PathBuf::from(format!("{}-rejects.jsonl", args.dealership)));
    let app = App::open(config, Schema::Migrate).await?;
    let progress = ProgressBar::new(0).with_style(ProgressStyle::with_template(
        "{msg:<16} {wide_bar:.cyan/dim} {bytes:>10}/{total_bytes:<10} {elapsed}",
    )?);
    let Args { dealership, name, branch, directory, .. } = args;
    let import = Import { dealership, name, branch, directory, keys, rejects };
    let report = legacy::run(&app, &import, &progress).await?;
    progress.finish_and_clear();
    println!("{}", report.table());
    if let Some(file) = args.report {
        let json = serde_json::to_vec_pretty(&report)?;
        std::fs::write(&file, json).with_context(|| format!("cannot write the report to {}", file.display()))?;
    }
    app.close().await?;
    Ok(())
}

fn key(name: &str) -> anyhow::Result<SecretString> {
    let text = std::env::var(name).with_context(|| format!("the environment has no {name} (--legacy-key-env)"))?;
    Ok(SecretString::from(text))
}

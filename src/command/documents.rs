//! `forecourt documents …`

use std::path::{Path, PathBuf};

use anyhow::{Context, bail};
use comfy_table::Table;
use forecourt::app::{App, Schema};
use forecourt::config::Config;
use forecourt::graphql;
use forecourt::service::trusted_document::{self, Document};

#[derive(clap::Args)]
pub(crate) struct Args {
    #[command(subcommand)]
    action: Action,
}

#[derive(clap::Subcommand)]
enum Action {
    /// Trust the GraphQL documents of a folder: each file that ends in .graphql is one, called by its name. Nothing is added
    /// unless all of them fit the schema.
    Add {
        /// The folder; folders within it too.
        folder: PathBuf,
    },
    /// Show what is trusted.
    List,
    /// Trust a document no longer.
    Remove {
        /// Its name, for all texts it ever had, or the SHA-256 of one.
        document: String,
    },
}

pub(crate) async fn run(config: &Config, args: Args) -> anyhow::Result<()> {
    let app = App::open(config, Schema::Require).await?;
    match args.action {
        Action::Add { folder } => add(&app, &folder).await,
        Action::List => list(&app).await,
        Action::Remove { document } => match trusted_document::remove(&app, &document).await? {
            0 => bail!("no trusted document is called {document}: see `forecourt documents list`"),
            removed => {
                println!("{removed} removed. Servers run them for five seconds more at most.");
                Ok(())
            }
        },
    }
}

async fn add(app: &App, folder: &Path) -> anyhow::Result<()> {
    let mut files = Vec::new();
    find(folder, &mut files).with_context(|| format!("cannot read the folder {}", folder.display()))?;
    if files.is_empty() {
        bail!("there is no file that ends in .graphql in {}", folder.display());
    }
    files.sort();
    let schema = graphql::schema(app.limits());
    let (mut documents, mut faults) = (Vec::<Document>::new(), Vec::new());
    let mut table = table(["document", "SHA-256", "operations", "cost"]);
    for file in files {
        let text = std::fs::read_to_string(&file).with_context(|| format!("cannot read {}", file.display()))?;
        let name = file.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        match schema.examine(&text).await {
            Ok(examined) => {
                let (names, costs): (Vec<_>, Vec<_>) = examined.operations.into_iter().unzip();
                let cost = costs.iter().max().copied().unwrap_or_default();
                if cost > app.limits().max_cost {
                    faults.push(format!(
                        "{}: it costs {cost} points; graphql.max_cost is {}",
                        file.display(),
                        app.limits().max_cost
                    ));
                }
                if documents.iter().any(|known| known.name == name) {
                    faults.push(format!("{}: another file is called {name} too", file.display()));
                }
                table.add_row([name.clone(), examined.hash.clone(), names.join(", "), cost.to_string()]);
                // The same text twice is one document.
                if !documents.iter().any(|known| known.hash == examined.hash) {
                    documents.push(Document { name, hash: examined.hash, text });
                }
            }
            Err(errors) => faults.extend(errors.iter().map(|error| format!("{}:{error}", file.display()))),
        }
    }
    if !faults.is_empty() {
        bail!("nothing was added:\n{}", faults.join("\n"));
    }
    trusted_document::add(app, documents).await?;
    println!("{table}");
    Ok(())
}

fn find(folder: &Path, files: &mut Vec<PathBuf>) -> std::io::Result<()> {
    for entry in std::fs::read_dir(folder)? {
        let path = entry?.path();
        match path.is_dir() {
            true => find(&path, files)?,
            false if path.extension().is_some_and(|extension| extension == "graphql") => files.push(path),
            false => {}
        }
    }
    Ok(())
}

async fn list(app: &App) -> anyhow::Result<()> {
    let mut table = table(["document", "SHA-256"]);
    for known in trusted_document::all(app).await? {
        table.add_row([known.name, known.hash]);
    }
    println!("{table}");
    Ok(())
}

fn table<const N: usize>(header: [&str; N]) -> Table {
    let mut table = Table::new();
    table.load_style(comfy_table::presets::UTF8_FULL_CONDENSED);
    table.set_header(header);
    table
}

//! The command line: thin, one file a command.
#![expect(clippy::print_stdout, reason = "a command speaks on standard output")]
// The merged mutations nest as deep as there are nouns; optimised builds look all the way down.
#![recursion_limit = "256"]

mod command;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, Subcommand};
use forecourt::config::Config;
use forecourt::telemetry::Telemetry;
use mimalloc::MiMalloc;

/// A request makes thousands of small short-lived objects; the system's allocator spends a quarter of its time on them.
/// Without huge pages (`no_thp`): they made nothing faster, and filled 16 MiB where 8 are used at rest.
#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

/// Forecourt: one GraphQL API for every dealership and branch.
#[derive(Parser)]
#[command(version)]
struct Cli {
    /// Settings file; forecourt.toml by default. See forecourt.example.toml.
    #[arg(long, global = true, env = "FORECOURT_CONFIG", value_name = "FILE")]
    config: Option<PathBuf>,
    /// sqlite://PATH or postgres://USER:PASSWORD@HOST/DATABASE; also FORECOURT_DATABASE_URL.
    #[arg(long, global = true, value_name = "URL")]
    database_url: Option<String>,
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Serve the API.
    Serve(command::serve::Args),
    /// Do what is done later: jobs of the queue. Any number of workers share them.
    Work(command::work::Args),
    /// Serve a two-year example group from a temporary database, and print a sign-in per persona.
    Demo(command::demo::Args),
    /// Bring the database's schema up to date.
    Migrate,
    /// Import a dump of the old system as one dealership.
    Import(command::import::Args),
    /// Keep key figures.
    Kpi(command::kpi::Args),
    /// Administer people.
    User(command::user::Args),
    /// Keep the GraphQL documents that this server trusts.
    Documents(command::documents::Args),
    /// Keep the keys of the installation.
    Key(command::key::Args),
    /// Print the GraphQL schema.
    Schema,
    /// Print who may do what.
    Permissions,
}

#[tokio::main]
async fn main() -> ExitCode {
    let cli = Cli::parse();
    match run(cli).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error:#}");
            for cause in error.chain() {
                // Clients never see it; the operator must.
                if let Some(forecourt::error::Error::Internal(cause)) = cause.downcast_ref() {
                    eprintln!("cause: {cause:#}");
                }
            }
            ExitCode::FAILURE
        }
    }
}

async fn run(cli: Cli) -> anyhow::Result<()> {
    let mut overrides: Vec<_> = cli.database_url.map(|url| ("database.url", url)).into_iter().collect();
    if let Command::Serve(command::serve::Args { listen: Some(listen) })
    | Command::Demo(command::demo::Args { listen: Some(listen), .. }) = &cli.command
    {
        overrides.push(("http.listen", listen.clone()));
    }
    let config = Config::load(cli.config.as_deref(), &overrides)?;
    let telemetry = Telemetry::start(&config)?;
    let outcome = obey(cli.command, config).await;
    telemetry.stop().await;
    outcome
}

async fn obey(command: Command, config: Config) -> anyhow::Result<()> {
    match command {
        Command::Serve(_) => command::serve::run(&config).await,
        Command::Work(args) => command::work::run(&config, &args).await,
        Command::Demo(args) => command::demo::run(config, args).await,
        Command::Migrate => command::migrate::run(&config).await,
        Command::Import(args) => command::import::run(&config, args).await,
        Command::Kpi(args) => command::kpi::run(&config, args).await,
        Command::User(args) => command::user::run(&config, args).await,
        Command::Documents(args) => command::documents::run(&config, args).await,
        Command::Key(args) => command::key::run(&config, args).await,
        Command::Schema => {
            print!("{}", forecourt::graphql::sdl());
            Ok(())
        }
        Command::Permissions => {
            print!("{}", forecourt::permission::table());
            Ok(())
        }
    }
}

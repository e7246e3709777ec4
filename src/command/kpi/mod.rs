//! `forecourt kpi …`

mod show;

use anyhow::{Context, bail, ensure};
use chrono::NaiveDate;
use comfy_table::Table;
use entity::{branch, dealership};
use forecourt::app::{App, Schema};
use forecourt::config::Config;
use forecourt::database::Limit;
use forecourt::kpi::{self, Drift, Place};
use forecourt::scope::Scope;
use indicatif::{ProgressBar, ProgressStyle};
use sea_orm::{ColumnTrait, QueryFilter, QueryOrder};

/// Cells that are shown of those that differ.
const SHOWN: usize = 20;

#[derive(clap::Args)]
pub(crate) struct Args {
    #[command(subcommand)]
    action: Action,
}

#[derive(clap::Subcommand)]
enum Action {
    /// Compare the key figures that are kept with what the documents add up to. Safe while serving.
    Verify(Places),
    /// Make the key figures that are kept anew from the documents. Safe while serving: writers wait for a dealership's.
    Rebuild(Places),
    /// Draw a figure month by month, two years by default.
    Show(show::Args),
}

/// Which figures; all of them by default.
#[derive(clap::Args)]
struct Places {
    /// Of the dealership with this code.
    #[arg(long, value_name = "CODE")]
    dealership: Option<String>,
    /// Of its branch with this code.
    #[arg(long, value_name = "CODE", requires = "dealership")]
    branch: Option<String>,
    /// Of this month, YYYY-MM.
    #[arg(long, value_name = "MONTH", value_parser = month)]
    month: Option<NaiveDate>,
}

/// A dealership or a branch of it, with its name for people.
struct Named {
    place: Place,
    name: String,
}

pub(crate) async fn run(config: &Config, args: Args) -> anyhow::Result<()> {
    let app = App::open(config, Schema::Require).await?;
    match args.action {
        Action::Verify(places) => verify(&app, &places).await?,
        Action::Rebuild(places) => rebuild(&app, &places).await?,
        Action::Show(args) => show::show(&app, &args).await?,
    }
    app.close().await?;
    Ok(())
}

async fn rebuild(app: &App, asked: &Places) -> anyhow::Result<()> {
    let places = places(app, asked).await?;
    let progress = progress(places.len())?;
    for Named { place, name } in &places {
        progress.set_message(name.clone());
        let tx = app.write_within(Scope::system("kpi rebuild").within(place.dealership)?, Limit::None).await?;
        kpi::rebuild(&tx, *place, asked.month).await.with_context(|| format!("cannot rebuild {name}"))?;
        tx.commit().await?;
        progress.inc(1);
    }
    progress.finish_and_clear();
    println!("The key figures of {} are made anew.", counted(&places));
    Ok(())
}

async fn verify(app: &App, asked: &Places) -> anyhow::Result<()> {
    let places = places(app, asked).await?;
    let progress = progress(places.len())?;
    let mut found = Vec::new();
    for Named { place, name } in &places {
        progress.set_message(name.clone());
        let tx = app.read_within(Scope::system("kpi verify").within(place.dealership)?, Limit::None).await?;
        let drift = kpi::drift(&tx, *place, asked.month).await;
        let drift = drift.with_context(|| format!("cannot verify {name}"))?;
        found.extend(drift.into_iter().map(|drift| (name.as_str(), drift)));
        progress.inc(1);
    }
    progress.finish_and_clear();
    if found.is_empty() {
        println!("The key figures of {} are what the documents add up to.", counted(&places));
        return Ok(());
    }
    println!("{}", table(&found));
    bail!("{} cells differ: run `forecourt kpi rebuild` for these", found.len())
}

fn counted(places: &[Named]) -> String {
    match places {
        [one] => one.name.clone(),
        all => format!("{} dealerships", all.len()),
    }
}

/// The first cells that differ, column by column.
fn table(found: &[(&str, Drift)]) -> Table {
    let mut table = Table::new();
    table.load_style(comfy_table::presets::UTF8_FULL_CONDENSED);
    table.set_header(["where", "rollup", "cell", "column", "kept", "counted"]);
    for (place, drift) in found.iter().take(SHOWN) {
        for (column, kept, counted) in &drift.columns {
            table.add_row([
                *place,
                &drift.table,
                &drift.cell.to_string(),
                column,
                &kept.to_string(),
                &counted.to_string(),
            ]);
        }
    }
    table
}

async fn places(app: &App, asked: &Places) -> anyhow::Result<Vec<Named>> {
    let tx = app.read(Scope::system("kpi")).await?;
    let mut dealerships = tx.select::<dealership::Entity>().order_by_asc(dealership::Column::Code);
    if let Some(code) = &asked.dealership {
        dealerships = dealerships.filter(dealership::Column::Code.eq(code));
    }
    let mut places = Vec::new();
    for dealership in tx.all(dealerships).await? {
        let whole = Place { dealership: dealership.id, branch: None };
        let Some(code) = &asked.branch else {
            places.push(Named { place: whole, name: dealership.code });
            continue;
        };
        let branch = tx
            .select::<branch::Entity>()
            .filter(branch::Column::DealershipId.eq(dealership.id))
            .filter(branch::Column::Code.eq(code));
        let branch = tx.one(branch).await?;
        places.extend(branch.map(|branch| Named {
            place: Place { branch: Some(branch.id), ..whole },
            name: format!("{} {}", dealership.code, branch.code),
        }));
    }
    ensure!(asked.dealership.is_none() || !places.is_empty(), "there is no such dealership or branch");
    Ok(places)
}

fn progress(places: usize) -> anyhow::Result<ProgressBar> {
    let style = ProgressStyle::with_template("{msg:<24} {wide_bar:.cyan/dim} {pos:>6}/{len:<6} {elapsed}")?;
    Ok(ProgressBar::new(places as u64).with_style(style))
}

fn month(text: &str) -> Result<NaiveDate, String> {
    format!("{text}-01").parse().map_err(|_| format!("`{text}` is no month: write it like 2026-09"))
}

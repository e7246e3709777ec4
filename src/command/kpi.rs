//! `forecourt kpi …`

use anyhow::{Context, bail, ensure};
use chrono::NaiveDate;
use comfy_table::Table;
use entity::measures::Measures;
use entity::{branch, dealership};
use forecourt::app::{App, Schema};
use forecourt::config::Config;
use forecourt::kpi::{self, Drift};
use forecourt::scope::Scope;
use forecourt::store::load::Key;
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
    /// Make the key figures that are kept anew from the documents. Safe while serving: writers of a branch wait for it.
    Rebuild(Places),
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

/// A branch with its name for people.
struct Place {
    key: Key,
    name: String,
}

pub(crate) async fn run(config: &Config, args: Args) -> anyhow::Result<()> {
    let app = App::open(config, Schema::Require).await?;
    match args.action {
        Action::Verify(places) => verify(&app, &places).await?,
        Action::Rebuild(places) => rebuild(&app, &places).await?,
    }
    app.close().await?;
    Ok(())
}

async fn rebuild(app: &App, asked: &Places) -> anyhow::Result<()> {
    let places = places(app, asked).await?;
    let progress = progress(places.len())?;
    for place in &places {
        progress.set_message(place.name.clone());
        let tx = app.write(Scope::system("kpi rebuild").at(place.key.dealership, place.key.id)?).await?;
        kpi::rebuild(&tx, place.key, asked.month).await.with_context(|| format!("cannot rebuild {}", place.name))?;
        tx.commit().await?;
        progress.inc(1);
    }
    progress.finish_and_clear();
    println!("The key figures of {} branches are made anew.", places.len());
    Ok(())
}

async fn verify(app: &App, asked: &Places) -> anyhow::Result<()> {
    let places = places(app, asked).await?;
    let progress = progress(places.len())?;
    let mut found = Vec::new();
    for place in &places {
        progress.set_message(place.name.clone());
        let tx = app.read(Scope::system("kpi verify").at(place.key.dealership, place.key.id)?).await?;
        let drift = kpi::drift(&tx, place.key, asked.month).await;
        let drift = drift.with_context(|| format!("cannot verify {}", place.name))?;
        found.extend(drift.into_iter().map(|drift| (place.name.as_str(), drift)));
        progress.inc(1);
    }
    progress.finish_and_clear();
    if found.is_empty() {
        println!("The key figures of {} branches are what the documents add up to.", places.len());
        return Ok(());
    }
    println!("{}", table(&found));
    bail!("{} cells differ: run `forecourt kpi rebuild` for these branches", found.len())
}

/// The first cells that differ, column by column.
fn table(found: &[(&str, Drift)]) -> Table {
    let mut table = Table::new();
    table.load_style(comfy_table::presets::UTF8_FULL_CONDENSED);
    table.set_header(["branch", "rollup", "month", "column", "kept", "counted"]);
    for (place, drift) in found.iter().take(SHOWN) {
        let values = drift.kept.values().into_iter().zip(drift.counted.values());
        for (column, (kept, counted)) in
            Measures::COLUMNS.iter().zip(values).filter(|(_, (kept, counted))| kept != counted)
        {
            let month = drift.month.format("%Y-%m").to_string();
            table.add_row([*place, &drift.table, &month, column, &kept.to_string(), &counted.to_string()]);
        }
    }
    table
}

async fn places(app: &App, asked: &Places) -> anyhow::Result<Vec<Place>> {
    let tx = app.read(Scope::system("kpi")).await?;
    let mut dealerships = tx.select::<dealership::Entity>().order_by_asc(dealership::Column::Code);
    if let Some(code) = &asked.dealership {
        dealerships = dealerships.filter(dealership::Column::Code.eq(code));
    }
    let mut places = Vec::new();
    for dealership in tx.all(dealerships).await? {
        let mut branches = tx
            .select::<branch::Entity>()
            .filter(branch::Column::DealershipId.eq(dealership.id))
            .order_by_asc(branch::Column::Code);
        if let Some(code) = &asked.branch {
            branches = branches.filter(branch::Column::Code.eq(code));
        }
        places.extend(tx.all(branches).await?.into_iter().map(|branch| Place {
            key: Key { dealership: branch.dealership_id, id: branch.id },
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

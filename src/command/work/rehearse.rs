//! `forecourt work --rehearse`: how much the queue can do here.

use std::sync::Arc;
use std::time::{Duration, Instant};

use anyhow::ensure;
use comfy_table::{CellAlignment, Table, presets};
use entity::job::{Column, Entity, State};
use forecourt::app::{App, Schema};
use forecourt::config::Config;
use forecourt::database::Limit;
use forecourt::queue::{self, Order, Priority, Rehearse, Task};
use forecourt::scope::Scope;
use indicatif::{ProgressBar, ProgressStyle};
use sea_orm::{ColumnTrait, QueryFilter, QueryTrait};

use super::Working;

/// Jobs that one transaction asks for.
const TOGETHER: u64 = 500;

/// How often it is looked how far it is.
const LOOK: Duration = Duration::from_millis(50);

pub(super) async fn run(config: &Config, jobs: u64, workers: u8) -> anyhow::Result<()> {
    let app = Arc::new(App::open(config, Schema::Require).await?);
    ensure!(left(&app).await? == 0, "another rehearsal is under way");
    let style = ProgressStyle::with_template("{msg:<12} {wide_bar:.cyan/dim} {pos:>7}/{len:<7} {elapsed}")?;
    let progress = ProgressBar::new(jobs).with_style(style).with_message("rehearsing");
    let working: Vec<_> = (0..workers).map(|_| Working::start(&app)).collect();
    let begun = Instant::now();
    ask(&app, jobs).await?;
    let asked = begun.elapsed();
    loop {
        let left = left(&app).await?;
        progress.set_position(jobs.saturating_sub(left));
        if left == 0 {
            break;
        }
        tokio::time::sleep(LOOK).await;
    }
    let done = begun.elapsed();
    for worker in working {
        worker.stop().await;
    }
    progress.finish_and_clear();
    forget(&app).await?;
    println!("{}", table(jobs, workers, asked, done));
    Ok(())
}

async fn ask(app: &App, jobs: u64) -> anyhow::Result<()> {
    for from in (0..jobs).step_by(usize::try_from(TOGETHER)?) {
        let orders = (from..jobs.min(from + TOGETHER)).map(|_| Ok(Order::new(&Rehearse {})?.priority(Priority::Bulk)));
        let tx = app.write_within(Scope::system("rehearse"), Limit::None).await?;
        queue::enqueue_all(&tx, orders.collect::<Result<_, forecourt::error::Error>>()?, app.now()).await?;
        tx.commit().await?;
    }
    Ok(())
}

async fn left(app: &App) -> anyhow::Result<u64> {
    let tx = app.read_within(Scope::system("rehearse"), Limit::None).await?;
    let of_kind = tx.select::<Entity>().filter(Column::Kind.eq(Rehearse::KIND));
    Ok(tx.count(of_kind.filter(Column::State.ne(State::Done)).into_query()).await?)
}

async fn forget(app: &App) -> anyhow::Result<()> {
    let tx = app.write_within(Scope::system("rehearse"), Limit::None).await?;
    tx.delete(tx.scope().delete::<Entity>().filter(Column::Kind.eq(Rehearse::KIND))).await?;
    Ok(tx.commit().await?)
}

fn table(jobs: u64, workers: u8, asked: Duration, done: Duration) -> Table {
    let rate = |time: Duration| u128::from(jobs) * 1_000 / time.as_millis().max(1);
    let mut table = Table::new();
    table.load_style(presets::UTF8_FULL_CONDENSED);
    table.set_header(["", "jobs", "seconds", "jobs a second"]);
    for (what, time) in [("asked for".to_owned(), asked), (format!("done by {workers} workers"), done)] {
        let seconds = format!("{}.{:03}", time.as_secs(), time.subsec_millis());
        table.add_row([what, jobs.to_string(), seconds, rate(time).to_string()]);
    }
    for column in table.column_iter_mut().skip(1) {
        column.set_cell_alignment(CellAlignment::Right);
    }
    table
}

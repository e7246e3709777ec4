//! `forecourt kpi show`: one measure over two years, to look at.

use anyhow::{Context, ensure};
use chrono::{Months, NaiveDate};
use comfy_table::{CellAlignment, Table, presets};
use entity::dealership;
use forecourt::app::App;
use forecourt::database::Limit;
use forecourt::kpi::{self, Filter, Measure, Question, Range, Report, Row, Step};
use forecourt::scope::Scope;
use forecourt::store;
use sea_orm::{ColumnTrait, QueryFilter};

/// Columns of the longest bar.
const WIDTH: usize = 40;

/// Eighths of a column.
const BLOCKS: [char; 8] = [' ', '▏', '▎', '▍', '▌', '▋', '▊', '▉'];

/// What to look at.
#[derive(clap::Args)]
pub(super) struct Args {
    /// Of the dealership with this code; of all of them by default.
    #[arg(long, value_name = "CODE")]
    dealership: Option<String>,
    /// Which figure, e.g. units, vehicle-revenue, gross-margin.
    #[arg(long, value_name = "MEASURE", default_value = "units", value_parser = measure)]
    measure: Measure,
    /// How many months, this one the last.
    #[arg(long, default_value_t = 24, value_parser = clap::value_parser!(u32).range(1..=120))]
    months: u32,
}

pub(super) async fn show(app: &App, args: &Args) -> anyhow::Result<()> {
    let tx = app.read_within(Scope::system("kpi show"), Limit::None).await?;
    let mut dealerships = tx.select::<dealership::Entity>();
    if let Some(code) = &args.dealership {
        dealerships = dealerships.filter(dealership::Column::Code.eq(code));
    }
    let found = tx.all(dealerships).await?;
    ensure!(!found.is_empty(), "there is no such dealership");
    let days = found.iter().map(|row| store::dealership::day(row, app.now())).collect::<Result<Vec<_>, _>>()?;
    let today = days.into_iter().max().context("a dealership has a day")?;
    let this_month = Step::Month.first(today);
    let range = Range { from: this_month - Months::new(args.months - 1), to: today };
    let dealership = args.dealership.as_ref().map(|_| found[0].id);
    let question = Question {
        range,
        step: Some(Step::Month),
        by: vec![],
        filter: Filter { dealership, ..Filter::default() },
        measures: vec![args.measure],
        compared: None,
        today,
    };
    let report = kpi::report(&tx, question).await?;
    let definition = args.measure.definition();
    let whose = args.dealership.as_ref().map_or_else(|| format!("{} dealerships", found.len()), Clone::clone);
    println!("{} of {whose}, {} to {}", definition.title, range.from.format("%B %Y"), today.format("%-d %B %Y"));
    println!("{}\n", args.measure.formula());
    let mut currencies: Vec<_> = report.rows.iter().map(|row| row.currency.as_str()).collect();
    currencies.sort_unstable();
    currencies.dedup();
    for currency in currencies {
        println!("{}", plot(&report, currency, range));
    }
    Ok(())
}

/// A row for each month, with a bar and the change since the month a year before.
fn plot(report: &Report, currency: &str, range: Range) -> Table {
    let unit = report.question.measures[0].definition().unit;
    let value = |month: NaiveDate| {
        let own = |row: &&Row| row.key.period == Some(month) && row.currency == currency;
        report.rows.iter().find(own).and_then(|row| report.value(row, 0))
    };
    let months: Vec<_> = std::iter::successors(Some(range.from), |month| Some(*month + Months::new(1)))
        .take_while(|month| *month <= range.to)
        .collect();
    let longest = months.iter().filter_map(|month| value(*month)).max().unwrap_or(0).max(1);
    let mut table = Table::new();
    table.load_style(presets::NOTHING);
    table.set_header(["month", "", "", "in a year"]);
    for month in months {
        let (now, before) = (value(month), value(month - Months::new(12)));
        let change = now.zip(before).and_then(|(now, before)| {
            let share = kpi::quotient(i128::from(now - before) * 1_000_000, i128::from(before).abs())?;
            Some(kpi::Unit::Share.formatted(share, currency))
        });
        table.add_row([
            month.format("%b %Y").to_string(),
            now.map_or_else(String::new, |now| bar(now, longest)),
            now.map_or_else(|| "–".to_owned(), |now| unit.formatted(now, currency)),
            change.unwrap_or_default(),
        ]);
    }
    for column in [2, 3] {
        if let Some(column) = table.column_mut(column) {
            column.set_cell_alignment(CellAlignment::Right);
        }
    }
    table
}

fn bar(value: i64, longest: i64) -> String {
    let eighths = i128::from(value.max(0)) * (WIDTH as i128 * 8) / i128::from(longest);
    let eighths = usize::try_from(eighths).unwrap_or(0);
    let rest = BLOCKS[eighths % 8];
    "█".repeat(eighths / 8) + rest.to_string().trim_end()
}

fn measure(text: &str) -> Result<Measure, String> {
    let name = |measure: &Measure| kebab(&format!("{measure:?}"));
    Measure::ALL.iter().copied().find(|measure| name(measure) == text).ok_or_else(|| {
        let all: Vec<_> = Measure::ALL.iter().map(name).collect();
        format!("`{text}` is no measure; there are {}", all.join(", "))
    })
}

/// `vehicle-revenue` of `VehicleRevenue`.
fn kebab(name: &str) -> String {
    let mut kebab = String::new();
    for letter in name.chars() {
        if letter.is_uppercase() && !kebab.is_empty() {
            kebab.push('-');
        }
        kebab.extend(letter.to_lowercase());
    }
    kebab
}

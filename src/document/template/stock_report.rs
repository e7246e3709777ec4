use super::goods;
use super::parts::{self, Amount, figure};
use super::stationery::{Caption, Stationery};
use crate::document::typeset::{Cell, Column, Entry, Format, Heading, PT, Picture, Style, Table};
use crate::document::{Document, StockReport, StockUnit, figures};
use crate::error::Result;

/// Days in stock up to which each group goes.
const AGES: [(&str, std::ops::RangeInclusive<i64>); 4] =
    [("0–30 days", i64::MIN..=30), ("31–60 days", 31..=60), ("61–90 days", 61..=90), ("Over 90 days", 91..=i64::MAX)];

pub(super) fn set(document: &Document, view: &StockReport) -> Result<Vec<u8>> {
    let caption = Caption { title: "STOCK REPORT", number: "", day: view.drawn_up_at.date() };
    let mut on = Stationery::new(document, Format::Wide, &caption)?;
    let currency = view.currency.as_str();
    let mut gap = Picture::new();
    gap.gap(9 * PT);
    on.block(gap);
    let value = figures::sum(view.units.iter().map(|unit| unit.value_minor))?;
    parts::facts(
        &mut on,
        &[
            ("As of", Some(figures::moment(view.drawn_up_at))),
            ("Branches", Some(view.reach.clone())),
            ("Prepared for", view.prepared_for.clone()),
            ("Units", Some(view.units.len().to_string())),
            ("Value of stock", Some(figures::with_currency(value, currency))),
        ],
    );
    let headings = vec![
        Heading::figures("No."),
        Heading::wrapped("Model", 3),
        Heading::wrapped("Colour", 1),
        Heading::text("Chassis no."),
        Heading::text("Motor no."),
        Heading::text("Status"),
        Heading::text("Received on"),
        Heading::figures("Days"),
        Heading::figures(format!("Value ({currency})")),
    ];
    let table = Table { style: Style::new(85), ..goods::table(&on, headings, entries(view)?) };
    let tail = tail(&on, view, value)?;
    on.table(table, tail);
    on.unsigned()
}

fn entries(view: &StockReport) -> Result<Vec<Entry>> {
    let mut entries = Vec::new();
    let mut number = 0_u32;
    for units in view.units.chunk_by(|one, other| one.branch_name == other.branch_name) {
        let value = figures::sum(units.iter().map(|unit| unit.value_minor))?;
        let value = figures::with_currency(value, &view.currency);
        let (name, count) = (&units[0].branch_name, units.len());
        let noun = if count == 1 { "unit" } else { "units" };
        entries.push(Entry::Group(format!("{name} · {count} {noun} · {value}")));
        entries.extend(units.iter().map(|unit| {
            number += 1;
            entry(unit, number, &view.currency)
        }));
    }
    Ok(entries)
}

fn entry(unit: &StockUnit, number: u32, currency: &str) -> Entry {
    let value = figures::amount(unit.value_minor, currency);
    Entry::Cells(vec![
        Cell::new(number.to_string()),
        Cell::new(&unit.model_name),
        Cell::new(unit.colour.as_deref().unwrap_or("–")),
        Cell::new(&unit.chassis_number),
        Cell::new(&unit.motor_number),
        Cell::new(&unit.status),
        Cell::new(figures::day(unit.received_on)),
        Cell::new(unit.age_days.to_string()),
        if unit.at_list_price { Cell::new(format!("* {value}")) } else { figure(unit.value_minor, currency) },
    ])
}

/// By age, and in all.
fn tail(on: &Stationery<'_>, view: &StockReport, value: i64) -> Result<Picture> {
    let mut amounts = Vec::new();
    for (name, days) in AGES {
        let units: Vec<_> = view.units.iter().filter(|unit| days.contains(&unit.age_days)).collect();
        let value = figures::sum(units.iter().map(|unit| unit.value_minor))?;
        amounts.push(Amount::plain(format!("{name}: {}", units.len()), value));
    }
    amounts.push(Amount::total(format!("All: {}", view.units.len()), value));
    let mut tail = parts::totals(on, &amounts, ("Value of stock in words", value), &view.currency);
    if view.units.iter().any(|unit| unit.at_list_price) {
        let note = "* At list price: the cost is not known, or not shown to whom this is prepared for.";
        tail.gap(4 * PT);
        tail.line(Column::left(0, on.width()), note, parts::LABEL);
    }
    Ok(tail)
}

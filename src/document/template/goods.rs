//! The bike of a document as a line of its table, and what was paid for it.

use super::parts::{Amount, TEXT, figure};
use super::stationery::Stationery;
use crate::document::typeset::{Cell, Entry, Heading, PT, Picture, Style, Table};
use crate::document::{Party, Sale, Tax, Vehicle, figures};
use crate::error::Result;

/// Printed on bills of vehicles that are registered.
pub(super) const REGISTRATION: &str = "Registration documents of the vehicle follow within 30 days of this invoice.";

/// What the bike is.
pub(super) fn vehicle(vehicle: &Vehicle) -> Cell {
    let year = vehicle.model_year.map(|year| year.to_string());
    let kind: Vec<_> = [Some(vehicle.class_name.clone()), vehicle.colour.clone(), year]
        .into_iter()
        .flatten()
        .filter(|part| !part.is_empty())
        .collect();
    let numbers = [("Chassis no.", &vehicle.chassis_number), ("Motor no.", &vehicle.motor_number)];
    let numbers = numbers.into_iter().filter_map(|(label, number)| Some(format!("{label} {}", number.as_deref()?)));
    let lines: Vec<_> = [kind.join(" · ")].into_iter().filter(|line| !line.is_empty()).chain(numbers).collect();
    Cell::new(&vehicle.model_name).bold().noted(lines.join("\n"))
}

/// What is sold, line by line: the vehicle and, if there is one, a charge beside its price.
pub(super) fn lines(sold: &Vehicle, price: i64, charge: Option<(Cell, i64)>, currency: &str) -> Vec<Entry> {
    let line = |what: Cell, minor| Entry::Cells(vec![what, Cell::new("1"), figure(minor, currency)]);
    let charge = charge.map(|(what, minor)| line(what, minor));
    [line(vehicle(sold), price)].into_iter().chain(charge).collect()
}

/// The columns of such lines.
pub(super) fn headings(what: &str, currency: &str) -> Vec<Heading> {
    vec![Heading::wrapped(what, 1), Heading::figures("Quantity"), Heading::figures(format!("Amount ({currency})"))]
}

/// The lines of a sale, and what they come to.
pub(super) fn sold(sale: &Sale) -> Result<(Vec<Entry>, i64)> {
    let charge = charges(sale);
    let total = figures::sum([sale.vehicle_price_minor, charge.map_or(0, |(_, minor)| minor)])?;
    let charge = charge.map(|(name, minor)| (Cell::new(name), minor));
    Ok((lines(&sale.vehicle, sale.vehicle_price_minor, charge, &sale.currency), total))
}

/// The charges of a sale beside the vehicle's price, and what they are called; none where there are none.
pub(super) fn charges(sale: &Sale) -> Option<(&'static str, i64)> {
    let charges =
        sale.total_minor.saturating_add(sale.leased_minor.unwrap_or(0)).saturating_sub(sale.vehicle_price_minor);
    (charges != 0).then(|| (charge_name(charges, sale.rmv_charge_minor), charges))
}

/// What a charge beside the price is called.
pub(super) fn charge_name(charge: i64, registrars: i64) -> &'static str {
    if charge == registrars { "RMV registration charge" } else { "Other charges" }
}

/// Who pays the leased share, and how much `whoever` else pays then.
pub(super) fn leased(leased: Option<i64>, by: Option<&Party>, whoever: &'static str, total: i64) -> Vec<Amount> {
    let Some(leased) = leased.filter(|leased| *leased > 0) else { return Vec::new() };
    let by = by.map_or("the financier", |financier| financier.name.as_str());
    vec![Amount::plain(format!("Leased share, payable by {by}"), -leased), Amount::total(whoever, total)]
}

/// Sentences on the registration of the bike.
pub(super) fn registration(sale: &Sale) -> Vec<String> {
    if sale.rmv_charge_minor == 0 {
        return Vec::new();
    }
    let mut sentences = vec![REGISTRATION.to_owned()];
    if charges(sale).is_none() {
        let charge = figures::with_currency(sale.rmv_charge_minor, &sale.currency);
        sentences.push(format!("The RMV registration charge of {charge} is not part of this total."));
    }
    sentences
}

/// The value of the vehicle, and the taxes that make its price of it.
pub(super) fn taxes(sale: &Sale, tax: Tax) -> Vec<Amount> {
    let mut amounts = vec![Amount::plain("Total value excluding VAT", sale.vehicle_price_minor - tax.vat_minor)];
    if tax.sscl_minor != 0 {
        amounts.push(Amount::within(format!("of which SSCL {}", figures::rate(tax.sscl_bp)), tax.sscl_minor));
    }
    amounts.push(Amount::plain(format!("VAT {}", figures::rate(tax.vat_bp)), tax.vat_minor));
    amounts
}

/// What a sale comes to, and who pays it.
pub(super) fn shares(sale: &Sale) -> Vec<Amount> {
    leased(sale.leased_minor, sale.financier.as_ref(), "Payable by the customer", sale.total_minor)
}

/// Sets what was paid so far and what is still owed.
pub(super) fn payments(on: &mut Stationery<'_>, sale: &Sale) {
    if sale.payments.is_empty() {
        return;
    }
    let currency = &sale.currency;
    let mut entries: Vec<Entry> = sale
        .payments
        .iter()
        .map(|payment| {
            Entry::Cells(vec![
                Cell::new(figures::day(payment.paid_on)),
                Cell::new(&payment.method),
                Cell::new(payment.reference.as_deref().unwrap_or("–")),
                figure(payment.amount_minor, currency),
            ])
        })
        .collect();
    entries.push(Entry::Sums(vec![
        Cell::new("Balance due"),
        Cell::default(),
        Cell::default(),
        figure(sale.balance_minor, currency),
    ]));
    let table = Table {
        width: on.width(),
        colour: on.colour(),
        style: Style::new(85),
        headings: vec![
            Heading::text("Received on"),
            Heading::wrapped("Method", 1),
            Heading::wrapped("Reference", 2),
            Heading::figures(format!("Amount ({currency})")),
        ],
        entries,
    };
    let mut gap = Picture::new();
    gap.gap(12 * PT);
    on.block(gap);
    on.table(table, Picture::new());
}

/// A table in the document's colour.
pub(super) fn table(on: &Stationery<'_>, headings: Vec<Heading>, entries: Vec<Entry>) -> Table {
    Table { width: on.width(), colour: on.colour(), style: TEXT, headings, entries }
}

//! What most documents have: parties, facts, totals, remarks.

use crate::document::typeset::{Cell, Column, GREY, HAIR, INK, Length, PT, Picture, Style, TINT};
use crate::document::{Party, figures, words};

use super::stationery::Stationery;

/// Text.
pub(super) const TEXT: Style = Style::new(94);
const NAME: Style = Style::new(104).bold();
/// What a value is.
pub(super) const LABEL: Style = Style::new(75).in_colour(GREY);
const TOTAL: Style = Style::new(110).bold();

/// Sets the dealership, under what it is, and beside it another party.
pub(super) fn parties(on: &mut Stationery<'_>, (role, tin): (&str, Option<&str>), other: (&str, &Party)) {
    let width = on.width();
    let gap = 18 * PT;
    let half = (width - gap) / 2;
    let letterhead = on.letterhead();
    let dealer = Party {
        name: letterhead.dealer_name.clone(),
        address: Some(letterhead.address.join("\n")),
        phone: letterhead.phone.clone(),
        nic: None,
        tin: tin.map(str::to_owned),
    };
    let mut picture = Picture::new();
    picture.gap(9 * PT);
    let top = picture.height();
    picture.put(0, top, party((role, &dealer), letterhead.email.as_deref(), half));
    picture.put(half + gap, top, party(other, None, half));
    picture.gap(9 * PT);
    on.block(picture);
}

fn party((role, party): (&str, &Party), email: Option<&str>, width: Length) -> Picture {
    let column = Column::left(0, width);
    let mut picture = Picture::new();
    picture.line(column, &role.to_uppercase(), LABEL);
    picture.line(column, &party.name, NAME);
    let labelled = |label: &str, text: &Option<String>| text.as_ref().map(|text| format!("{label} {text}"));
    let lines =
        [party.address.clone(), labelled("Phone", &party.phone), email.map(str::to_owned), labelled("NIC", &party.nic)];
    for line in lines.iter().flatten().filter(|line| !line.trim().is_empty()) {
        picture.line(column, line, TEXT);
    }
    if let Some(tin) = labelled("TIN", &party.tin) {
        picture.line(column, &tin, TEXT.bold());
    }
    picture
}

/// Sets facts in a grid, each under what it is.
pub(super) fn facts(on: &mut Stationery<'_>, facts: &[(&str, Option<String>)]) {
    let known: Vec<_> = facts.iter().filter_map(|(label, value)| Some((*label, value.as_deref()?))).collect();
    let (width, padding) = (on.width(), 8 * PT);
    let most = if width > 600 * PT { 5 } else { 4 };
    // Rows alike, not one full and one of what is left.
    let across = known.len().div_ceil(known.len().div_ceil(most).max(1)).max(1);
    let each = (width - padding) / Length::try_from(across).unwrap_or(1);
    let mut picture = Picture::new();
    picture.gap(6 * PT);
    for row in known.chunks(across) {
        let mut cells = Picture::new();
        for (at, (label, value)) in (0..).zip(row) {
            let column = Column::left(padding + each * at, each - padding);
            let end = cells.text(column, 0, label, LABEL);
            cells.text(column, end, value, TEXT);
        }
        picture.under(cells);
        picture.gap(5 * PT);
    }
    picture.gap(PT);
    picture.underlay((0, 0), (width, picture.height()), TINT);
    picture.gap(8 * PT);
    on.block(picture);
}

/// An amount of a document's end.
pub(super) struct Amount {
    pub(super) label: String,
    pub(super) minor: i64,
    pub(super) kind: Kind,
}

/// How much an amount matters.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Plain,
    /// Part of another.
    Within,
    Total,
}

impl Amount {
    /// One of those that are summed up.
    pub(super) fn plain(label: impl Into<String>, minor: i64) -> Self {
        Self { label: label.into(), minor, kind: Kind::Plain }
    }

    /// Part of the one before.
    pub(super) fn within(label: impl Into<String>, minor: i64) -> Self {
        Self { label: label.into(), minor, kind: Kind::Within }
    }

    /// A sum.
    pub(super) fn total(label: impl Into<String>, minor: i64) -> Self {
        Self { label: label.into(), minor, kind: Kind::Total }
    }
}

/// Amounts at the right, the one that matters most in words at the left.
pub(super) fn totals(on: &Stationery<'_>, amounts: &[Amount], in_words: (&str, i64), currency: &str) -> Picture {
    let width = on.width();
    let left = width * 44 / 100;
    let mut tail = Picture::new();
    tail.gap(7 * PT);
    let top = tail.height();
    let mut said = Picture::new();
    said.line(Column::left(0, left), in_words.0, LABEL);
    said.line(Column::left(0, left), &words::amount(in_words.1, currency), TEXT.bold());
    tail.put(0, top, said);
    tail.put(left + 20 * PT, top, column(on, amounts, width - left - 20 * PT, currency));
    tail
}

fn column(on: &Stationery<'_>, amounts: &[Amount], width: Length, currency: &str) -> Picture {
    let figures: Vec<_> = amounts.iter().map(|amount| figures::with_currency(amount.minor, currency)).collect();
    let widths = figures.iter().zip(amounts).map(|(figure, amount)| style(amount.kind).width(figure));
    let right = widths.max().unwrap_or(0).min(width * 60 / 100) + PT / 10;
    let mut picture = Picture::new();
    for (amount, figure) in amounts.iter().zip(&figures) {
        let style = style(amount.kind);
        if amount.kind == Kind::Total && picture.height() > 0 {
            picture.gap(3 * PT);
            picture.rule((0, width), PT, on.colour());
            picture.gap(2 * PT);
        }
        let y = picture.height();
        let indent = if amount.kind == Kind::Within { 8 * PT } else { 0 };
        picture.text(Column::left(indent, width - right - 8 * PT - indent), y, &amount.label, style);
        picture.text(Column::right(width - right, right), y, figure, style);
        picture.gap(2 * PT);
    }
    picture
}

fn style(kind: Kind) -> Style {
    match kind {
        Kind::Plain => TEXT,
        Kind::Within => Style::new(80).in_colour(GREY),
        Kind::Total => TOTAL,
    }
}

/// Sets sentences, one under the other, under a label.
pub(super) fn remarks(on: &mut Stationery<'_>, label: &str, sentences: &[String]) {
    if sentences.is_empty() {
        return;
    }
    let column = Column::left(0, on.width());
    let mut picture = Picture::new();
    picture.gap(10 * PT);
    picture.rule((0, on.width()), PT / 2, HAIR);
    picture.gap(5 * PT);
    picture.line(column, label, LABEL);
    sentences.iter().for_each(|sentence| picture.line(column, sentence, Style::new(85).in_colour(INK)));
    on.block(picture);
}

/// A cell of a table's figure.
pub(super) fn figure(minor: i64, currency: &str) -> Cell {
    Cell::new(figures::amount(minor, currency))
}

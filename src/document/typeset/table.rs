//! Tables: columns as wide as what is in them, rows as high as their highest cell.

use super::length::{Length, PT};
use super::picture::{Column, Picture, Style};
use super::sheet::Row;
use super::{Colour, GREY, HAIR, INK, TINT};

const GAP: Length = 9 * PT;
const PADDING: Length = 3 * PT;
/// Of a table's width, in hundredths: most that a column takes by what is in it; least that is left to those that wrap.
const MOST: i64 = 24;
const LEFT: i64 = 28;
/// Width to which text is wrapped before print becomes smaller.
const NARROW: i64 = 13;
/// Smallest print of a table that has much to say.
const SMALLEST: Length = 6 * PT;

/// A table.
#[derive(Clone)]
pub(crate) struct Table {
    pub(crate) width: Length,
    /// Of the rule under the head.
    pub(crate) colour: Colour,
    pub(crate) style: Style,
    pub(crate) headings: Vec<Heading>,
    pub(crate) entries: Vec<Entry>,
}

/// A column.
#[derive(Clone)]
pub(crate) struct Heading {
    title: String,
    /// Figures end at the right.
    right: bool,
    /// Wraps what is in it: its share of what the others leave.
    share: Option<i64>,
}

/// A row.
#[derive(Clone)]
pub(crate) enum Entry {
    Cells(Vec<Cell>),
    /// A line across, of what the next rows have in common.
    Group(String),
    /// Sums of what is above.
    Sums(Vec<Cell>),
}

/// What stands in a cell.
#[derive(Clone, Default)]
pub(crate) struct Cell {
    text: String,
    /// In smaller print under it.
    note: Option<String>,
    bold: bool,
}

impl Heading {
    /// A column of text as wide as what is in it.
    pub(crate) fn text(title: impl Into<String>) -> Self {
        Self { title: title.into(), right: false, share: None }
    }

    /// A column of figures as wide as what is in it.
    pub(crate) fn figures(title: impl Into<String>) -> Self {
        Self { title: title.into(), right: true, share: None }
    }

    /// A column of text that takes a share of what the others leave.
    pub(crate) fn wrapped(title: impl Into<String>, share: i64) -> Self {
        Self { title: title.into(), right: false, share: Some(share) }
    }
}

impl Cell {
    /// Text.
    pub(crate) fn new(text: impl Into<String>) -> Self {
        Self { text: text.into(), ..Self::default() }
    }

    /// The same in bold.
    pub(crate) fn bold(self) -> Self {
        Self { bold: true, ..self }
    }

    /// The same with smaller print under it.
    pub(crate) fn noted(self, note: impl Into<String>) -> Self {
        let note = note.into();
        Self { note: Some(note).filter(|note| !note.is_empty()), ..self }
    }

    fn style(&self, style: Style) -> Style {
        if self.bold { style.bold() } else { style }
    }
}

impl<T: Into<String>> From<T> for Cell {
    fn from(text: T) -> Self {
        Self::new(text)
    }
}

impl Table {
    /// Its head and its rows.
    pub(crate) fn set(&self) -> (Picture, Vec<Row>) {
        let (table, columns) = self.fitted();
        let rows = table.entries.iter().map(|entry| match entry {
            Entry::Cells(cells) => Row { picture: table.cells(&columns, cells, false), leads: false },
            Entry::Sums(cells) => Row { picture: table.cells(&columns, cells, true), leads: false },
            Entry::Group(name) => Row { picture: table.group(name), leads: true },
        });
        (table.head(&columns), rows.collect())
    }

    fn head(&self, columns: &[Column]) -> Picture {
        let style = self.small().bold().in_colour(GREY);
        let mut head = Picture::new();
        head.gap(PADDING);
        for (heading, column) in self.headings.iter().zip(columns) {
            head.text(*column, PADDING, &heading.title, style);
        }
        head.gap(PADDING);
        head.rule((0, self.width), PT, self.colour);
        head
    }

    fn cells(&self, columns: &[Column], cells: &[Cell], sums: bool) -> Picture {
        let mut row = Picture::new();
        row.gap(PADDING);
        for (cell, column) in cells.iter().zip(columns) {
            if cell.text.is_empty() {
                continue;
            }
            let style = cell.style(self.style);
            let end = row.text(*column, PADDING, &cell.text, if sums { style.bold() } else { style });
            if let Some(note) = &cell.note {
                row.text(*column, end, note, self.small().in_colour(GREY));
            }
        }
        row.gap(PADDING);
        if sums {
            row.underlay((0, 0), (self.width, row.height()), TINT);
        }
        row.rule((0, self.width), PT / 2, HAIR);
        row
    }

    fn group(&self, name: &str) -> Picture {
        let mut row = Picture::new();
        row.gap(PADDING * 2);
        row.line(Column::left(0, self.width), name, self.style.bold().in_colour(INK));
        row.gap(PADDING);
        row.rule((0, self.width), PT / 2, HAIR);
        row
    }

    fn small(&self) -> Style {
        Style { size: self.style.size * 88 / 100, ..self.style }
    }

    /// The same in print so small that nothing is squeezed, if there is any.
    fn fitted(&self) -> (Self, Vec<Column>) {
        let mut table = self.clone();
        loop {
            let (columns, fits) = table.columns();
            if fits || table.style.size <= SMALLEST {
                return (table, columns);
            }
            table.style.size = (table.style.size - PT / 2).max(SMALLEST);
        }
    }

    /// Where each column is, and whether each has the room that it takes.
    fn columns(&self) -> (Vec<Column>, bool) {
        let gaps = GAP * (count(&self.headings) - 1).max(0);
        let shares: i64 = self.headings.iter().filter_map(|heading| heading.share).sum();
        let most = self.width - gaps - if shares > 0 { self.width * LEFT / 100 } else { 0 };
        let mut natural = self.naturals(false);
        if natural.iter().flatten().sum::<Length>() > most {
            natural = self.naturals(true);
        }
        // Text gives way to figures, the widest first.
        self.cap(&mut natural, most, self.width * NARROW / 100, |heading| !heading.right);
        let fits = natural.iter().flatten().sum::<Length>() <= most;
        if self.style.size <= SMALLEST {
            self.cap(&mut natural, most, 0, |_| true);
        }
        let left = self.width - gaps - natural.iter().flatten().sum::<Length>();
        let mut x = 0;
        let columns = self.headings.iter().zip(natural).map(|(heading, natural)| {
            let width = natural.unwrap_or_else(|| left * heading.share.unwrap_or(1) / shares.max(1));
            let column = if heading.right { Column::right(x, width) } else { Column::left(x, width) };
            x += width + GAP;
            column
        });
        (columns.collect(), fits)
    }

    /// Makes the widest of some columns narrower until all have room, but none narrower than `least`.
    fn cap(&self, widths: &mut [Option<Length>], most: Length, least: Length, some: fn(&Heading) -> bool) {
        let mut cap = most;
        while widths.iter().flatten().sum::<Length>() > most && cap > least {
            cap -= PT;
            for (width, _) in widths.iter_mut().zip(&self.headings).filter(|(_, heading)| some(heading)) {
                *width = width.map(|width| width.min(cap.max(PT)));
            }
        }
    }

    /// How wide each column is that is as wide as what is in it; whether titles may wrap.
    fn naturals(&self, wraps: bool) -> Vec<Option<Length>> {
        let natural =
            |(at, heading): (usize, &Heading)| heading.share.is_none().then(|| self.natural(at, heading, wraps));
        self.headings.iter().enumerate().map(natural).collect()
    }

    /// As wide as what is in a column, within reason.
    fn natural(&self, at: usize, heading: &Heading, wraps: bool) -> Length {
        let title = heading.title.split(|blank| wraps && blank == ' ');
        let title = title.map(|word| self.small().bold().width(word)).max().unwrap_or(0);
        let cells = self.entries.iter().filter_map(|entry| match entry {
            Entry::Cells(cells) | Entry::Sums(cells) => cells.get(at),
            Entry::Group(_) => None,
        });
        let widths = cells.map(|cell| {
            let note = cell.note.as_deref().map_or(0, |note| self.small().width(note));
            cell.style(self.style).bold().width(&cell.text).max(note)
        });
        // What is summed up stands in bold, so room for bold is room for all.
        widths.max().unwrap_or(0).max(title).min(self.width * MOST / 100) + PT / 10
    }
}

fn count<T>(items: &[T]) -> i64 {
    i64::try_from(items.len()).unwrap_or(i64::MAX)
}

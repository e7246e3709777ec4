//! A dealership's paper: its name and logo at the head, its note and the page's number at the foot, its colour.

use chrono::NaiveDate;

use crate::document::typeset::{
    About, Code, Colour, Column, Format, GREY, INK, Length, PT, Paper, Picture, Shape, Style, Table, WARNING, mm,
};
use crate::document::{Document, Letterhead, Logo};
use crate::error::Result;

/// Room for a logo.
const LOGO: (Length, Length) = (mm(42), mm(17));
const NAME: Style = Style::new(140).bold();
const TITLE: Style = Style::new(175).bold();
const NUMBER: Style = Style::new(105).bold();
const SMALL: Style = Style::new(78).in_colour(GREY);
const COPY: &str = "COPY ONLY";
/// Most room that a page after the first gives to its head, and to the note at its foot.
const HEAD: Length = 90 * PT;
const NOTE: Length = 70 * PT;

/// What a document is called.
pub(super) struct Caption<'a> {
    /// E.g. `TAX INVOICE`.
    pub(super) title: &'a str,
    /// Its number; empty where it has none.
    pub(super) number: &'a str,
    /// Its day.
    pub(super) day: NaiveDate,
}

/// Paper under the fingers.
pub(super) struct Stationery<'a> {
    document: &'a Document,
    format: Format,
    paper: Paper,
    /// The last table, with what is not parted from its last row.
    ending: Option<(Table, Picture)>,
}

impl<'a> Stationery<'a> {
    /// Paper whose first page has its head.
    pub(super) fn new(document: &'a Document, format: Format, caption: &Caption<'_>) -> Result<Self> {
        let letterhead = &document.letterhead;
        let width = format.width();
        let foot = Column::right(width * 3 / 4, width / 4);
        let about = About {
            title: format!("{} {}", caption.title, caption.number).trim().to_owned(),
            author: letterhead.dealer_name.clone(),
            day: caption.day.format("%Y%m%d").to_string(),
            folio: (foot, SMALL),
        };
        let mut head = continued(document, width, caption, &letterhead.dealer_name);
        if head.height() > HEAD {
            head = continued(document, width, caption, "");
        }
        let note = letterhead.footer_note.as_deref().filter(|note| is_short(note, width));
        let paper = Paper::new(format, head, note, about)?;
        let mut stationery = Self { document, format, paper, ending: None };
        stationery.paper.block(head_of_first(document, width, caption));
        Ok(stationery)
    }

    /// Whose paper it is.
    pub(super) fn letterhead(&self) -> &'a Letterhead {
        &self.document.letterhead
    }

    /// Between the margins.
    pub(super) fn width(&self) -> Length {
        self.format.width()
    }

    /// Of rules.
    pub(super) fn colour(&self) -> Colour {
        colour(self.document)
    }

    /// Sets a table and what follows its last row. What is set after it stays with that row as far as there is room, so
    /// that no page holds nothing but signatures.
    pub(super) fn table(&mut self, table: Table, tail: Picture) {
        self.set_ending();
        self.ending = Some((table, tail));
    }

    /// Sets a picture that stays in one piece.
    pub(super) fn block(&mut self, picture: Picture) {
        match &mut self.ending {
            Some((_, tail)) if tail.height() + picture.height() <= self.paper.page() * 6 / 10 => tail.under(picture),
            _ => {
                self.set_ending();
                self.paper.block(picture);
            }
        }
    }

    fn set_ending(&mut self) {
        if let Some((table, tail)) = self.ending.take() {
            self.paper.table(&table, tail);
        }
    }

    /// Ends with a line for the dealership's signature, behind those of `others`, and the code by which the document is
    /// checked.
    pub(super) fn signed(self, others: &[&str]) -> Result<Vec<u8>> {
        let own = format!("For {}", self.letterhead().dealer_name);
        let signers: Vec<_> = others.iter().copied().chain([own.as_str()]).collect();
        self.ended(&signers)
    }

    /// Ends without signatures.
    pub(super) fn unsigned(self) -> Result<Vec<u8>> {
        self.ended(&[])
    }

    fn ended(mut self, signers: &[&str]) -> Result<Vec<u8>> {
        let width = self.width();
        let mut end = Picture::new();
        end.gap(14 * PT);
        let top = end.height();
        let mut room = width;
        if let Some(url) = &self.document.check_url {
            let check = checked(url)?;
            end.put(0, top, check);
            room -= mm(70);
        }
        let (count, gap) = (Length::try_from(signers.len()).unwrap_or(1).max(1), 14 * PT);
        let each = ((room - gap * (count - 1)) / count).min(mm(58));
        for (at, signer) in (1..).zip(signers.iter().rev()) {
            let x = width - each * at - gap * (at - 1);
            let mut line = Picture::new();
            line.gap(mm(15));
            line.rule((x, each), PT / 2, GREY);
            line.gap(2 * PT);
            line.line(Column::left(x, each), signer, SMALL);
            end.put(0, top, line);
        }
        if end.height() > top {
            self.block(end);
        }
        if let Some(note) = self.letterhead().footer_note.as_deref().filter(|note| !is_short(note, width)) {
            let mut picture = Picture::new();
            picture.gap(10 * PT);
            picture.line(Column::left(0, width), note, SMALL);
            self.block(picture);
        }
        self.set_ending();
        self.paper.finished()
    }
}

fn colour(document: &Document) -> Colour {
    Colour::read(&document.letterhead.colour).unwrap_or(INK)
}

fn head_of_first(document: &Document, width: Length, caption: &Caption<'_>) -> Picture {
    let letterhead = &document.letterhead;
    let gap = 14 * PT;
    let right = TITLE.width(caption.title).max(NUMBER.width(caption.number)).min(width * 48 / 100) + PT;
    let mut head = Picture::new();
    let left = width - right - gap;
    let (mut name, mut at) = (named(document, left), (0, 0));
    if let Some(logo) = &letterhead.logo {
        let (wide, high) = fitted(logo);
        head.draw(0, 0, Shape::Logo { width: wide, height: high, logo: logo.clone() });
        let aside = named(document, left - wide - 10 * PT);
        // Beside the logo, unless the name is too long for that.
        at = (0, high + 5 * PT);
        if aside.height() <= high * 3 / 2 {
            at = (wide + 10 * PT, ((high - aside.height()) / 2).max(0));
            name = aside;
        }
    }
    head.put(at.0, at.1, name);
    head.put(width - right, 0, captioned(document, right, caption));
    head.gap(8 * PT);
    head.rule((0, width), PT * 3 / 2, colour(document));
    head
}

/// The name of the dealership and of its brand.
fn named(document: &Document, width: Length) -> Picture {
    let letterhead = &document.letterhead;
    let column = Column::left(0, width.max(mm(20)));
    let mut name = Picture::new();
    name.line(column, &letterhead.dealer_name, NAME.in_colour(colour(document).for_text()));
    if let Some(partner) = &letterhead.brand_partner {
        name.line(column, partner, SMALL);
    }
    name
}

/// The title, the number and whether it is a copy, at the right.
fn captioned(document: &Document, width: Length, caption: &Caption<'_>) -> Picture {
    let mut picture = Picture::new();
    picture.line(Column::right(0, width), caption.title, TITLE);
    if !caption.number.is_empty() {
        picture.line(Column::right(0, width), caption.number, NUMBER);
    }
    if document.reprint {
        picture.gap(3 * PT);
        let stamp = stamp();
        picture.put(width - stamp.1, picture.height(), stamp.0);
    }
    picture
}

/// The words that a reprint says, in a frame, and how wide it is.
fn stamp() -> (Picture, Length) {
    let style = Style::new(95).bold().in_colour(WARNING);
    let width = style.width(COPY) + 12 * PT;
    let mut stamp = Picture::new();
    stamp.frame((0, 0), (width, style.leading() + 3 * PT), WARNING);
    stamp.text(Column::left(6 * PT, width), 3 * PT / 2, COPY, style);
    stamp.gap(3 * PT / 2);
    (stamp, width)
}

/// Whether a note fits the foot of a page; a longer one ends the document.
fn is_short(note: &str, width: Length) -> bool {
    let mut picture = Picture::new();
    picture.line(Column::left(0, width * 3 / 4), note, SMALL);
    picture.height() <= NOTE
}

/// The head of every page after the first.
fn continued(document: &Document, width: Length, caption: &Caption<'_>, name: &str) -> Picture {
    let (half, style) = (width / 2 - 6 * PT, Style::new(85));
    let mut head = Picture::new();
    head.text(Column::left(0, half), 0, name, style.in_colour(GREY));
    let mut right = Picture::new();
    right.line(Column::right(0, half), format!("{} {}", caption.title, caption.number).trim(), style.bold());
    if document.reprint {
        right.gap(2 * PT);
        let (stamp, wide) = stamp();
        right.put(half - wide, right.height(), stamp);
    }
    head.put(width - half, 0, right);
    head.gap(4 * PT);
    head.rule((0, width), PT, colour(document));
    head.gap(5 * PT);
    head
}

/// As large as the room for a logo lets it be.
fn fitted(logo: &Logo) -> (Length, Length) {
    let pixels = logo.pixels();
    let side = |pixels: usize| Length::try_from(pixels).unwrap_or(1).max(1);
    let (width, height) = (side(pixels.width), side(pixels.height));
    let wide = LOGO.0.min(LOGO.1 * width / height).max(PT);
    (wide, (wide * height / width).clamp(PT / 2, LOGO.1))
}

/// The code of the document's check address, and the address.
fn checked(url: &str) -> Result<Picture> {
    let size = mm(21);
    let mut picture = Picture::new();
    picture.draw(0, 0, Shape::Code { size, code: Code::new(url)? });
    let column = Column::left(size + 8 * PT, mm(66) - size - 8 * PT);
    let end = picture.text(column, 2 * PT, "Check this document", Style::new(80).bold());
    picture.text(column, end, url, Style::new(70).in_colour(GREY));
    Ok(picture)
}

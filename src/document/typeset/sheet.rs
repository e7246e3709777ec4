//! Elements that genpdf lays out: it breaks the pages and says where each element stands; what the element draws is kept
//! aside, in order, with a mark on the page in its place. `press.rs` puts the drawings where the marks are.

use std::cell::RefCell;
use std::rc::Rc;

use genpdf::error::Error as Fault;
use genpdf::render::Area;
use genpdf::style::Style;
use genpdf::{Context, Element, PageDecorator, Position, RenderResult, Size};

use super::length::{Length, of_mm, to_mm};
use super::picture::Picture;

/// What was drawn so far.
#[derive(Clone, Default)]
pub(crate) struct Ink(Rc<RefCell<Vec<Drawn>>>);

/// What belongs at a mark.
#[derive(Clone)]
pub(crate) enum Drawn {
    /// This.
    Picture(Picture),
    /// The number of the page, once it is known how many there are.
    Folio,
}

impl Ink {
    /// Draws at a place of an area.
    fn draw(&self, area: &Area<'_>, y: Length, drawn: Drawn) {
        let mark = |x: Length| Position::new(to_mm(x), to_mm(y));
        area.draw_line(vec![mark(0), mark(1000)], Style::new());
        self.0.borrow_mut().push(drawn);
    }

    /// All of it.
    pub(crate) fn taken(&self) -> Vec<Drawn> {
        self.0.take()
    }
}

/// A picture that stays in one piece, unless no page is high enough.
pub(crate) struct Block {
    pub(crate) ink: Ink,
    pub(crate) picture: Picture,
    /// How high the lowest page is.
    pub(crate) page: Length,
}

impl Element for Block {
    fn render(&mut self, _: &Context, area: Area<'_>, _: Style) -> Result<RenderResult, Fault> {
        let room = of_mm(area.size().height);
        if self.picture.height() <= room {
            let picture = std::mem::take(&mut self.picture);
            let size = size(picture.height());
            self.ink.draw(&area, 0, Drawn::Picture(picture));
            return Ok(RenderResult { size, has_more: false });
        }
        if self.picture.height() <= self.page || room < self.page / 4 {
            return Ok(next_page(0));
        }
        let (above, below) = std::mem::take(&mut self.picture).split(room);
        let height = above.height();
        self.ink.draw(&area, 0, Drawn::Picture(above));
        self.picture = below;
        Ok(next_page(height))
    }
}

/// Rows under a head that every page repeats.
pub(crate) struct Rows {
    pub(crate) ink: Ink,
    pub(crate) head: Picture,
    /// In reverse: the next is the last.
    pub(crate) rows: Vec<Row>,
    /// What follows the last row and is not parted from it.
    pub(crate) tail: Picture,
    /// How high the lowest page is.
    pub(crate) page: Length,
}

/// A row of a table.
#[derive(Clone)]
pub(crate) struct Row {
    pub(crate) picture: Picture,
    /// The next row is not parted from it.
    pub(crate) leads: bool,
}

impl Element for Rows {
    fn render(&mut self, _: &Context, area: Area<'_>, _: Style) -> Result<RenderResult, Fault> {
        let room = of_mm(area.size().height);
        let mut y = self.head.height();
        let mut begun = false;
        while let Some(row) = self.rows.pop() {
            let fate = self.fate(&row, y, room);
            if fate == Fate::NextPage {
                self.rows.push(row);
                return Ok(next_page(if begun { y } else { 0 }));
            }
            if !begun {
                self.ink.draw(&area, 0, Drawn::Picture(self.head.clone()));
                begun = true;
            }
            if fate == Fate::Here {
                y = self.draw(&area, y, row.picture);
                continue;
            }
            let (above, below) = row.picture.split(room - y);
            self.rows.push(Row { picture: below, leads: row.leads });
            return Ok(next_page(self.draw(&area, y, above)));
        }
        let tail = std::mem::take(&mut self.tail);
        if y + tail.height() <= room {
            let y = self.draw(&area, y, tail);
            return Ok(RenderResult { size: size(y), has_more: false });
        }
        let (above, below) = tail.split(room - y);
        y = self.draw(&area, y, above);
        self.tail = below;
        self.head = Picture::new();
        Ok(next_page(y))
    }
}

impl Rows {
    /// Where a row goes, taken from before those that follow.
    fn fate(&self, row: &Row, y: Length, room: Length) -> Fate {
        let (alone, page) = (row.picture.height(), self.page - self.head.height());
        let company = alone + self.followers(row);
        match () {
            () if y + company <= room => Fate::Here,
            () if company <= page => Fate::NextPage,
            // Too high to stay together on any page.
            () if y + alone <= room => Fate::Here,
            () if alone <= page || room - y < self.page / 4 => Fate::NextPage,
            () => Fate::Parted,
        }
    }

    /// How high what follows a row is that is not parted from it.
    fn followers(&self, row: &Row) -> Length {
        let (mut leads, mut height) = (row.leads, 0);
        for next in self.rows.iter().rev() {
            if !leads {
                return height;
            }
            height += next.picture.height();
            leads = next.leads;
        }
        height + self.tail.height()
    }

    fn draw(&self, area: &Area<'_>, y: Length, picture: Picture) -> Length {
        let end = y + picture.height();
        self.ink.draw(area, y, Drawn::Picture(picture));
        end
    }
}

/// Where a row goes.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Fate {
    Here,
    NextPage,
    /// Higher than a page: on this one and the next.
    Parted,
}

/// The margins of a page, its foot, and the head of each page after the first.
pub(crate) struct Frame {
    pub(crate) ink: Ink,
    pub(crate) page: usize,
    pub(crate) margins: Margins,
    /// Of pages after the first.
    pub(crate) head: Picture,
    pub(crate) foot: Picture,
}

/// Distances from the edges of the paper.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Margins {
    pub(crate) side: Length,
    pub(crate) top: Length,
    pub(crate) bottom: Length,
}

impl PageDecorator for Frame {
    fn decorate_page<'a>(&mut self, _: &Context, mut area: Area<'a>, _: Style) -> Result<Area<'a>, Fault> {
        self.page += 1;
        let Margins { side, top, bottom } = self.margins;
        area.add_margins(genpdf::Margins::trbl(to_mm(top), to_mm(side), to_mm(bottom), to_mm(side)));
        let foot = of_mm(area.size().height) - self.foot.height();
        self.ink.draw(&area, foot, Drawn::Picture(self.foot.clone()));
        self.ink.draw(&area, foot, Drawn::Folio);
        area.add_margins(genpdf::Margins::trbl(0, 0, to_mm(self.foot.height()), 0));
        if self.page > 1 {
            self.ink.draw(&area, 0, Drawn::Picture(self.head.clone()));
            area.add_offset(Position::new(0, to_mm(self.head.height())));
        }
        Ok(area)
    }
}

fn size(height: Length) -> Size {
    // genpdf gives up on an element of no size that wants another page.
    Size::new(1, to_mm(height))
}

fn next_page(height: Length) -> RenderResult {
    RenderResult { size: size(height), has_more: true }
}

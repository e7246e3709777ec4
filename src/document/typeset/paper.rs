//! The paper of a document: its format, its margins, and what is set on it from top to bottom.

use std::sync::LazyLock;

use genpdf::Size;
use genpdf::fonts::{FontData, FontFamily};
use printpdf::BuiltinFont;

use super::HAIR;
use super::face::Face;
use super::length::{Length, PT, mm, to_mm};
use super::picture::{Column, Picture, Style};
use super::press::{About, pressed};
use super::sheet::{Block, Frame, Ink, Margins, Rows};
use super::table::Table;
use crate::error::{Error, Result};

const MARGINS: Margins = Margins { side: mm(16), top: mm(13), bottom: mm(9) };
/// Rows that stay with what follows a table.
const COMPANY: usize = 3;
/// Between a page's foot and what is above it.
const ABOVE_FOOT: Length = 10 * PT;
/// From the top of a page's foot to its text.
pub(super) const FOLIO: Length = ABOVE_FOOT + 5 * PT;

/// A4, upright or on its side.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Format {
    Upright,
    Wide,
}

/// Paper that is being filled.
pub(crate) struct Paper {
    document: genpdf::Document,
    ink: Ink,
    /// How high the lowest page is, between its head and its foot.
    page: Length,
    about: About,
}

/// What genpdf measures its own text with, of which there is none: a font that every reader has, so that none is embedded.
static UNUSED: LazyLock<Option<FontData>> = LazyLock::new(|| {
    // The name is of the font in the file; measures are those of ours.
    FontData::new(Face::Latin.data().file.to_vec(), Some(BuiltinFont::Helvetica)).ok()
});

impl Format {
    /// Between the margins.
    pub(crate) fn width(self) -> Length {
        self.size().0 - 2 * MARGINS.side
    }

    fn size(self) -> (Length, Length) {
        match self {
            Self::Upright => (mm(210), mm(297)),
            Self::Wide => (mm(297), mm(210)),
        }
    }
}

impl Paper {
    /// Paper with a head on every page but the first, and a note at every foot.
    pub(crate) fn new(format: Format, head: Picture, note: Option<&str>, about: About) -> Result<Self> {
        let unused = UNUSED.clone().ok_or_else(|| Error::internal(anyhow::anyhow!("genpdf cannot read our font")))?;
        let mut document = genpdf::Document::new(FontFamily {
            regular: unused.clone(),
            bold: unused.clone(),
            italic: unused.clone(),
            bold_italic: unused,
        });
        let (width, height) = format.size();
        document.set_paper_size(Size::new(to_mm(width), to_mm(height)));
        document.set_minimal_conformance();
        let ink = Ink::default();
        let foot = foot(format.width(), note, about.folio.1);
        let between = height - MARGINS.top - MARGINS.bottom - foot.height();
        let page = between - head.height() - PT;
        if page < height / 4 {
            return Err(Error::internal(anyhow::anyhow!("the head and the foot leave no room on a page")));
        }
        document.set_page_decorator(Frame { ink: ink.clone(), page: 0, margins: MARGINS, head, foot });
        Ok(Self { document, ink, page, about })
    }

    /// How high the lowest page is, between its head and its foot.
    pub(crate) fn page(&self) -> Length {
        self.page
    }

    /// Sets a picture that stays in one piece.
    pub(crate) fn block(&mut self, picture: Picture) {
        self.document.push(Block { ink: self.ink.clone(), picture, page: self.page });
    }

    /// Sets a table, with what follows its last row.
    pub(crate) fn table(&mut self, table: &Table, tail: Picture) {
        let (head, mut rows) = table.set();
        rows.reverse();
        // No page begins with the last row alone: some go with it, if there are more.
        if rows.len() > 2 * COMPANY {
            rows.iter_mut().skip(1).take(COMPANY - 1).for_each(|row| row.leads = true);
        }
        self.document.push(Rows { ink: self.ink.clone(), head, rows, tail, page: self.page });
    }

    /// The file.
    pub(crate) fn finished(self) -> Result<Vec<u8>> {
        let mut laid_out = Vec::new();
        self.document.render(&mut laid_out).map_err(|fault| Error::internal(anyhow::anyhow!("genpdf: {fault}")))?;
        pressed(&laid_out, self.ink.taken(), &self.about)
    }
}

fn foot(width: Length, note: Option<&str>, style: Style) -> Picture {
    let mut foot = Picture::new();
    foot.gap(ABOVE_FOOT);
    foot.rule((0, width), PT / 2, HAIR);
    // As high as the page's number, which is set beside it, even without a note.
    foot.reach(FOLIO + style.leading());
    foot.text(Column::left(0, width * 3 / 4), FOLIO, note.unwrap_or_default(), style);
    foot
}

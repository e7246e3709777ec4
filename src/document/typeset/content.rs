//! The operators of a page: drawings as a PDF has them.

use std::fmt::Write as _;

use super::code::Code;
use super::colour::{Colour, INK};
use super::embed::{Fonts, name, utf16};
use super::length::{Length, PT, em, points};
use super::paragraph::Line;
use super::picture::{Picture, Shape, Stroke};
use super::shape::Run;
use crate::document::logo::Logo;

/// The operators of a page so far, and what they refer to.
#[derive(Default)]
pub(crate) struct Content {
    /// Operators.
    pub(crate) operators: String,
    /// Fonts of the whole document.
    pub(crate) fonts: Fonts,
    /// Logos of the whole document.
    pub(crate) logos: Vec<Logo>,
}

impl Content {
    /// Draws a picture with its top left corner at a point, given as a PDF writes it.
    pub(crate) fn picture(&mut self, (x, y): (&str, &str), picture: &Picture) {
        let _ = writeln!(self.operators, "q 1 0 0 1 {x} {y} cm");
        picture.strokes.iter().for_each(|stroke| self.stroke(stroke));
        self.operators.push_str("Q\n");
    }

    fn stroke(&mut self, stroke: &Stroke) {
        let Stroke { x, y, shape } = stroke;
        match shape {
            Shape::Text { line, size, colour } => self.text(*x, -(y + Shape::baseline(*size)), (line, *size, *colour)),
            Shape::Ground { width, height, colour } => {
                let operators = &mut self.operators;
                let _ = writeln!(operators, "{} rg {} re f", colour.operands(), rectangle(*x, *y, *width, *height));
            }
            Shape::Frame { width, height, colour } => {
                let operators = &mut self.operators;
                let _ =
                    writeln!(operators, "{} RG 0.8 w {} re S", colour.operands(), rectangle(*x, *y, *width, *height));
            }
            Shape::Logo { width, height, logo } => self.logo(logo, (*x, -(y + height)), (*width, *height)),
            Shape::Code { size, code } => self.code(code, (*x, *y), *size),
        }
    }

    fn text(&mut self, x: Length, y: Length, (line, size, colour): (&Line, Length, Colour)) {
        let _ = writeln!(self.operators, "BT {} rg {} {} Td", colour.operands(), points(x), points(y));
        for run in &line.runs {
            // Some text cannot be put together again from its glyphs: say it beside them.
            let is_said = run.face.is_complex() || run.glyphs.iter().any(|glyph| glyph.id == 0);
            if is_said {
                let _ = write!(self.operators, "/Span <</ActualText <FEFF{}>>> BDC ", utf16(&run.text));
            }
            let _ = write!(self.operators, "/{} {} Tf ", name(run.face), points(size));
            self.glyphs(run, size);
            self.operators.push_str(if is_said { "EMC\n" } else { "\n" });
        }
        self.operators.push_str("ET\n");
    }

    /// Glyphs, each where shaping put it: how far it is from where the PDF's widths would put it, in thousandths of an em.
    fn glyphs(&mut self, run: &Run, size: Length) {
        let (mut ahead, mut up, mut open) = (0_i64, 0_i64, false);
        self.operators.push('[');
        for glyph in &run.glyphs {
            let (number, width) = self.fonts.number(run, *glyph);
            if glyph.up != up {
                up = glyph.up;
                self.operators.push_str(if std::mem::take(&mut open) { ">] TJ " } else { "] TJ " });
                let _ = write!(self.operators, "{} Ts [", points(em(up, size)));
            }
            let shift = ahead + glyph.right;
            if shift != 0 {
                self.operators.push_str(if std::mem::take(&mut open) { ">" } else { "" });
                let _ = write!(self.operators, "{}", -shift);
            }
            if !open {
                self.operators.push('<');
                open = true;
            }
            let _ = write!(self.operators, "{number:04X}");
            ahead = glyph.advance - width - glyph.right;
        }
        self.operators.push_str(if open { ">" } else { "" });
        if ahead != 0 {
            let _ = write!(self.operators, "{}", -ahead);
        }
        self.operators.push_str(if up == 0 { "] TJ " } else { "] TJ 0 Ts " });
    }

    fn logo(&mut self, logo: &Logo, (x, y): (Length, Length), (width, height): (Length, Length)) {
        let at = self.logos.iter().position(|known| known.is(logo)).unwrap_or_else(|| {
            self.logos.push(logo.clone());
            self.logos.len() - 1
        });
        let [x, y, width, height] = [x, y, width, height].map(points);
        let _ = writeln!(self.operators, "q {width} 0 0 {height} {x} {y} cm /L{at} Do Q");
    }

    fn code(&mut self, code: &Code, (x, y): (Length, Length), size: Length) {
        let _ = writeln!(self.operators, "{} rg", INK.operands());
        let module = size / code.modules;
        for (column, row, length) in &code.dark {
            // A little too high, so that no light line shows between rows.
            let rectangle = rectangle(x + column * module, y + row * module, length * module, module + PT / 50);
            let _ = writeln!(self.operators, "{rectangle} re");
        }
        self.operators.push_str("f\n");
    }
}

/// The operands of `re`, from the top left corner, downwards.
fn rectangle(x: Length, y: Length, width: Length, height: Length) -> String {
    [x, -(y + height), width, height].map(points).join(" ")
}

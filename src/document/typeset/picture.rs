//! What one element draws: text, grounds, pictures, at places measured from its own top left corner.

use super::code::Code;
use super::colour::{Colour, INK};
use super::face::Weight;
use super::length::{Length, PT};
use super::paragraph::{Line, Paragraph, ascent, leading};
use crate::document::logo::Logo;

/// A drawing, and the room it takes.
#[derive(Clone, Default)]
pub(crate) struct Picture {
    /// What is drawn, in order.
    pub(crate) strokes: Vec<Stroke>,
    height: Length,
}

/// One thing drawn, at a distance right of and below the corner.
#[derive(Clone)]
pub(crate) struct Stroke {
    /// From the left.
    pub(crate) x: Length,
    /// From the top, of its own top.
    pub(crate) y: Length,
    /// What it is.
    pub(crate) shape: Shape,
}

/// What is drawn.
#[derive(Clone)]
pub(crate) enum Shape {
    /// A line of text.
    Text { line: Line, size: Length, colour: Colour },
    /// A filled rectangle.
    Ground { width: Length, height: Length, colour: Colour },
    /// An empty rectangle.
    Frame { width: Length, height: Length, colour: Colour },
    /// A logo.
    Logo { width: Length, height: Length, logo: Logo },
    /// A QR code.
    Code { size: Length, code: Code },
}

/// How text looks.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Style {
    pub(crate) weight: Weight,
    pub(crate) size: Length,
    pub(crate) colour: Colour,
}

/// Where the lines of a text begin or end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Align {
    Left,
    Right,
}

/// A column that text is set in.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Column {
    pub(crate) x: Length,
    pub(crate) width: Length,
    pub(crate) align: Align,
}

impl Style {
    /// Text of a size in points, tenths of it in `tenths`.
    pub(crate) const fn new(tenths: i64) -> Self {
        Self { weight: Weight::Regular, size: tenths * PT / 10, colour: INK }
    }

    /// The same in bold.
    pub(crate) const fn bold(self) -> Self {
        Self { weight: Weight::Bold, ..self }
    }

    /// The same in a colour.
    pub(crate) const fn in_colour(self, colour: Colour) -> Self {
        Self { colour, ..self }
    }

    /// From line to line.
    pub(crate) fn leading(self) -> Length {
        leading(self.size)
    }

    /// How wide `text` is without being broken.
    pub(crate) fn width(self, text: &str) -> Length {
        Paragraph::new(text, self.weight, self.size, Length::MAX / 1000).width()
    }
}

impl Column {
    /// Lines begin at `x`.
    pub(crate) const fn left(x: Length, width: Length) -> Self {
        Self { x, width, align: Align::Left }
    }

    /// Lines end `width` right of `x`.
    pub(crate) const fn right(x: Length, width: Length) -> Self {
        Self { x, width, align: Align::Right }
    }
}

impl Picture {
    /// Nothing.
    pub(crate) fn new() -> Self {
        Self::default()
    }

    /// The room it takes.
    pub(crate) fn height(&self) -> Length {
        self.height
    }

    /// Takes at least so much room.
    pub(crate) fn reach(&mut self, height: Length) {
        self.height = self.height.max(height);
    }

    /// Takes so much more room.
    pub(crate) fn gap(&mut self, height: Length) {
        self.height += height;
    }

    /// Sets text from `y` down; returns where it ends.
    pub(crate) fn text(&mut self, column: Column, y: Length, text: &str, style: Style) -> Length {
        let paragraph = Paragraph::new(text, style.weight, style.size, column.width);
        let mut y = y;
        for line in paragraph.lines {
            let indent = match column.align {
                Align::Left => 0,
                Align::Right => column.width - line.width(style.size),
            };
            if !line.runs.is_empty() {
                let shape = Shape::Text { line, size: style.size, colour: style.colour };
                self.strokes.push(Stroke { x: column.x + indent, y, shape });
            }
            y += style.leading();
        }
        self.reach(y);
        y
    }

    /// Sets text under everything so far.
    pub(crate) fn line(&mut self, column: Column, text: &str, style: Style) {
        self.text(column, self.height, text, style);
    }

    /// Fills a rectangle; it goes under what is drawn later, and takes no room by itself.
    pub(crate) fn ground(&mut self, (x, y): (Length, Length), (width, height): (Length, Length), colour: Colour) {
        self.strokes.push(Stroke { x, y, shape: Shape::Ground { width, height, colour } });
    }

    /// Fills a rectangle under all that is drawn so far.
    pub(crate) fn underlay(&mut self, (x, y): (Length, Length), (width, height): (Length, Length), colour: Colour) {
        self.strokes.insert(0, Stroke { x, y, shape: Shape::Ground { width, height, colour } });
    }

    /// Draws a rule across, as thick as it is high, at the bottom so far.
    pub(crate) fn rule(&mut self, (x, width): (Length, Length), thick: Length, colour: Colour) {
        self.ground((x, self.height), (width, thick), colour);
        self.height += thick;
    }

    /// Draws an empty rectangle.
    pub(crate) fn frame(&mut self, (x, y): (Length, Length), (width, height): (Length, Length), colour: Colour) {
        self.strokes.push(Stroke { x, y, shape: Shape::Frame { width, height, colour } });
    }

    /// Draws a shape that has a size of its own.
    pub(crate) fn draw(&mut self, x: Length, y: Length, shape: Shape) {
        let height = shape.height();
        self.strokes.push(Stroke { x, y, shape });
        self.reach(y + height);
    }

    /// Draws another picture within this one.
    pub(crate) fn put(&mut self, x: Length, y: Length, other: Self) {
        self.reach(y + other.height);
        self.strokes.extend(other.strokes.into_iter().map(|stroke| Stroke {
            x: stroke.x + x,
            y: stroke.y + y,
            ..stroke
        }));
    }

    /// Draws another picture under everything so far.
    pub(crate) fn under(&mut self, other: Self) {
        self.put(0, self.height, other);
    }

    /// Cuts it where `height` ends, or above whatever would be cut through; grounds and frames are cut.
    pub(crate) fn split(self, height: Length) -> (Self, Self) {
        let cut = self.seam(height);
        let (mut above, mut below) =
            (Self { height: cut, ..Self::new() }, Self { height: self.height - cut, ..Self::new() });
        for stroke in self.strokes {
            let end = stroke.y + stroke.shape.height();
            if stroke.y < cut {
                above.strokes.push(stroke.clone().clipped(end.min(cut) - stroke.y));
            }
            if end > cut {
                let y = (stroke.y - cut).max(0);
                below.strokes.push(Stroke { y, ..stroke }.clipped(end - cut - y));
            }
        }
        (above, below)
    }

    /// The lowest place down to `height` that cuts through nothing; `height` where there is none.
    fn seam(&self, height: Length) -> Length {
        let mut cut = height;
        while let Some(through) = self.strokes.iter().find(|stroke| stroke.is_cut(cut)) {
            cut = through.y;
        }
        if cut > 0 { cut } else { height }
    }
}

impl Stroke {
    fn is_cut(&self, at: Length) -> bool {
        let may_be = matches!(self.shape, Shape::Ground { .. } | Shape::Frame { .. });
        !may_be && self.y < at && at < self.y + self.shape.height()
    }

    fn clipped(mut self, to: Length) -> Self {
        if let Shape::Ground { height, .. } | Shape::Frame { height, .. } = &mut self.shape {
            *height = to;
        }
        self
    }
}

impl Shape {
    /// How high it is.
    pub(crate) fn height(&self) -> Length {
        match self {
            Self::Text { size, .. } => leading(*size),
            Self::Ground { height, .. } | Self::Frame { height, .. } | Self::Logo { height, .. } => *height,
            Self::Code { size, .. } => *size,
        }
    }

    /// From its top to what a line of text stands on.
    pub(crate) fn baseline(size: Length) -> Length {
        ascent(size)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_picture_is_cut_between_its_lines() {
        let mut picture = Picture::new();
        picture.ground((0, 0), (100 * PT, 134 * PT), INK);
        for _ in 0..10 {
            picture.line(Column::left(0, 100 * PT), "line", Style::new(100));
        }
        let (above, below) = picture.split(30 * PT);
        assert_eq!((above.height(), below.height()), (26_800, 134 * PT - 26_800));
        assert_eq!((above.strokes.len(), below.strokes.len()), (3, 9));
        assert_eq!(above.strokes[0].shape.height(), 26_800);
    }
}

//! Words of any script as positioned glyphs.

use harfrust::{Buffer, Direction, ShapeOptions, ShaperFont, shape};

use super::face::{Face, Weight, Writing};

/// Glyphs of one font.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct Run {
    /// The font.
    pub(crate) face: Face,
    /// What is written.
    pub(crate) text: String,
    /// In order of drawing.
    pub(crate) glyphs: Vec<Glyph>,
}

/// A glyph, in units of a thousandth of an em.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Glyph {
    /// Number within the font.
    pub(crate) id: u16,
    /// Byte of the run's text at which its cluster begins.
    pub(crate) cluster: usize,
    /// How far the next glyph is.
    pub(crate) advance: i64,
    /// How far right of its place it is drawn.
    pub(crate) right: i64,
    /// How far above its place it is drawn.
    pub(crate) up: i64,
}

impl Run {
    /// How wide it is, in thousandths of an em.
    pub(crate) fn width(&self) -> i64 {
        self.glyphs.iter().map(|glyph| glyph.advance).sum()
    }

    /// The text of the cluster that begins at `cluster`.
    pub(crate) fn cluster(&self, cluster: usize) -> &str {
        let next = self.glyphs.iter().map(|glyph| glyph.cluster).filter(|start| *start > cluster).min();
        &self.text[cluster..next.unwrap_or(self.text.len())]
    }
}

/// Shapes text without line breaks.
pub(crate) fn runs(text: &str, weight: Weight) -> Vec<Run> {
    pieces(text).into_iter().map(|(writing, piece)| run(piece, Face::of(writing, weight))).collect()
}

/// Shapes text that is all of one font.
pub(crate) fn run(text: &str, face: Face) -> Run {
    let data = face.data();
    let mut buffer = Buffer::new();
    buffer.push_str(text);
    buffer.set_direction(Direction::LeftToRight);
    buffer.set_script(Some(data.script));
    let font = ShaperFont::new(&data.font);
    shape(&font, &mut buffer, ShapeOptions::new().plan(Some(&data.plan))).expect("the plan is the buffer's");
    let glyphs = buffer.glyph_infos().iter().zip(buffer.glyph_positions()).map(|(info, position)| Glyph {
        id: u16::try_from(info.glyph_id).unwrap_or(0),
        cluster: usize::try_from(info.cluster).unwrap_or(0),
        advance: position.x_advance.into(),
        right: position.x_offset.into(),
        up: position.y_offset.into(),
    });
    Run { face, text: text.to_owned(), glyphs: glyphs.collect() }
}

/// How wide a glyph is by itself.
pub(crate) fn advance(face: Face, glyph: u16) -> i64 {
    ShaperFont::new(&face.data().font).glyph_h_advance(u32::from(glyph).into()).into()
}

/// Stretches of one script; what has none joins what is before it.
fn pieces(text: &str) -> Vec<(Writing, &str)> {
    let mut pieces: Vec<(Writing, usize)> = Vec::new();
    for (at, character) in text.char_indices() {
        match (pieces.last(), Writing::of(character)) {
            (None, writing) => pieces.push((writing.unwrap_or(Writing::Latin), at)),
            (Some((before, _)), Some(writing)) if *before != writing => pieces.push((writing, at)),
            _ => {}
        }
    }
    let ends = pieces.iter().skip(1).map(|(_, at)| *at).chain([text.len()]);
    pieces.iter().zip(ends).map(|((writing, start), end)| (*writing, &text[*start..end])).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_cut_where_the_script_changes() {
        let cut = pieces("No 5 කොළඹ\u{200d}, யாழ்");
        let cut: Vec<_> = cut.into_iter().map(|(_, piece)| piece).collect();
        assert_eq!(cut, ["No 5 ", "කොළඹ\u{200d}", ", ", "யாழ்"]);
    }

    #[test]
    fn sinhala_is_shaped() {
        // A conjunct is one glyph for four characters; a split vowel is drawn on both sides of its consonant.
        assert_eq!(run("ක්‍ර", Face::Sinhala).glyphs.len(), 2);
        let split = run("කො", Face::Sinhala);
        assert_eq!((split.glyphs.len(), split.cluster(0)), (3, "කො"));
        assert!(split.glyphs.iter().all(|glyph| glyph.id != 0 && glyph.cluster == 0));
    }

    #[test]
    fn no_joiner_is_drawn() {
        let plain = run("ශ්රී", Face::Sinhala);
        let joined = run("ශ්‍රී", Face::Sinhala);
        assert!(joined.width() < plain.width());
    }
}

//! The fonts that ship with the project, ready for shaping. All have 1000 units an em.

use std::sync::LazyLock;

use harfrust::{Direction, Font, Script, ShapePlan};

/// Weight of text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Weight {
    Regular,
    Bold,
}

/// A script that has fonts of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Writing {
    Latin,
    Sinhala,
    Tamil,
}

/// A font file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Face {
    Latin,
    LatinBold,
    Sinhala,
    SinhalaBold,
    Tamil,
    TamilBold,
}

/// What a font file holds.
pub(crate) struct Data {
    /// PostScript name.
    pub(crate) name: &'static str,
    /// The file.
    pub(crate) file: &'static [u8],
    /// The file, read.
    pub(crate) font: Font,
    /// What shaping does in its script.
    pub(crate) plan: ShapePlan,
    /// Its script.
    pub(crate) script: Script,
}

static FACES: LazyLock<[Data; 6]> = LazyLock::new(|| {
    [
        data("NotoSans-Regular", include_bytes!("../fonts/NotoSans-Regular.ttf"), Script::LATIN),
        data("NotoSans-Bold", include_bytes!("../fonts/NotoSans-Bold.ttf"), Script::LATIN),
        data("NotoSansSinhala-Regular", include_bytes!("../fonts/NotoSansSinhala-Regular.ttf"), Script::SINHALA),
        data("NotoSansSinhala-Bold", include_bytes!("../fonts/NotoSansSinhala-Bold.ttf"), Script::SINHALA),
        data("NotoSansTamil-Regular", include_bytes!("../fonts/NotoSansTamil-Regular.ttf"), Script::TAMIL),
        data("NotoSansTamil-Bold", include_bytes!("../fonts/NotoSansTamil-Bold.ttf"), Script::TAMIL),
    ]
});

impl Face {
    /// The face of a script in a weight.
    pub(crate) fn of(writing: Writing, weight: Weight) -> Self {
        match (writing, weight) {
            (Writing::Latin, Weight::Regular) => Self::Latin,
            (Writing::Latin, Weight::Bold) => Self::LatinBold,
            (Writing::Sinhala, Weight::Regular) => Self::Sinhala,
            (Writing::Sinhala, Weight::Bold) => Self::SinhalaBold,
            (Writing::Tamil, Weight::Regular) => Self::Tamil,
            (Writing::Tamil, Weight::Bold) => Self::TamilBold,
        }
    }

    /// Whether it needs shaping that text cannot be read back from glyph by glyph.
    pub(crate) fn is_complex(self) -> bool {
        !matches!(self, Self::Latin | Self::LatinBold)
    }

    /// Whether its strokes are thick.
    pub(crate) fn is_bold(self) -> bool {
        matches!(self, Self::LatinBold | Self::SinhalaBold | Self::TamilBold)
    }

    /// What its file holds.
    pub(crate) fn data(self) -> &'static Data {
        &FACES[self as usize]
    }
}

impl Writing {
    /// The script of a character; none of those that join whatever they stand in.
    pub(crate) fn of(character: char) -> Option<Self> {
        match character {
            '\u{0d80}'..='\u{0dff}' => Some(Self::Sinhala),
            '\u{0b80}'..='\u{0bff}' => Some(Self::Tamil),
            '\u{200b}'..='\u{200d}' | '\u{0964}' | '\u{0965}' | '\u{25cc}' => None,
            _ => Some(Self::Latin),
        }
    }
}

fn data(name: &'static str, file: &'static [u8], script: Script) -> Data {
    let font = Font::new(file, 0).expect("the fonts that ship are read by the tests");
    let plan = ShapePlan::new(&font, Direction::LeftToRight, Some(script), None, &[]);
    Data { name, file, font, plan, script }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_font_has_a_thousand_units_an_em() {
        assert!(FACES.iter().all(|face| face.font.units_per_em() == 1000));
    }
}

//! The colours of a page.

/// Red, green and blue.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Colour(pub(crate) [u8; 3]);

/// Text.
pub(crate) const INK: Colour = Colour([0x1d, 0x1f, 0x23]);
/// Text of less weight.
pub(crate) const GREY: Colour = Colour([0x5b, 0x61, 0x6b]);
/// Thin rules.
pub(crate) const HAIR: Colour = Colour([0xd0, 0xd4, 0xda]);
/// Grounds.
pub(crate) const TINT: Colour = Colour([0xf4, 0xf5, 0xf7]);
/// What must not be overlooked.
pub(crate) const WARNING: Colour = Colour([0xb0, 0x1e, 0x1e]);

impl Colour {
    /// Reads `#rrggbb`.
    pub(crate) fn read(text: &str) -> Option<Self> {
        let digits = text.strip_prefix('#').filter(|digits| digits.len() == 6)?;
        let part = |at: usize| u8::from_str_radix(digits.get(at..at + 2)?, 16).ok();
        Some(Self([part(0)?, part(2)?, part(4)?]))
    }

    /// The same where it can be read on white paper, else the colour of text.
    pub(crate) fn for_text(self) -> Self {
        let [red, green, blue] = self.0.map(u32::from);
        // Perceived lightness (ITU-R BT.601), of 255.
        let lightness = (red * 299 + green * 587 + blue * 114) / 1000;
        if lightness > 150 { INK } else { self }
    }

    /// The operands of a PDF's `rg`.
    pub(crate) fn operands(self) -> String {
        self.0.map(|part| format!("0.{:03}", u32::from(part) * 999 / 255)).join(" ")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_colour_is_read_or_is_none() {
        assert_eq!(Colour::read("#d32f2f"), Some(Colour([0xd3, 0x2f, 0x2f])));
        assert_eq!(["d32f2f", "#d32f2", "#d32f2g", "", "#é12ab"].map(Colour::read), [None; 5]);
    }

    #[test]
    fn text_is_never_set_in_a_colour_too_light_to_read() {
        assert_eq!(Colour([0xff, 0xeb, 0x3b]).for_text(), INK);
        assert_eq!(Colour([0xd3, 0x2f, 0x2f]).for_text(), Colour([0xd3, 0x2f, 0x2f]));
    }
}

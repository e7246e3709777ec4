//! Whether two rows of pieces have a text in common.

use std::collections::HashSet;

/// Which characters a piece takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fits {
    Digit,
    Letter,
    /// Of a branch code.
    Code,
    Sign(char),
}

impl Fits {
    /// Whether some character fits both.
    fn meets(self, other: Self) -> bool {
        match (self, other) {
            (Self::Sign(one), Self::Sign(other)) => one == other,
            (Self::Sign(sign), set) | (set, Self::Sign(sign)) => match set {
                Self::Digit => sign.is_ascii_digit(),
                Self::Letter => sign.is_ascii_uppercase(),
                _ => sign.is_ascii_digit() || sign.is_ascii_uppercase(),
            },
            (Self::Digit, Self::Letter) | (Self::Letter, Self::Digit) => false,
            _ => true,
        }
    }
}

/// One character of a number, or none, or many.
#[derive(Clone, Copy, Debug)]
pub(super) struct Piece {
    pub(super) fits: Fits,
    pub(super) may_be_missing: bool,
    pub(super) repeats: bool,
}

/// Whether some text fits both rows of pieces.
pub(super) fn one_fits_both(one: &[Piece], other: &[Piece]) -> bool {
    // How many pieces of each row lie behind.
    let mut open = vec![(0, 0)];
    let mut seen = HashSet::new();
    while let Some((a, b)) = open.pop() {
        if !seen.insert((a, b)) {
            continue;
        }
        if (a, b) == (one.len(), other.len()) {
            return true;
        }
        let missing = |piece: Option<&Piece>| piece.is_some_and(|piece| piece.may_be_missing);
        if missing(one.get(a)) {
            open.push((a + 1, b));
        }
        if missing(other.get(b)) {
            open.push((a, b + 1));
        }
        if let (Some(left), Some(right)) = (one.get(a), other.get(b))
            && left.fits.meets(right.fits)
        {
            // A piece that repeats stays; it is left as one that is missing.
            open.push((a + usize::from(!left.repeats), b + usize::from(!right.repeats)));
        }
    }
    false
}

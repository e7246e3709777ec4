//! Lengths in thousandths of a point, whole numbers, so that a layout is the same on every machine.

use genpdf::Mm;

/// Thousandths of a point.
pub(crate) type Length = i64;

/// A point.
pub(crate) const PT: Length = 1000;

/// So many millimetres.
pub(crate) const fn mm(millimetres: i64) -> Length {
    millimetres * 360_000 / 127
}

/// So many units of a font of 1000 units an em, at `size`.
pub(crate) fn em(units: i64, size: Length) -> Length {
    units * size / 1000
}

/// As genpdf measures.
#[expect(clippy::float_arithmetic, reason = "genpdf measures in floating millimetres")]
pub(crate) fn to_mm(length: Length) -> Mm {
    let length = i32::try_from(length).unwrap_or(i32::MAX);
    Mm::from(f64::from(length) * 127.0 / 360_000.0)
}

/// What genpdf measured, rounded down.
#[expect(
    clippy::float_arithmetic,
    clippy::cast_possible_truncation,
    reason = "genpdf measures in floating millimetres"
)]
pub(crate) fn of_mm(length: Mm) -> Length {
    (f64::from(length) * 360_000.0 / 127.0 + 0.5).floor() as i64
}

/// In points, as a PDF writes numbers.
pub(crate) fn points(length: Length) -> String {
    let sign = if length < 0 { "-" } else { "" };
    let (whole, rest) = (length.unsigned_abs() / 1000, length.unsigned_abs() % 1000);
    match rest {
        0 => format!("{sign}{whole}"),
        _ => format!("{sign}{whole}.{rest:03}").trim_end_matches('0').to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_are_written_without_idle_zeros() {
        assert_eq!([0, 1000, 1500, -20, 12_345].map(points), ["0", "1", "1.5", "-0.02", "12.345"]);
    }

    #[test]
    fn a_length_comes_back_from_genpdf() {
        for length in [0, 1, 999, mm(10), mm(297)] {
            assert_eq!(of_mm(to_mm(length)), length);
        }
    }
}

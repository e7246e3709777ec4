//! Decimal text to scaled integers, exactly: money never passes through a float.

/// A decimal number in units of a power of ten.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Scaled {
    /// How many units.
    pub(super) units: i64,
    /// Whether no digit was lost; where some were, the last one kept is rounded half to even.
    pub(super) exact: bool,
}

/// Why a text is not a usable number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fault {
    /// Not a decimal number: `NaN`, `Infinity` or plain text.
    NotANumber,
    /// Too large for 64 bits.
    Overflow,
}

/// Reads `text`, e.g. `512500.1` or `5.125001E+5`, in units of 10^-`decimals`.
pub(super) fn scaled(text: &str, decimals: u8) -> Result<Scaled, Fault> {
    let text = text.trim();
    let (negative, unsigned) = match text.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, text.strip_prefix('+').unwrap_or(text)),
    };
    let (mantissa, exponent) = match unsigned.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => (mantissa, exponent.parse::<i32>().map_err(|_| Fault::NotANumber)?),
        None => (unsigned, 0),
    };
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let digits = [whole, fraction].concat();
    if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(Fault::NotANumber);
    }
    let significant = digits.trim_start_matches('0');
    let zeros = digits.len() - significant.len();
    let kept = whole.len() as i64 - zeros as i64 + i64::from(exponent) + i64::from(decimals);
    let magnitude = rounded(significant, kept)?;
    Ok(Scaled { units: if negative { -magnitude.units } else { magnitude.units }, ..magnitude })
}

/// The first `kept` of `digits` as an integer, filled with zeros, the rest rounded half to even.
fn rounded(digits: &str, kept: i64) -> Result<Scaled, Fault> {
    const MOST_DIGITS: i64 = 19;
    if digits.is_empty() {
        return Ok(Scaled { units: 0, exact: true });
    }
    if kept > MOST_DIGITS {
        return Err(Fault::Overflow);
    }
    let Ok(kept) = usize::try_from(kept) else { return Ok(Scaled { units: 0, exact: false }) };
    let (head, tail) = digits.split_at(kept.min(digits.len()));
    let units = match format!("{head:0<kept$}").as_str() {
        "" => 0,
        head => head.parse::<i64>().map_err(|_| Fault::Overflow)?,
    };
    let tail = tail.trim_end_matches('0');
    let up = tail > "5" || (tail == "5" && units % 2 == 1);
    let units = units.checked_add(up.into()).ok_or(Fault::Overflow)?;
    Ok(Scaled { units, exact: tail.is_empty() })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn exact(text: &str) -> i64 {
        let read = scaled(text, 2).expect(text);
        assert!(read.exact, "{text}");
        read.units
    }

    #[test]
    fn rupees_become_cents_exactly() {
        for (text, cents) in [
            ("512500", 51_250_000),
            ("512500.1", 51_250_010),
            ("512500.10000", 51_250_010),
            ("5.125001E+5", 51_250_010),
            ("5125001e-1", 51_250_010),
            (".05", 5),
            ("0", 0),
            ("-0.0", 0),
            ("0.00e9", 0),
            ("-12.5", -1_250),
            ("92233720368547758.07", i64::MAX),
        ] {
            assert_eq!(exact(text), cents, "{text}");
        }
    }

    #[test]
    fn more_than_two_decimals_round_half_to_even() {
        for (text, cents) in
            [("0.125", 12), ("0.135", 14), ("0.1250001", 13), ("0.30000000000000004", 30), ("0.005", 0), ("0.0001", 0)]
        {
            assert_eq!(scaled(text, 2), Ok(Scaled { units: cents, exact: false }), "{text}");
        }
    }

    #[test]
    fn what_is_no_amount_is_refused() {
        for text in ["", "NaN", "Infinity", "-Infinity", "1,000", "1.2.3", "0x10", ".", "e5", "1e", "١٢"] {
            assert_eq!(scaled(text, 2), Err(Fault::NotANumber), "{text}");
        }
        for text in ["92233720368547758.08", "1e300", "99999999999999999999"] {
            assert_eq!(scaled(text, 2), Err(Fault::Overflow), "{text}");
        }
    }

    proptest! {
        #[test]
        fn every_amount_comes_back(minor in 0..i64::MAX) {
            prop_assert_eq!(exact(&crate::money::amount(minor, "LKR")), minor);
        }
    }
}

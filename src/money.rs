//! Money: integer minor units of one currency, never a float, never two currencies added.

use iso_currency::Currency;

/// An amount as people write it: `Rs. 1,234,567.00`.
pub fn formatted(minor: i64, currency: &str) -> String {
    let symbol = match currency {
        "LKR" => "Rs.".to_owned(),
        code => Currency::from_code(code).map_or_else(|| code.to_owned(), |known| known.symbol().to_string()),
    };
    let decimal = decimal(minor.unsigned_abs(), currency);
    let (whole, cents) = decimal.split_at(decimal.find('.').unwrap_or(decimal.len()));
    let sign = if minor < 0 { "-" } else { "" };
    format!("{sign}{symbol} {}{cents}", grouped(whole))
}

/// An amount in major units as exact decimal text: `1234567.00`.
pub fn amount(minor: i64, currency: &str) -> String {
    let sign = if minor < 0 { "-" } else { "" };
    format!("{sign}{}", decimal(minor.unsigned_abs(), currency))
}

/// Digits after the point in `currency` (ISO 4217), two where it is not known.
pub fn decimals(currency: &str) -> usize {
    Currency::from_code(currency).and_then(Currency::exponent).unwrap_or(2).into()
}

/// A number kept in parts as decimal text: so many parts, of which `scale`, a power of ten, are one.
pub fn decimal_of(parts: i64, scale: i64) -> String {
    let digits = scale.to_string().len() - 1;
    let sign = if parts < 0 { "-" } else { "" };
    let (whole, rest) = (parts.unsigned_abs() / scale.unsigned_abs(), parts.unsigned_abs() % scale.unsigned_abs());
    format!("{sign}{whole}.{rest:0digits$}")
}

/// A quantity kept in thousandths as decimal text without idle zeros: `2`, `1.5`.
pub fn thousandths(milli: i64) -> String {
    let sign = if milli < 0 { "-" } else { "" };
    let (whole, rest) = (milli.unsigned_abs() / 1000, milli.unsigned_abs() % 1000);
    match rest {
        0 => format!("{sign}{whole}"),
        _ => format!("{sign}{whole}.{rest:03}").trim_end_matches('0').to_owned(),
    }
}

/// Reads a quantity with at most three decimals, `2` or `1.5`, in thousandths. `None` when it is none, or beyond 64 bits.
pub fn milli(text: &str) -> Option<i64> {
    let text = text.trim();
    let (whole, rest) = text.split_once('.').unwrap_or((text, "0"));
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    if !digits(whole) || !digits(rest) || rest.len() > 3 {
        return None;
    }
    let whole: i64 = whole.parse().ok()?;
    whole.checked_mul(1000)?.checked_add(format!("{rest:0<3}").parse().ok()?)
}

/// VAT and SSCL within a price, both rates in hundredths of a percent: the levy is on the value, VAT on value and levy, so
/// `price = value × (1 + sscl) × (1 + vat)`. Each is rounded half up to the minor unit; the value is what remains, so that
/// the three add up to the price.
pub fn taxes_within(price_minor: i64, vat_bp: i32, sscl_bp: i32) -> (i64, i64) {
    let vat_minor = share_within(price_minor, vat_bp);
    (vat_minor, share_within(price_minor - vat_minor, sscl_bp))
}

/// What a rate of `bp` hundredths of a percent put on top makes of a whole.
fn share_within(whole: i64, bp: i32) -> i64 {
    let (whole, bp) = (i128::from(whole), i128::from(bp));
    let base = 10_000 + bp;
    i64::try_from((whole * bp * 2 + base) / (base * 2)).expect("a share is less than the whole")
}

fn decimal(minor: u64, currency: &str) -> String {
    let decimals = decimals(currency);
    if decimals == 0 {
        return minor.to_string();
    }
    let digits = format!("{minor:0>width$}", width = decimals + 1);
    let (whole, cents) = digits.split_at(digits.len() - decimals);
    format!("{whole}.{cents}")
}

pub(crate) fn grouped(whole: &str) -> String {
    let mut grouped = String::with_capacity(whole.len() + whole.len() / 3);
    for (place, digit) in whole.chars().enumerate() {
        if place > 0 && (whole.len() - place).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn money_reads_as_people_write_it() {
        assert_eq!(formatted(123_456_700, "LKR"), "Rs. 1,234,567.00");
        assert_eq!(formatted(-5, "LKR"), "-Rs. 0.05");
        assert_eq!(amount(51_250_000, "LKR"), "512500.00");
        assert_eq!(amount(i64::MIN, "LKR"), "-92233720368547758.08");
        assert_eq!(amount(7, "JPY"), "7");
    }

    #[test]
    fn a_quantity_has_no_idle_zeros() {
        assert_eq!([2000, 1500, 250, -500].map(thousandths), ["2", "1.5", "0.25", "-0.5"]);
    }

    #[test]
    fn a_quantity_is_read_exactly_or_not_at_all() {
        assert_eq!(["2", " 1.5 ", "0.25", "007.100"].map(milli), [Some(2000), Some(1500), Some(250), Some(7100)]);
        let unreadable = ["", ".", "1.", ".5", "-1", "+1", "1,5", "1.2345", "1e3", "٣", "9223372036854775808"];
        assert_eq!(unreadable.map(milli), [None; 11]);
    }

    #[test]
    fn vat_and_levy_lie_within_the_price() {
        // 100.00 × 1.025 × 1.18 = 120.95
        assert_eq!(taxes_within(12_095, 1_800, 250), (1_845, 250));
        assert_eq!(taxes_within(12_095, 0, 0), (0, 0));
    }

    proptest! {
        #[test]
        fn a_quantity_comes_back_as_it_went(milli in 0..i64::MAX) {
            prop_assert_eq!(super::milli(&thousandths(milli)), Some(milli));
        }

        #[test]
        fn taxes_are_never_more_than_the_price(price in 1..i64::MAX / 4, vat in 0..10_000, sscl in 0..10_000) {
            let (vat, sscl) = taxes_within(price, vat, sscl);
            prop_assert!(vat >= 0 && sscl >= 0);
            prop_assert!(vat + sscl <= price);
        }

        #[test]
        fn an_amount_keeps_every_cent(minor: i64) {
            prop_assert_eq!(amount(minor, "LKR").replace('.', "").parse::<i64>(), Ok(minor));
        }
    }
}

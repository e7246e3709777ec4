//! Amounts in words, as Sri Lankan invoices have them: in English, by thousands and millions, not by lakhs and crores.

use crate::money;

const ONES: [&str; 20] = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
];
const TENS: [&str; 10] = ["", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"];
const THOUSANDS: [(u64, &str); 6] = [
    (1_000_000_000_000_000_000, "quintillion"),
    (1_000_000_000_000_000, "quadrillion"),
    (1_000_000_000_000, "trillion"),
    (1_000_000_000, "billion"),
    (1_000_000, "million"),
    (1_000, "thousand"),
];

/// `Rupees one million two hundred thousand and cents fifty only`; of other currencies `USD twelve and 50/100 only`.
pub(super) fn amount(minor: i64, currency: &str) -> String {
    let parts = 10_u64.pow(u32::try_from(money::decimals(currency)).unwrap_or(2));
    let (whole, rest) = (minor.unsigned_abs() / parts, minor.unsigned_abs() % parts);
    let sign = if minor < 0 { "minus " } else { "" };
    match (currency, rest) {
        ("LKR", 0) => format!("Rupees {sign}{} only", number(whole)),
        ("LKR", cents) => format!("Rupees {sign}{} and cents {} only", number(whole), number(cents)),
        (code, 0) => format!("{code} {sign}{} only", number(whole)),
        (code, rest) => {
            format!(
                "{code} {sign}{} and {rest:0digits$}/{parts} only",
                number(whole),
                digits = money::decimals(currency)
            )
        }
    }
}

/// A whole number in words.
fn number(number: u64) -> String {
    let mut words: Vec<String> = Vec::new();
    let mut rest = number;
    for (size, name) in THOUSANDS {
        if rest >= size {
            words.push(format!("{} {name}", below_thousand(rest / size)));
            rest %= size;
        }
    }
    if rest > 0 || words.is_empty() {
        words.push(below_thousand(rest));
    }
    words.join(" ")
}

fn below_thousand(number: u64) -> String {
    match number {
        0..20 => word(&ONES, number).to_owned(),
        20..100 if number.is_multiple_of(10) => word(&TENS, number / 10).to_owned(),
        20..100 => format!("{}-{}", word(&TENS, number / 10), word(&ONES, number % 10)),
        _ if number.is_multiple_of(100) => format!("{} hundred", below_thousand(number / 100)),
        _ => format!("{} hundred and {}", below_thousand(number / 100), below_thousand(number % 100)),
    }
}

fn word<'a>(words: &[&'a str], at: u64) -> &'a str {
    usize::try_from(at).ok().and_then(|at| words.get(at)).copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_amount_reads_as_on_an_invoice() {
        assert_eq!(amount(120_000_050, "LKR"), "Rupees one million two hundred thousand and cents fifty only");
        assert_eq!(amount(0, "LKR"), "Rupees zero only");
        assert_eq!(amount(-51_250_000, "LKR"), "Rupees minus five hundred and twelve thousand five hundred only");
        assert_eq!(
            amount(2_100_110_119, "LKR"),
            "Rupees twenty-one million one thousand one hundred and one and cents nineteen only"
        );
        assert_eq!(amount(1_205, "USD"), "USD twelve and 05/100 only");
        assert_eq!(amount(1_205, "JPY"), "JPY one thousand two hundred and five only");
        assert_eq!(amount(1_205, "KWD"), "KWD one and 205/1000 only");
    }

    #[test]
    fn the_largest_amount_has_words() {
        assert!(amount(i64::MIN, "LKR").starts_with("Rupees minus ninety-two quadrillion"));
    }
}

//! How numbers on documents are written: no two of a dealership may read alike, whichever branch, period, serial and kind
//! of document they are of.
//!
//! Within a pattern, a sign that neither a code nor a serial holds keeps the two apart; everything else has a fixed width,
//! so a number can be taken apart in one way only. Two patterns overlap when one text fits both: each is read as a row of
//! pieces, and the two rows are walked at once, character by character.

mod overlap;

use chrono::NaiveDate;

use super::branch::CODE_LENGTH;
use overlap::{Fits, Piece, one_fits_both};

/// Most characters of a number: the limit of the accounting import.
pub const MAX_LENGTH: usize = 21;

/// Digits of a serial that a pattern must have room for: 99,999 documents of a branch in a period.
const SERIAL_DIGITS: usize = 5;

/// How numbers are written: text with `{YY}`, `{MM}` or `{MMM}`, `{BRANCH}` and `{N}`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pattern(String);

impl Pattern {
    /// Reads a pattern.
    ///
    /// # Errors
    /// A sentence that says what is wrong with it.
    pub fn parse(text: &str) -> Result<Self, &'static str> {
        let parts = Part::all_of(text).ok_or("A pattern may hold {YY}, {MM}, {MMM}, {BRANCH} and {N}.")?;
        let count = |part: Part| parts.iter().filter(|own| **own == part).count();
        if !parts.iter().all(|part| part.is_fit()) {
            return Err("Between its parts, a pattern may hold letters, digits, _, - and /.");
        }
        if count(Part::Serial) != 1 || count(Part::Branch) != 1 {
            return Err("A pattern holds {BRANCH} and {N} once each: numbers are counted in each branch.");
        }
        if count(Part::Year) == 0 {
            return Err("A pattern holds the year {YY}, with or without the month: each period counts from one.");
        }
        if parts.iter().map(|part| part.width()).sum::<usize>() > MAX_LENGTH {
            return Err(
                "With a branch code of 6 characters and a serial of 5 digits, numbers would be longer than 21 \
                        characters: shorten the pattern.",
            );
        }
        let is_varying = |part: &Part| matches!(part, Part::Branch | Part::Serial);
        let between = parts.iter().skip_while(|part| !is_varying(part)).skip(1).take_while(|part| !is_varying(part));
        if !between.into_iter().any(|part| matches!(part, Part::Sign(sign) if !sign.is_ascii_alphanumeric())) {
            return Err("Two documents could get the same number: put _, - or / between {BRANCH} and {N}.");
        }
        Ok(Self(text.to_owned()))
    }

    /// Whether some text could be a number of both patterns.
    pub fn overlaps(&self, other: &Self) -> bool {
        let [own, others] = [self, other].map(|pattern| pieces(&Part::all_of(&pattern.0).unwrap_or_default()));
        one_fits_both(&own, &others)
    }

    /// As it was written.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The number `n` of a branch on a day.
    pub fn write(&self, day: NaiveDate, branch: &str, n: i64) -> String {
        self.dated(day).replace("{BRANCH}", branch).replace("{N}", &n.to_string())
    }

    /// The period in which numbers count on from one: the month or the year; `26JAN`, `26`.
    pub(super) fn period(&self, day: NaiveDate) -> String {
        let form = if self.0.contains("{M") { "%y%b" } else { "%y" };
        day.format(form).to_string().to_uppercase()
    }

    fn dated(&self, day: NaiveDate) -> String {
        let month = day.format("%b").to_string().to_uppercase();
        let dated = self.0.replace("{YY}", &day.format("%y").to_string()).replace("{MMM}", &month);
        dated.replace("{MM}", &day.format("%m").to_string())
    }
}

/// A part of a pattern.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Part {
    Year,
    MonthNumber,
    MonthName,
    Branch,
    Serial,
    /// A character that is written as it is.
    Sign(char),
}

impl Part {
    /// The parts of a pattern; none where a brace stands alone or names nothing.
    fn all_of(mut text: &str) -> Option<Vec<Self>> {
        const NAMES: [(&str, Part); 5] = [
            ("{YY}", Part::Year),
            ("{MM}", Part::MonthNumber),
            ("{MMM}", Part::MonthName),
            ("{BRANCH}", Part::Branch),
            ("{N}", Part::Serial),
        ];
        let mut parts = Vec::new();
        while let Some(sign) = text.chars().next() {
            let named = NAMES.iter().find_map(|(name, part)| Some((*part, text.strip_prefix(name)?)));
            let (part, rest) = match named {
                Some(named) => named,
                None if matches!(sign, '{' | '}') => return None,
                None => (Self::Sign(sign), &text[sign.len_utf8()..]),
            };
            parts.push(part);
            text = rest;
        }
        Some(parts)
    }

    fn is_fit(self) -> bool {
        !matches!(self, Self::Sign(sign) if !sign.is_ascii_alphanumeric() && !"_-/".contains(sign))
    }

    /// Characters at the widest.
    fn width(self) -> usize {
        match self {
            Self::Year | Self::MonthNumber => 2,
            Self::MonthName => 3,
            Self::Branch => *CODE_LENGTH.end(),
            Self::Serial => SERIAL_DIGITS,
            Self::Sign(_) => 1,
        }
    }

    fn pieces(self) -> Vec<Piece> {
        let piece = |fits| Piece { fits, may_be_missing: false, repeats: false };
        match self {
            Self::Year | Self::MonthNumber => vec![piece(Fits::Digit); 2],
            Self::MonthName => vec![piece(Fits::Letter); 3],
            Self::Branch => {
                let optional = CODE_LENGTH.end() - CODE_LENGTH.start();
                let mut pieces = vec![piece(Fits::Code); *CODE_LENGTH.start()];
                pieces.extend(vec![Piece { may_be_missing: true, ..piece(Fits::Code) }; optional]);
                pieces
            }
            Self::Serial => {
                vec![piece(Fits::Digit), Piece { may_be_missing: true, repeats: true, ..piece(Fits::Digit) }]
            }
            // People read numbers aloud: case tells none apart.
            Self::Sign(sign) => vec![piece(Fits::Sign(sign.to_ascii_uppercase()))],
        }
    }
}

fn pieces(parts: &[Part]) -> Vec<Piece> {
    parts.iter().flat_map(|part| part.pieces()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().expect("a day")
    }

    fn pattern(text: &str) -> Pattern {
        Pattern::parse(text).unwrap_or_else(|why| panic!("{text}: {why}"))
    }

    #[test]
    fn the_default_is_the_laws_form() {
        let pattern = pattern("{YY}{MMM}_{BRANCH}_{N}");
        assert_eq!(pattern.write(day("2026-01-31"), "BR03", 1), "26JAN_BR03_1");
        assert_eq!(pattern.period(day("2026-01-31")), "26JAN");
    }

    #[test]
    fn a_pattern_without_a_month_counts_all_year() {
        let pattern = pattern("INV-{BRANCH}-{YY}-{N}");
        assert_eq!(pattern.write(day("2026-11-05"), "KDY", 72), "INV-KDY-26-72");
        assert_eq!(pattern.period(day("2026-11-05")), "26");
    }

    #[test]
    fn an_unusable_pattern_says_why() {
        for (unusable, why) in [
            ("", "once each"),
            ("{YY}_{N}", "once each"),
            ("{BRANCH}{YEAR}_{N}", "may hold {YY}"),
            ("{YY}{BRANCH}_{N}}", "may hold {YY}"),
            ("{YY}{BRANCH} {N}", "letters, digits"),
            ("{YY}{BRANCH}ශ{N}", "letters, digits"),
            ("{YY}{BRANCH}_{N}_{N}", "once each"),
            ("{BRANCH}_{N}", "holds the year"),
            ("{MMM}{BRANCH}_{N}", "holds the year"),
            ("{YY}{MMM}_{BRANCH}_{N}_ABC", "longer than 21"),
            // BR1 and 11, BR11 and 1.
            ("{YY}{MM}{BRANCH}{N}", "the same number"),
            ("{YY}{N}{BRANCH}", "the same number"),
            // What a code or a serial may hold separates nothing.
            ("{YY}{BRANCH}A{N}", "the same number"),
            ("{YY}{BRANCH}a{N}", "the same number"),
            ("{YY}{BRANCH}1{N}", "the same number"),
        ] {
            let told = Pattern::parse(unusable).expect_err(unusable);
            assert!(told.contains(why), "{unusable}: {told}");
        }
    }

    #[test]
    fn what_has_a_separator_is_usable() {
        for usable in ["{BRANCH}{YY}{MMM}-{N}", "{YY}/{N}{MMM}/{BRANCH}", "INV{YY}{BRANCH}-{N}", "{BRANCH}_{N}{YY}"] {
            pattern(usable);
        }
    }

    #[test]
    fn patterns_overlap_when_one_number_could_be_of_both() {
        let bill = pattern("{YY}{MMM}_{BRANCH}_{N}");
        for (other, overlaps) in [
            ("{YY}{MMM}_{BRANCH}_{N}", true),
            ("{YY}{MMM}_{BRANCH}_1{N}", true),
            ("{YY}JAN_{BRANCH}_{N}", true),
            // 26JAN_26_1, of the branch 26 or of the branch 26JAN.
            ("{BRANCH}_{YY}_{N}", true),
            ("{YY}{MMM}_{BRANCH}_Q{N}", false),
            ("{YY}{MMM}_{BRANCH}_Q_{N}", false),
            ("{YY}{MM}_{BRANCH}_{N}", false),
            ("{YY}{MMM}-{BRANCH}-{N}", false),
        ] {
            assert_eq!(bill.overlaps(&pattern(other)), overlaps, "{other}");
            assert_eq!(pattern(other).overlaps(&bill), overlaps, "{other}");
        }
        assert!(pattern("A-{YY}-{BRANCH}-{N}").overlaps(&pattern("a-{YY}-{BRANCH}-{N}")), "case tells none apart");
    }

    /// Patterns made of all parts in any order, most of them with signs that numbers may hold too.
    fn any_pattern() -> impl Strategy<Value = Pattern> {
        let parts = Just(vec!["{YY}", "{BRANCH}", "{N}"]).prop_shuffle();
        let signs = prop::collection::vec(prop::sample::select(vec!["", "", "_", "-", "1", "B", "{MM}", "{MMM}"]), 4);
        (parts, signs).prop_filter_map("usable", |(parts, signs)| {
            let text = format!("{}{}{}{}{}{}{}", signs[0], parts[0], signs[1], parts[1], signs[2], parts[2], signs[3]);
            Pattern::parse(&text).ok()
        })
    }

    /// Branches, days and serials that are easily taken for one another.
    fn any_document() -> impl Strategy<Value = (String, NaiveDate, i64)> {
        let days = vec!["2011-01-01", "2011-11-01", "2012-11-30", "2026-01-05", "2026-11-05", "2026-12-31"];
        ("[B1]{2,6}", prop::sample::select(days), prop_oneof![1..20_i64, 100..120_i64, 1_100..1_130_i64])
            .prop_map(|(branch, on, n)| (branch, day(on), n))
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2_000))]

        #[test]
        fn two_documents_never_have_the_same_number(
            (one, other) in (any_pattern(), any_pattern()),
            documents in prop::collection::vec(any_document(), 40),
        ) {
            let mut given = std::collections::HashMap::new();
            let patterns = if one.overlaps(&other) { vec![&one] } else { vec![&one, &other] };
            for pattern in patterns {
                for (branch, day, n) in &documents {
                    let number = pattern.write(*day, branch, *n);
                    let document = (pattern, branch, pattern.period(*day), n);
                    let before = given.entry(number.to_uppercase()).or_insert_with(|| document.clone());
                    prop_assert_eq!(&*before, &document, "{}", number);
                }
            }
        }
    }
}

//! Input, field by field: everything that is wrong with it is said at once.

use std::ops::RangeInclusive;

use chrono::{Datelike, NaiveDate};
use unicode_normalization::UnicodeNormalization;

use crate::error::{Error, Refusal, RefusalCode, Result};
use crate::identity;

/// Largest amount of money, in minor units: a hundred billion rupees. Sums of all bills of a dealership stay far below
/// what 64 bits hold.
pub(super) const MAX_AMOUNT: i64 = 10_000_000_000_000;

/// Most characters of an e-mail address: what a mail server takes.
const EMAIL_LENGTH: usize = 254;

/// How the number of an office is written.
pub(super) const OFFICE_PHONE: &str = "011 234 5678 or +94 11 234 5678";

/// Most characters of a phone number, as typed.
const PHONE_LENGTH: usize = 30;

/// Most characters of a taxpayer number.
const TIN_LENGTH: usize = 20;

/// Years a day may lie in.
const YEARS: RangeInclusive<i32> = 2000..=2099;

/// Collects refusals.
#[derive(Debug, Default)]
pub struct Check {
    refusals: Vec<Refusal>,
    /// Where the fields are, e.g. `units.3`.
    within: String,
}

impl Check {
    /// The fields that follow belong to this part of the input; empty for the input itself.
    pub fn within(&mut self, place: impl Into<String>) {
        self.within = place.into();
    }

    /// Whether nothing was refused yet.
    pub fn is_empty(&self) -> bool {
        self.refusals.is_empty()
    }

    /// Refuses a field.
    pub fn refuse(&mut self, code: RefusalCode, field: &str, message: impl Into<std::borrow::Cow<'static, str>>) {
        let field = if self.within.is_empty() { field.to_owned() } else { format!("{}.{field}", self.within) };
        self.refusals.push(Refusal::new(code, &field, message));
    }

    /// A text on one line that must be there: composed (NFC), trimmed, at most `max` characters.
    pub fn line(&mut self, field: &str, text: &str, max: usize) -> String {
        let text = self.optional_line(field, Some(text), max);
        if text.is_none() && !self.refused(field) {
            self.refuse(RefusalCode::Required, field, "Please fill this in.");
        }
        text.unwrap_or_default()
    }

    /// A text on one line; blank is absent.
    pub fn optional_line(&mut self, field: &str, text: Option<&str>, max: usize) -> Option<String> {
        self.text(field, text?, max, |c| c.is_control())
    }

    /// An e-mail address that must be there, as typed.
    pub fn email(&mut self, field: &str, text: &str) -> String {
        let text = self.line(field, text, EMAIL_LENGTH);
        if !self.refused(field) {
            self.reachable(field, &text);
        }
        text
    }

    /// An e-mail address, as typed; blank is absent.
    pub fn optional_email(&mut self, field: &str, text: Option<&str>) -> Option<String> {
        let text = self.optional_line(field, text, EMAIL_LENGTH)?;
        self.reachable(field, &text);
        Some(text)
    }

    fn reachable(&mut self, field: &str, email: &str) {
        if !identity::is_email(email) {
            self.refuse(RefusalCode::Invalid, field, "This is no e-mail address. Write it like nimal@example.com.");
        }
    }

    /// A phone number in E.164, landlines too; blank is absent. `example` says how one is written.
    pub fn phone(&mut self, field: &str, text: Option<&str>, example: &str) -> Option<String> {
        let text = self.optional_line(field, text, PHONE_LENGTH)?;
        let e164 = identity::e164(&text);
        if e164.is_none() {
            let message = format!("This cannot be a phone number. Write it like {example}.");
            self.refuse(RefusalCode::Invalid, field, message);
        }
        e164
    }

    /// A taxpayer number, as typed; blank is absent.
    pub fn tin(&mut self, field: &str, text: Option<&str>) -> Option<String> {
        let tin = self.optional_line(field, text, TIN_LENGTH)?;
        if !tin.chars().all(|c| c.is_ascii_alphanumeric() || c == '-') {
            self.refuse(RefusalCode::Invalid, field, "A taxpayer number has letters, digits and hyphens only.");
        }
        Some(tin)
    }

    /// A text that may have several lines; blank is absent.
    pub fn notes(&mut self, field: &str, text: Option<&str>, max: usize) -> Option<String> {
        self.text(field, text?, max, |c| c.is_control() && !matches!(c, '\n' | '\t'))
    }

    fn text(&mut self, field: &str, text: &str, max: usize, unfit: impl Fn(char) -> bool) -> Option<String> {
        // Four bytes a character at most: a text of a megabyte is not looked through.
        if text.len() > 4 * max + 64 || text.trim().chars().count() > max {
            self.refuse(RefusalCode::OutOfRange, field, format!("Please use {max} characters at most."));
            return None;
        }
        if text.chars().any(|c| unfit(c) || steers_direction(c)) {
            self.refuse(RefusalCode::Invalid, field, "This holds characters that cannot be seen. Please type it anew.");
            return None;
        }
        let text: String = text.trim().nfc().collect();
        (!text.is_empty()).then_some(text)
    }

    /// An amount of money in minor units.
    pub fn amount(&mut self, field: &str, minor: i64, allowed: RangeInclusive<i64>) -> i64 {
        if minor < *allowed.start() {
            let message =
                if *allowed.start() == 1 { "Please enter an amount above zero." } else { "This amount is too small." };
            self.refuse(RefusalCode::OutOfRange, field, message);
        } else if minor > *allowed.end() {
            self.refuse(RefusalCode::OutOfRange, field, "This amount is too large.");
        }
        minor
    }

    /// A count.
    pub fn count(&mut self, field: &str, count: i32, allowed: RangeInclusive<i32>) -> i32 {
        if !allowed.contains(&count) {
            let message = format!("Please enter a number from {} to {}.", allowed.start(), allowed.end());
            self.refuse(RefusalCode::OutOfRange, field, message);
        }
        count
    }

    /// A day people live in.
    pub fn day(&mut self, field: &str, day: NaiveDate) -> NaiveDate {
        if !YEARS.contains(&day.year()) {
            let message = format!("Please enter a day between {} and {}.", YEARS.start(), YEARS.end());
            self.refuse(RefusalCode::OutOfRange, field, message);
        }
        day
    }

    /// [`Check::day`] of something that is done: today or before.
    pub fn day_until(&mut self, field: &str, day: NaiveDate, today: NaiveDate) -> NaiveDate {
        self.day(field, day);
        if day > today && !self.refused(field) {
            self.refuse(RefusalCode::OutOfRange, field, "This day is yet to come.");
        }
        day
    }

    /// Whether a field was refused.
    pub fn refused(&self, field: &str) -> bool {
        let field = if self.within.is_empty() { field.to_owned() } else { format!("{}.{field}", self.within) };
        self.refusals.iter().any(|refusal| refusal.field.join(".") == field)
    }

    /// # Errors
    /// Everything that was refused.
    pub fn done(self) -> Result<()> {
        if self.refusals.is_empty() { Ok(()) } else { Err(Error::Refused(self.refusals)) }
    }
}

/// Marks, embeddings, overrides and isolates: they make a text read other than it is.
fn steers_direction(c: char) -> bool {
    matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn code_of(text: &str) -> Option<RefusalCode> {
        let mut check = Check::default();
        check.line("name", text, 20);
        check.refusals.first().map(|refusal| refusal.code)
    }

    #[test]
    fn a_line_is_trimmed_and_composed() {
        let mut check = Check::default();
        assert_eq!(check.line("name", "  Zoe\u{308} ", 20), "Zoë");
        assert_eq!(check.line("name", "ශ්\u{200d}රියානි", 20), "ශ්\u{200d}රියානි");
        assert!(check.done().is_ok());
    }

    #[test]
    fn what_cannot_be_read_is_refused() {
        assert_eq!(code_of(" "), Some(RefusalCode::Required));
        assert_eq!(code_of("a\0b"), Some(RefusalCode::Invalid));
        assert_eq!(code_of("a\nb"), Some(RefusalCode::Invalid));
        assert_eq!(code_of("abc\u{202e}def"), Some(RefusalCode::Invalid));
        assert_eq!(code_of(&"x".repeat(1_000_000)), Some(RefusalCode::OutOfRange));
        assert_eq!(code_of(&"x".repeat(21)), Some(RefusalCode::OutOfRange));
    }
}

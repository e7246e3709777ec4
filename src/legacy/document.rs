//! Typed reads of one document. What is not as it should be is noted or refused, never guessed.

use chrono::{DateTime, Utc};

use super::cryptojs::{Field, Passphrases};
use super::decimal::{self, Fault};
use super::extended_json::{self, Fields, Value};
use super::note::{Notes, Rejection};

/// Decimals of an amount.
const CENTS: u8 = 2;

/// A document of the dump, or an object inside one.
pub(super) struct Document<'a>(Fields<'a>);

impl<'a> Document<'a> {
    pub(super) fn parse(line: &'a str) -> serde_json::Result<Self> {
        extended_json::object(line).map(Self)
    }

    fn value(&self, field: &str) -> Value<'a> {
        self.0.get(field).map_or(Value::Null, |raw| extended_json::value(raw))
    }

    /// A text, trimmed; absent when empty. A number is taken as it is written.
    pub(super) fn text(&self, field: &str) -> Option<String> {
        match self.value(field) {
            Value::Text(text) => {
                // PostgreSQL has no room for NUL in a text.
                let text = text.replace('\0', "");
                Some(text.trim().to_owned()).filter(|text| !text.is_empty())
            }
            Value::Number(number) => Some(number),
            _ => None,
        }
    }

    /// A text, absent also where people wrote that there is none: `N/A`, `-`.
    pub(super) fn written(&self, field: &str) -> Option<String> {
        self.text(field).filter(|text| !is_placeholder(text))
    }

    /// A yes or no.
    pub(super) fn flag(&self, field: &str) -> Option<bool> {
        match self.value(field) {
            Value::Flag(flag) => Some(flag),
            Value::Text(text) if text.eq_ignore_ascii_case("true") => Some(true),
            Value::Text(text) if text.eq_ignore_ascii_case("false") => Some(false),
            Value::Number(number) => decimal::scaled(&number, 0).ok().map(|number| number.units != 0),
            _ => None,
        }
    }

    /// The id of another document, or this one's own.
    pub(super) fn reference(&self, field: &str) -> Option<String> {
        match self.value(field) {
            Value::Oid(text) | Value::Text(text) | Value::Number(text) => {
                Some(text.trim().to_ascii_lowercase()).filter(|text| !text.is_empty() && !text.contains('\0'))
            }
            Value::Object(fields) => Self(fields).reference("_id"),
            _ => None,
        }
    }

    /// A point in time; noted and absent when it cannot be read.
    pub(super) fn date(&self, field: &'static str, notes: &mut Notes) -> Option<DateTime<Utc>> {
        let value = self.value(field);
        let empty = match &value {
            Value::Null => true,
            Value::Text(text) => text.trim().is_empty(),
            _ => false,
        };
        let date = extended_json::date(&value);
        if date.is_none() && !empty {
            notes.repair(field, "left out", "is not a date");
        }
        date
    }

    /// When the document was made and last changed; `main` stands in, then the time inside its object id.
    pub(super) fn times(&self, main: Option<DateTime<Utc>>) -> Option<(DateTime<Utc>, DateTime<Utc>)> {
        let date = |field| extended_json::date(&self.value(field));
        let created = date("createdAt").or(main).or_else(|| self.time_of_id())?;
        Some((created, date("updatedAt").unwrap_or(created)))
    }

    fn time_of_id(&self) -> Option<DateTime<Utc>> {
        let id = self.reference("_id").filter(|id| id.len() == 24)?;
        let seconds = u32::from_str_radix(id.get(..8)?, 16).ok()?;
        DateTime::from_timestamp(seconds.into(), 0)
    }

    /// An amount in cents; noted when it had to be rounded.
    ///
    /// # Errors
    /// Refuses what is no amount, is below zero or does not fit.
    pub(super) fn money(&self, field: &'static str, notes: &mut Notes) -> Result<Option<i64>, Rejection> {
        self.number(field, CENTS, notes)
    }

    /// A number of zero or more in units of 10^-`decimals`; see [`Document::money`].
    pub(super) fn number(
        &self,
        field: &'static str,
        decimals: u8,
        notes: &mut Notes,
    ) -> Result<Option<i64>, Rejection> {
        let (number, is_text) = match self.value(field) {
            Value::Null => return Ok(None),
            Value::Number(number) => (number, false),
            Value::Text(text) if text.trim().is_empty() => return Ok(None),
            Value::Text(text) => (text, true),
            _ => return Err(Rejection::new(format!("{field} is not a number"))),
        };
        let read = decimal::scaled(&number, decimals).map_err(|fault| match fault {
            Fault::NotANumber => Rejection::new(format!("{field} is not a number")),
            Fault::Overflow => Rejection::new(format!("{field} is too large")),
        })?;
        if read.units < 0 {
            return Err(Rejection::new(format!("{field} is below zero")));
        }
        if is_text {
            notes.repair(field, "read as a number", "was written as text");
        }
        if !read.exact {
            notes.repair(field, "rounded half to even", "has more decimals than are kept");
        }
        Ok(Some(read.units))
    }

    /// The total of a bill or quotation for the report's sums; nothing when it cannot be read.
    pub(super) fn total(&self) -> Option<i64> {
        let number = match self.value("totalAmount") {
            Value::Number(number) | Value::Text(number) => number,
            _ => return None,
        };
        decimal::scaled(&number, CENTS).ok().map(|total| total.units).filter(|total| *total >= 0)
    }

    /// An object inside this one.
    pub(super) fn object(&self, field: &str) -> Option<Self> {
        match self.value(field) {
            Value::Object(fields) => Some(Self(fields)),
            _ => None,
        }
    }

    /// The objects of a list; `None` where one of them is no object.
    pub(super) fn list(&self, field: &str) -> Option<Vec<Self>> {
        match self.value(field) {
            Value::Null => Some(Vec::new()),
            Value::List(items) => items
                .into_iter()
                .map(|raw| match extended_json::value(raw) {
                    Value::Object(fields) => Some(Self(fields)),
                    _ => None,
                })
                .collect(),
            _ => None,
        }
    }

    /// A text that the old system encrypted; noted and absent when no key opens it.
    pub(super) fn secret(&self, field: &'static str, keys: &Passphrases, notes: &mut Notes) -> Option<String> {
        let plain = match keys.read(&self.text(field)?) {
            Field::Opened(plain) => plain,
            Field::OpenedByOlder(plain) => {
                notes.repair(field, "opened with an older key", "the newest key does not open it");
                plain
            }
            Field::Plain(plain) if is_placeholder(&plain) => return None,
            Field::Plain(plain) => {
                notes.repair(field, "taken as it is", "was not encrypted");
                plain
            }
            Field::Closed => {
                notes.repair(field, "left out; the journal keeps it", "no key opens it");
                return None;
            }
        };
        Some(plain.trim().to_owned()).filter(|plain| !is_placeholder(plain))
    }
}

/// Whether people wrote that there is nothing to write.
fn is_placeholder(text: &str) -> bool {
    let letters: String = text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect();
    matches!(letters.as_str(), "" | "na" | "none" | "nil" | "null" | "undefined")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::legacy::collection::Collection;
    use crate::legacy::note::Origin;

    fn notes() -> Notes {
        Notes::new(Origin { collection: Collection::Bills, line: 1, id: "a".into() })
    }

    #[test]
    fn amounts_are_exact_or_refused() {
        let read = |json: &str| {
            let mut notes = notes();
            let money = Document::parse(json).expect("JSON").money("m", &mut notes);
            (money.map_err(|refused| refused.why), notes.repairs.len())
        };
        assert_eq!(read(r#"{"m":512500.1}"#), (Ok(Some(51_250_010)), 0));
        assert_eq!(read(r#"{"m":{"$numberDouble":"512500.0"}}"#), (Ok(Some(51_250_000)), 0));
        assert_eq!(read(r#"{"m":0.125}"#), (Ok(Some(12)), 1));
        assert_eq!(read(r#"{"m":"100"}"#), (Ok(Some(10_000)), 1));
        assert_eq!(read(r#"{"m":null}"#), (Ok(None), 0));
        assert_eq!(read(r#"{"m":-1}"#), (Err("m is below zero".into()), 0));
        assert_eq!(read(r#"{"m":1e30}"#), (Err("m is too large".into()), 0));
        for json in [r#"{"m":{"$numberDouble":"NaN"}}"#, r#"{"m":{"$numberDouble":"Infinity"}}"#, r#"{"m":true}"#] {
            assert_eq!(read(json), (Err("m is not a number".into()), 0), "{json}");
        }
    }

    #[test]
    fn placeholders_are_nothing() {
        for placeholder in ["", "N/A", "n.a.", "-", "--", "None", "null"] {
            assert!(is_placeholder(placeholder), "{placeholder}");
        }
        assert!(!is_placeholder("TMRG18C789438"));
    }

    #[test]
    fn an_object_id_tells_when_it_was_made() {
        let document = Document::parse(r#"{"_id":{"$oid":"67e44a4c0000000000000000"}}"#).expect("JSON");
        let (created, updated) = document.times(None).expect("a time");
        assert_eq!(created.to_rfc3339(), "2025-03-26T18:41:16+00:00");
        assert_eq!(created, updated);
    }
}

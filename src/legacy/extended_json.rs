//! MongoDB's Extended JSON, relaxed and canonical. Numbers stay text, so that no cent is lost to a float.

use std::collections::BTreeMap;

use chrono::{DateTime, Datelike, NaiveDate, NaiveTime, SubsecRound, Utc};
use serde_json::value::RawValue;

use super::decimal;

/// The fields of an object, not read yet.
pub(super) type Fields<'a> = BTreeMap<String, &'a RawValue>;

/// One value, its type wrapper taken off.
#[derive(Debug)]
pub(super) enum Value<'a> {
    /// `null`, or not there.
    Null,
    Flag(bool),
    Text(String),
    /// As written.
    Number(String),
    Date(DateTime<Utc>),
    /// An object id in hexadecimal.
    Oid(String),
    List(Vec<&'a RawValue>),
    Object(Fields<'a>),
    /// A wrapper around something it cannot hold, e.g. a date that is none.
    Unreadable,
}

/// Reads a line as an object.
pub(super) fn object(line: &str) -> serde_json::Result<Fields<'_>> {
    serde_json::from_str(line)
}

/// Reads one value.
pub(super) fn value(raw: &RawValue) -> Value<'_> {
    let text = raw.get().trim();
    match text.as_bytes().first() {
        Some(b'{') => object(text).map_or(Value::Unreadable, unwrapped),
        Some(b'[') => serde_json::from_str(text).map_or(Value::Unreadable, Value::List),
        Some(b'"') => serde_json::from_str(text).map_or(Value::Unreadable, Value::Text),
        Some(b't') => Value::Flag(true),
        Some(b'f') => Value::Flag(false),
        Some(b'n') => Value::Null,
        _ => Value::Number(text.to_owned()),
    }
}

fn unwrapped(fields: Fields<'_>) -> Value<'_> {
    let wrapper = match fields.first_key_value() {
        Some((name, inner)) if fields.len() == 1 && name.starts_with('$') => Some((name.as_str(), value(inner))),
        _ => None,
    };
    match wrapper {
        Some(("$numberLong" | "$numberInt" | "$numberDouble" | "$numberDecimal", inner)) => match inner {
            Value::Text(number) | Value::Number(number) => Value::Number(number),
            _ => Value::Unreadable,
        },
        Some(("$date", inner)) => date(&inner).map_or(Value::Unreadable, Value::Date),
        Some(("$oid", Value::Text(hex))) => Value::Oid(hex),
        Some(("$symbol", Value::Text(text))) => Value::Text(text),
        Some(("$undefined", _)) => Value::Null,
        Some(_) => Value::Unreadable,
        None => Value::Object(fields),
    }
}

/// A date in any of its forms: ISO text, milliseconds since 1970, or one already read.
pub(super) fn date(value: &Value<'_>) -> Option<DateTime<Utc>> {
    let read = match value {
        Value::Date(date) => *date,
        Value::Text(text) => iso(text.trim())?,
        Value::Number(number) => {
            let millis = decimal::scaled(number, 0).ok().filter(|millis| millis.exact)?;
            DateTime::from_timestamp_millis(millis.units)?
        }
        _ => return None,
    };
    // Dates are stored as text in SQLite: years of four digits sort.
    (1900..=9999).contains(&read.year()).then(|| read.trunc_subsecs(3))
}

fn iso(text: &str) -> Option<DateTime<Utc>> {
    if let Ok(date) = DateTime::parse_from_rfc3339(text) {
        return Some(date.to_utc());
    }
    if let Ok(date) = DateTime::parse_from_str(text, "%Y-%m-%dT%H:%M:%S%.f%z") {
        return Some(date.to_utc());
    }
    text.parse::<NaiveDate>().ok().map(|day| day.and_time(NaiveTime::MIN).and_utc())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(json: &str) -> String {
        let raw: &RawValue = serde_json::from_str(json).expect("valid JSON");
        match value(raw) {
            Value::List(items) => format!("List of {}", items.len()),
            Value::Object(fields) => format!("Object of {:?}", fields.keys().collect::<Vec<_>>()),
            other => format!("{other:?}"),
        }
    }

    #[test]
    fn relaxed_and_canonical_forms_read_alike() {
        for (relaxed, canonical) in [
            ("512500", r#"{"$numberLong":"512500"}"#),
            ("512500", r#"{"$numberInt":"512500"}"#),
            ("512500.1", r#"{"$numberDouble":"512500.1"}"#),
            ("512500.10", r#"{"$numberDecimal":"512500.10"}"#),
            (r#"{"$date":"2025-03-26T18:05:00Z"}"#, r#"{"$date":{"$numberLong":"1743012300000"}}"#),
            (r#"{"$date":"2025-03-26T23:35:00.000+05:30"}"#, r#"{"$date":1743012300000}"#),
            (r#"{"$date":"2025-03-26T23:35:00.000+0530"}"#, r#"{ "$date" : { "$numberLong" : "1743012300000" } }"#),
            ("null", r#"{"$undefined":true}"#),
        ] {
            assert_eq!(read(relaxed), read(canonical));
        }
        assert_eq!(read(r#"{"$oid":"67fa6dda4387ee7b7d42646f"}"#), r#"Oid("67fa6dda4387ee7b7d42646f")"#);
        assert_eq!(read(r#"{"a":1,"$oid":"x"}"#), r#"Object of ["$oid", "a"]"#);
        assert_eq!(read("[1,{}]"), "List of 2");
        assert_eq!(read(r#""\u0db1""#), "Text(\"\u{0db1}\")");
    }

    #[test]
    fn a_date_out_of_reason_is_unreadable() {
        for json in [
            r#"{"$date":"yesterday"}"#,
            r#"{"$date":{"$numberLong":"9223372036854775807"}}"#,
            r#"{"$date":"0001-01-01T00:00:00Z"}"#,
            r#"{"$date":null}"#,
            r#"{"$oid":7}"#,
            r#"{"$binary":"AA=="}"#,
            r#""\ud800""#,
        ] {
            assert_eq!(read(json), "Unreadable", "{json}");
        }
    }

    #[test]
    fn a_plain_text_may_be_a_date() {
        let date = |text: &str| date(&Value::Text(text.to_owned())).map(|date| date.to_rfc3339());
        assert_eq!(date("2025-03-26").as_deref(), Some("2025-03-26T00:00:00+00:00"));
        assert_eq!(date(" 2025-03-26T18:05:00.1239Z").as_deref(), Some("2025-03-26T18:05:00.123+00:00"));
        assert_eq!(date("26/03/2025"), None);
    }
}

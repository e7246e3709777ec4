//! One statement of the database's, as operators see it: its text with placeholders, how long it took, how many rows. Never a
//! value.

use std::time::Instant;

use sea_orm::sqlx;
use tracing::field::Empty;
use tracing::instrument::WithSubscriber;
use tracing::{Dispatch, Instrument, Span};

use super::{SPAN, metric};

/// Bytes of a text that are told; a long list of placeholders says nothing more.
const LONGEST: usize = 2000;

/// First words that are told apart.
const OPERATIONS: [&str; 10] =
    ["SELECT", "INSERT", "UPDATE", "DELETE", "BEGIN", "COMMIT", "ROLLBACK", "SET", "LOCK", BATCH];

/// What OpenTelemetry calls several statements in one.
const BATCH: &str = "BATCH";

/// Sends a statement, and says what became of it; `rows` tells how many it gave or changed.
///
/// # Errors
/// Those of `sent`.
pub async fn statement<T>(
    system: &'static str,
    text: &str,
    rows: impl FnOnce(&T) -> Option<u64>,
    sent: impl Future<Output = sqlx::Result<T>>,
) -> sqlx::Result<T> {
    let (operation, begun) = (operation(text), Instant::now());
    let span = span(system, operation, text);
    // Boxed: whoever sends it nests deep. To nobody's log: sqlx would enter and leave the span of the request twice for every
    // row. What is lost are PostgreSQL's notices, of which nothing here raises one.
    let done = Box::pin(sent).with_subscriber(Dispatch::none()).instrument(span.clone()).await;
    metric::stated(operation, begun.elapsed(), done.is_ok());
    match &done {
        Ok(done) => {
            if let Some(rows) = rows(done) {
                span.record("db.response.returned_rows", i64::try_from(rows).unwrap_or(i64::MAX));
            }
        }
        Err(error) => {
            // Its words may hold a value; its code does not.
            let code = error.as_database_error().and_then(|error| error.code());
            span.record("otel.status_code", "ERROR").record("error.type", code.as_deref().unwrap_or("_OTHER"));
        }
    }
    done
}

/// The span of a statement, where it is sent or logged. What the process does for itself, outside of a request, has none.
fn span(system: &'static str, operation: &'static str, text: &str) -> Span {
    if Span::current().is_none() {
        return Span::none();
    }
    let span = tracing::debug_span!(
        target: SPAN,
        "statement",
        otel.kind = "client",
        otel.name = Empty,
        otel.status_code = Empty,
        db.system.name = system,
        db.operation.name = operation,
        db.collection.name = Empty,
        db.query.text = Empty,
        db.response.returned_rows = Empty,
        error.type = Empty,
    );
    if !span.is_disabled() {
        span.record("db.query.text", without_values(text));
        match table(text) {
            Some(table) => {
                span.record("db.collection.name", table).record("otel.name", format!("{operation} {table}"));
            }
            None => {
                span.record("otel.name", operation);
            }
        }
    }
    span
}

/// The first word of a statement, if it is a usual one.
fn operation(text: &str) -> &'static str {
    let first = text.trim_start().split(|letter: char| !letter.is_ascii_alphabetic()).next().unwrap_or_default();
    // Nothing else begins so.
    let first = if first == "WITH" { BATCH } else { first };
    OPERATIONS.into_iter().find(|known| known.eq_ignore_ascii_case(first)).unwrap_or("OTHER")
}

/// The first table that a statement names outside of parentheses, as our query builder writes it.
fn table(text: &str) -> Option<&str> {
    let mut depth = 0_usize;
    let mut parts = text.split('"');
    while let Some(part) = parts.next() {
        // Between names only: a name may hold anything.
        depth = (depth + part.matches('(').count()).saturating_sub(part.matches(')').count());
        let name = parts.next()?;
        if depth == 0 && ["FROM ", "INTO ", "UPDATE "].into_iter().any(|word| part.ends_with(word)) {
            return Some(name);
        }
    }
    None
}

/// A statement's text, as far as it is told, without texts that are written into it: a net below the rule that values are
/// bound.
fn without_values(text: &str) -> String {
    let mut told = String::with_capacity(text.len().min(LONGEST + 4));
    for (at, part) in text.split('\'').enumerate() {
        // Every other part stands between quotes.
        told.push_str(if at % 2 == 0 { part } else { "'…'" });
        if told.len() > LONGEST {
            told.truncate((0..=LONGEST).rev().find(|&end| told.is_char_boundary(end)).unwrap_or(0));
            return told + "…";
        }
    }
    told
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_statement_is_told_without_texts_that_are_written_into_it() {
        assert_eq!(without_values("SELECT 'it''s', \"a\" = $1"), "SELECT '…''…', \"a\" = $1");
        assert_eq!(without_values("select 'no end"), "select '…'");
        let long = without_values(&format!("SELECT '{}' é {}", "x".repeat(9000), "é".repeat(3000)));
        assert!(long.len() <= LONGEST + "…".len() && long.starts_with("SELECT '…' é éé"), "{long}");
    }

    #[test]
    fn a_statement_is_named_by_what_it_does_and_to_what() {
        for (text, name) in [
            ("SELECT \"bill\".\"id\" FROM \"bill\" WHERE \"a\" IN (SELECT \"b\" FROM \"c\")", ("SELECT", Some("bill"))),
            ("SELECT \"a\", (SELECT \"b\" FROM \"c\") AS \"d\" FROM \"bill\"", ("SELECT", Some("bill"))),
            ("INSERT INTO \"customer\" (\"id\") VALUES ($1)", ("INSERT", Some("customer"))),
            ("UPDATE \"bill\" SET \"a\" = $1", ("UPDATE", Some("bill"))),
            ("begin; set local role x", ("BEGIN", None)),
            ("COMMIT", ("COMMIT", None)),
            ("WITH \"bill_written\" AS (INSERT INTO \"bill\" (\"id\") VALUES ($1)) SELECT 1", ("BATCH", None)),
            ("vacuum", ("OTHER", None)),
        ] {
            assert_eq!((operation(text), table(text)), name, "{text}");
        }
    }
}

//! Scanners that look for what should not be: they send what no client would.

use super::installed::{self, ROOT};
use super::stage::Stage;
use crate::support::databases::{self, Content};

#[tokio::test]
async fn random_documents_find_no_failure_and_nothing_internal() {
    if installed::folder().is_none() {
        return;
    }
    // Who sends thousands of documents is not to be held back: what they come to is looked at.
    let settings = [
        ("FORECOURT_AUTH_ACCESS_TOKEN_SECONDS", "3600"),
        ("FORECOURT_GRAPHQL_BUDGET", "1000000000"),
        ("FORECOURT_GRAPHQL_BUDGET_PER_SECOND", "1000000"),
    ];
    let stage = Stage::twins(databases::on_sqlite(Content::Group).await, &settings);
    let seconds = std::env::var("FORECOURT_TEST_SCHEMATHESIS_SECONDS").unwrap_or_else(|_| "45".to_owned());
    stage.judge("fuzz.py", &[("SECONDS_IN_ALL", &seconds)]);
}

#[tokio::test]
async fn nothing_of_the_schema_is_recovered_where_documents_are_trusted() {
    if installed::folder().is_none() {
        return;
    }
    let settings = [("FORECOURT_GRAPHQL_DOCUMENTS", "trusted"), ("FORECOURT_GRAPHQL_INTROSPECTION", "nobody")];
    let stage = Stage::with(databases::on_sqlite(Content::Group).await, &settings);
    stage.command(&["documents", "add", &format!("{ROOT}/bench/conformance/documents")]);
    stage.judge("recover.py", &[("MODE", "production")]);
}

#[tokio::test]
async fn nobody_is_told_what_they_might_have_meant() {
    if installed::folder().is_some() {
        Stage::of(databases::on_sqlite(Content::Group).await).judge("recover.py", &[("MODE", "default")]);
    }
}

#[tokio::test]
async fn dear_requests_are_refused_at_once_and_cost_no_memory() {
    if installed::folder().is_some() {
        Stage::of(databases::on_sqlite(Content::Group).await).judge("abuse.mjs", &[]);
    }
}

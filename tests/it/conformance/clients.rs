//! Clients that others wrote: what they ask, and what they listen to.

use super::installed;
use super::stage::Stage;
use crate::support::databases::{self, Content};

/// Makes a test of a judge on SQLite.
macro_rules! judged {
    ($name:ident, $judge:literal) => {
        #[tokio::test]
        async fn $name() {
            if installed::folder().is_some() {
                Stage::of(databases::on_sqlite(Content::Group).await).judge($judge, &[]);
            }
        }
    };
}

judged!(graphql_over_http_is_as_its_specification_says, "graphql_http.mjs");
judged!(urql_asks_changes_pages_and_listens, "urql.mjs");
judged!(apollo_client_asks_by_hash_pages_and_listens, "apollo.mjs");
judged!(relay_compiles_pages_and_reads_a_node_again, "relay.mjs");
judged!(graphiql_is_there_and_learns_the_schema, "graphiql.mjs");
judged!(curl_asks_pages_and_listens, "curl.sh");

#[tokio::test]
async fn a_program_without_a_library_signs_in_and_waits_as_it_is_told() {
    if installed::folder().is_some() {
        // Two pages of a hundred bills, then one a second.
        let stingy = [("FORECOURT_GRAPHQL_BUDGET", "300"), ("FORECOURT_GRAPHQL_BUDGET_PER_SECOND", "110")];
        let stage = Stage::with(databases::on_sqlite(Content::Group).await, &stingy);
        stage.judge("plain.mjs", &[("IS_STINGY", "true")]);
    }
}

/// Access tokens so short that a judge sees them end.
const SHORT: [(&str, &str); 2] =
    [("FORECOURT_AUTH_ACCESS_TOKEN_SECONDS", "6"), ("FORECOURT_HTTP_DRAIN_NOTICE_SECONDS", "0")];

/// Makes two tests of a judge that listens, on servers whose tokens soon end; on PostgreSQL another process changes.
macro_rules! listened {
    ($name:ident, $judge:literal) => {
        mod $name {
            use super::*;

            #[tokio::test]
            async fn sqlite() {
                if installed::folder().is_some() {
                    let stage = Stage::twins(databases::on_sqlite(Content::Group).await, &SHORT);
                    stage.judge($judge, &[("TOKEN_SECONDS", "6")]);
                }
            }

            #[tokio::test]
            async fn postgres() {
                if installed::folder().is_some()
                    && let Some(home) = databases::on_postgres(Content::Group).await
                {
                    let stage = Stage::twins(home, &SHORT);
                    stage.judge($judge, &[("TOKEN_SECONDS", "6"), ("CHANGES_ELSEWHERE", "true")]);
                }
            }
        }
    };
}

listened!(graphql_ws_listens_comes_back_and_is_refused, "graphql_ws.mjs");
listened!(graphql_sse_listens_comes_back_and_is_refused, "graphql_sse.mjs");

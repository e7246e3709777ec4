//! `/healthz`: this process runs. `/readyz`: it can answer, and means to go on; balancers ask both.

use std::time::Duration;

use axum::Json;
use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use tokio::sync::Mutex;
use tokio::time::{Instant, timeout};

use super::Server;
use crate::app::App;
use crate::error::{Error, Result};

/// How long the database may take to answer.
const PATIENCE: Duration = Duration::from_secs(1);

/// How long an answer serves whoever asks next: strangers may ask, and the database need not hear of each.
const KEPT_FOR: Duration = Duration::from_millis(500);

/// What was found a moment ago.
#[derive(Default)]
pub(super) struct Health(Mutex<Option<(Instant, Vec<Check>)>>);

#[derive(Clone, Copy, Serialize)]
struct Check {
    name: &'static str,
    state: Finding,
}

#[derive(Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
enum Finding {
    Ok,
    /// It works, and somebody should see to it.
    Warning,
    Failed,
}

/// Never asks the database: a process is not to be killed because that is away.
pub(super) async fn live() -> impl IntoResponse {
    ([(header::CACHE_CONTROL, "no-store")], "ok")
}

/// Names of checks and what came of them; whatever else there is to say is in the log.
pub(super) async fn ready(State(server): State<Server>) -> Response {
    let mut checks = server.health.checks(&server.app).await;
    let serving = if server.drain.is_leaving() { Finding::Failed } else { Finding::Ok };
    checks.push(Check { name: "serving", state: serving });
    let (status, word) = match checks.iter().any(|check| check.state == Finding::Failed) {
        true => (StatusCode::SERVICE_UNAVAILABLE, "not ready"),
        false => (StatusCode::OK, "ready"),
    };
    let body = serde_json::json!({"status": word, "checks": checks});
    (status, [(header::CACHE_CONTROL, "no-store")], Json(body)).into_response()
}

impl Health {
    /// Asked by one at a time; the others get the same answer.
    async fn checks(&self, app: &App) -> Vec<Check> {
        let mut kept = self.0.lock().await;
        match &*kept {
            Some((at, checks)) if at.elapsed() < KEPT_FOR => checks.clone(),
            _ => {
                let checks = check(app).await;
                *kept = Some((Instant::now(), checks.clone()));
                checks
            }
        }
    }
}

async fn check(app: &App) -> Vec<Check> {
    let level = heard("database", in_time(app.level()).await);
    let keys = match level {
        Some(_) => heard("keys", in_time(app.tokens().ring(app)).await).is_some(),
        None => false,
    };
    let or_failed = |is_fit: bool| if is_fit { Finding::Ok } else { Finding::Failed };
    let is_current = level.is_some_and(|level| level.is_current);
    let version = match level.is_some_and(|level| level.may_show_hidden_rows) {
        true => Finding::Warning,
        false => Finding::Ok,
    };
    vec![
        Check { name: "database", state: or_failed(level.is_some()) },
        Check { name: "schema", state: or_failed(is_current) },
        Check { name: "keys", state: or_failed(keys) },
        // CVE-2025-8713: row-level security of older ones tells something of hidden rows.
        Check { name: "databaseVersion", state: version },
    ]
}

async fn in_time<T>(asked: impl Future<Output = Result<T>>) -> Result<T> {
    let late = |_| Error::internal(anyhow::anyhow!("no answer within {} s", PATIENCE.as_secs()));
    timeout(PATIENCE, asked).await.map_err(late)?
}

/// What came of a check; why nothing did, for the log alone.
fn heard<T>(name: &str, found: Result<T>) -> Option<T> {
    let cause = match found {
        Ok(found) => return Some(found),
        Err(Error::Internal(cause)) => format!("{cause:#}"),
        Err(other) => other.to_string(),
    };
    tracing::warn!(check = name, cause, "not ready");
    None
}

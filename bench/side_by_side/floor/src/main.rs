//! The floor of the comparison: the least that a server in Rust can do for the same answers and the same rows. `POST
//! /graphql` with an HS256 token; hand-written SQL under the same row-level security as Forecourt's, one statement a
//! read; the row's JSON is the answer.
//!
//! `MODE=rls` sends begin, role and settings in one trip, then the statement, on sqlx's pool. `MODE=pipelined` sends
//! it all at once, on tokio-postgres.

mod cells;
mod issue;
mod read;

use std::sync::Arc;

use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::post;
use jsonwebtoken::{Algorithm, DecodingKey, Validation};
use serde::Deserialize;
use sqlx::PgPool;
use sqlx::postgres::{PgConnectOptions, PgPoolOptions};
use uuid::Uuid;

pub(crate) type Result<T> = std::result::Result<T, Box<dyn std::error::Error + Send + Sync>>;

/// Who asks, from the token.
#[derive(Deserialize)]
pub(crate) struct Claims {
    /// `branch` or `all`: what Forecourt's database roles are called after `forecourt_`.
    reach: String,
    #[serde(default)]
    pub(crate) dealership: Uuid,
    #[serde(default)]
    pub(crate) branch: Uuid,
    #[serde(default)]
    pub(crate) person: Uuid,
}

#[derive(Deserialize)]
struct Request {
    #[serde(rename = "operationName")]
    operation: String,
    variables: serde_json::Value,
}

struct App {
    pool: PgPool,
    pipes: Option<read::Pipes>,
    rollups: cells::Rollups,
    key: DecodingKey,
}

impl Claims {
    /// What a transaction of theirs begins with, to be sent in one trip.
    pub(crate) fn opening(&self, isolation: &str) -> String {
        let role = format!("begin{isolation}; set local role forecourt_{}", self.reach);
        match self.reach.as_str() {
            "branch" => format!(
                "{role}; set local app.dealership_id = '{}'; set local app.branch_id = '{}'",
                self.dealership, self.branch
            ),
            _ => role,
        }
    }
}

async fn answer(app: Arc<App>, claims: Claims, request: Request) -> Result<String> {
    match (request.operation.as_str(), &app.pipes) {
        ("issue", _) => {
            issue::issue(&app.pool, &app.rollups, &claims, serde_json::from_value(request.variables)?).await
        }
        (operation, None) => {
            read::read(&app.pool, operation, &claims, serde_json::from_value(request.variables)?).await
        }
        (operation, Some(pipes)) => pipes.read(operation, &claims, serde_json::from_value(request.variables)?).await,
    }
}

async fn handle(State(app): State<Arc<App>>, headers: HeaderMap, body: Bytes) -> Response {
    let Some(claims) = claims(&app, &headers) else { return StatusCode::UNAUTHORIZED.into_response() };
    let Ok(request) = serde_json::from_slice(&body) else { return StatusCode::BAD_REQUEST.into_response() };
    // In a task of its own: who hangs up drops the handler, and a pipelined connection must be read to its end.
    match tokio::spawn(answer(app, claims, request)).await.unwrap_or_else(|error| Err(error.into())) {
        Ok(json) => ([(header::CONTENT_TYPE, "application/json")], format!("{{\"data\":{json}}}")).into_response(),
        Err(error) => {
            eprintln!("{error}");
            StatusCode::INTERNAL_SERVER_ERROR.into_response()
        }
    }
}

fn claims(app: &App, headers: &HeaderMap) -> Option<Claims> {
    let token = headers.get(header::AUTHORIZATION)?.to_str().ok()?.strip_prefix("Bearer ")?;
    Some(jsonwebtoken::decode(token, &app.key, &Validation::new(Algorithm::HS256)).ok()?.claims)
}

#[tokio::main]
async fn main() -> Result<()> {
    let setting = |name: &str| std::env::var(name).map_err(|_| format!("the environment has no {name}"));
    let (url, connections) = (setting("DATABASE_URL")?, setting("POOL")?.parse()?);
    let is_pipelined = setting("MODE")? == "pipelined";
    let pool = PgPoolOptions::new()
        .max_connections(if is_pipelined { 1 } else { connections })
        .test_before_acquire(false)
        .connect_with(url.parse::<PgConnectOptions>()?)
        .await?;
    let pipes = match is_pipelined {
        true => Some(read::Pipes::connect(&url, connections as usize).await?),
        false => None,
    };
    let rollups = cells::Rollups::of(&pool).await?;
    let app = App { pool, pipes, rollups, key: DecodingKey::from_secret(setting("JWT_SECRET")?.as_bytes()) };
    let listener = tokio::net::TcpListener::bind(("127.0.0.1", setting("PORT")?.parse::<u16>()?)).await?;
    println!("listening");
    axum::serve(listener, Router::new().route("/graphql", post(handle)).with_state(Arc::new(app))).await?;
    Ok(())
}

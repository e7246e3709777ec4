//! `GET /metrics`, on a listener of its own: figures are for the operator, never on the API's port.

use std::sync::Arc;

use axum::Router;
use axum::http::header;
use axum::routing::get;
use tokio::net::TcpListener;

use crate::app::App;
use crate::telemetry::metric;

/// Answers until the process ends: while requests are being finished, somebody wants to see it.
///
/// # Errors
/// When the listener fails.
pub async fn serve(app: Arc<App>, listener: TcpListener) -> std::io::Result<()> {
    let text = move || {
        let text = metric::text(&app.pools());
        async { ([(header::CONTENT_TYPE, metric::MEDIA_TYPE)], text) }
    };
    axum::serve(listener, Router::new().route("/metrics", get(text))).await
}

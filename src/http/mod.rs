//! The gateway's edge: HTTP in, GraphQL out.

mod graphiql;
mod graphql;

use std::sync::Arc;

use axum::Router;
use axum::routing::get;
use tokio::net::TcpListener;

use crate::app::App;
use crate::graphql::ForecourtSchema;

/// What handlers share.
#[derive(Clone)]
pub(crate) struct Server {
    app: Arc<App>,
    schema: ForecourtSchema,
}

/// All routes.
pub fn router(app: Arc<App>) -> Router {
    let server = Server { app, schema: crate::graphql::schema() };
    Router::new()
        .route("/graphql", get(graphiql::page).post(graphql::post))
        .route("/graphql/{file}", get(graphiql::file))
        .with_state(server)
}

/// Serves until `stop`, then answers what is under way.
pub async fn serve(
    app: Arc<App>,
    listener: TcpListener,
    stop: impl Future<Output = ()> + Send + 'static,
) -> std::io::Result<()> {
    axum::serve(listener, router(app)).with_graceful_shutdown(stop).await
}

//! The gateway's edge: HTTP in, GraphQL out.

mod graphiql;
mod graphql;
mod jwks;
mod workplace;

use std::sync::Arc;

use axum::Router;
use axum::routing::get;
use tokio::net::TcpListener;

use crate::app::App;
use crate::config;
use crate::graphql::ForecourtSchema;

/// What handlers share.
#[derive(Clone)]
pub(crate) struct Server {
    app: Arc<App>,
    schema: ForecourtSchema,
    /// Under which the first label of the host name is a dealership's code.
    base_domain: Option<Arc<str>>,
}

/// All routes.
pub fn router(app: Arc<App>, config: &config::Http) -> Router {
    let base_domain = config.base_domain.as_deref().map(Arc::from);
    let server = Server { app, schema: crate::graphql::schema(), base_domain };
    Router::new()
        .route("/graphql", get(graphiql::page).post(graphql::post))
        .route("/graphql/{file}", get(graphiql::file))
        .route("/.well-known/jwks.json", get(jwks::get))
        .with_state(server)
}

/// Serves until `stop`, then answers what is under way.
pub async fn serve(
    app: Arc<App>,
    config: &config::Http,
    listener: TcpListener,
    stop: impl Future<Output = ()> + Send + 'static,
) -> std::io::Result<()> {
    axum::serve(listener, router(app, config)).with_graceful_shutdown(stop).await
}

//! The gateway's edge: HTTP in, GraphQL out; and what leasing companies' programs ask.

mod access;
mod graphiql;
mod graphql;
mod jwks;
pub mod metrics;
mod partner;
mod request;
mod sse;
mod stays;
mod visitor;
mod workplace;
mod ws;

use std::net::SocketAddr;
use std::sync::Arc;

use axum::Router;
use axum::middleware::{from_fn, from_fn_with_state};
use axum::routing::get;
use ipnet::IpNet;
use tokio::net::TcpListener;

use crate::app::App;
use crate::config;
use crate::graphql::ForecourtSchema;
use stays::Stays;

/// What handlers share.
#[derive(Clone)]
pub(crate) struct Server {
    app: Arc<App>,
    schema: ForecourtSchema,
    /// Under which the first label of the host name is a dealership's code.
    base_domain: Option<Arc<str>>,
    /// Proxies that are believed about whom they speak for.
    trusted_proxies: Arc<[IpNet]>,
    /// Connections that stay.
    stays: Arc<Stays>,
}

/// All routes.
pub fn router(app: Arc<App>, config: &config::Http) -> Router {
    let stays = Stays::new(app.subscriptions());
    routes(app, config, stays)
}

fn routes(app: Arc<App>, config: &config::Http, stays: Arc<Stays>) -> Router {
    let base_domain = config.base_domain.as_deref().map(Arc::from);
    let trusted_proxies = Arc::from(config.trusted_proxies.as_slice());
    let schema = crate::graphql::schema(app.limits());
    let server = Server { schema, app, base_domain, trusted_proxies, stays };
    let staying = from_fn_with_state(server.clone(), stays::branch);
    Router::new()
        .route("/graphql", get(graphiql::page).post(graphql::post).layer(staying))
        .route("/graphql/{file}", get(graphiql::file))
        .route("/.well-known/jwks.json", get(jwks::get))
        .nest("/partner/v1", partner::routes())
        .with_state(server)
        // Last, around everything else.
        .layer(from_fn(access::observe))
}

/// Serves until `stop`, then answers what is under way.
pub async fn serve(
    app: Arc<App>,
    config: &config::Http,
    listener: TcpListener,
    stop: impl Future<Output = ()> + Send + 'static,
) -> std::io::Result<()> {
    let stays = Stays::new(app.subscriptions());
    let service = routes(app, config, Arc::clone(&stays)).into_make_service_with_connect_info::<SocketAddr>();
    let stopping = Arc::clone(&stays);
    let stop = async move {
        stop.await;
        stopping.drain();
    };
    axum::serve(listener, service).with_graceful_shutdown(stop).await?;
    stays.drained().await;
    Ok(())
}

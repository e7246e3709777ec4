//! The gateway's edge: HTTP in, GraphQL out; and what leasing companies' programs ask.

mod connection;
mod drain;
mod graphiql;
mod graphql;
mod jwks;
mod partner;
mod patience;
mod request;
mod serve;
mod sse;
mod stays;
mod visitor;
mod workplace;
mod ws;

use std::sync::Arc;

use axum::Router;
use axum::middleware::from_fn_with_state;
use axum::routing::get;
use ipnet::IpNet;

use crate::app::App;
use crate::config;
use crate::graphql::ForecourtSchema;
use drain::Drain;
use stays::Stays;

pub use serve::serve;

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
    /// How far the end of this process has come.
    drain: Drain,
}

/// All routes.
fn router(app: Arc<App>, config: &config::Http, drain: Drain) -> Router {
    let base_domain = config.base_domain.as_deref().map(Arc::from);
    let trusted_proxies = Arc::from(config.trusted_proxies.as_slice());
    let schema = crate::graphql::schema(app.limits());
    let stays = Stays::new(app.subscriptions(), drain.clone());
    let server = Server { schema, app, base_domain, trusted_proxies, stays, drain };
    let staying = from_fn_with_state(server.clone(), stays::branch);
    Router::new()
        .route("/graphql", get(graphiql::page).post(graphql::post).layer(staying))
        .route("/graphql/{file}", get(graphiql::file))
        .route("/.well-known/jwks.json", get(jwks::get))
        .nest("/partner/v1", partner::routes())
        .with_state(server)
}

//! The gateway's edge: HTTP in, GraphQL out; and what leasing companies' programs ask.

mod access;
mod check;
mod connection;
mod console;
mod drain;
mod files;
mod graphiql;
mod graphql;
mod health;
mod jwks;
pub mod metrics;
mod origin;
mod partner;
mod patience;
mod request;
mod serve;
mod sse;
mod stays;
mod visitor;
mod workplace;
mod ws;

use std::ops::Deref;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::http::{HeaderName, HeaderValue, header};
use axum::middleware::from_fn;
use axum::routing::get;
use ipnet::IpNet;
use tower_http::compression::CompressionLayer;
use tower_http::compression::predicate::{NotForContentType, Predicate, SizeAbove};
use tower_http::set_header::SetResponseHeaderLayer;

use crate::app::App;
use crate::config;
use crate::graphql::ForecourtSchema;
use drain::Drain;
use health::Health;
use origin::Origins;
use stays::Stays;

pub use serve::serve;

/// Fewer bytes go out in one packet as they are.
const WORTH_COMPRESSING: SizeAbove = SizeAbove::new(860);

/// What every answer tells a browser; pages say more about themselves.
const SAFE: [(HeaderName, &str); 3] = [
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (header::REFERRER_POLICY, "no-referrer"),
    (header::CONTENT_SECURITY_POLICY, "default-src 'none'; frame-ancestors 'none'"),
];

/// What handlers share: a handle, for each layer copies what it holds for each request.
#[derive(Clone)]
pub(crate) struct Server(Arc<Shared>);

/// Behind the handle.
pub(crate) struct Shared {
    app: Arc<App>,
    schema: ForecourtSchema,
    /// Under which the first label of the host name is a dealership's code.
    base_domain: Option<String>,
    /// Proxies that are believed about whom they speak for.
    trusted_proxies: Vec<IpNet>,
    /// Connections that stay.
    stays: Arc<Stays>,
    /// Whose pages may ask.
    origins: Origins,
    max_body_bytes: usize,
    /// How long a body may take to come in.
    read_for: Duration,
    health: Health,
    /// How far the end of this process has come.
    drain: Drain,
}

impl Deref for Server {
    type Target = Shared;

    fn deref(&self) -> &Shared {
        &self.0
    }
}

/// All routes.
fn router(app: Arc<App>, config: &config::Http, drain: Drain) -> Router {
    let stays = Stays::new(app.subscriptions(), drain.clone());
    let server = Server(Arc::new(Shared {
        schema: crate::graphql::schema(app.limits()),
        app,
        base_domain: config.base_domain.clone(),
        trusted_proxies: config.trusted_proxies.clone(),
        origins: Origins::of(config),
        max_body_bytes: config.max_body_bytes.get(),
        read_for: Duration::from_secs(config.read_seconds.get().into()),
        health: Health::default(),
        stays,
        drain,
    }));
    let routes = Router::new()
        .merge(graphql::routes(&server))
        .merge(console::routes())
        .route("/graphql/{file}", get(graphiql::file))
        .route("/.well-known/jwks.json", get(jwks::get))
        .route("/check/{token}", get(check::get))
        .route("/healthz", get(health::live))
        .route("/readyz", get(health::ready))
        .nest("/partner/v1", partner::routes())
        .layer((
            CompressionLayer::new().compress_when(WORTH_COMPRESSING.and(NotForContentType::SSE)),
            DefaultBodyLimit::max(server.max_body_bytes),
        ))
        // Not compressed: most files are already, and their length is told.
        .route("/files/{*key}", get(files::get))
        .with_state(server);
    let [no_sniffing, no_referrer, policy] =
        SAFE.map(|(name, value)| SetResponseHeaderLayer::if_not_present(name, HeaderValue::from_static(value)));
    // As one: what lies below a layer of its own is copied for each request once more.
    routes.layer((from_fn(access::observe), policy, no_referrer, no_sniffing))
}

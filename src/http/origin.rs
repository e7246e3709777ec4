//! Which pages may ask: our own, and those of `http.allowed_origins`. A browser says whose page a request is of.

use std::time::Duration;

use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use tower_http::cors::CorsLayer;

use super::Server;
use super::graphql::Refusal;
use crate::config;

/// What pages may send along.
const SENT: [HeaderName; 6] = [
    header::AUTHORIZATION,
    header::CONTENT_TYPE,
    HeaderName::from_static("x-forecourt-dealership"),
    HeaderName::from_static("x-forecourt-branch"),
    HeaderName::from_static("traceparent"),
    HeaderName::from_static("tracestate"),
];

/// What pages may read of an answer beside its body.
const SHOWN: [HeaderName; 2] = [header::WWW_AUTHENTICATE, header::RETRY_AFTER];

/// For how long a browser need not ask again whether it may ask.
const REMEMBERED: Duration = Duration::from_secs(2 * 60 * 60);

/// The origins whose pages may ask.
#[derive(Debug)]
pub(super) struct Origins {
    /// Of `http.public_url`.
    public: String,
    allowed: Vec<HeaderValue>,
}

impl Origins {
    pub(super) fn of(config: &config::Http) -> Self {
        let public = config.public_url.to_ascii_lowercase();
        let authority = public.find("://").map_or(0, |at| at + "://".len());
        let end = public[authority..].find('/').map_or(public.len(), |at| authority + at);
        let allowed = config.allowed_origins.iter().filter_map(|origin| HeaderValue::from_str(origin).ok()).collect();
        Self { public: public[..end].to_owned(), allowed }
    }

    /// The protocol in which browsers ask whether a page of another origin may ask.
    pub(super) fn cors(&self) -> CorsLayer {
        CorsLayer::new()
            .allow_origin(self.allowed.clone())
            .allow_credentials(true)
            .allow_methods([Method::GET, Method::POST])
            .allow_headers(SENT)
            .expose_headers(SHOWN)
            .max_age(REMEMBERED)
            // All of /graphql says more than that.
            .vary([])
    }

    /// Whether the page that sent a request may; what no page sent may.
    fn admit(&self, headers: &HeaderMap) -> bool {
        let host = headers.get(header::HOST).and_then(|host| host.to_str().ok());
        headers.get_all(header::ORIGIN).iter().all(|origin| {
            self.allowed.contains(origin) || origin.to_str().is_ok_and(|origin| self.is_own(origin, host))
        })
    }

    /// Behind TLS that ends before this server, the scheme of a page is not known here, except at the public address.
    fn is_own(&self, origin: &str, host: Option<&str>) -> bool {
        let authority = |origin: &str| origin.split_once("://").map(|(_, authority)| authority.to_owned());
        let own = authority(origin);
        origin == self.public
            || own.is_some() && own != authority(&self.public) && own == host.map(str::to_ascii_lowercase)
    }
}

/// Refuses what a page of another origin sent, before anything of it is read: not even what needs no leave of the
/// protocol, and whose answer the page could not read, may run.
pub(super) async fn guard(State(server): State<Server>, request: Request, next: Next) -> Response {
    match server.origins.admit(request.headers()) {
        true => next.run(request).await,
        false => Refusal::new(
            StatusCode::FORBIDDEN,
            "ORIGIN_REFUSED",
            "Pages of this origin may not ask here: see http.allowed_origins.",
        )
        .into_response(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Config;

    #[test]
    fn a_page_of_ours_or_of_the_list_may_ask() {
        let overrides = [
            ("http.public_url", "https://Gateway.example/forecourt".to_owned()),
            ("http.allowed_origins", "https://office.example".to_owned()),
        ];
        let mut config = Config::load(None, &overrides[..1]).expect("valid").http;
        config.allowed_origins = vec![overrides[1].1.clone()];
        let origins = Origins::of(&config);
        let admits = |origin: &'static str, host: &'static str| {
            let pairs =
                [(header::ORIGIN, HeaderValue::from_static(origin)), (header::HOST, HeaderValue::from_static(host))];
            origins.admit(&pairs.into_iter().collect())
        };
        assert!(origins.admit(&HeaderMap::new()), "no page");
        assert!(admits("https://gateway.example", "10.0.0.1:8080"));
        assert!(admits("https://office.example", "gateway.example"));
        assert!(admits("http://127.0.0.1:8080", "127.0.0.1:8080"));
        assert!(admits("https://colombo-ev.gateway.example", "colombo-ev.gateway.example"));
        for (origin, host) in [
            ("http://gateway.example", "gateway.example"),
            ("https://colombo-ev.gateway.example", "gateway.example"),
            ("https://office.example:8443", "gateway.example"),
            ("https://office.example.evil.example", "gateway.example"),
            ("null", "null"),
            ("http://127.0.0.1:8081", "127.0.0.1:8080"),
            ("", ""),
        ] {
            assert!(!admits(origin, host), "{origin} {host}");
        }
    }
}

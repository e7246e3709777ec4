//! The admin console: one page at every address of its own, and the files it is made of.

use axum::Router;
use axum::extract::Path;
use axum::http::{StatusCode, header};
use axum::response::{Html, IntoResponse, Response};
use axum::routing::get;

use super::Server;
use crate::console;

/// Nothing but what this server gives, and no script or style within the page. A socket to the same host counts as `'self'`.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; \
     connect-src 'self'; font-src 'self'; manifest-src 'self'; form-action 'none'; frame-ancestors 'none'; base-uri 'none'; \
     require-trusted-types-for 'script'; trusted-types 'none'";

/// Where a file lies never changes what it is; files of a build for development do.
const KEPT: &str = if cfg!(debug_assertions) { "no-cache" } else { "public, max-age=31536000, immutable" };

/// The console's addresses.
pub(super) fn routes() -> Router<Server> {
    let pages = ["/", "/at/{*place}", "/sign-in", "/password", "/set-up"];
    let files = Router::new().route("/console/{version}/{*file}", get(file));
    pages.into_iter().fold(files, |routes, address| routes.route(address, get(page)))
}

async fn page() -> impl IntoResponse {
    let headers = [(header::CONTENT_SECURITY_POLICY, POLICY), (header::CACHE_CONTROL, "no-cache")];
    (headers, Html(console::page()))
}

async fn file(Path((_, name)): Path<(String, String)>) -> Response {
    match console::file(&name) {
        Some((media_type, bytes)) => {
            ([(header::CONTENT_TYPE, media_type), (header::CACHE_CONTROL, KEPT)], bytes).into_response()
        }
        None => StatusCode::NOT_FOUND.into_response(),
    }
}

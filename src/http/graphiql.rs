//! `GET /graphql` in a browser: GraphiQL, embedded, so that no third party sees a token or a query.

use axum::extract::Path;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};

/// Our scripts only; GraphiQL's editor sets styles inline.
const POLICY: &str = "default-src 'self'; style-src 'self' 'unsafe-inline'; font-src data:; img-src 'self' data:; \
     frame-ancestors 'none'; base-uri 'none'; form-action 'none'";

macro_rules! vendored {
    ($($name:literal as $media_type:literal),*) => {
        [$(($name, $media_type, include_bytes!(concat!("../../vendor/graphiql/", $name)))),*]
    };
}

const FILES: [(&str, &str, &[u8]); 6] = vendored![
    "graphiql.min.js" as "text/javascript",
    "graphiql.min.css" as "text/css",
    "react.production.min.js" as "text/javascript",
    "react-dom.production.min.js" as "text/javascript",
    "start.js" as "text/javascript",
    "start.css" as "text/css"
];

/// The page.
pub(super) async fn page() -> impl IntoResponse {
    let headers = [(header::CONTENT_TYPE, "text/html; charset=utf-8"), (header::CONTENT_SECURITY_POLICY, POLICY)];
    (headers, include_str!("../../vendor/graphiql/index.html"))
}

/// What the page loads.
pub(super) async fn file(Path(name): Path<String>) -> Response {
    match FILES.iter().find(|(known, ..)| *known == name) {
        Some((_, media_type, bytes)) => ([(header::CONTENT_TYPE, *media_type)], *bytes).into_response(),
        None => StatusCode::NOT_FOUND.into_response(),
    }
}

//! `GET /files/{key}`: files that lie in a folder of this machine, and logos wherever they lie, for whoever has a link to
//! them. There is no other way in, and what is no link that holds (altered, ended, another installation's, to nothing) is not
//! there: 404, always the same.

use axum::body::Body;
use axum::extract::rejection::{PathRejection, QueryRejection};
use axum::extract::{Path, Query, State};
use axum::http::{HeaderName, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};

use super::Server;
use super::request::fault;
use crate::error::{Error, Result};
use crate::integration::files::{self, Disposition, Followed, Kind, Stored};

/// A link is a secret, and so is what it opens.
const NOT_KEPT: (HeaderName, HeaderValue) = (header::CACHE_CONTROL, HeaderValue::from_static("no-store"));

/// Whatever a file holds, it runs nothing here.
const INERT: &str = "default-src 'none'; frame-ancestors 'none'; sandbox";

/// The same for what a browser shows with a viewer of its own, which does not open in a sandbox.
const VIEWED: &str = "default-src 'none'; frame-ancestors 'none'";

pub(super) async fn get(
    State(server): State<Server>,
    path: Result<Path<String>, PathRejection>,
    query: Result<Query<files::Query>, QueryRejection>,
) -> Response {
    match follow(&server, path, query).await {
        Ok(response) => response,
        Err(Error::NotFound) => (StatusCode::NOT_FOUND, [NOT_KEPT], "There is nothing here.").into_response(),
        Err(cause) => {
            fault(&cause, "cannot read a file");
            (StatusCode::INTERNAL_SERVER_ERROR, [NOT_KEPT], "Something went wrong on our side.").into_response()
        }
    }
}

async fn follow(
    server: &Server,
    path: Result<Path<String>, PathRejection>,
    query: Result<Query<files::Query>, QueryRejection>,
) -> Result<Response> {
    let (Ok(Path(path)), Ok(Query(query))) = (path, query) else { return Err(Error::NotFound) };
    let Followed { key, shown, stored, fresh } = server.app.files().follow(&path, &query).await?;
    let is_viewed = shown.disposition() == Disposition::Inline && key.kind() == Kind::Pdf;
    let text = |text: &str| HeaderValue::from_str(text).map_err(Error::internal);
    let kept = match fresh {
        // What lies there never changes: it is not even asked whether it did.
        Some(fresh) => (NOT_KEPT.0, text(&format!("private, max-age={}, immutable", fresh.as_secs()))?),
        None => NOT_KEPT,
    };
    let headers = [
        kept,
        (header::CONTENT_TYPE, HeaderValue::from_static(key.kind().media_type())),
        (header::CONTENT_LENGTH, HeaderValue::from(stored.length)),
        (header::CONTENT_DISPOSITION, text(&shown.header())?),
        (header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(if is_viewed { VIEWED } else { INERT })),
        (header::REFERRER_POLICY, HeaderValue::from_static("no-referrer")),
        (header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff")),
    ];
    Ok((headers, body(stored)).into_response())
}

fn body(stored: Stored) -> Body {
    Body::from_stream(stored.into_stream())
}

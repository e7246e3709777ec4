//! Around every request: its span, its line in the log, its figures, and the `traceparent` by which whoever asked finds them.

use axum::extract::{MatchedPath, Request};
use axum::middleware::Next;
use axum::response::Response;

use crate::telemetry;
use crate::telemetry::trace::TRACEPARENT;

pub(super) async fn observe(request: Request, next: Next) -> Response {
    // A path as it was asked for may hold anything.
    let route = request.extensions().get::<MatchedPath>().map(MatchedPath::as_str);
    let observed = telemetry::Request::begin(request.method(), route, request.headers());
    let mut response = observed.run(next.run(request)).await;
    if let Some(traceparent) = observed.traceparent() {
        response.headers_mut().insert(TRACEPARENT, traceparent);
    }
    observed.answered(response.status());
    response
}

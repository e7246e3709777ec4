//! Carries out one operation.

use std::sync::Arc;
use std::time::Duration;

use async_graphql::{Request, Response, ServerError, value};
use tracing::Instrument;

use super::operation::{Allowed, Charge, Prepared, Refusal};
use super::{Cx, ForecourtSchema, answer_order, nulls, operation, present};
use crate::telemetry::Operation;

/// Runs one operation and gives its errors their codes; `trace_id` stands for whatever went wrong on our side. Where all
/// errors are without a path, nothing was carried out.
pub async fn execute(schema: &ForecourtSchema, request: Request, cx: Cx, allowed: Allowed, trace_id: &str) -> Response {
    let mut observed = Operation::begin(&cx.session.told());
    let span = observed.span();
    // Boxed: resolvers nest deep, and what is around them is moved less.
    let answered = Box::pin(answer(schema, request, cx, allowed, &mut observed));
    let mut response = answered.instrument(span).await;
    observed.end(present(&mut response, trace_id));
    response
}

async fn answer(
    schema: &ForecourtSchema,
    request: Request,
    cx: Cx,
    allowed: Allowed,
    observed: &mut Operation,
) -> Response {
    match schema.preparation.prepare(&cx, request, allowed, observed).await {
        Ok(prepared) => within_deadline(schema, prepared, cx).await,
        Err(errors) => Response::from_errors(errors),
    }
}

/// Carries an operation out, unless it takes too long.
pub(super) async fn within_deadline(schema: &ForecourtSchema, prepared: Prepared, cx: Cx) -> Response {
    let charge = prepared.charge;
    // What is dropped here leaves its transaction, which is rolled back.
    let response = match tokio::time::timeout(schema.deadline, run(schema, prepared, cx)).await {
        Ok(response) => response,
        Err(_) => Response::from_errors(vec![too_late(schema.deadline)]),
    };
    priced(response, charge)
}

async fn run(schema: &ForecourtSchema, prepared: Prepared, cx: Cx) -> Response {
    let Prepared { request, document, .. } = prepared;
    let session = Arc::clone(&cx.session);
    let name = request.operation_name.clone();
    let mut response = schema.executing.execute(request.data(cx)).await;
    nulls::complete(schema.preparation.registry(), &document.document, name.as_deref(), &mut response);
    answer_order::restore(&mut response.data, &document.document, name.as_deref());
    answer_order::restore_errors(&mut response.errors);
    match session.settle().await {
        Ok(()) => response,
        Err(error) => Response::from_errors(operation::failure(error)),
    }
}

/// Tells what an operation cost and what is left.
pub(super) fn priced(response: Response, charge: Charge) -> Response {
    let Charge { requested, available, restore_rate } = charge;
    response.extension("cost", value!({"requested": requested, "available": available, "restoreRate": restore_rate}))
}

pub(super) fn too_late(deadline: Duration) -> ServerError {
    Refusal::too_late(deadline).into_error()
}

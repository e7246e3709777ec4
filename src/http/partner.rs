//! `/partner/v1`: what leasing companies' programs ask. A key opens it, never a person's token; answers are JSON and are not
//! to be kept by anybody between.

use std::sync::Arc;

use axum::extract::rejection::{PathRejection, QueryRejection};
use axum::extract::{FromRequestParts, Path, Query};
use axum::http::request::Parts;
use axum::http::{HeaderName, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use axum::{Json, Router};
use chrono::NaiveDate;
use entity::partner_key::KeyScope;
use sea_orm::ActiveEnum;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::Server;
use super::request::{bearer, fault};
use super::visitor::Device;
use super::workplace::workplace;
use crate::app::App;
use crate::auth::{self, Partner};
use crate::database::Tx;
use crate::error::{Error, Result};
use crate::scope::Scope;
use crate::store::financed::{self, Financed};
use crate::store::partner_key::{names, scopes};
use crate::telemetry;

/// The routes, to be nested.
pub(super) fn routes() -> Router<Server> {
    Router::new()
        .route("/bills/{number}", get(bill).fallback(no_method))
        .route("/key", get(key).fallback(no_method))
        .fallback(async || Failure::from(Error::NotFound))
}

/// What is said of a bill.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Bill {
    bill_number: String,
    date: NaiveDate,
    status: String,
    branch_code: String,
    vehicle_price: Amount,
    down_payment: Option<Amount>,
    leased_amount: Option<Amount>,
    disbursed: Option<Amount>,
    outstanding: Option<Amount>,
    rmv_status: Option<String>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Amount {
    amount_minor: i64,
    currency: String,
}

/// What a request must name beside the bill: whoever has seen the vehicle's papers knows it.
#[derive(Deserialize)]
struct Proof {
    chassis: String,
}

async fn bill(
    caller: Caller,
    number: Result<Path<String>, PathRejection>,
    proof: Result<Query<Proof>, QueryRejection>,
) -> Result<Answer, Failure> {
    caller.partner.require(KeyScope::BillStatusRead)?;
    let (Ok(Path(number)), Ok(Query(Proof { chassis }))) = (number, proof) else { return Err(unreadable()) };
    let found = financed::find(&caller.read().await?, &number, &chassis).await?;
    Ok(Answer(json!(Bill::from(found.ok_or(Error::NotFound)?))))
}

/// What a key is, for those who hold several.
async fn key(caller: Caller) -> Result<Answer, Failure> {
    let key = caller.partner.key();
    let names = names(&caller.read().await?).await?;
    Ok(Answer(json!({
        "name": key.name,
        "keyId": key.key_id,
        "financeCompany": names.finance_company,
        "dealershipCode": names.dealership_code,
        "scopes": scopes(key).iter().map(ActiveEnum::to_value).collect::<Vec<_>>(),
        "branches": key.of_branches.then_some(names.branch_codes),
        "expiresAt": key.expires_at,
    })))
}

async fn no_method() -> Failure {
    Failure::of(StatusCode::METHOD_NOT_ALLOWED, "METHOD_NOT_ALLOWED", "Ask with GET.")
}

impl From<Financed> for Bill {
    fn from(bill: Financed) -> Self {
        let amount = |amount_minor| Amount { amount_minor, currency: bill.currency.clone() };
        let disbursed = bill.leased_minor.zip(bill.outstanding_minor).map(|(leased, outstanding)| leased - outstanding);
        Self {
            date: bill.bill_date,
            status: bill.status.to_value(),
            vehicle_price: amount(bill.vehicle_price_minor),
            down_payment: bill.down_payment_minor.map(amount),
            leased_amount: bill.leased_minor.map(amount),
            disbursed: disbursed.map(amount),
            outstanding: bill.outstanding_minor.map(amount),
            rmv_status: bill.registration.map(|status| status.to_value()),
            bill_number: bill.bill_number,
            branch_code: bill.branch_code,
        }
    }
}

/// Whoever showed a key that holds; what the request says about where it is for can only shrink what the key reaches.
struct Caller {
    partner: Partner,
    scope: Scope,
    app: Arc<App>,
}

impl Caller {
    async fn read(&self) -> Result<Tx> {
        self.app.read(self.scope.clone()).await
    }
}

impl FromRequestParts<Server> for Caller {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, server: &Server) -> Result<Self, Failure> {
        let app = Arc::clone(&server.app);
        let Ok(Device(visitor)) = Device::from_request_parts(parts, server).await;
        let key = bearer(&parts.headers)?.ok_or(Error::Unauthenticated)?;
        let partner = auth::authenticate_partner(&app, key, visitor.address).await?;
        let workplace = workplace(&parts.headers, server.base_domain.as_deref())?;
        let scope = auth::narrow(&app, partner.scope().clone(), &workplace).await?;
        telemetry::asked_by(&scope.told());
        Ok(Self { partner, scope, app })
    }
}

const NOT_KEPT: (HeaderName, HeaderValue) = (header::CACHE_CONTROL, HeaderValue::from_static("no-store"));

struct Answer(Value);

impl IntoResponse for Answer {
    fn into_response(self) -> Response {
        ([NOT_KEPT], Json(self.0)).into_response()
    }
}

/// Why there is no answer: `{"error": {"code", "message"}}`.
struct Failure {
    status: StatusCode,
    error: Value,
}

impl Failure {
    fn of(status: StatusCode, code: &str, message: &str) -> Self {
        telemetry::failed(code);
        Self { status, error: json!({"code": code, "message": message}) }
    }

    /// Of which the log tells the cause, and the answer how to find it there.
    fn internal(cause: &Error) -> Self {
        let trace_id = fault(cause, "a partner's request failed");
        let error = json!({"code": "INTERNAL", "message": "Something went wrong on our side.", "traceId": trace_id});
        Self { status: StatusCode::INTERNAL_SERVER_ERROR, error }
    }
}

fn unreadable() -> Failure {
    let message = "Name the bill in the path and its vehicle's chassis number as `chassis`, once.";
    Failure::of(StatusCode::BAD_REQUEST, "BAD_REQUEST", message)
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        let (status, message) = match &error {
            Error::NotFound => (StatusCode::NOT_FOUND, "We could not find that."),
            Error::Unauthenticated => (StatusCode::UNAUTHORIZED, "Show a key that holds, from where it may be used."),
            Error::Forbidden => (StatusCode::FORBIDDEN, "This key does not have the scope for that."),
            Error::ScopeMismatch => (StatusCode::BAD_REQUEST, "This key is not for the dealership or branch named."),
            Error::DeadlineExceeded => (StatusCode::SERVICE_UNAVAILABLE, "This took too long and was stopped."),
            Error::Overloaded => {
                (StatusCode::SERVICE_UNAVAILABLE, "There is too much to do right now. Try again in a moment.")
            }
            other => return Self::internal(other),
        };
        Self::of(status, error.code(), message)
    }
}

impl IntoResponse for Failure {
    fn into_response(self) -> Response {
        let mut response = (self.status, [NOT_KEPT], Json(json!({"error": self.error}))).into_response();
        if self.status == StatusCode::UNAUTHORIZED {
            response.headers_mut().insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
        }
        response
    }
}

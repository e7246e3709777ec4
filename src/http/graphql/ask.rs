//! What a request asks: the parameters of GraphQL over HTTP, from a body of JSON or from the address.

use std::time::Duration;

use async_graphql::{Extensions, Request, Value, Variables};
use axum::body::Bytes;
use axum::extract::{FromRequest, Query};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, Uri, header};
use serde::Deserialize;
use tokio::time::timeout;

use super::accept::is_utf8;
use super::refusal::Refusal;
use crate::http::Server;

/// A request that can be run.
pub(in crate::http) struct Ask(pub(in crate::http) Request);

impl FromRequest<Server> for Ask {
    type Rejection = Refusal;

    async fn from_request(request: axum::extract::Request, server: &Server) -> Result<Self, Refusal> {
        let parameters = match *request.method() {
            Method::GET | Method::HEAD => of_address(request.uri())?,
            _ => of_body(request, server).await?,
        };
        parameters.asked().map(Self)
    }
}

/// Whether the address holds a request, and is no mere link to the page.
pub(super) fn is_in(address: &Uri) -> bool {
    pairs(address).is_ok_and(|pairs| pairs.iter().any(|(name, _)| NAMES.contains(&name.as_str())))
}

const NAMES: [&str; 5] = ["query", "operationName", "variables", "extensions", "documentId"];

/// The parameters, each of its type or null. Others are ignored, as the specification asks.
#[derive(Default, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Parameters {
    query: Option<String>,
    operation_name: Option<String>,
    #[serde(default)]
    variables: Variables,
    extensions: Option<Extensions>,
    /// Of a document that is known here already.
    document_id: Option<String>,
}

impl Parameters {
    fn asked(self) -> Result<Request, Refusal> {
        let mut extensions = self.extensions.unwrap_or_default();
        let is_known = self.document_id.is_some() || extensions.contains_key("persistedQuery");
        if self.query.is_none() && !is_known {
            return Err(Refusal::bad_request("Send a document as `query`."));
        }
        if let Some(id) = self.document_id {
            extensions.insert("documentId".to_owned(), Value::String(id));
        }
        let mut request = Request::new(self.query.unwrap_or_default()).variables(self.variables);
        // Forms send what they leave empty.
        request.operation_name = self.operation_name.filter(|name| !name.is_empty());
        request.extensions = extensions;
        Ok(request)
    }
}

fn of_address(address: &Uri) -> Result<Parameters, Refusal> {
    let mut parameters = Parameters::default();
    let mut seen = Vec::with_capacity(NAMES.len());
    for (name, value) in pairs(address)? {
        let Some(known) = NAMES.into_iter().find(|known| *known == name) else { continue };
        if seen.contains(&known) {
            return Err(Refusal::bad_request("Send each parameter once."));
        }
        seen.push(known);
        match known {
            "query" => parameters.query = Some(value),
            "operationName" => parameters.operation_name = Some(value),
            "documentId" => parameters.document_id = Some(value),
            "variables" => parameters.variables = serde_json::from_str(&value).map_err(|_| of_other_types())?,
            _ => parameters.extensions = serde_json::from_str(&value).map_err(|_| of_other_types())?,
        }
    }
    Ok(parameters)
}

fn pairs(address: &Uri) -> Result<Vec<(String, String)>, Refusal> {
    let pairs = Query::<Vec<(String, String)>>::try_from_uri(address);
    pairs.map(|Query(pairs)| pairs).map_err(|_| Refusal::bad_request("The address is not readable."))
}

async fn of_body(request: axum::extract::Request, server: &Server) -> Result<Parameters, Refusal> {
    require_json(request.headers())?;
    // Nothing is read of what is too long by its own word.
    let length = request.headers().get(header::CONTENT_LENGTH).and_then(|value| value.to_str().ok()?.parse().ok());
    if length.is_some_and(|length: u64| usize::try_from(length).is_ok_and(|length| length > server.max_body_bytes)) {
        return Err(Refusal::too_large());
    }
    let body = read(request, server.read_for).await?;
    match body.iter().find(|byte| !byte.is_ascii_whitespace()) {
        Some(b'{') => serde_json::from_slice(&body).map_err(|error| match error.is_data() {
            true => of_other_types(),
            false => Refusal::bad_request("The body is no JSON."),
        }),
        Some(b'[') => Err(Refusal::bad_request("Send one request at a time: batches are not taken.")),
        _ => Err(Refusal::bad_request("The body is no JSON object.")),
    }
}

/// The whole body, within the time and the length that a body may have.
async fn read(request: axum::extract::Request, time: Duration) -> Result<Bytes, Refusal> {
    match timeout(time, Bytes::from_request(request, &())).await {
        Ok(Ok(body)) => Ok(body),
        Ok(Err(rejection)) if rejection.status() == StatusCode::PAYLOAD_TOO_LARGE => Err(Refusal::too_large()),
        Ok(Err(_)) => Err(Refusal::bad_request("The body ended before its end.")),
        Err(_) => {
            Err(Refusal::new(StatusCode::REQUEST_TIMEOUT, "REQUEST_TIMEOUT", "The request did not arrive in time."))
        }
    }
}

fn of_other_types() -> Refusal {
    Refusal::bad_request(
        "`query`, `operationName` and `documentId` are texts; `variables` and `extensions` are objects in JSON.",
    )
}

/// JSON alone: a browser sends the types of forms across sites without asking first.
fn require_json(headers: &HeaderMap) -> Result<(), Refusal> {
    let unsupported = |name: HeaderName, value| {
        let message = "Send the request as application/json, in UTF-8 and not compressed.";
        Err(Refusal::unsupported(message).with(name, value))
    };
    let mut encodings = headers.get_all(header::CONTENT_ENCODING).iter();
    if encodings.any(|encoding| !encoding.as_bytes().eq_ignore_ascii_case(b"identity")) {
        return unsupported(header::ACCEPT_ENCODING, "identity");
    }
    let mut types = headers.get_all(header::CONTENT_TYPE).iter();
    match (types.next(), types.next()) {
        (Some(value), None) if is_json(value) => Ok(()),
        _ => unsupported(header::ACCEPT, "application/json"),
    }
}

fn is_json(content_type: &HeaderValue) -> bool {
    let mut parts = content_type.to_str().unwrap_or_default().split(';').map(str::trim);
    let is_json = parts.next().is_some_and(|name| name.eq_ignore_ascii_case("application/json"));
    let mut charsets =
        parts.filter_map(|part| part.split_once('=')).filter(|(key, _)| key.eq_ignore_ascii_case("charset"));
    is_json && charsets.all(|(_, charset)| is_utf8(charset))
}

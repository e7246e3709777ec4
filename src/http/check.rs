//! `GET /check/{token}`: whether a document is genuine, for whoever holds it and follows its QR code. A page without
//! programs and without anything personal; what was never printed is not there: 404, always the same.

use std::sync::LazyLock;

use axum::extract::rejection::PathRejection;
use axum::extract::{Path, State};
use axum::http::{HeaderName, HeaderValue, StatusCode, header};
use axum::response::{Html, IntoResponse, Response};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use entity::document::Kind;
use sha2::{Digest, Sha256};

use super::Server;
use super::request::fault;
use crate::error::{Error, Result};
use crate::service::document::{self, Checked};

/// What is true now need not be later.
const NOT_KEPT: (HeaderName, HeaderValue) = (header::CACHE_CONTROL, HeaderValue::from_static("no-store"));

const NOT_INDEXED: (HeaderName, HeaderValue) =
    (HeaderName::from_static("x-robots-tag"), HeaderValue::from_static("noindex"));

const STYLE: &str = "body{font:1.1rem/1.5 system-ui,sans-serif;max-width:32rem;margin:12vh auto;padding:0 1.5rem;color:#222}\
    h1{font-size:1.4rem}dt{color:#666;font-size:.9rem}dd{margin:0 0 .8rem}";

/// Its own style, by its hash, and nothing else.
static POLICY: LazyLock<String> = LazyLock::new(|| {
    let hash = STANDARD.encode(Sha256::digest(STYLE));
    format!(
        "default-src 'none'; style-src 'sha256-{hash}'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'; sandbox"
    )
});

pub(super) async fn get(State(server): State<Server>, token: Result<Path<String>, PathRejection>) -> Response {
    let checked = match token {
        Ok(Path(token)) => document::check(&server.app, &token).await,
        Err(_) => Err(Error::NotFound),
    };
    match checked {
        Ok(genuine) => answer(StatusCode::OK, &page(&genuine)),
        Err(Error::NotFound) => answer(StatusCode::NOT_FOUND, &unknown()),
        Err(cause) => {
            fault(&cause, "cannot check a document");
            let body = "<h1>Something went wrong on our side</h1><p>Please try again in a moment.</p>";
            answer(StatusCode::INTERNAL_SERVER_ERROR, &whole("Something went wrong", body))
        }
    }
}

fn answer(status: StatusCode, page: &str) -> Response {
    let policy = HeaderValue::from_str(&POLICY).unwrap_or(HeaderValue::from_static("default-src 'none'"));
    let headers = [NOT_KEPT, NOT_INDEXED, (header::CONTENT_SECURITY_POLICY, policy)];
    (status, headers, Html(page.to_owned())).into_response()
}

fn page(genuine: &Checked) -> String {
    let mut facts = vec![
        ("Issued by", genuine.dealership.clone()),
        ("Document", kind(genuine.kind).to_owned()),
        ("Number", genuine.number.clone()),
        ("Date", genuine.issued_on.format("%-d %B %Y").to_string()),
    ];
    if let Some((total, currency)) = &genuine.total {
        facts.push(("Amount", format!("{total} ({currency})")));
    }
    let facts: String =
        facts.iter().map(|(label, value)| format!("<dt>{label}</dt><dd>{}</dd>", escaped(value))).collect();
    let body = format!(
        "<h1>This document is genuine</h1><p>It was issued as follows. Compare this with what you hold.</p><dl>{facts}</dl>"
    );
    whole("This document is genuine", &body)
}

fn unknown() -> String {
    let body = "<h1>We know no such document</h1><p>The address is incomplete, or this is no document of ours. \
                Type it as it is printed, or ask whoever gave you the document.</p>";
    whole("We know no such document", body)
}

fn whole(title: &str, body: &str) -> String {
    format!(
        "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" \
         content=\"width=device-width\"><title>{title}</title><style>{STYLE}</style></head><body>{body}</body></html>"
    )
}

fn kind(kind: Kind) -> &'static str {
    match kind {
        Kind::TaxInvoice => "Tax invoice",
        Kind::Invoice => "Invoice",
        Kind::AdvanceReceipt => "Advance receipt",
        Kind::CreditNote => "Credit note",
        Kind::Proforma => "Proforma invoice",
        Kind::SalesQuotation => "Sales quotation",
        Kind::ClaimQuotation => "Quotation",
        Kind::ClaimInvoice => "Claim invoice",
        Kind::StockReport => "Stock report",
        Kind::FinancierReport => "Sales report",
        Kind::Archive => "Archive",
    }
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;").replace('\'', "&#39;")
}

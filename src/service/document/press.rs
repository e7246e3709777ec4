//! Printing: a sheet becomes files that are kept. No transaction is open meanwhile.

use chrono::Datelike;
use entity::document::{Kind, Model};
use uuid::Uuid;

use super::sheet::Sheet;
use super::{check, fresh_id};
use crate::app::App;
use crate::document::{Document, Letterhead, TEMPLATE_VERSION, render};
use crate::error::{Error, Result};
use crate::integration::files::{Class, Key, Kind as FileKind, Shelf};
use crate::scope::Scope;

/// The files of a document's row.
const ORIGINAL: u32 = 1;
const COPY: u32 = 2;

/// Longest file of a document.
const MOST: u64 = 64 << 20;

/// Prints an original, and the copy that whoever asks again will be given.
pub(super) async fn original(app: &App, scope: &Scope, sheet: Sheet, letterhead: Letterhead) -> Result<Model> {
    let (dealership_id, id) = (scope.dealership()?, fresh_id(app));
    let is_reprinted = sheet.subject.is_some();
    let check_url = is_reprinted.then(|| check::url(app, dealership_id, id));
    let print = Document { letterhead, reprint: false, check_url, content: sheet.content };
    let set = move || -> Result<(Vec<u8>, Option<Vec<u8>>)> {
        let original = render(&print, TEMPLATE_VERSION)?;
        let again = Document { reprint: true, ..print };
        Ok((original, is_reprinted.then(|| render(&again, TEMPLATE_VERSION)).transpose()?))
    };
    let (original, copy) = tokio::task::spawn_blocking(set).await.map_err(Error::internal)??;
    let shelf = shelf(dealership_id, sheet.kind, app.now().year())?;
    let key = shelf.of_row(id, ORIGINAL);
    let bytes = i64::try_from(original.len()).map_err(Error::internal)?;
    app.files().put(scope, &key, original).await?;
    if let Some(copy) = copy {
        app.files().put(scope, &shelf.of_row(id, COPY), copy).await?;
    }
    Ok(Model {
        dealership_id,
        id,
        branch_id: sheet.branch,
        kind: sheet.kind,
        number: sheet.number,
        issued_on: sheet.issued_on,
        total_minor: sheet.total_minor,
        currency: sheet.currency,
        subject_id: sheet.subject.unwrap_or(id),
        bill_id: sheet.refers.bill,
        credit_note_id: sheet.refers.credit_note,
        quotation_id: sheet.refers.quotation,
        sales_quotation_id: sheet.refers.sales_quotation,
        job_id: None,
        template_version: i32::from(TEMPLATE_VERSION),
        is_copy: false,
        shows_cost: sheet.shows_cost,
        file: key.to_string(),
        bytes,
        created_by_id: None,
        created_at: app.now(),
    })
}

/// The copy that was printed with an original.
pub(super) async fn copy(app: &App, scope: &Scope, original: Model) -> Result<Model> {
    let key = original.file.parse::<Key>()?.of_version(COPY).ok_or(Error::NotFound)?;
    let bytes = i64::try_from(app.files().get(scope, &key, MOST).await?.length).map_err(Error::internal)?;
    let (id, created_at) = (fresh_id(app), app.now());
    Ok(Model { id, is_copy: true, file: key.to_string(), bytes, created_at, ..original })
}

fn shelf(dealership: Uuid, kind: Kind, year: i32) -> Result<Shelf> {
    let class = match kind {
        Kind::TaxInvoice | Kind::Invoice | Kind::AdvanceReceipt | Kind::Proforma => Class::Bill,
        Kind::CreditNote => Class::CreditNote,
        Kind::SalesQuotation | Kind::ClaimQuotation | Kind::ClaimInvoice => Class::Quotation,
        Kind::StockReport | Kind::FinancierReport => Class::Report,
        Kind::Archive => Class::Export,
    };
    Shelf::new(dealership, class, year, FileKind::Pdf)
}

//! Layouts, one kind a file, of the parts that all kinds share.

mod advance_receipt;
mod claim;
mod credit_note;
mod financier_report;
mod goods;
mod invoice;
mod parts;
mod proforma;
mod sales_quotation;
mod stationery;
mod stock_report;
mod tax_invoice;

use super::{Content, Document};
use crate::error::Result;

/// Sets a document.
pub(super) fn set(document: &Document) -> Result<Vec<u8>> {
    match &document.content {
        Content::TaxInvoice(view) => tax_invoice::set(document, view),
        Content::Invoice(view) => invoice::set(document, view),
        Content::AdvanceReceipt(view) => advance_receipt::set(document, view),
        Content::CreditNote(view) => credit_note::set(document, view),
        Content::Proforma(view) => proforma::set(document, view),
        Content::SalesQuotation(view) => sales_quotation::set(document, view),
        Content::Claim(view) => claim::set(document, view),
        Content::StockReport(view) => stock_report::set(document, view),
        Content::FinancierReport(view) => financier_report::set(document, view),
    }
}

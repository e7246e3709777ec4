//! What documents say, one noun a file: names, days, amounts in minor units of the view's currency (ISO 4217).

mod advance_receipt;
mod claim;
mod credit_note;
mod financier_report;
mod invoice;
mod letterhead;
mod party;
mod proforma;
mod sale;
mod sales_quotation;
mod stock_report;
mod tax;
mod tax_invoice;
mod vehicle;

pub use advance_receipt::AdvanceReceipt;
pub use claim::{Claim, ClaimItem, ClaimKind};
pub use credit_note::CreditNote;
pub use financier_report::{FinancedSale, FinancierReport, FinancierSales};
pub use invoice::Invoice;
pub use letterhead::Letterhead;
pub use party::Party;
pub use proforma::Proforma;
pub use sale::{Payment, Sale};
pub use sales_quotation::SalesQuotation;
pub use stock_report::{StockReport, StockUnit};
pub use tax::Tax;
pub use tax_invoice::TaxInvoice;
pub use vehicle::Vehicle;

/// One document: whose paper it is on, and what it says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Document {
    /// How the dealership dresses it.
    pub letterhead: Letterhead,
    /// Printed before: every page says `COPY ONLY`.
    pub reprint: bool,
    /// Where anybody may check that the document is genuine; printed as a QR code.
    pub check_url: Option<String>,
    /// What it says.
    pub content: Content,
}

/// What a document says, by kind.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Content {
    /// Bill of a registered supplier, in the law's layout.
    TaxInvoice(TaxInvoice),
    /// Bill of anybody else, or to a buyer who asks for no tax invoice.
    Invoice(Invoice),
    /// Advance taken on a bill whose balance is open.
    AdvanceReceipt(AdvanceReceipt),
    /// Bill taken back.
    CreditNote(CreditNote),
    /// Offer addressed to a leasing company.
    Proforma(Proforma),
    /// Offer of a bike to a customer.
    SalesQuotation(SalesQuotation),
    /// Repair or insurance-claim estimate, or the invoice made of one.
    Claim(Claim),
    /// Bikes in stock on a day.
    StockReport(StockReport),
    /// Sales that leasing companies finance.
    FinancierReport(FinancierReport),
}

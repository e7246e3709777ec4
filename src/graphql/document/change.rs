//! Having documents made, mailed, and put together.

use async_graphql::{Context, ID, InputObject, Object, OneofObject};

use super::super::change::{named, named_if, payload};
use super::super::context::cx;
use super::super::date::Date;
use super::super::global_id::Tag;
use super::super::job::JobPayload;
use super::Document;
use crate::error::Result;
use crate::service::document::{ArchiveBills, MailBill, Subject};

/// What a document is made of.
#[derive(OneofObject)]
pub(in crate::graphql) enum MakeDocumentInput {
    /// A bill: its tax invoice, its invoice, or the receipt of an advance.
    Bill(ID),
    /// The bill whose proforma it is.
    BillProforma(ID),
    /// A credit note.
    CreditNote(ID),
    /// An offer.
    SalesQuotation(ID),
    /// The offer whose proforma it is.
    SalesQuotationProforma(ID),
    /// A repair or claim quotation, or the invoice made of one.
    Quotation(ID),
    /// The stock as it stands.
    StockReport(StockReportInput),
    /// What a leasing company finances of a month's sales.
    FinancierReport(FinancierReportInput),
}

/// Which stock.
#[derive(InputObject)]
pub(in crate::graphql) struct StockReportInput {
    /// That of one branch alone; left out: all that you act in.
    branch: Option<ID>,
}

/// Which sales.
#[derive(InputObject)]
pub(in crate::graphql) struct FinancierReportInput {
    /// The leasing company.
    finance_company: ID,
    /// A day of the month.
    month: Date,
}

/// A bill to mail.
#[derive(InputObject)]
pub(in crate::graphql) struct MailBillInput {
    /// Fresh for each letter, 8 to 64 characters: the same request twice sends one.
    idempotency_key: String,
    /// Which bill.
    bill: ID,
    /// Where to.
    #[graphql(secret)]
    email: String,
}

/// Bills to put in one file.
#[derive(InputObject)]
pub(in crate::graphql) struct ArchiveBillsInput {
    /// Those of one branch alone; left out: all that you act in.
    branch: Option<ID>,
    /// A day of the month.
    month: Date,
}

payload! {
    /// What became of a document.
    DocumentPayload {
        /// The document; null when it was refused.
        document: Document
    }
}

impl MakeDocumentInput {
    fn resolve(self) -> Result<Subject> {
        Ok(match self {
            Self::Bill(id) => Subject::Bill(named(Tag::Bill, "bill", &id)?),
            Self::BillProforma(id) => Subject::BillProforma(named(Tag::Bill, "billProforma", &id)?),
            Self::CreditNote(id) => Subject::CreditNote(named(Tag::CreditNote, "creditNote", &id)?),
            Self::SalesQuotation(id) => Subject::SalesQuotation(named(Tag::SalesQuotation, "salesQuotation", &id)?),
            Self::SalesQuotationProforma(id) => {
                Subject::SalesQuotationProforma(named(Tag::SalesQuotation, "salesQuotationProforma", &id)?)
            }
            Self::Quotation(id) => Subject::Quotation(named(Tag::Quotation, "quotation", &id)?),
            Self::StockReport(StockReportInput { branch }) => {
                Subject::StockReport { branch: named_if(Tag::Branch, "stockReport.branch", branch.as_ref())? }
            }
            Self::FinancierReport(FinancierReportInput { finance_company, month }) => Subject::FinancierReport {
                finance_company: named(Tag::FinanceCompany, "financierReport.financeCompany", &finance_company)?,
                month: month.0,
            },
        })
    }
}

impl MailBillInput {
    fn resolve(self) -> Result<MailBill> {
        Ok(MailBill { bill: named(Tag::Bill, "bill", &self.bill)?, email: self.email })
    }
}

impl ArchiveBillsInput {
    fn resolve(self) -> Result<ArchiveBills> {
        Ok(ArchiveBills { branch: named_if(Tag::Branch, "branch", self.branch.as_ref())?, month: self.month.0 })
    }
}

#[derive(Default)]
pub(in crate::graphql) struct DocumentMutation;

#[Object]
impl DocumentMutation {
    /// Has a document printed and kept. What it is of has one original, which is given first; whoever asks again is given
    /// the copy. Reports are made anew each time. Your role must be one that sees personal data in clear where it is printed.
    async fn make_document(
        &self,
        ctx: &Context<'_>,
        input: MakeDocumentInput,
    ) -> async_graphql::Result<DocumentPayload> {
        let cx = cx(ctx);
        Ok(DocumentPayload::of(cx, Box::pin(cx.make(input.resolve())).await?).await?)
    }

    /// Mails a link to a bill's document, which is made if there is none; the link holds for a week.
    async fn mail_bill(&self, ctx: &Context<'_>, input: MailBillInput) -> async_graphql::Result<DocumentPayload> {
        let (cx, key) = (cx(ctx), input.idempotency_key.clone());
        Ok(DocumentPayload::of(cx, Box::pin(cx.mail(input.resolve(), &key)).await?).await?)
    }

    /// Has the documents of a month's bills put in one file, a zip; those that are missing are made. The job's `document` is
    /// it. The same request while it is under way gives the same job.
    async fn archive_bills(&self, ctx: &Context<'_>, input: ArchiveBillsInput) -> async_graphql::Result<JobPayload> {
        let cx = cx(ctx);
        Ok(JobPayload::of(cx, cx.change(input.resolve(), None).await?).await?)
    }
}

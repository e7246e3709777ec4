//! Documents made of rows: printed once, kept, handed out as they were.
//!
//! A bill, a note, an offer has one original, made when it is first asked for; whoever asks again is given the copy, which
//! says `COPY ONLY` and the rest alike. Both are printed at the same time, of the same rows, so that no payment, look or
//! layout that comes later can part them. Reports are made anew each time. Nothing is printed while a transaction is open
//! that writes: SQLite has one writer.

mod archive;
mod bill;
mod check;
mod credit_note;
mod financier_report;
mod letterhead;
mod logos;
mod mail;
mod press;
mod quotation;
mod reading;
mod sale;
mod sales_quotation;
mod sheet;
mod stock_report;

pub use archive::{ArchiveBills, Archived, MonthOfBills};
pub use check::{Checked, check, check_url};
pub use mail::{MailBill, mail};

use chrono::NaiveDate;
use entity::document::{Column, Entity, Kind, Model};
use sea_orm::{ColumnTrait, QueryFilter};
use uuid::Uuid;

use super::{Desk, Event, TRIES};
use crate::app::App;
use crate::database::Tx;
use crate::document::Letterhead;
use crate::error::{Error, Result};
use crate::id;
use crate::permission::Permission;
use crate::scope::Scope;
use crate::store::load::Key;
use logos::Logos;
use reading::Reading;
use sheet::Sheet;

/// What a document is made of.
#[derive(Clone, Copy, Debug)]
pub enum Subject {
    /// A bill: its tax invoice, its invoice, or the receipt of an advance.
    Bill(Key),
    /// The proforma of a leasing bill.
    BillProforma(Key),
    /// A credit note.
    CreditNote(Key),
    /// An offer.
    SalesQuotation(Key),
    /// The proforma of an offer.
    SalesQuotationProforma(Key),
    /// A repair or claim quotation, or the invoice made of one.
    Quotation(Key),
    /// The stock of a branch, or all that one acts in.
    StockReport {
        /// Of this branch alone.
        branch: Option<Key>,
    },
    /// What a leasing company finances of a month's sales.
    FinancierReport {
        /// Which.
        finance_company: Key,
        /// A day of the month.
        month: NaiveDate,
    },
}

impl Subject {
    /// What a role needs to have it made: whatever is on it.
    fn permissions(self) -> [Permission; 2] {
        match self {
            Self::Bill(_) | Self::BillProforma(_) | Self::CreditNote(_) => {
                [Permission::ReadBills, Permission::ReadIdentity]
            }
            Self::SalesQuotation(_) | Self::SalesQuotationProforma(_) => {
                [Permission::ReadSalesQuotations, Permission::ReadIdentity]
            }
            Self::Quotation(_) => [Permission::ReadQuotations, Permission::ReadIdentity],
            Self::StockReport { .. } => [Permission::ReadStock; 2],
            Self::FinancierReport { .. } => [Permission::ReadBills; 2],
        }
    }

    async fn read(self, reading: &Reading<'_>) -> Result<Sheet> {
        match self {
            Self::Bill(key) => bill::read(reading, key).await,
            Self::BillProforma(key) => bill::proforma(reading, key).await,
            Self::CreditNote(key) => credit_note::read(reading, key).await,
            Self::SalesQuotation(key) => sales_quotation::read(reading, key).await,
            Self::SalesQuotationProforma(key) => sales_quotation::proforma(reading, key).await,
            Self::Quotation(key) => quotation::read(reading, key).await,
            Self::StockReport { branch } => stock_report::read(reading, branch).await,
            Self::FinancierReport { finance_company, month } => {
                financier_report::read(reading, finance_company, month).await
            }
        }
    }
}

/// What a role needs to know of a document: what it needs to read what that is of.
pub fn permission(document: &Model) -> Permission {
    match document.kind {
        Kind::TaxInvoice | Kind::Invoice | Kind::AdvanceReceipt | Kind::CreditNote => Permission::ReadBills,
        Kind::FinancierReport | Kind::Archive => Permission::ReadBills,
        Kind::Proforma if document.bill_id.is_some() => Permission::ReadBills,
        Kind::Proforma | Kind::SalesQuotation => Permission::ReadSalesQuotations,
        Kind::ClaimQuotation | Kind::ClaimInvoice => Permission::ReadQuotations,
        Kind::StockReport => Permission::ReadStock,
    }
}

/// Whether whoever opens a document of the kind sees personal data in clear.
pub fn names_people(kind: Kind) -> bool {
    !matches!(kind, Kind::StockReport | Kind::FinancierReport)
}

/// Whether a scope may open a document that it may know of: it shows no more than the scope may see anyway.
pub fn may_open(scope: &Scope, document: &Model) -> bool {
    (!names_people(document.kind) || scope.may(Permission::ReadIdentity))
        && (!document.shows_cost || scope.may(Permission::ReadCost))
}

/// Gives the document of a subject: the original when it is asked for first, then the copy.
///
/// # Errors
/// `FORBIDDEN`; `DEALERSHIP_REQUIRED`; refused when the subject is not there, or is none that is printed.
pub async fn make(app: &App, scope: &Scope, subject: Subject) -> Result<Key> {
    let document = made(app, scope, subject, true, &mut Logos::default()).await?;
    Ok(Key { dealership: document.dealership_id, id: document.id })
}

/// Gives the original document of a subject, which is made if there is none; with the `logos` of others of the same run.
///
/// # Errors
/// As [`make`].
async fn original(app: &App, scope: &Scope, subject: Subject, logos: &mut Logos) -> Result<Model> {
    made(app, scope, subject, false, logos).await
}

async fn made(app: &App, scope: &Scope, subject: Subject, again: bool, logos: &mut Logos) -> Result<Model> {
    subject.permissions().into_iter().try_for_each(|permission| scope.require(permission))?;
    for _ in 1..TRIES {
        match Box::pin(attempt(app, scope, subject, again, logos)).await {
            Err(Error::Conflict) => {}
            done => return done,
        }
    }
    Box::pin(attempt(app, scope, subject, again, logos)).await
}

async fn attempt(app: &App, scope: &Scope, subject: Subject, again: bool, logos: &mut Logos) -> Result<Model> {
    let tx = app.read(scope.clone()).await?;
    let reading = Reading::open(app, &tx).await?;
    let sheet = subject.read(&reading).await?;
    let (letterhead, logo) = letterhead::read(&reading, sheet.branch).await?;
    let known = match sheet.subject {
        Some(subject) => kept(&tx, scope.dealership()?, &[subject], &[sheet.kind]).await?,
        None => Vec::new(),
    };
    drop(tx);
    let find = |is_copy| known.iter().find(|row| row.is_copy == is_copy).cloned();
    match (find(false), find(true)) {
        (Some(original), _) if !again => Ok(original),
        (Some(_), Some(copy)) => Ok(copy),
        (Some(original), None) => {
            let copy = press::copy(app, scope, original).await?;
            write(app, scope, copy, "document_copied", None).await
        }
        (None, _) => {
            let reveals = sheet.reveals;
            let logo = logos.read(app, scope, logo.as_deref()).await?;
            let row = press::original(app, scope, sheet, Letterhead { logo, ..letterhead }).await?;
            write(app, scope, row, "document_made", reveals).await
        }
    }
}

/// The documents that there are of these subjects.
pub(super) async fn kept(tx: &Tx, dealership: Uuid, subjects: &[Uuid], kinds: &[Kind]) -> Result<Vec<Model>> {
    let query = tx
        .select::<Entity>()
        .filter(Column::DealershipId.eq(dealership))
        .filter(Column::SubjectId.is_in(subjects.iter().copied()))
        .filter(Column::Kind.is_in(kinds.iter().copied()));
    tx.all(query).await
}

/// Writes a document down whose file is kept.
async fn write(
    app: &App,
    scope: &Scope,
    row: Model,
    action: &'static str,
    reveals: Option<(&'static str, Uuid)>,
) -> Result<Model> {
    let desk = Desk::open(app, scope, scope.clone()).await?;
    match enter(&desk, row, action, reveals).await {
        Ok(row) => desk.close().await.map(|()| row),
        Err(error) => desk.leave().await.and(Err(error)),
    }
}

async fn enter(
    desk: &Desk<'_>,
    row: Model,
    action: &'static str,
    reveals: Option<(&'static str, Uuid)>,
) -> Result<Model> {
    use sea_orm::ActiveEnum;
    let row = Model { created_by_id: desk.membership(row.branch_id)?, ..row };
    desk.insert::<Entity>(vec![row.clone()]).await?;
    let summary = format!("{} {}", row.kind.to_value(), row.number);
    let mut events = vec![Event { action, table: "document", row: row.id, branch: row.branch_id, summary }];
    if let Some((table, of)) = reveals {
        let summary = "nic, phone, address: printed".to_owned();
        events.push(Event { action: "identity_revealed", table, row: of, branch: row.branch_id, summary });
    }
    desk.audit_all(events)?;
    Ok(row)
}

/// A fresh id for a document.
fn fresh_id(app: &App) -> Uuid {
    id::fresh(app.now())
}

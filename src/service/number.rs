//! Numbers on documents: gap-free within their period, taken in the transaction of the document, so that a number that
//! is not used is not gone.
//!
//! The default is the law's: `26JAN_BR03_1` on tax invoices (Gazette 2463/05: year, month, unit, number). A dealership may
//! have patterns of its own, dated. At most 21 characters, the limit of the accounting import.

use chrono::NaiveDate;
use entity::{branch, counter, number_pattern};
use sea_orm::sea_query::{Expr, ExprTrait, OnConflict};
use serde::Serialize;

use super::Desk;
pub use super::pattern::{MAX_LENGTH, Pattern};
use crate::error::{Error, Refusal, RefusalCode, Result};

/// A kind of document with numbers of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub enum Series {
    /// Bills, the law's tax invoices.
    Bill,
    /// Credit notes.
    CreditNote,
    /// Proformas for leasing companies.
    Proforma,
    /// Offers of a bike.
    SalesQuotation,
    /// Repair and claim quotations.
    Quotation,
    /// Invoices made from those.
    Invoice,
}

impl Series {
    /// All of them.
    pub const ALL: [Self; 6] =
        [Self::Bill, Self::CreditNote, Self::Proforma, Self::SalesQuotation, Self::Quotation, Self::Invoice];

    /// As counters and patterns name it.
    pub fn document(self) -> &'static str {
        match self {
            Self::Bill => "BILL",
            Self::CreditNote => "CREDIT_NOTE",
            Self::Proforma => "PROFORMA",
            Self::SalesQuotation => "SALES_QUOTATION",
            Self::Quotation => "QUOTATION",
            Self::Invoice => "INVOICE",
        }
    }

    /// The one that counters and patterns name so.
    ///
    /// # Errors
    /// When none is.
    pub fn of(document: &str) -> Result<Self> {
        let named = Self::ALL.into_iter().find(|series| series.document() == document);
        named.ok_or_else(|| Error::internal(anyhow::anyhow!("there are no documents called {document}")))
    }

    pub(super) fn default_pattern(self) -> &'static str {
        match self {
            Self::Bill => "{YY}{MMM}_{BRANCH}_{N}",
            Self::CreditNote => "{YY}{MMM}_{BRANCH}_C_{N}",
            Self::Proforma => "{YY}{MMM}_{BRANCH}_P_{N}",
            Self::SalesQuotation => "{YY}{MMM}_{BRANCH}_S_{N}",
            Self::Quotation => "{YY}{MMM}_{BRANCH}_Q_{N}",
            Self::Invoice => "{YY}{MMM}_{BRANCH}_I_{N}",
        }
    }
}

/// Takes the next number of a series for a document of `day`. Whoever takes one makes others of the same branch wait until
/// the change is done: take it last.
///
/// # Errors
/// A refusal when the number would be longer than [`MAX_LENGTH`].
pub(super) async fn take(desk: &Desk<'_>, series: Series, branch: &branch::Model, day: NaiveDate) -> Result<String> {
    use counter::Column;
    let pattern = pattern(desk, series, day).await?;
    let first = counter::Model {
        dealership_id: branch.dealership_id,
        id: desk.fresh_id(),
        branch_id: branch.id,
        document: series.document().to_owned(),
        period: pattern.period(day),
        next_value: 2,
    };
    let count_on = OnConflict::columns([Column::DealershipId, Column::BranchId, Column::Document, Column::Period])
        .value(Column::NextValue, Expr::col((counter::Entity, Column::NextValue)).add(1))
        .to_owned();
    let counter = desk.tx.upsert_one::<counter::Entity>(first, count_on).await?;
    let number = pattern.write(day, &branch.code, counter.next_value - 1);
    if number.len() > MAX_LENGTH {
        let message = format!("The number {number} would be longer than {MAX_LENGTH} characters: shorten the pattern.");
        return Err(Refusal::new(RefusalCode::OutOfRange, "", message).into());
    }
    Ok(number)
}

async fn pattern(desk: &Desk<'_>, series: Series, day: NaiveDate) -> Result<Pattern> {
    let patterns = desk.rules::<number_pattern::Entity>().await?;
    let own = patterns.iter().filter(|row| row.document == series.document() && row.valid_from <= day);
    let text =
        own.max_by_key(|row| (row.valid_from, row.id)).map_or(series.default_pattern(), |row| row.pattern.as_str());
    Pattern::parse(text).map_err(|why| Error::internal(anyhow::anyhow!("the pattern {text}: {why}")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn defaults_are_usable_and_never_meet() {
        let defaults = Series::ALL.map(|series| Pattern::parse(series.default_pattern()).expect("usable"));
        for (n, one) in defaults.iter().enumerate() {
            assert!(defaults[n + 1..].iter().all(|other| !one.overlaps(other)), "{one:?}");
        }
    }
}

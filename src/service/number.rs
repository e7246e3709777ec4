//! Numbers on documents: gap-free within their period, taken in the transaction of the document, so that a number that
//! is not used is not gone.
//!
//! The default is the law's: `26JAN_BR03_1` on tax invoices (Gazette 2463/05: year, month, unit, number). A dealership may
//! have patterns of its own, dated. At most 21 characters, the limit of the accounting import.

use chrono::NaiveDate;
use entity::{branch, counter, number_pattern};
use sea_orm::sea_query::{Expr, ExprTrait, OnConflict};
use sea_orm::{ColumnTrait, QueryFilter, QueryOrder};

use super::Desk;
use crate::error::{Error, Refusal, RefusalCode, Result};

/// Most characters of a number.
pub const MAX_LENGTH: usize = 21;

/// A kind of document with numbers of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
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

    fn default_pattern(self) -> &'static str {
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

/// How numbers are written: text with `{YY}`, `{MM}` or `{MMM}`, `{BRANCH}` and `{N}`.
#[derive(Clone, Debug)]
pub struct Pattern(String);

impl Pattern {
    /// Reads a pattern.
    ///
    /// # Errors
    /// A sentence that says what is wrong with it.
    pub fn parse(text: &str) -> Result<Self, &'static str> {
        let plain =
            ["{YY}", "{MMM}", "{MM}", "{BRANCH}", "{N}"].iter().fold(text.to_owned(), |t, part| t.replace(part, ""));
        if plain.contains(['{', '}']) {
            return Err("A pattern may hold {YY}, {MM}, {MMM}, {BRANCH} and {N}.");
        }
        if !plain.chars().all(|c| c.is_ascii_alphanumeric() || "_-/".contains(c)) {
            return Err("Between its parts, a pattern may hold letters, digits, _, - and /.");
        }
        if text.matches("{N}").count() != 1 || text.matches("{BRANCH}").count() != 1 {
            return Err("A pattern holds {BRANCH} and {N} once each: numbers are counted in each branch.");
        }
        if !text.contains("{YY}") && text.contains("{M") {
            return Err("A pattern with a month holds the year {YY} too.");
        }
        Ok(Self(text.to_owned()))
    }

    /// The number `n` of a branch on a day.
    pub fn write(&self, day: NaiveDate, branch: &str, n: i64) -> String {
        self.dated(day).replace("{BRANCH}", branch).replace("{N}", &n.to_string())
    }

    /// The period in which numbers count on from one: the month, the year, or all time; `26JAN`, `26`, `ALL`.
    fn period(&self, day: NaiveDate) -> String {
        match (self.0.contains("{M"), self.0.contains("{YY}")) {
            (true, _) => day.format("%y%b").to_string().to_uppercase(),
            (false, true) => day.format("%y").to_string(),
            (false, false) => "ALL".to_owned(),
        }
    }

    fn dated(&self, day: NaiveDate) -> String {
        let month = day.format("%b").to_string().to_uppercase();
        let dated = self.0.replace("{YY}", &day.format("%y").to_string()).replace("{MMM}", &month);
        dated.replace("{MM}", &day.format("%m").to_string())
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
    let (document, period) = (series.document().to_owned(), pattern.period(day));
    let first = counter::Model {
        dealership_id: branch.dealership_id,
        id: desk.fresh_id(),
        branch_id: branch.id,
        document: document.clone(),
        period: period.clone(),
        next_value: 2,
    };
    let count_on = OnConflict::columns([Column::DealershipId, Column::BranchId, Column::Document, Column::Period])
        .value(Column::NextValue, Expr::col((counter::Entity, Column::NextValue)).add(1))
        .to_owned();
    desk.tx.upsert::<counter::Entity>(first, count_on).await?;
    let query = desk
        .tx
        .select::<counter::Entity>()
        .filter(Column::DealershipId.eq(branch.dealership_id))
        .filter(Column::BranchId.eq(branch.id))
        .filter(Column::Document.eq(document))
        .filter(Column::Period.eq(period));
    let counter = desk.tx.one(query).await?.ok_or_else(|| Error::internal(anyhow::anyhow!("the counter is gone")))?;
    let number = pattern.write(day, &branch.code, counter.next_value - 1);
    if number.len() > MAX_LENGTH {
        let message = format!("The number {number} would be longer than {MAX_LENGTH} characters: shorten the pattern.");
        return Err(Refusal::new(RefusalCode::OutOfRange, "", message).into());
    }
    Ok(number)
}

async fn pattern(desk: &Desk<'_>, series: Series, day: NaiveDate) -> Result<Pattern> {
    use number_pattern::Column;
    let query = desk
        .tx
        .select::<number_pattern::Entity>()
        .filter(Column::Document.eq(series.document()))
        .filter(Column::ValidFrom.lte(day))
        .order_by_desc(Column::ValidFrom)
        .order_by_desc(Column::Id);
    let own = desk.tx.one(query).await?;
    let text = own.as_ref().map_or(series.default_pattern(), |row| row.pattern.as_str());
    Pattern::parse(text).map_err(|why| Error::internal(anyhow::anyhow!("the pattern {text}: {why}")))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().expect("a day")
    }

    #[test]
    fn the_default_is_the_laws_form() {
        let pattern = Pattern::parse(Series::Bill.default_pattern()).expect("usable");
        assert_eq!(pattern.write(day("2026-01-31"), "BR03", 1), "26JAN_BR03_1");
        assert_eq!(pattern.period(day("2026-01-31")), "26JAN");
    }

    #[test]
    fn every_default_fits_the_accounting_import() {
        for series in Series::ALL {
            let pattern = Pattern::parse(series.default_pattern()).expect("usable");
            assert!(pattern.write(day("2026-11-30"), "BR0003", 99_999).len() <= MAX_LENGTH, "{series:?}");
        }
    }

    #[test]
    fn a_pattern_without_a_month_counts_all_year() {
        let pattern = Pattern::parse("INV-{BRANCH}-{YY}-{N}").expect("usable");
        assert_eq!(pattern.write(day("2026-11-05"), "KDY", 72), "INV-KDY-26-72");
        assert_eq!(pattern.period(day("2026-11-05")), "26");
    }

    #[test]
    fn an_unusable_pattern_says_why() {
        for unusable in ["", "{N}", "{BRANCH}{YEAR}_{N}", "{BRANCH} {N}", "{BRANCH}_{N}_{N}", "{MMM}{BRANCH}_{N}"] {
            assert!(Pattern::parse(unusable).is_err(), "{unusable}");
        }
    }
}

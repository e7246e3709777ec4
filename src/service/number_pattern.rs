//! How the numbers of a kind of document are written, from a day on. No number may ever be given out twice, so a pattern
//! is compared with all that were in force before and will be.

use chrono::NaiveDate;
use entity::number_pattern::{Column, Entity, Model};
use entity::{bill, credit_note, quotation, sales_quotation};
use sea_orm::{ColumnTrait, QueryFilter, QueryTrait};
use serde::Serialize;

use super::dated::{self, ALL_BRANCHES};
use super::number::{Pattern, Series};
use super::{Change, Check, Desk, Event};
use crate::error::{Error, RefusalCode, Result};
use crate::permission::Permission;
use crate::scope::Scope;
use crate::store::load::Key;

/// Most characters of a pattern; its numbers are shorter.
const PATTERN_LENGTH: usize = 60;

/// Sets how numbers are written from a day on.
#[derive(Debug, Serialize)]
pub struct SetNumberPattern {
    /// Of which documents.
    pub series: Series,
    /// E.g. `{YY}{MMM}_{BRANCH}_{N}`.
    pub pattern: String,
    /// The first day; it ends with the next.
    pub valid_from: NaiveDate,
}

impl Change for SetNumberPattern {
    type Outcome = Key;
    const NAME: &'static str = "setNumberPattern";
    const PERMISSION: Permission = Permission::Administer;

    fn scope(&self, asker: &Scope) -> Result<Scope> {
        Ok(asker.spanning_branches(ALL_BRANCHES))
    }

    async fn apply(&self, desk: &Desk<'_>) -> Result<Key> {
        desk.lock_dealership().await?;
        let mut check = Check::default();
        if dated::begins_today(&mut check, desk, self.valid_from).await? && self.is_used(desk).await? {
            dated::too_late(&mut check);
        }
        let text = check.line("pattern", &self.pattern, PATTERN_LENGTH);
        if !check.refused("pattern") {
            match Pattern::parse(&text) {
                Ok(pattern) => self.compare(&mut check, desk, &pattern).await?,
                Err(why) => check.refuse(RefusalCode::Invalid, "pattern", why),
            }
        }
        check.done()?;
        let summary = format!("{} from {}: {text}", self.series.document(), self.valid_from);
        let key = self.write(desk, text).await?;
        let table = "number_pattern";
        desk.audit(Event { action: "number_pattern_set", table, row: key.id, branch: None, summary })?;
        Ok(key)
    }
}

impl SetNumberPattern {
    /// Refuses a pattern that could write a number of another one. The very same one of the same documents may come back:
    /// its counters go on.
    async fn compare(&self, check: &mut Check, desk: &Desk<'_>, pattern: &Pattern) -> Result<()> {
        let mut others: Vec<_> = Series::ALL.map(|series| (series, series.default_pattern().to_owned())).into();
        let rows = desk.tx.select::<Entity>().filter(Column::DealershipId.eq(desk.dealership_id()?));
        for row in desk.tx.all(rows).await? {
            let series = Series::of(&row.document)?;
            if series != self.series || row.valid_from != self.valid_from {
                others.push((series, row.pattern));
            }
        }
        for (series, text) in others {
            let other = Pattern::parse(&text).map_err(|why| Error::internal(anyhow::anyhow!("{text}: {why}")))?;
            if (series, other.as_str()) != (self.series, pattern.as_str()) && other.overlaps(pattern) {
                let message = format!("{text} could give the same number. Put other letters into this one.");
                check.refuse(RefusalCode::Taken, "pattern", message);
                return Ok(());
            }
        }
        Ok(())
    }

    /// Whether a document of the series was made today.
    async fn is_used(&self, desk: &Desk<'_>) -> Result<bool> {
        let (dealership, today) = (desk.dealership_id()?, desk.today().await?);
        let bills = || desk.tx.select::<bill::Entity>().filter(bill::Column::DealershipId.eq(dealership));
        let offers =
            || desk.tx.select::<sales_quotation::Entity>().filter(sales_quotation::Column::DealershipId.eq(dealership));
        let quotations = |kind: quotation::Kind| {
            let query = desk.tx.select::<quotation::Entity>().filter(quotation::Column::DealershipId.eq(dealership));
            query.filter(quotation::Column::Kind.eq(kind)).filter(quotation::Column::QuotedOn.eq(today)).into_query()
        };
        let made = match self.series {
            Series::Bill => vec![bills().filter(bill::Column::BillDate.eq(today)).into_query()],
            Series::CreditNote => {
                let notes = desk.tx.select::<credit_note::Entity>();
                let notes = notes.filter(credit_note::Column::DealershipId.eq(dealership));
                vec![notes.filter(credit_note::Column::CreditedOn.eq(today)).into_query()]
            }
            Series::Proforma => vec![
                bills().filter(bill::Column::ProformaOn.eq(today)).into_query(),
                offers().filter(sales_quotation::Column::ProformaOn.eq(today)).into_query(),
            ],
            Series::SalesQuotation => vec![offers().filter(sales_quotation::Column::QuotedOn.eq(today)).into_query()],
            Series::Quotation => vec![quotations(quotation::Kind::Quotation)],
            Series::Invoice => vec![quotations(quotation::Kind::Invoice)],
        };
        for query in made {
            if desk.tx.count(query).await? > 0 {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// Writes the pattern, in place of one that begins on the same day.
    async fn write(&self, desk: &Desk<'_>, pattern: String) -> Result<Key> {
        let dealership_id = desk.dealership_id()?;
        let same_day = desk
            .tx
            .select::<Entity>()
            .filter(Column::DealershipId.eq(dealership_id))
            .filter(Column::Document.eq(self.series.document()))
            .filter(Column::ValidFrom.eq(self.valid_from));
        let old = desk.tx.one(same_day).await?;
        let row = Model {
            dealership_id,
            id: old.as_ref().map_or_else(|| desk.fresh_id(), |old| old.id),
            document: self.series.document().to_owned(),
            pattern,
            valid_from: self.valid_from,
            created_at: desk.now,
        };
        let key = Key { dealership: row.dealership_id, id: row.id };
        match old {
            Some(_) => desk.save::<Entity>(row).await?,
            None => desk.insert::<Entity>(vec![row]).await?,
        }
        Ok(key)
    }
}

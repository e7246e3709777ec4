//! The bills of a month in one file: asked for here, made by a job.

use chrono::{Datelike, Months, NaiveDate};
use entity::bill::{self, Column};
use entity::document::{Entity, Kind, Model};
use entity::{audit_event, branch, dealership};
use sea_orm::{ActiveEnum, ColumnTrait, Condition, QueryFilter, QueryOrder, QuerySelect, QueryTrait};
use serde::Serialize;
use uuid::Uuid;

use super::bill::KINDS;
use super::logos::Logos;
use super::{Subject, fresh_id, kept, original};
use crate::app::App;
use crate::database::Tx;
use crate::error::{Error, Refusal, RefusalCode, Result};
use crate::integration::files;
use crate::permission::Permission;
use crate::queue::{self, Priority};
use crate::scope::Scope;
use crate::service::job::{Asked, ask};
use crate::service::{Change, Desk, Event};
use crate::store::load::Key;

/// Asks for the bills of a month in one file.
#[derive(Debug, Serialize)]
pub struct ArchiveBills {
    /// Those of this branch alone.
    pub branch: Option<Key>,
    /// A day of the month.
    pub month: NaiveDate,
}

impl Change for ArchiveBills {
    type Outcome = Key;
    const NAME: &'static str = "archiveBills";
    const PERMISSION: Permission = Permission::KeepJobs;

    async fn apply(&self, desk: &Desk<'_>) -> Result<Key> {
        let scope = desk.tx.scope();
        [Permission::ReadBills, Permission::ReadIdentity].into_iter().try_for_each(|needed| scope.require(needed))?;
        let (from, _) = days_of(self.month);
        if from > desk.today().await? || from.year() < 1_000 {
            let message = "This month has no bills yet.";
            return Err(Refusal::new(RefusalCode::OutOfRange, "month", message).into());
        }
        let summary = format!("bills of {} to be put in one file", from.format("%Y-%m"));
        let asked = Asked { action: "bills_archive_asked", summary };
        ask(desk, &queue::ArchiveBills { month: from }, self.branch, Priority::Normal, asked).await
    }
}

/// The bills of a month, some at a time.
pub struct MonthOfBills {
    days: (NaiveDate, NaiveDate),
    after: Option<(NaiveDate, Uuid)>,
    logos: Logos,
}

impl MonthOfBills {
    /// Those of the month of a day.
    pub fn of(month: NaiveDate) -> Self {
        Self { days: days_of(month), after: None, logos: Logos::default() }
    }

    /// How many there are.
    pub async fn count(&self, tx: &Tx) -> Result<u64> {
        tx.count(self.query(tx)?.into_query()).await
    }

    /// The originals of the next `most` of them; those that are missing are made. None when there are no more.
    pub async fn next(&mut self, app: &App, scope: &Scope, most: u64) -> Result<Vec<Model>> {
        let dealership = scope.dealership()?;
        let tx = app.read(scope.clone()).await?;
        let mut query = self.query(&tx)?;
        if let Some((day, id)) = self.after {
            let same_day = Condition::all().add(Column::BillDate.eq(day)).add(Column::Id.gt(id));
            query = query.filter(Condition::any().add(Column::BillDate.gt(day)).add(same_day));
        }
        let bills = tx.all(query.order_by_asc(Column::BillDate).order_by_asc(Column::Id).limit(most)).await?;
        let ids: Vec<_> = bills.iter().map(|bill| bill.id).collect();
        let mut known = kept(&tx, dealership, &ids, &KINDS).await?;
        drop(tx);
        known.retain(|row| !row.is_copy);
        self.after = bills.last().map(|bill| (bill.bill_date, bill.id)).or(self.after);
        let mut all = Vec::with_capacity(bills.len());
        for bill in bills {
            all.push(match known.iter().find(|row| row.subject_id == bill.id) {
                Some(known) => known.clone(),
                None => {
                    let subject = Subject::Bill(Key { dealership, id: bill.id });
                    original(app, scope, subject, &mut self.logos).await?
                }
            });
        }
        Ok(all)
    }

    fn query(&self, tx: &Tx) -> Result<sea_orm::Select<bill::Entity>> {
        let (from, to) = self.days;
        let of = Column::DealershipId.eq(tx.scope().dealership()?);
        Ok(tx.select::<bill::Entity>().filter(of).filter(Column::BillDate.between(from, to)))
    }
}

/// An archive that is kept, to be written down.
pub struct Archived {
    /// A day of its month.
    pub month: NaiveDate,
    /// Its file.
    pub file: files::Key,
    /// How long that is.
    pub bytes: u64,
    /// Who made it.
    pub job: Uuid,
}

impl Archived {
    /// Writes the archive down, in the transaction that ends its job.
    pub async fn write(self, app: &App, tx: &Tx) -> Result<()> {
        let (scope, id) = (tx.scope(), fresh_id(app));
        let (dealership_id, branch_id) = (scope.dealership()?, scope.reach_branch());
        let own = tx.one(tx.select::<dealership::Entity>().filter(dealership::Column::Id.eq(dealership_id))).await?;
        let own = own.ok_or(Error::NotFound)?;
        let branch = match branch_id {
            Some(id) => {
                let query = tx.select::<branch::Entity>().filter(branch::Column::DealershipId.eq(dealership_id));
                tx.one(query.filter(branch::Column::Id.eq(id))).await?
            }
            None => None,
        };
        let code = branch.map_or(own.code, |branch| branch.code);
        let (issued_on, _) = days_of(self.month);
        let row = Model {
            dealership_id,
            id,
            branch_id,
            kind: Kind::Archive,
            number: format!("{code} {}", issued_on.format("%Y-%m")),
            issued_on,
            total_minor: None,
            currency: own.currency,
            subject_id: id,
            bill_id: None,
            credit_note_id: None,
            quotation_id: None,
            sales_quotation_id: None,
            job_id: Some(self.job),
            template_version: i32::from(crate::document::TEMPLATE_VERSION),
            is_copy: false,
            shows_cost: false,
            file: self.file.to_string(),
            bytes: i64::try_from(self.bytes).map_err(Error::internal)?,
            created_by_id: None,
            created_at: app.now(),
        };
        let summary = format!("{} {}", row.kind.to_value(), row.number);
        let event = Event { action: "document_made", table: "document", row: id, branch: branch_id, summary };
        let event = event.entry(scope, dealership_id, app.now());
        tx.insert::<Entity>(vec![row]).await?;
        tx.insert::<audit_event::Entity>(vec![event]).await
    }
}

/// The first and the last day of the month of a day.
pub(super) fn days_of(month: NaiveDate) -> (NaiveDate, NaiveDate) {
    let first = month.with_day(1).unwrap_or(month);
    let last = first.checked_add_months(Months::new(1)).and_then(|next| next.pred_opt());
    (first, last.unwrap_or(first))
}

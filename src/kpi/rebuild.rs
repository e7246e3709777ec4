//! All facts added up again: to put the rollups right, or to compare.

use std::collections::BTreeMap;

use chrono::{Months, NaiveDate};
use entity::measures::Measures;
use entity::tenant::Tenant;
use entity::{kpi_breakdown, kpi_day, kpi_fact, kpi_month};
use sea_orm::{ColumnTrait, Condition, QueryFilter, QueryOrder};
use uuid::Uuid;

use super::cell::{Cells, Rollup, month_of};
use crate::database::Tx;
use crate::error::Result;
use crate::store::load::Key;

/// A cell that does not hold what its facts add up to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Drift {
    /// The rollup.
    pub table: String,
    /// The month the cell lies in.
    pub month: NaiveDate,
    /// The cell.
    pub cell: Uuid,
    /// What the rollup holds.
    pub kept: Measures,
    /// What the facts add up to.
    pub counted: Measures,
}

/// Makes the rollups of a branch anew, or those of one month. Writers wait meanwhile: one that has counted is waited for,
/// one that has not counts on top, so nothing is counted twice or left out.
pub async fn rebuild(tx: &Tx, branch: Key, month: Option<NaiveDate>) -> Result<()> {
    // In the order of those who write.
    tx.keep_writers_out::<kpi_day::Entity>().await?;
    tx.keep_writers_out::<kpi_month::Entity>().await?;
    tx.keep_writers_out::<kpi_breakdown::Entity>().await?;
    tx.delete(tx.scope().delete::<kpi_day::Entity>().filter(within::<kpi_day::Entity>(branch, month))).await?;
    tx.delete(tx.scope().delete::<kpi_month::Entity>().filter(within::<kpi_month::Entity>(branch, month))).await?;
    tx.delete(tx.scope().delete::<kpi_breakdown::Entity>().filter(within::<kpi_breakdown::Entity>(branch, month)))
        .await?;
    for month in months(tx, branch, month).await? {
        let mut cells = Cells::of(&facts(tx, branch, month).await?);
        tx.insert::<kpi_day::Entity>(kpi_day::Entity::rows(&mut cells)).await?;
        tx.insert::<kpi_month::Entity>(kpi_month::Entity::rows(&mut cells)).await?;
        tx.insert::<kpi_breakdown::Entity>(kpi_breakdown::Entity::rows(&mut cells)).await?;
    }
    Ok(())
}

/// Where the rollups of a branch, or those of one month, differ from its facts; to be asked in a transaction of one
/// snapshot. A cell whose facts add up to nothing may be there or not.
pub async fn drift(tx: &Tx, branch: Key, month: Option<NaiveDate>) -> Result<Vec<Drift>> {
    let mut drift = Vec::new();
    for month in months(tx, branch, month).await? {
        let mut cells = Cells::of(&facts(tx, branch, month).await?);
        drift.extend(compare::<kpi_day::Entity>(tx, branch, month, &mut cells).await?);
        drift.extend(compare::<kpi_month::Entity>(tx, branch, month, &mut cells).await?);
        drift.extend(compare::<kpi_breakdown::Entity>(tx, branch, month, &mut cells).await?);
    }
    Ok(drift)
}

async fn compare<E: Rollup>(tx: &Tx, branch: Key, month: NaiveDate, cells: &mut Cells) -> Result<Vec<Drift>> {
    let kept = tx.all(tx.select::<E>().filter(within::<E>(branch, Some(month)))).await?;
    let mut both: BTreeMap<Uuid, (Measures, Measures)> = BTreeMap::new();
    for (cell, sum) in kept.iter().map(E::sum) {
        both.entry(cell).or_default().0 = sum;
    }
    for (cell, sum) in E::rows(cells).iter().map(E::sum) {
        both.entry(cell).or_default().1 = sum;
    }
    let table = E::default().table_name();
    let differ = both.into_iter().filter(|(_, (kept, counted))| kept != counted);
    Ok(differ.map(|(cell, (kept, counted))| Drift { table: table.to_owned(), month, cell, kept, counted }).collect())
}

/// The months in which the branch has a fact or a cell, or the one that is named. A month at a time is looked for, so that
/// what is held at once is a month's, and a year 1970 or 9999 in old documents takes no longer than another one.
async fn months(tx: &Tx, branch: Key, named: Option<NaiveDate>) -> Result<Vec<NaiveDate>> {
    if let Some(month) = named {
        return Ok(vec![month_of(month)]);
    }
    let mut months = Vec::new();
    let mut from: Option<NaiveDate> = None;
    loop {
        let facts = of::<kpi_fact::Entity>(branch).add_option(from.map(|day| kpi_fact::Column::Day.gte(day)));
        let fact = tx.select::<kpi_fact::Entity>().filter(facts).order_by_asc(kpi_fact::Column::Day);
        let cells = of::<kpi_month::Entity>(branch).add_option(from.map(|day| kpi_month::Column::Month.gte(day)));
        let cell = tx.select::<kpi_month::Entity>().filter(cells).order_by_asc(kpi_month::Column::Month);
        let (fact, cell) = (tx.one(fact).await?, tx.one(cell).await?);
        let Some(month) = [fact.map(|row| month_of(row.day)), cell.map(|row| row.month)].into_iter().flatten().min()
        else {
            return Ok(months);
        };
        months.push(month);
        from = Some(month + Months::new(1));
    }
}

async fn facts(tx: &Tx, branch: Key, month: NaiveDate) -> Result<Vec<kpi_fact::Model>> {
    let query = tx
        .select::<kpi_fact::Entity>()
        .filter(of::<kpi_fact::Entity>(branch))
        .filter(kpi_fact::Column::Day.gte(month))
        .filter(kpi_fact::Column::Day.lt(month + Months::new(1)));
    tx.all(query).await
}

fn of<E: Tenant>(branch: Key) -> Condition {
    Condition::all()
        .add(E::dealership().eq(branch.dealership))
        .add_option(E::branch().map(|column| column.eq(branch.id)))
}

fn within<E: Rollup>(branch: Key, month: Option<NaiveDate>) -> Condition {
    let month = month.map(month_of);
    of::<E>(branch)
        .add_option(month.map(|month| E::PERIOD.gte(month)))
        .add_option(month.map(|month| E::PERIOD.lt(month + Months::new(1))))
}

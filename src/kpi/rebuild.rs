//! All rows counted again: to put the rollups right, or to compare.

use std::collections::BTreeMap;

use chrono::{Months, NaiveDate};
use entity::tenant::Tenant;
use entity::{kpi_breakdown, kpi_day, kpi_fact, kpi_month, kpi_open, open_item};
use sea_orm::{ColumnTrait, Condition, QueryFilter, QueryOrder};
use uuid::Uuid;

use super::cell::{Cells, Counted, Rollup, Sums, month_of, totals};
use crate::database::Tx;
use crate::error::Result;

/// Whose figures.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    /// Of this dealership.
    pub dealership: Uuid,
    /// Of this branch of it, or of all of them.
    pub branch: Option<Uuid>,
}

/// A cell that does not hold what its rows add up to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Drift {
    /// The rollup.
    pub table: String,
    /// The cell.
    pub cell: Uuid,
    /// The columns that differ, with what the rollup holds and what the rows add up to.
    pub columns: Vec<(&'static str, i64, i64)>,
}

/// Makes the rollups of a place anew, or those of one month, in a transaction that reaches the dealership. Writers wait
/// meanwhile: one that has counted is waited for, one that has not counts on top, so nothing is counted twice or left out.
pub async fn rebuild(tx: &Tx, place: Place, month: Option<NaiveDate>) -> Result<()> {
    let month = month.map(month_of);
    // In the order of those who write.
    remove::<kpi_day::Entity>(tx, place, month).await?;
    remove::<kpi_month::Entity>(tx, place, month).await?;
    remove::<kpi_breakdown::Entity>(tx, place, month).await?;
    remove::<kpi_open::Entity>(tx, place, month).await?;
    // What adds up the dealership is made anew for all of its months, however few the branch has.
    for month in months(tx, Place { branch: None, ..place }, month).await? {
        let mut cells = Cells::of(&facts(tx, place, month).await?);
        fill::<kpi_day::Entity>(tx, place, Some(month), &mut cells).await?;
        fill::<kpi_month::Entity>(tx, place, Some(month), &mut cells).await?;
        fill::<kpi_breakdown::Entity>(tx, place, Some(month), &mut cells).await?;
    }
    let mut cells = Cells::of(&items(tx, place, month).await?);
    fill::<kpi_open::Entity>(tx, place, month, &mut cells).await
}

/// Where the rollups of a place, or those of one month, differ from its rows; to be asked in a transaction of one snapshot.
/// A cell whose rows add up to nothing may be there or not.
pub async fn drift(tx: &Tx, place: Place, month: Option<NaiveDate>) -> Result<Vec<Drift>> {
    let month = month.map(month_of);
    let mut drift = Vec::new();
    for month in months(tx, place, month).await? {
        let mut cells = Cells::of(&facts(tx, place, month).await?);
        drift.extend(compare::<kpi_day::Entity>(tx, place, Some(month), &mut cells).await?);
        drift.extend(compare::<kpi_month::Entity>(tx, place, Some(month), &mut cells).await?);
        drift.extend(compare::<kpi_breakdown::Entity>(tx, place, Some(month), &mut cells).await?);
    }
    let mut cells = Cells::of(&items(tx, place, month).await?);
    drift.extend(compare::<kpi_open::Entity>(tx, place, month, &mut cells).await?);
    Ok(drift)
}

async fn remove<E: Rollup>(tx: &Tx, place: Place, month: Option<NaiveDate>) -> Result<()> {
    tx.keep_writers_out::<E>().await?;
    // With a branch's cells go those that add it up.
    let named = place.branch.zip(E::branch());
    let of_branch = named.map(|(branch, column)| Condition::any().add(column.eq(branch)).add(column.is_null()));
    let old = of::<E>(Place { branch: None, ..place }).add_option(of_branch).add(within::<E>(month));
    tx.delete(tx.scope().delete::<E>().filter(old)).await.map(drop)
}

/// Writes the branches' cells, then those of the dealership, which add up all of its branches.
async fn fill<E: Rollup>(tx: &Tx, place: Place, month: Option<NaiveDate>, cells: &mut Cells) -> Result<()> {
    tx.insert::<E>(std::mem::take(E::of(cells)).into_values().collect()).await?;
    let whole = Place { branch: None, ..place };
    let rows = kept::<E>(tx, whole, month).await?;
    tx.insert::<E>(totals::<E>(rows.values()).into_values().collect()).await
}

async fn compare<E: Rollup>(tx: &Tx, place: Place, month: Option<NaiveDate>, cells: &mut Cells) -> Result<Vec<Drift>> {
    let counted = std::mem::take(E::of(cells));
    let whole = kept::<E>(tx, Place { branch: None, ..place }, month).await?;
    let mut drift = match place.branch {
        Some(_) => differences::<E>(&kept::<E>(tx, place, month).await?, &counted),
        None => differences::<E>(&whole, &counted),
    };
    let of_dealership = E::branch().map_or_else(Condition::all, |column| Condition::all().add(column.is_null()));
    let rows =
        tx.select::<E>().filter(E::dealership().eq(place.dealership)).filter(of_dealership).filter(within::<E>(month));
    let rows = tx.all(rows).await?.into_iter().map(|row| (E::cell(&row), row)).collect();
    drift.extend(differences::<E>(&rows, &totals::<E>(whole.values())));
    Ok(drift)
}

fn differences<E: Rollup>(kept: &Sums<E::Model>, counted: &Sums<E::Model>) -> Vec<Drift> {
    let nothing = vec![0; E::COLUMNS.len()];
    let mut both: BTreeMap<Uuid, (Vec<i64>, Vec<i64>)> = BTreeMap::new();
    for (cell, row) in kept {
        both.insert(*cell, (E::values(row), nothing.clone()));
    }
    for (cell, row) in counted {
        both.entry(*cell).or_insert_with(|| (nothing.clone(), nothing.clone())).1 = E::values(row);
    }
    let table = E::default().table_name().to_owned();
    let differ = both.into_iter().filter(|(_, (kept, counted))| kept != counted);
    let drift = differ.map(|(cell, (kept, counted))| {
        let columns = E::COLUMNS.iter().zip(kept.into_iter().zip(counted));
        let columns = columns.filter(|(_, (kept, counted))| kept != counted);
        Drift {
            table: table.clone(),
            cell,
            columns: columns.map(|(name, (kept, counted))| (*name, kept, counted)).collect(),
        }
    });
    drift.collect()
}

/// The branches' cells of a place.
async fn kept<E: Rollup>(tx: &Tx, place: Place, month: Option<NaiveDate>) -> Result<Sums<E::Model>> {
    let of_branches = E::branch().map_or_else(Condition::all, |column| Condition::all().add(column.is_not_null()));
    let query = tx.select::<E>().filter(of::<E>(place)).filter(of_branches).filter(within::<E>(month));
    Ok(tx.all(query).await?.into_iter().map(|row| (E::cell(&row), row)).collect())
}

/// The months in which the place has a fact or a cell, or the one that is named. A month at a time is looked for, so that
/// what is held at once is a month's, and a year 1970 or 9999 in old documents takes no longer than another one.
async fn months(tx: &Tx, place: Place, named: Option<NaiveDate>) -> Result<Vec<NaiveDate>> {
    if let Some(month) = named {
        return Ok(vec![month]);
    }
    let mut months = Vec::new();
    let mut from: Option<NaiveDate> = None;
    loop {
        let facts = of::<kpi_fact::Entity>(place).add_option(from.map(|day| kpi_fact::Column::Day.gte(day)));
        let fact = tx.select::<kpi_fact::Entity>().filter(facts).order_by_asc(kpi_fact::Column::Day);
        let cells = of::<kpi_month::Entity>(place).add_option(from.map(|day| kpi_month::Column::Month.gte(day)));
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

async fn facts(tx: &Tx, place: Place, month: NaiveDate) -> Result<Counted> {
    let query = tx
        .select::<kpi_fact::Entity>()
        .filter(of::<kpi_fact::Entity>(place))
        .filter(kpi_fact::Column::Day.gte(month))
        .filter(kpi_fact::Column::Day.lt(month + Months::new(1)));
    Ok(Counted { facts: tx.all(query).await?, ..Counted::default() })
}

async fn items(tx: &Tx, place: Place, month: Option<NaiveDate>) -> Result<Counted> {
    let mut query = tx.select::<open_item::Entity>().filter(of::<open_item::Entity>(place));
    if let Some(month) = month {
        query = query
            .filter(open_item::Column::Since.gte(month))
            .filter(open_item::Column::Since.lt(month + Months::new(1)));
    }
    Ok(Counted { open: tx.all(query).await?, ..Counted::default() })
}

fn of<E: Tenant>(place: Place) -> Condition {
    Condition::all().add(E::dealership().eq(place.dealership)).add(branches::<E>(place))
}

fn branches<E: Tenant>(place: Place) -> Condition {
    Condition::all().add_option(place.branch.and_then(|branch| E::branch().map(|column| column.eq(branch))))
}

fn within<E: Rollup>(month: Option<NaiveDate>) -> Condition {
    Condition::all()
        .add_option(month.map(|month| E::PERIOD.gte(month)))
        .add_option(month.map(|month| E::PERIOD.lt(month + Months::new(1))))
}

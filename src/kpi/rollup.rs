//! Keeping the rollups: the one way for all who write documents, in the transaction that writes them.

use std::collections::BTreeMap;

use entity::tenant::Tenant;
use entity::{kpi_breakdown, kpi_day, kpi_fact, kpi_month, kpi_open};
use sea_orm::sea_query::{Expr, ExprTrait, OnConflict};
use sea_orm::{ColumnTrait, IdenStatic, Iterable, QueryFilter};
use uuid::Uuid;

use super::cell::{Cells, Change, Counted, Rollup, totals};
use crate::database::Tx;
use crate::error::Result;
use crate::fact;
use crate::store::load::Key;

/// What a transaction changes of the figures: what its rows counted as before, and what they count as now.
#[derive(Debug, Default)]
pub struct Tally {
    rows: BTreeMap<(&'static str, Uuid), Change>,
    /// Rows that count by what others hold: the database counts them, once all is written.
    joined: BTreeMap<&'static str, Vec<Uuid>>,
}

impl Tally {
    /// Notes a row that is locked and may be changed, as it is.
    pub fn found<E: Tenant>(&mut self, row: &E::Model) -> Result<()> {
        if self.misses::<E>(row)? {
            self.rows.insert(key::<E>(row)?, Change { before: counted::<E>(row)?, after: None });
        }
        Ok(())
    }

    /// Whether it counts a row, and knows neither that it is new nor what it was.
    pub fn misses<E: Tenant>(&self, row: &E::Model) -> Result<bool> {
        Ok(fact::counts(E::default().table_name()) && !self.rows.contains_key(&key::<E>(row)?))
    }

    /// Notes a row that is new.
    pub fn made<E: Tenant>(&mut self, row: &E::Model) -> Result<()> {
        let table = E::default().table_name();
        if fact::joined_kinds(table).next().is_some() {
            self.joined.entry(table).or_default().push(key::<E>(row)?.1);
            return Ok(());
        }
        self.changed::<E>(row)
    }

    /// Notes what a row is changed to that was found before, or is new.
    pub fn changed<E: Tenant>(&mut self, row: &E::Model) -> Result<()> {
        if fact::counts(E::default().table_name()) {
            self.rows.entry(key::<E>(row)?).or_default().after = Some(counted::<E>(row)?);
        }
        Ok(())
    }

    /// Counts it all. Comes last in a transaction, which reaches the whole dealership then: whoever holds a cell waits for
    /// nothing else.
    pub async fn write(self, tx: &mut Tx) -> Result<()> {
        let Self { rows, joined } = self;
        let changes: Vec<_> = rows.into_values().filter(|change| change.after.is_some()).collect();
        if changes.is_empty() && joined.is_empty() {
            return Ok(());
        }
        // What adds up a dealership lies above its branches.
        tx.reach_the_dealership("key figures").await?;
        let mut cells = Cells::between(&joined_facts(tx, joined).await?, &changes);
        add::<kpi_day::Entity>(tx, &mut cells).await?;
        add::<kpi_month::Entity>(tx, &mut cells).await?;
        add::<kpi_breakdown::Entity>(tx, &mut cells).await?;
        add::<kpi_open::Entity>(tx, &mut cells).await
    }
}

fn key<E: Tenant>(row: &E::Model) -> Result<(&'static str, Uuid)> {
    Ok((E::default().table_name(), Key::of::<E>(row, E::id())?.id))
}

fn counted<E: Tenant>(row: &E::Model) -> Result<Counted> {
    Ok(Counted { facts: fact::facts::<E>(row)?, open: fact::items::<E>(row)? })
}

async fn joined_facts(tx: &Tx, rows: BTreeMap<&'static str, Vec<Uuid>>) -> Result<Counted> {
    let mut counted = Counted::default();
    for (table, ids) in rows {
        // Written out, not bound: the database sees before it looks which tables below the view have nothing to give.
        let kinds = fact::joined_kinds(table).map(|kind| Expr::Constant(kind.into()));
        let of_table = kpi_fact::Column::Kind.into_expr().is_in(kinds).and(kpi_fact::Column::Id.is_in(ids));
        counted.facts.extend(tx.all(tx.select::<kpi_fact::Entity>().filter(of_table)).await?);
    }
    Ok(counted)
}

/// Adds to the rows that are there, inserts the others: the branches' and those of their dealerships.
async fn add<E: Rollup>(tx: &Tx, cells: &mut Cells) -> Result<()> {
    let mut rows = std::mem::take(E::of(cells));
    let totals = totals::<E>(rows.values());
    rows.extend(totals);
    let mut adding = OnConflict::columns([E::dealership(), E::id()]).to_owned();
    for column in E::Column::iter().filter(|column| E::COLUMNS.contains(&column.as_str())) {
        let old = Expr::col((E::default(), column));
        adding.value(column, old.add(Expr::col(("excluded", column.as_str()))));
    }
    tx.upsert::<E>(rows.into_values().collect(), adding).await
}

//! Keeping the rollups: the one way for all who write documents, in the transaction that writes them.

use std::collections::BTreeMap;

use entity::tenant::Tenant;
use entity::{kpi_breakdown, kpi_day, kpi_fact, kpi_month, kpi_open, open_item};
use sea_orm::sea_query::{Expr, ExprTrait, OnConflict};
use sea_orm::{ColumnTrait, Condition, IdenStatic, Iterable, QueryFilter};
use uuid::Uuid;

use super::cell::{Cells, Counted, Rollup, totals};
use crate::database::Tx;
use crate::error::Result;
use crate::fact;

/// Ids of rows, by the table they are in.
type Rows = BTreeMap<&'static str, Vec<Uuid>>;

/// What a transaction changes of the figures: the rows it made or changed, and what those were counted as before.
#[derive(Debug, Default)]
pub struct Tally {
    rows: Rows,
    before: Counted,
}

impl Tally {
    /// Notes rows of a table that are new.
    pub fn made<E: Tenant>(&mut self, rows: impl IntoIterator<Item = Uuid>) {
        let (table, rows) = (E::default().table_name(), Vec::from_iter(rows));
        if counts(table) && !rows.is_empty() {
            self.rows.entry(table).or_default().extend(rows);
        }
    }

    /// Notes what a locked row of a table counts as now, before it is changed.
    pub async fn changes<E: Tenant>(&mut self, tx: &Tx, row: Uuid) -> Result<()> {
        let table = E::default().table_name();
        if !counts(table) || self.rows.get(table).is_some_and(|known| known.contains(&row)) {
            return Ok(());
        }
        let now = counted(tx, &Rows::from([(table, vec![row])])).await?;
        self.before.facts.extend(now.facts);
        self.before.open.extend(now.open);
        self.rows.entry(table).or_default().push(row);
        Ok(())
    }

    /// Counts it all. Comes last in a transaction, which reaches the whole dealership then: whoever holds a cell waits for
    /// nothing else.
    pub async fn write(self, tx: &mut Tx) -> Result<()> {
        if self.rows.is_empty() {
            return Ok(());
        }
        // What adds up a dealership lies above its branches.
        tx.reach_the_dealership("key figures").await?;
        let mut cells = Cells::between(&self.before, &counted(tx, &self.rows).await?);
        add::<kpi_day::Entity>(tx, &mut cells).await?;
        add::<kpi_month::Entity>(tx, &mut cells).await?;
        add::<kpi_breakdown::Entity>(tx, &mut cells).await?;
        add::<kpi_open::Entity>(tx, &mut cells).await
    }
}

fn counts(table: &'static str) -> bool {
    fact::kinds(table).chain(fact::open_kinds(table)).next().is_some()
}

/// What rows count as now. Two questions: as one, PostgreSQL planned them for longer than a bill takes.
async fn counted(tx: &Tx, rows: &Rows) -> Result<Counted> {
    Ok(Counted {
        facts: read::<kpi_fact::Entity, _>(tx, rows, kpi_fact::Column::Kind, fact::kinds).await?,
        open: read::<open_item::Entity, _>(tx, rows, open_item::Column::Kind, fact::open_kinds).await?,
    })
}

/// What a view has of rows, each of the kinds that its table's can be. Kinds are written out, not bound: the database sees
/// before it looks which tables below the view have nothing to give.
async fn read<E, K>(tx: &Tx, rows: &Rows, kind: E::Column, kinds: fn(&'static str) -> K) -> Result<Vec<E::Model>>
where
    E: Tenant,
    K: Iterator<Item = &'static str>,
{
    let mut asked = Condition::any();
    for (table, ids) in rows {
        let kinds: Vec<_> = kinds(table).map(|kind| Expr::Constant(kind.into())).collect();
        if !kinds.is_empty() {
            asked = asked.add(kind.into_expr().is_in(kinds).and(E::id().is_in(ids.iter().copied())));
        }
    }
    if asked.is_empty() { Ok(Vec::new()) } else { tx.all(tx.select::<E>().filter(asked)).await }
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

//! Keeping the rollups: the one way for all who write documents, in the transaction that writes them.

use entity::measures::Measures;
use entity::{kpi_breakdown, kpi_day, kpi_fact, kpi_month};
use sea_orm::sea_query::{Expr, ExprTrait, OnConflict};
use sea_orm::{ColumnTrait, IdenStatic, Iterable, QueryFilter};
use uuid::Uuid;

use super::cell::{Cells, Rollup};
use crate::database::Tx;
use crate::error::Result;

/// What a transaction changes of the figures: the rows it made or changed, and what those were counted as before.
#[derive(Debug, Default)]
pub struct Tally {
    rows: Vec<Uuid>,
    before: Vec<kpi_fact::Model>,
}

impl Tally {
    /// Rows that are new, by their ids.
    pub fn made(&mut self, rows: impl IntoIterator<Item = Uuid>) {
        self.rows.extend(rows);
    }

    /// Notes what a locked row counts as now, before it is changed.
    pub async fn changes(&mut self, tx: &Tx, row: Uuid) -> Result<()> {
        if !self.rows.contains(&row) {
            self.before.extend(facts(tx, &[row]).await?);
            self.rows.push(row);
        }
        Ok(())
    }

    /// Counts it all. Comes last in a transaction: whoever holds a cell waits for nothing else.
    pub async fn write(self, tx: &Tx) -> Result<()> {
        if self.rows.is_empty() {
            return Ok(());
        }
        let after = facts(tx, &self.rows).await?;
        let mut cells = Cells::between(&self.before, &after);
        add::<kpi_day::Entity>(tx, &mut cells).await?;
        add::<kpi_month::Entity>(tx, &mut cells).await?;
        add::<kpi_breakdown::Entity>(tx, &mut cells).await
    }
}

async fn facts(tx: &Tx, rows: &[Uuid]) -> Result<Vec<kpi_fact::Model>> {
    let query = tx.select::<kpi_fact::Entity>().filter(kpi_fact::Column::Id.is_in(rows.iter().copied()));
    tx.all(query).await
}

/// Adds to the rows that are there, inserts the others.
async fn add<E: Rollup>(tx: &Tx, cells: &mut Cells) -> Result<()> {
    let mut adding = OnConflict::columns([E::dealership(), E::id()]).to_owned();
    for column in E::Column::iter().filter(|column| Measures::COLUMNS.contains(&column.as_str())) {
        let old = Expr::col((E::default(), column));
        adding.value(column, old.add(Expr::col(("excluded", column.as_str()))));
    }
    tx.upsert::<E>(E::rows(cells), adding).await
}

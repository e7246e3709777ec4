//! Keeping the rollups: the one way for all who write documents, in the transaction that writes them.

use entity::tenant::Tenant;
use entity::{kpi_breakdown, kpi_day, kpi_fact, kpi_month, kpi_open, open_item};
use sea_orm::sea_query::{Expr, ExprTrait, OnConflict};
use sea_orm::{ColumnTrait, IdenStatic, Iterable, QueryFilter};
use uuid::Uuid;

use super::cell::{Cells, Counted, Rollup, totals};
use crate::database::Tx;
use crate::error::Result;
use crate::fact;

/// What a transaction changes of the figures: the rows it made or changed, and what those were counted as before.
#[derive(Debug, Default)]
pub struct Tally {
    with_facts: Vec<Uuid>,
    with_items: Vec<Uuid>,
    before: Counted,
}

impl Tally {
    /// Notes rows of a table that are new.
    pub fn made<E: Tenant>(&mut self, rows: impl IntoIterator<Item = Uuid>) {
        let rows: Vec<_> = rows.into_iter().collect();
        if fact::has_facts(E::default().table_name()) {
            self.with_facts.extend(&rows);
        }
        if fact::has_items(E::default().table_name()) {
            self.with_items.extend(&rows);
        }
    }

    /// Notes what a locked row of a table counts as now, before it is changed.
    pub async fn changes<E: Tenant>(&mut self, tx: &Tx, row: Uuid) -> Result<()> {
        if fact::has_facts(E::default().table_name()) && !self.with_facts.contains(&row) {
            self.before.facts.extend(facts(tx, &[row]).await?);
            self.with_facts.push(row);
        }
        if fact::has_items(E::default().table_name()) && !self.with_items.contains(&row) {
            self.before.open.extend(items(tx, &[row]).await?);
            self.with_items.push(row);
        }
        Ok(())
    }

    /// Counts it all. Comes last in a transaction, which reaches the whole dealership then: whoever holds a cell waits for
    /// nothing else.
    pub async fn write(self, tx: &mut Tx) -> Result<()> {
        if self.with_facts.is_empty() && self.with_items.is_empty() {
            return Ok(());
        }
        let after = Counted { facts: facts(tx, &self.with_facts).await?, open: items(tx, &self.with_items).await? };
        let mut cells = Cells::between(&self.before, &after);
        // What adds up a dealership lies above its branches.
        tx.reach_the_dealership("key figures").await?;
        add::<kpi_day::Entity>(tx, &mut cells).await?;
        add::<kpi_month::Entity>(tx, &mut cells).await?;
        add::<kpi_breakdown::Entity>(tx, &mut cells).await?;
        add::<kpi_open::Entity>(tx, &mut cells).await
    }
}

async fn facts(tx: &Tx, rows: &[Uuid]) -> Result<Vec<kpi_fact::Model>> {
    match rows {
        [] => Ok(Vec::new()),
        rows => tx.all(tx.select::<kpi_fact::Entity>().filter(kpi_fact::Column::Id.is_in(rows.iter().copied()))).await,
    }
}

async fn items(tx: &Tx, rows: &[Uuid]) -> Result<Vec<open_item::Model>> {
    match rows {
        [] => Ok(Vec::new()),
        rows => {
            tx.all(tx.select::<open_item::Entity>().filter(open_item::Column::Id.is_in(rows.iter().copied()))).await
        }
    }
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

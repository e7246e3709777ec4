//! What is open in each dealership, kept in the process for those who look at many at once.
//!
//! Exact, on any number of processes: with every change of a dealership's cells, the database raises the dealership's
//! revision (`m0020_kpi_revision.rs`). Kept cells are used while the revision in the reader's own snapshot is the one they
//! were read at. A reader reads anew what few dealerships have changed, and leaves the adding up of the others to the
//! database.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use entity::tenant::Tenant;
use entity::{dealership, kpi_open, kpi_revision};
use sea_orm::sea_query::{Expr, ExprTrait};
use sea_orm::{ColumnTrait, QueryFilter, QuerySelect, QueryTrait, Select};
use uuid::Uuid;

use super::now::{Amount, Slot, Sums, add_up_cells};
use super::select::InOrder;
use crate::database::Tx;
use crate::error::Result;

/// Cells kept at most, of some 40 bytes each.
const MOST: usize = 500_000;

/// Dealerships that a reader reads anew at most: a large one has a thousand cells.
const ANEW: usize = 16;

/// What is open in dealerships.
#[derive(Default)]
pub struct Kept(Mutex<Cells>);

#[derive(Default)]
struct Cells {
    /// Where a slot's amounts are in `slots`.
    places: HashMap<Slot, usize>,
    slots: Vec<Slot>,
    /// By dealership: the revision, and its cells by the place of their slot.
    of: HashMap<Uuid, (i64, Vec<(usize, Amount)>)>,
    number: usize,
}

impl Kept {
    /// Adds up what is open in all dealerships that the transaction reaches, which sees one snapshot.
    pub(super) async fn add_up(&self, tx: &Tx) -> Result<Sums> {
        let all = revisions(tx).await?;
        let (mut sums, mut missing) = self.lock().add_up(&all);
        // Those without a revision can not be kept.
        missing.sort_by_key(|(_, revision)| revision.is_none());
        let known = missing.iter().take(ANEW).filter(|(_, revision)| revision.is_some()).count();
        let (anew, others) = missing.split_at(known);
        if !anew.is_empty() {
            self.read(tx, anew, &mut sums).await?;
        }
        if !others.is_empty() {
            let others: Vec<_> = others.iter().map(|(id, _)| *id).collect();
            let others = cells(tx).filter(kpi_open::Entity::dealership().is_in(others)).into_query();
            add_up_cells(tx, others, &mut sums).await?;
        }
        Ok(sums)
    }

    /// Reads dealerships anew, for this reader and the next ones.
    async fn read(&self, tx: &Tx, dealerships: &[(Uuid, Option<i64>)], sums: &mut Sums) -> Result<()> {
        let ids = dealerships.iter().map(|(id, _)| *id);
        let rows = tx.all(cells(tx).filter(kpi_open::Entity::dealership().is_in(ids))).await?;
        let mut read: HashMap<Uuid, Vec<(Slot, Amount)>> = HashMap::new();
        for row in rows {
            let (dealership, slot, amount) = (row.dealership_id, Slot::of(&row), Amount::of(&row));
            sums.add(slot.clone(), amount);
            read.entry(dealership).or_default().push((slot, amount));
        }
        let mut kept = self.lock();
        for (dealership, revision) in dealerships {
            if let Some(revision) = revision {
                kept.keep(*dealership, *revision, read.remove(dealership).unwrap_or_default());
            }
        }
        Ok(())
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Cells> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Cells {
    /// What is kept of dealerships at these revisions, added up, and those of which nothing is.
    fn add_up(&self, all: &[(Uuid, Option<i64>)]) -> (Sums, Vec<(Uuid, Option<i64>)>) {
        let (mut amounts, mut missing) = (vec![Amount::default(); self.slots.len()], Vec::new());
        for (dealership, revision) in all {
            match self.of.get(dealership).filter(|(kept, _)| Some(*kept) == *revision) {
                Some((_, cells)) => cells.iter().for_each(|(place, amount)| amounts[*place].add(*amount)),
                None => missing.push((*dealership, *revision)),
            }
        }
        let mut sums = Sums::default();
        for (slot, amount) in self.slots.iter().zip(amounts).filter(|(_, amount)| *amount != Amount::default()) {
            sums.add(slot.clone(), amount);
        }
        (sums, missing)
    }

    fn keep(&mut self, dealership: Uuid, revision: i64, cells: Vec<(Slot, Amount)>) {
        self.number -= self.of.remove(&dealership).map_or(0, |(_, old)| old.len());
        if self.number.max(self.slots.len()) + cells.len() > MOST {
            // Slots that nobody has any more are among them, and whoever reads fills it again.
            *self = Self::default();
        }
        self.number += cells.len();
        let placed = cells.into_iter().map(|(slot, amount)| (self.place(slot), amount)).collect();
        self.of.insert(dealership, (revision, placed));
    }

    fn place(&mut self, slot: Slot) -> usize {
        let Self { places, slots, .. } = self;
        *places.entry(slot).or_insert_with_key(|slot| {
            slots.push(slot.clone());
            slots.len() - 1
        })
    }
}

/// The cells that add up whole dealerships.
fn cells(tx: &Tx) -> Select<kpi_open::Entity> {
    tx.select::<kpi_open::Entity>().filter(kpi_open::Column::BranchId.is_null()).filter(kpi_open::Column::Items.ne(0))
}

/// Every dealership, with the revision of what is open there; none where nothing has changed since changes are counted.
async fn revisions(tx: &Tx) -> Result<Vec<(Uuid, Option<i64>)>> {
    use kpi_revision::Column;
    let own =
        Expr::col((kpi_revision::Entity, Column::DealershipId)).equals((dealership::Entity, dealership::Column::Id));
    let revision = tx.select::<kpi_revision::Entity>().select_only().column(Column::Revision).filter(own).into_query();
    let mut query = tx.select::<dealership::Entity>().into_query();
    query.clear_selects().column((dealership::Entity, dealership::Column::Id)).expr_as(revision, "revision");
    let rows = tx.groups(query).await?;
    rows.iter().map(InOrder::of).map(|mut row| Ok((row.next()?, row.next()?))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cell(since: &str, items: i64) -> (Slot, Amount) {
        let row = kpi_open::Model {
            dealership_id: Uuid::nil(),
            id: Uuid::nil(),
            branch_id: None,
            kind: entity::open_item::Kind::Stock,
            since: since.parse().expect("a day"),
            currency: "LKR".to_owned(),
            items,
            amount_minor: items * 100,
            estimated: 0,
            uncoloured: items,
        };
        (Slot::of(&row), Amount::of(&row))
    }

    fn sums(cells: &[(Slot, Amount)]) -> Sums {
        let mut sums = Sums::default();
        cells.iter().cloned().for_each(|(slot, amount)| sums.add(slot, amount));
        sums
    }

    #[test]
    fn what_is_kept_serves_its_revision_only() {
        let [here, there] = [Uuid::from_u128(1), Uuid::from_u128(2)];
        let mut kept = Cells::default();
        kept.keep(here, 4, vec![cell("2026-09-01", 3), cell("2026-09-02", 1)]);
        kept.keep(there, 9, vec![cell("2026-09-02", 5)]);
        let all = [(here, Some(4)), (there, Some(9))];
        assert_eq!(kept.add_up(&all), (sums(&[cell("2026-09-01", 3), cell("2026-09-02", 6)]), vec![]));
        // Whoever does not reach it gets nothing of it.
        assert_eq!(kept.add_up(&all[..1]).0, sums(&[cell("2026-09-01", 3), cell("2026-09-02", 1)]));
        for other in [None, Some(3), Some(5)] {
            let asked = [(here, other), (there, Some(9))];
            assert_eq!(kept.add_up(&asked), (sums(&[cell("2026-09-02", 5)]), vec![(here, other)]));
        }
        kept.keep(here, 5, vec![]);
        assert_eq!(kept.add_up(&[(here, Some(5))]), (Sums::default(), vec![]));
        assert_eq!(kept.number, 1);
    }

    #[test]
    fn what_is_kept_is_bounded() {
        let mut kept = Cells::default();
        let cells: Vec<_> = (0..MOST as i64 / 2).map(|_| cell("2026-09-01", 1)).collect();
        for n in 0..4 {
            kept.keep(Uuid::from_u128(n), 1, cells.clone());
            assert!(kept.number <= MOST);
        }
        assert_eq!(kept.of.len(), 2);
    }
}

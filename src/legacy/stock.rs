//! Which unit a bill is for. At most one live bill claims a unit.

use std::collections::{HashMap, HashSet};

use entity::bike_unit;
use uuid::Uuid;

use super::document::Document;
use super::journal::Journal;
use super::note::Notes;
use super::page;
use crate::database::Tx;
use crate::error::Result;
use crate::text;

/// The units of the dealership and the live bills' claims on them.
pub(super) struct Stock<'a> {
    journal: &'a Journal,
    by_chassis: HashMap<String, Uuid>,
    /// In search form; absent inside where several units share it.
    by_chassis_key: HashMap<String, Option<Uuid>>,
    claimed: HashSet<Uuid>,
}

impl<'a> Stock<'a> {
    pub(super) async fn open(journal: &'a Journal, tx: &Tx) -> Result<Self> {
        let (mut by_chassis, mut by_chassis_key) = (HashMap::new(), HashMap::new());
        let query = tx.select::<bike_unit::Entity>();
        page::each(
            tx,
            query,
            bike_unit::Column::Id,
            |row| row.id,
            |row| {
                if row.deleted_at.is_none() {
                    by_chassis.insert(row.chassis_number, row.id);
                    by_chassis_key.entry(row.chassis_key).and_modify(|unit| *unit = None).or_insert(Some(row.id));
                }
            },
        )
        .await?;
        Ok(Self { journal, by_chassis, by_chassis_key, claimed: HashSet::new() })
    }

    /// Marks a unit as taken by a live bill; whether it was free.
    pub(super) fn claim(&mut self, unit: Uuid) -> bool {
        self.claimed.insert(unit)
    }

    /// The unit of a bill, by its inventory item or else by its chassis.
    pub(super) fn unit_of(
        &mut self,
        document: &Document<'_>,
        chassis: Option<&str>,
        is_live: bool,
        notes: &mut Notes,
    ) -> Option<Uuid> {
        const FIELD: &str = "inventoryItemId";
        let named = document.reference(FIELD);
        let unit = match named.as_deref().map(|legacy_id| self.journal.row(legacy_id)) {
            Some(Some(unit)) => unit,
            dangling => {
                let found = chassis.and_then(|chassis| self.with_chassis(chassis));
                match (dangling.is_some(), found) {
                    (true, Some(_)) => notes.repair(FIELD, "linked by chassis", "refers to a unit that is not there"),
                    (true, None) => notes.repair(FIELD, "left out", "refers to a unit that is not there"),
                    (false, Some(_)) => notes.repair(FIELD, "linked by chassis", "is missing"),
                    (false, None) => {}
                }
                found?
            }
        };
        if is_live && !self.claim(unit) {
            notes.repair(FIELD, "left out", "another live bill has the unit");
            return None;
        }
        Some(unit)
    }

    fn with_chassis(&self, chassis: &str) -> Option<Uuid> {
        let exact = self.by_chassis.get(chassis).copied();
        exact.or_else(|| self.by_chassis_key.get(&text::search_key(chassis)).copied().flatten())
    }
}

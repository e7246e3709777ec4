//! The journal: which document became which row, and the document itself, sealed. It makes an import repeatable.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use entity::legacy_document;
use sea_orm::{ColumnTrait, QueryFilter};
use sha2::{Digest, Sha256};
use uuid::Uuid;

use super::ground::Ground;
use super::note::Origin;
use super::page;
use crate::database::Tx;
use crate::error::Result;

/// The journal of one collection.
pub(super) struct Journal {
    known: HashMap<String, Known>,
    /// Documents for which another row stands in.
    stand_ins: HashMap<String, Uuid>,
    rows: Vec<legacy_document::Model>,
}

struct Known {
    row: Uuid,
    digest: [u8; 32],
    since: Since,
}

enum Since {
    Earlier(DateTime<Utc>),
    Line(u64),
}

/// What the journal knows of a document.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Standing {
    New,
    AlreadyThere,
    /// The same id with other content, and when the first was taken.
    Differs(String),
}

impl Journal {
    /// Reads what earlier imports wrote.
    pub(super) async fn load(tx: &Tx, collection: &'static str) -> Result<Self> {
        let query = tx.select::<legacy_document::Entity>().filter(legacy_document::Column::Collection.eq(collection));
        let mut known = HashMap::new();
        let column = legacy_document::Column::LegacyId;
        page::each(
            tx,
            query,
            column,
            |row| row.legacy_id.clone(),
            |row| {
                let digest = row.digest.try_into().unwrap_or_default();
                known.insert(row.legacy_id, Known { row: row.id, digest, since: Since::Earlier(row.imported_at) });
            },
        )
        .await?;
        Ok(Self { known, stand_ins: HashMap::new(), rows: Vec::new() })
    }

    /// Whether the document is known, and as what.
    pub(super) fn standing(&self, legacy_id: &str, line: &str) -> Standing {
        match self.known.get(legacy_id) {
            None => Standing::New,
            Some(known) if known.digest == digest(line) => Standing::AlreadyThere,
            Some(Known { since: Since::Earlier(at), .. }) => Standing::Differs(format!(
                "differs from what was imported on {}; an import never overwrites",
                at.format("%Y-%m-%d")
            )),
            Some(Known { since: Since::Line(first), .. }) => {
                Standing::Differs(format!("has the _id of line {first}, but differs from it"))
            }
        }
    }

    /// The row made from a document, or standing for it.
    pub(super) fn row(&self, legacy_id: &str) -> Option<Uuid> {
        self.known.get(legacy_id).map(|known| known.row).or_else(|| self.stand_ins.get(legacy_id).copied())
    }

    /// Lets `row` stand for a document that is refused.
    pub(super) fn stand_in(&mut self, legacy_id: String, row: Uuid) {
        self.stand_ins.insert(legacy_id, row);
    }

    /// Remembers that `row` was made from `line`.
    pub(super) fn add(&mut self, ground: &Ground<'_>, origin: Origin, row: Uuid, line: &str) {
        let digest = digest(line);
        self.rows.push(legacy_document::Model {
            dealership_id: ground.dealership,
            id: row,
            collection: origin.collection.name().to_owned(),
            legacy_id: origin.id.clone(),
            digest: digest.to_vec(),
            document: ground.keys.seal(ground.place("legacy_document", "document", row), line.as_bytes()),
            imported_at: ground.now,
        });
        self.known.insert(origin.id, Known { row, digest, since: Since::Line(origin.line) });
    }

    /// Writes what was added.
    pub(super) async fn write(&mut self, tx: &Tx) -> Result<()> {
        tx.insert::<legacy_document::Entity>(std::mem::take(&mut self.rows)).await
    }
}

fn digest(line: &str) -> [u8; 32] {
    Sha256::digest(line.as_bytes()).into()
}

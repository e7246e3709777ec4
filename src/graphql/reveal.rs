//! Personal data in clear: for roles that may read it, and never without a trace in the audit trail.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Mutex, PoisonError};

use entity::audit_event;
use entity::kind::Source;
use uuid::Uuid;

use super::context::Cx;
use crate::app::App;
use crate::crypto::Place;
use crate::error::Result;
use crate::id;
use crate::identity::masked;
use crate::permission::Permission;
use crate::scope::{Actor, Scope};

/// What one request saw in clear: the fields of each row.
#[derive(Default)]
pub(super) struct Reveals(Mutex<BTreeMap<Row, Fields>>);

/// Dealership, table and id.
type Row = (Uuid, &'static str, Uuid);

type Fields = BTreeSet<&'static str>;

impl Cx {
    /// A personal value of the row at `place`: in clear for roles that may read it, masked for all others.
    pub(super) fn reveal(&self, place: Place, field: &'static str, value: Option<String>) -> Result<Option<String>> {
        let in_clear = self.scope()?.may(Permission::ReadIdentity);
        if in_clear && value.is_some() {
            let mut seen = self.session.reveals.0.lock().unwrap_or_else(PoisonError::into_inner);
            seen.entry((place.dealership, place.table, place.row)).or_default().insert(field);
        }
        Ok(value.map(|value| if in_clear { value } else { masked(&value) }))
    }
}

impl Reveals {
    /// Enters what was seen into the audit trail, one event a row; the answer waits for it.
    pub(super) async fn audit(&self, app: &App, scope: &Scope) -> Result<()> {
        let seen = std::mem::take(&mut *self.0.lock().unwrap_or_else(PoisonError::into_inner));
        let Actor::User(user) = *scope.actor() else { return Ok(()) };
        if seen.is_empty() {
            return Ok(());
        }
        let now = app.now();
        let event = |((dealership, table, row), fields): (Row, Fields)| audit_event::Model {
            dealership_id: dealership,
            id: id::fresh(now),
            branch_id: None,
            occurred_at: now,
            user_id: Some(user),
            action: "identity_revealed".to_owned(),
            target_type: Some(table.to_uppercase()),
            target_id: Some(row),
            summary: fields.into_iter().collect::<Vec<_>>().join(", "),
            origin: None,
            source: Source::Live,
            created_at: now,
        };
        // Not under the reader's own scope: HQ over everything may not write anything.
        let tx = app.write(Scope::system("audit a reveal")).await?;
        tx.insert::<audit_event::Entity>(seen.into_iter().map(event).collect()).await?;
        tx.commit().await
    }
}

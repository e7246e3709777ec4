//! `useractivities`: who did what, as audit events.

use entity::audit_event;
use entity::kind::Source;
use serde::Serialize;
use uuid::Uuid;

use super::document::Document;
use super::ground::Ground;
use super::journal::Journal;
use super::load::Rows;
use super::note::{Notes, Rejection, required};
use super::user::Staff;
use crate::database::Tx;
use crate::error::Result;

/// Makes audit events.
pub(super) struct Activities<'a> {
    pub(super) ground: &'a Ground<'a>,
    pub(super) staff: Staff<'a>,
    pub(super) units: &'a Journal,
    pub(super) bills: &'a Journal,
    pub(super) quotations: &'a Journal,
    pub(super) rows: Vec<audit_event::Model>,
}

/// From where somebody acted.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Origin {
    #[serde(skip_serializing_if = "Option::is_none")]
    ip_address: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    user_agent: Option<String>,
}

impl Activities<'_> {
    fn target(&self, target_type: &str, legacy_id: &str) -> Option<Uuid> {
        let journal = match target_type {
            "BILL" => self.bills,
            "QUOTATION" | "INVOICE" => self.quotations,
            "BIKE" | "INVENTORY" | "BIKE_INVENTORY" | "BIKEINVENTORY" => self.units,
            _ => return None,
        };
        journal.row(legacy_id)
    }

    fn origin(&self, metadata: &Document<'_>, id: Uuid) -> Option<Vec<u8>> {
        let origin = Origin { ip_address: metadata.text("ipAddress"), user_agent: metadata.text("userAgent") };
        if origin.ip_address.is_none() && origin.user_agent.is_none() {
            return None;
        }
        let json = serde_json::to_vec(&origin).expect("two texts are JSON");
        Some(self.ground.keys.seal(self.ground.place("audit_event", "origin", id), &json))
    }
}

impl Rows for Activities<'_> {
    fn take(&mut self, document: &Document<'_>, notes: &mut Notes) -> Result<Uuid, Rejection> {
        let action = required(document.text("type"), "type")?;
        let happened = document.date("timestamp", notes);
        let (created_at, _) = required(document.times(happened), "timestamp")?;
        let id = self.ground.id(created_at, &["useractivities", &notes.origin.id]);
        let metadata = document.object("metadata");
        let target_type = metadata.as_ref().and_then(|of| of.text("resourceType")).map(|kind| kind.to_uppercase());
        let resource = metadata.as_ref().and_then(|of| of.reference("resourceId"));
        self.rows.push(audit_event::Model {
            dealership_id: self.ground.dealership,
            id,
            branch_id: Some(self.ground.branch),
            occurred_at: happened.unwrap_or(created_at),
            user_id: self.staff.user(document, "userId", notes),
            action,
            target_id: target_type.as_deref().zip(resource).and_then(|(kind, id)| self.target(kind, &id)),
            target_type,
            summary: document.text("description").unwrap_or_default(),
            origin: metadata.and_then(|metadata| self.origin(&metadata, id)),
            source: Source::Imported,
            created_at,
        });
        Ok(id)
    }

    async fn write(&mut self, tx: &Tx) -> Result<()> {
        tx.insert::<audit_event::Entity>(std::mem::take(&mut self.rows)).await
    }
}

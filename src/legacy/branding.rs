//! `brandings`: how documents look, the dealership's and each person's own.

use std::collections::HashSet;

use entity::branding::{self, Column, Entity};
use sea_orm::{ColumnTrait, QueryFilter};
use uuid::Uuid;

use super::document::Document;
use super::ground::Ground;
use super::load::Rows;
use super::note::{Notes, Rejection, required};
use super::user::Staff;
use crate::database::Tx;
use crate::error::Result;

/// Makes brandings.
pub(super) struct Brandings<'a> {
    ground: &'a Ground<'a>,
    staff: Staff<'a>,
    rows: Vec<branding::Model>,
    /// Who has one already; absent for the dealership.
    owners: HashSet<Option<Uuid>>,
}

impl<'a> Brandings<'a> {
    pub(super) async fn open(ground: &'a Ground<'a>, staff: Staff<'a>, tx: &Tx) -> Result<Self> {
        let own = tx.select::<Entity>().filter(Column::DealershipId.eq(ground.dealership));
        let rows = tx.all(own.filter(Column::BranchId.is_null())).await?;
        Ok(Self { ground, staff, rows: Vec::new(), owners: rows.into_iter().map(|row| row.user_id).collect() })
    }
}

impl Rows for Brandings<'_> {
    fn take(&mut self, document: &Document<'_>, notes: &mut Notes) -> Result<Uuid, Rejection> {
        let (created_at, updated_at) = required(document.times(None), "createdAt")?;
        let id = self.ground.id(created_at, &["brandings", &notes.origin.id]);
        let primary_color = document.text("primaryColor").filter(|colour| {
            let usable = is_colour(colour);
            if !usable {
                notes.repair("primaryColor", "left out", "is not written as #rrggbb");
            }
            usable
        });
        let user_id = self.staff.user(document, "userId", notes);
        if !self.owners.insert(user_id) {
            return Err(Rejection::new("there is a branding of the same person, or of the dealership, already"));
        }
        self.rows.push(branding::Model {
            dealership_id: self.ground.dealership,
            id,
            branch_id: None,
            user_id,
            dealer_name: document.text("dealerName"),
            logo_url: document.text("logoUrl"),
            primary_color,
            address_line1: document.text("addressLine1"),
            address_line2: document.text("addressLine2"),
            brand_partner: document.text("brandPartner"),
            footer_note: document.text("footerNote"),
            // The old system's looks had none of these.
            logo_key: None,
            phone: None,
            email: None,
            created_at,
            updated_at,
        });
        Ok(id)
    }

    async fn write(&mut self, tx: &Tx) -> Result<()> {
        tx.insert::<Entity>(std::mem::take(&mut self.rows)).await
    }
}

fn is_colour(text: &str) -> bool {
    text.strip_prefix('#').is_some_and(|hex| hex.len() == 6 && hex.bytes().all(|byte| byte.is_ascii_hexdigit()))
}

//! `bike_inventory`: bikes, each known by its chassis and motor.

use chrono::{DateTime, Utc};
use entity::bike_unit::{self, Status};
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, QueryFilter};
use uuid::Uuid;

use super::colour;
use super::document::Document;
use super::ground::{CURRENCY, Ground};
use super::journal::Journal;
use super::link::Links;
use super::load::Rows;
use super::model::Models;
use super::note::{Notes, Rejection, required};
use super::number::Numbers;
use super::page;
use crate::database::Tx;
use crate::error::Result;
use crate::text;

/// The reason of a unit that was deleted without one.
const DELETED: &str = "Deleted in the old system";

/// Makes units.
pub(super) struct Units<'a> {
    ground: &'a Ground<'a>,
    model_journal: &'a Journal,
    bills: &'a Links,
    models: Models<'a>,
    chassis: Numbers,
    motors: Numbers,
    rows: Vec<bike_unit::Model>,
}

impl<'a> Units<'a> {
    pub(super) async fn open(
        ground: &'a Ground<'a>,
        model_journal: &'a Journal,
        bills: &'a Links,
        tx: &Tx,
    ) -> Result<Self> {
        let (mut chassis, mut motors) = (Numbers::new("chassisNumber"), Numbers::new("motorNumber"));
        let query = tx.select::<bike_unit::Entity>();
        page::each(
            tx,
            query,
            bike_unit::Column::Id,
            |row| row.id,
            |row| {
                if row.deleted_at.is_none() {
                    let holder = format!("unit {}", row.id);
                    chassis.hold(row.chassis_number, row.chassis_key, holder.clone());
                    motors.hold(row.motor_number, row.motor_key, holder);
                }
            },
        )
        .await?;
        let models = Models::open(ground, tx).await?;
        Ok(Self { ground, model_journal, bills, models, chassis, motors, rows: Vec::new() })
    }

    fn model(&mut self, document: &Document<'_>, at: DateTime<Utc>, notes: &mut Notes) -> Uuid {
        let known = document.reference("bikeModelId").and_then(|legacy_id| self.model_journal.row(&legacy_id));
        known.unwrap_or_else(|| {
            notes.repair("bikeModelId", "given to Unknown model", "refers to a model that is not there");
            self.models.unknown(at)
        })
    }

    /// Takes the numbers for a unit that is not deleted: no other such unit may have them.
    fn claim_numbers(&mut self, row: &bike_unit::Model, notes: &mut Notes) -> Result<(), Rejection> {
        if row.deleted_at.is_some() {
            return Ok(());
        }
        self.chassis.refuse_taken(&row.chassis_number)?;
        self.motors.refuse_taken(&row.motor_number)?;
        self.chassis.note_similar(&row.chassis_key, notes);
        self.motors.note_similar(&row.motor_key, notes);
        let holder = format!("document {}", notes.origin.id);
        self.chassis.hold(row.chassis_number.clone(), row.chassis_key.clone(), holder.clone());
        self.motors.hold(row.motor_number.clone(), row.motor_key.clone(), holder);
        Ok(())
    }
}

impl Rows for Units<'_> {
    fn take(&mut self, document: &Document<'_>, notes: &mut Notes) -> Result<Uuid, Rejection> {
        let chassis_number = required(document.written("chassisNumber"), "chassisNumber")?;
        let motor_number = required(document.written("motorNumber"), "motorNumber")?;
        let status = status(document)?;
        let added = document.date("dateAdded", notes);
        let (created_at, updated_at) = required(document.times(added), "dateAdded")?;
        let received_at = added.unwrap_or(created_at);
        let deleted = document.flag("isDeleted").unwrap_or(false);
        let (colour, rest) = colour::lifted(&document.text("notes").unwrap_or_default());
        let mut row = bike_unit::Model {
            dealership_id: self.ground.dealership,
            id: self.ground.id(created_at, &["bike_inventory", &notes.origin.id]),
            branch_id: self.ground.branch,
            model_id: Uuid::nil(),
            chassis_key: text::search_key(&chassis_number),
            chassis_number,
            motor_key: text::search_key(&motor_number),
            motor_number,
            colour,
            model_year: None,
            status,
            landed_cost_minor: None,
            list_price_minor: 0,
            currency: CURRENCY.to_owned(),
            received_at,
            received_on: self.ground.day(received_at),
            sold_on: document.date("dateSold", notes).map(|sold_at| self.ground.day(sold_at)),
            notes: rest,
            deleted_at: deleted.then_some(updated_at),
            deleted_reason: deleted.then(|| document.text("deletedReason").unwrap_or_else(|| DELETED.to_owned())),
            created_at,
            updated_at,
        };
        self.claim_numbers(&row, notes)?;
        // Nothing is refused from here on: a model may be made for it.
        row.model_id = self.model(document, created_at, notes);
        if document.reference("billId").is_some_and(|bill| !self.bills.contains(&bill)) {
            notes.repair("billId", "left out", "refers to a bill that is not there");
        }
        let id = row.id;
        self.rows.push(row);
        Ok(id)
    }

    async fn write(&mut self, tx: &Tx) -> Result<()> {
        self.models.write(tx).await?;
        tx.insert::<bike_unit::Entity>(std::mem::take(&mut self.rows)).await
    }

    async fn finish(&mut self, tx: &Tx, _journal: &Journal) -> Result<Vec<Notes>> {
        self.write(tx).await?;
        // What its model costs now: the old system kept no other price.
        let price = "(select m.list_price_minor from bike_model m \
                     where m.dealership_id = bike_unit.dealership_id and m.id = bike_unit.model_id)";
        let unpriced = tx
            .scope()
            .update::<bike_unit::Entity>()
            .filter(bike_unit::Column::BranchId.eq(self.ground.branch))
            .filter(bike_unit::Column::ListPriceMinor.eq(0))
            .col_expr(bike_unit::Column::ListPriceMinor, Expr::cust(price));
        tx.update(unpriced).await.map(|_| Vec::new())
    }
}

fn status(document: &Document<'_>) -> Result<Status, Rejection> {
    match document.text("status").unwrap_or_default().to_lowercase().as_str() {
        "available" => Ok(Status::Available),
        "reserved" => Ok(Status::Reserved),
        "sold" => Ok(Status::Sold),
        "damaged" => Ok(Status::Damaged),
        _ => Err(Rejection::new("has an unknown status")),
    }
}

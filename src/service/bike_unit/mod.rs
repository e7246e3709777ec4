//! Units in stock: received, kept for somebody, damaged, repaired, corrected, written off. What a bill or a transfer does
//! to a unit is theirs.

mod receive;

pub use receive::{Arrival, ReceiveUnits};

use chrono::Datelike;
use entity::bike_unit::{Entity, Model, Status};
use entity::bill;
use sea_orm::ActiveEnum;
use serde::Serialize;

use super::check::MAX_AMOUNT;
use super::{Change, Check, Desk, Event, States, not_found, step, stock};
use crate::error::{Refusal, RefusalCode, Result};
use crate::permission::Permission;
use crate::store::load::Key;

/// Most characters of a chassis or motor number.
pub(super) const NUMBER_LENGTH: usize = 40;

/// Most characters of a colour.
const COLOUR_LENGTH: usize = 40;

/// Most characters of notes.
pub(super) const NOTES_LENGTH: usize = 500;

impl States for Status {
    const NOUN: &'static str = "unit";
    const TABLE: &'static [(Self, &'static [Self])] = &[
        (Self::Available, &[Self::Reserved, Self::Sold, Self::Damaged, Self::InTransit]),
        (Self::Reserved, &[Self::Available, Self::Sold]),
        // By a credit note.
        (Self::Sold, &[Self::Available]),
        (Self::Damaged, &[Self::Available]),
        // By its transfer.
        (Self::InTransit, &[Self::Available]),
    ];
}

/// Keeps a unit for somebody.
#[derive(Debug, Serialize)]
pub struct ReserveUnit {
    /// Which.
    pub unit: Key,
}

/// Gives back a unit that was kept for somebody.
#[derive(Debug, Serialize)]
pub struct ReleaseUnit {
    /// Which.
    pub unit: Key,
}

/// Takes a unit off sale until it is repaired.
#[derive(Debug, Serialize)]
pub struct MarkUnitDamaged {
    /// Which.
    pub unit: Key,
    /// What is broken; replaces the notes if given.
    pub notes: Option<String>,
}

/// Puts a repaired unit on sale again.
#[derive(Debug, Serialize)]
pub struct RepairUnit {
    /// Which.
    pub unit: Key,
    /// What was done; replaces the notes if given.
    pub notes: Option<String>,
}

/// Corrects what is known of a unit.
#[derive(Debug, Serialize)]
pub struct UpdateUnit {
    /// Which.
    pub unit: Key,
    /// Its colour from now on.
    pub colour: Option<String>,
    /// Its model year from now on.
    pub model_year: Option<i32>,
    /// Its notes from now on.
    pub notes: Option<String>,
    /// What it cost landed, in minor units; stays as it is if absent, because not everybody can see it.
    pub landed_cost_minor: Option<i64>,
}

/// Takes a unit out of stock that is not there any more, or never was.
#[derive(Debug, Serialize)]
pub struct RemoveUnit {
    /// Which.
    pub unit: Key,
    /// Why.
    pub reason: String,
}

impl Change for ReserveUnit {
    type Outcome = Key;
    const NAME: &'static str = "reserveUnit";
    const PERMISSION: Permission = Permission::WriteStock;

    async fn apply(&self, desk: &Desk<'_>) -> Result<Key> {
        let unit = in_stock(desk, self.unit).await?;
        step("unit", unit.status, Status::Reserved)?;
        save(desk, Model { status: Status::Reserved, ..unit }, "unit_reserved").await
    }
}

impl Change for ReleaseUnit {
    type Outcome = Key;
    const NAME: &'static str = "releaseUnit";
    const PERMISSION: Permission = Permission::WriteStock;

    async fn apply(&self, desk: &Desk<'_>) -> Result<Key> {
        let unit = in_stock(desk, self.unit).await?;
        back_on_sale(&unit, Status::Reserved)?;
        if stock::has_bill(desk, &unit, &[bill::Status::Pending]).await? {
            let message = "An advance holds this unit. Cancel that, or complete it.";
            return Err(elsewhere(&unit, message).into());
        }
        save(desk, Model { status: Status::Available, ..unit }, "unit_released").await
    }
}

impl Change for MarkUnitDamaged {
    type Outcome = Key;
    const NAME: &'static str = "markUnitDamaged";
    const PERMISSION: Permission = Permission::WriteStock;

    async fn apply(&self, desk: &Desk<'_>) -> Result<Key> {
        let notes = noted(self.notes.as_deref())?;
        let unit = in_stock(desk, self.unit).await?;
        step("unit", unit.status, Status::Damaged)?;
        let notes = notes.or_else(|| unit.notes.clone());
        save(desk, Model { status: Status::Damaged, notes, ..unit }, "unit_damaged").await
    }
}

impl Change for RepairUnit {
    type Outcome = Key;
    const NAME: &'static str = "repairUnit";
    const PERMISSION: Permission = Permission::WriteStock;

    async fn apply(&self, desk: &Desk<'_>) -> Result<Key> {
        let notes = noted(self.notes.as_deref())?;
        let unit = in_stock(desk, self.unit).await?;
        back_on_sale(&unit, Status::Damaged)?;
        desk.open_branch("unit", Key { dealership: unit.dealership_id, id: unit.branch_id }).await?;
        let notes = notes.or_else(|| unit.notes.clone());
        save(desk, Model { status: Status::Available, notes, ..unit }, "unit_repaired").await
    }
}

impl Change for UpdateUnit {
    type Outcome = Key;
    const NAME: &'static str = "updateUnit";
    const PERMISSION: Permission = Permission::WriteStock;

    async fn apply(&self, desk: &Desk<'_>) -> Result<Key> {
        let next_year = desk.today().await?.year() + 1;
        let mut check = Check::default();
        let colour = check.optional_line("colour", self.colour.as_deref(), COLOUR_LENGTH);
        let model_year = model_year(&mut check, self.model_year, next_year);
        let notes = check.notes("notes", self.notes.as_deref(), NOTES_LENGTH);
        let cost = landed_cost(&mut check, desk, self.landed_cost_minor);
        check.done()?;
        let unit = in_stock(desk, self.unit).await?;
        let landed_cost_minor = cost.or(unit.landed_cost_minor);
        save(desk, Model { colour, model_year, notes, landed_cost_minor, ..unit }, "unit_updated").await
    }
}

impl Change for RemoveUnit {
    type Outcome = Key;
    const NAME: &'static str = "removeUnit";
    const PERMISSION: Permission = Permission::WriteStock;

    async fn apply(&self, desk: &Desk<'_>) -> Result<Key> {
        let mut check = Check::default();
        let reason = check.line("reason", &self.reason, NOTES_LENGTH);
        check.done()?;
        let unit = in_stock(desk, self.unit).await?;
        if !matches!(unit.status, Status::Available | Status::Damaged) {
            let message = "Only a unit that is for sale or damaged can be taken out of stock.";
            return Err(elsewhere(&unit, message).into());
        }
        let removed = Model { deleted_at: Some(desk.now), deleted_reason: Some(reason), ..unit };
        save(desk, removed, "unit_removed").await
    }
}

/// The unit that an input names, locked.
///
/// # Errors
/// A `NOT_FOUND` refusal, also of a unit that was taken out of stock.
async fn in_stock(desk: &Desk<'_>, key: Key) -> Result<Model> {
    let unit = desk.find_locked::<Entity>("unit", key).await?;
    if unit.deleted_at.is_some() { Err(not_found("unit").into()) } else { Ok(unit) }
}

/// Checks that a unit may go on sale again, out of the one state that the change is for: others end by other changes.
fn back_on_sale(unit: &Model, from: Status) -> Result<(), Refusal> {
    step("unit", unit.status, Status::Available)?;
    if unit.status == from {
        return Ok(());
    }
    let message = match unit.status {
        Status::Sold => "This unit is sold. A credit note brings it back.",
        Status::InTransit => "This unit is on its way. Its transfer ends that.",
        Status::Damaged => "This unit is damaged. Mark it as repaired.",
        Status::Reserved => "This unit is reserved. Release it.",
        Status::Available => "This unit is for sale already.",
    };
    Err(elsewhere(unit, message))
}

/// The refusal of a step that the unit may take, but not so; allowed is whatever else it may become.
fn elsewhere(unit: &Model, message: &'static str) -> Refusal {
    let others = unit.status.next().iter().filter(|state| **state != Status::Available);
    let allowed = others.map(ActiveEnum::to_value).collect();
    Refusal { allowed, ..Refusal::new(RefusalCode::InvalidTransition, "unit", message) }
}

fn noted(notes: Option<&str>) -> Result<Option<String>> {
    let mut check = Check::default();
    let notes = check.notes("notes", notes, NOTES_LENGTH);
    check.done()?;
    Ok(notes)
}

fn model_year(check: &mut Check, year: Option<i32>, next_year: i32) -> Option<i16> {
    i16::try_from(check.count("modelYear", year?, 2000..=next_year)).ok()
}

/// Costs are entered by those who may read them: nobody else could see what stands there.
fn landed_cost(check: &mut Check, desk: &Desk<'_>, minor: Option<i64>) -> Option<i64> {
    let minor = check.amount("landedCostMinor", minor?, 1..=MAX_AMOUNT);
    if !desk.asker().may(Permission::ReadCost) {
        check.refuse(RefusalCode::Invalid, "landedCostMinor", "Your role does not enter costs. Leave this out.");
    }
    Some(minor)
}

async fn save(desk: &Desk<'_>, unit: Model, action: &'static str) -> Result<Key> {
    let key = Key { dealership: unit.dealership_id, id: unit.id };
    let event = event(action, &unit);
    desk.save::<Entity>(Model { updated_at: desk.now, ..unit }).await?;
    desk.audit(event)?;
    Ok(key)
}

fn event<'a>(action: &'static str, unit: &Model) -> Event<'a> {
    let summary = unit.chassis_number.clone();
    Event { action, table: "bike_unit", row: unit.id, branch: Some(unit.branch_id), summary }
}

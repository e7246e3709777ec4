//! Units received: a delivery note in one request, all of it or every reason why not.

use std::collections::HashMap;

use chrono::{Datelike, NaiveDate};
use entity::bike_unit::{Column, Entity, Model, Status};
use entity::{bike_model, branch};
use sea_orm::{ColumnTrait, QueryFilter};
use serde::Serialize;

use super::{COLOUR_LENGTH, NOTES_LENGTH, NUMBER_LENGTH, event, landed_cost, model_year};
use crate::error::{Refusal, RefusalCode, Result};
use crate::permission::Permission;
use crate::scope::Scope;
use crate::service::{Change, Check, Desk};
use crate::store::load::{self, Key};
use crate::text;

/// Most units of one delivery.
const MOST: usize = 500;

/// Takes units into stock.
#[derive(Debug, Serialize)]
pub struct ReceiveUnits {
    /// Where; needed by those who act in all branches.
    pub branch: Option<Key>,
    /// The units of a delivery, 1 to 500.
    pub units: Vec<Arrival>,
}

/// One unit of a delivery.
#[derive(Debug, Serialize)]
pub struct Arrival {
    /// Its model.
    pub model: Key,
    /// Unique in the dealership.
    pub chassis_number: String,
    /// Unique in the dealership.
    pub motor_number: String,
    /// Colour, where known.
    pub colour: Option<String>,
    /// From 2000 to next year, where known.
    pub model_year: Option<i32>,
    /// What it cost landed, in minor units, where known; from those who may read costs.
    pub landed_cost_minor: Option<i64>,
    /// The day it came in: today, if absent.
    pub received_on: Option<NaiveDate>,
    /// Notes of the staff.
    pub notes: Option<String>,
}

impl Change for ReceiveUnits {
    type Outcome = Vec<Key>;
    const NAME: &'static str = "receiveUnits";
    const PERMISSION: Permission = Permission::WriteStock;

    /// A chassis number is unique in the dealership: whether it is taken is asked of all branches, and nothing else.
    fn scope(&self, asker: &Scope) -> Result<Scope> {
        Ok(asker.spanning_branches("chassis numbers are unique in the dealership"))
    }

    async fn apply(&self, desk: &Desk<'_>) -> Result<Vec<Key>> {
        if !(1..=MOST).contains(&self.units.len()) {
            let message = format!("Please enter 1 to {MOST} units at a time.");
            return Err(Refusal::new(RefusalCode::OutOfRange, "units", message).into());
        }
        let branch = desk.branch(self.branch).await?;
        let mut check = Check::default();
        let mut units = Vec::with_capacity(self.units.len());
        for (n, arrival) in self.units.iter().enumerate() {
            check.within(format!("units.{n}"));
            units.push(arrival.checked(&mut check, desk, &branch).await?);
        }
        self.check_models(&mut check, desk, &mut units).await?;
        check_numbers(&mut check, desk, &units).await?;
        check.done()?;
        let keys = units.iter().map(|unit| Key { dealership: unit.dealership_id, id: unit.id }).collect();
        let events = units.iter().map(|unit| event("unit_received", unit)).collect();
        desk.insert::<Entity>(units).await?;
        desk.audit_all(events)?;
        Ok(keys)
    }
}

impl ReceiveUnits {
    /// Checks the models, and notes the price at which each unit is offered.
    async fn check_models(&self, check: &mut Check, desk: &Desk<'_>, units: &mut [Model]) -> Result<()> {
        let keys: Vec<_> = self.units.iter().map(|unit| unit.model).collect();
        let models = load::many::<bike_model::Entity>(&desk.tx, bike_model::Column::Id, &keys).await?;
        let models: HashMap<_, _> =
            models.iter().map(|row| (Key { dealership: row.dealership_id, id: row.id }, row)).collect();
        for (n, (key, unit)) in keys.iter().zip(units).enumerate() {
            check.within(format!("units.{n}"));
            match models.get(key) {
                None => check.refuse(RefusalCode::NotFound, "model", "We could not find this."),
                Some(model) if model.retired_at.is_some() => {
                    check.refuse(RefusalCode::Invalid, "model", "This model is retired.");
                }
                Some(model) => unit.list_price_minor = model.list_price_minor,
            }
        }
        Ok(())
    }
}

impl Arrival {
    /// The unit in the form in which it is kept; good if nothing was refused.
    async fn checked(&self, check: &mut Check, desk: &Desk<'_>, branch: &branch::Model) -> Result<Model> {
        let today = desk.today().await?;
        let chassis_number = check.line("chassisNumber", &self.chassis_number, NUMBER_LENGTH).to_uppercase();
        let motor_number = check.line("motorNumber", &self.motor_number, NUMBER_LENGTH).to_uppercase();
        let received_on = check.day_until("receivedOn", self.received_on.unwrap_or(today), today);
        Ok(Model {
            dealership_id: branch.dealership_id,
            id: desk.fresh_id(),
            branch_id: branch.id,
            model_id: self.model.id,
            chassis_key: text::search_key(&chassis_number),
            chassis_number,
            motor_key: text::search_key(&motor_number),
            motor_number,
            colour: check.optional_line("colour", self.colour.as_deref(), COLOUR_LENGTH),
            model_year: model_year(check, self.model_year, today.year() + 1),
            status: Status::Available,
            landed_cost_minor: landed_cost(check, desk, self.landed_cost_minor),
            list_price_minor: 0,
            currency: desk.dealership().await?.currency.clone(),
            received_at: desk.time_on(received_on).await?,
            received_on,
            sold_on: None,
            notes: check.notes("notes", self.notes.as_deref(), NOTES_LENGTH),
            deleted_at: None,
            deleted_reason: None,
            created_at: desk.now,
            updated_at: desk.now,
        })
    }
}

/// Refuses numbers that the dealership has already, whichever branch has them, and those that the delivery has twice.
async fn check_numbers(check: &mut Check, desk: &Desk<'_>, units: &[Model]) -> Result<()> {
    let keys = |key: fn(&Model) -> &String| units.iter().map(key).filter(|key| !key.is_empty()).cloned();
    let there = desk
        .tx
        .select::<Entity>()
        .filter(Column::DealershipId.eq(desk.dealership_id()?))
        .filter(Column::DeletedAt.is_null());
    let chassis = there.clone().filter(Column::ChassisKey.is_in(keys(|unit| &unit.chassis_key)));
    let motors = there.filter(Column::MotorKey.is_in(keys(|unit| &unit.motor_key)));
    let (chassis, motors) = (desk.tx.all(chassis).await?, desk.tx.all(motors).await?);
    let mut chassis: HashMap<&str, Option<usize>> = chassis.iter().map(|row| (&*row.chassis_key, None)).collect();
    let mut motors: HashMap<&str, Option<usize>> = motors.iter().map(|row| (&*row.motor_key, None)).collect();
    for (n, unit) in units.iter().enumerate() {
        check.within(format!("units.{n}"));
        for (field, key, taken) in
            [("chassisNumber", &unit.chassis_key, &mut chassis), ("motorNumber", &unit.motor_key, &mut motors)]
        {
            match taken.get(key.as_str()) {
                _ if key.is_empty() => {}
                None => _ = taken.insert(key, Some(n)),
                Some(None) => {
                    check.refuse(RefusalCode::Taken, field, "Another unit of the dealership has this number.")
                }
                Some(Some(row)) => {
                    let message = format!("Unit {} of this delivery has this number already.", row + 1);
                    check.refuse(RefusalCode::Taken, field, message);
                }
            }
        }
    }
    Ok(())
}

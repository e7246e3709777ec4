//! Transfers between the branches of a dealership: of units that no bill names, so that nothing else changes.

use std::collections::HashSet;

use chrono::{DateTime, NaiveDate, NaiveTime, TimeDelta, Utc};
use entity::bike_unit::{self, Status as Stock};
use entity::stock_transfer::{Model, Side, Status};
use entity::{bike_model, bill, branch};
use uuid::Uuid;

use crate::id;

/// Of so many free units of a branch, one is moved, one on its way, one asked for.
const EVERY: usize = 12;

/// Both sides of every transfer; the units take their places.
pub(super) fn between(
    branches: &[branch::Model],
    models: &[bike_model::Model],
    units: &mut [bike_unit::Model],
    bills: &[bill::Model],
    until: NaiveDate,
) -> Vec<Model> {
    let billed: HashSet<Uuid> = bills.iter().filter_map(|bill| bill.unit_id).collect();
    let mut rows = Vec::new();
    for (position, from) in branches.iter().enumerate() {
        let to = &branches[(position + 1) % branches.len()];
        let is_free = |unit: &&mut bike_unit::Model| unit.status == Stock::Available && !billed.contains(&unit.id);
        // What has just come from the branch before is not sent on.
        let own = units.iter_mut().filter(|unit| unit.created_at == unit.updated_at && unit.branch_id == from.id);
        for (n, unit) in own.filter(is_free).enumerate() {
            let asked_on = unit.received_on.max(until - TimeDelta::days(6));
            let status = match n % EVERY {
                0 => Status::Received,
                1 => Status::InTransit,
                2 => Status::Requested,
                3 => Status::Cancelled,
                _ => continue,
            };
            let model = models.iter().find(|model| model.id == unit.model_id).map_or("", |model| model.name.as_str());
            rows.extend(sides(from, to, unit, (status, asked_on, until), model));
            let at = noon(until);
            match status {
                Status::Received => {
                    unit.branch_id = to.id;
                    unit.updated_at = at;
                }
                Status::InTransit => {
                    unit.status = Stock::InTransit;
                    unit.updated_at = at;
                }
                Status::Requested | Status::Cancelled => {}
            }
        }
    }
    rows
}

fn sides(
    from: &branch::Model,
    to: &branch::Model,
    unit: &bike_unit::Model,
    (status, asked_on, until): (Status, NaiveDate, NaiveDate),
    model: &str,
) -> [Model; 2] {
    let at = noon(asked_on);
    let id = |part: &[u8]| id::derived(at, &[b"demo", b"stock_transfer", part, unit.id.as_bytes()]);
    let on = |states: &[Status]| states.contains(&status).then_some(until);
    let sending = Model {
        dealership_id: unit.dealership_id,
        id: id(b"sending"),
        branch_id: from.id,
        transfer_id: id(b"transfer"),
        side: Side::Sending,
        other_branch_id: to.id,
        other_branch_code: to.code.clone(),
        unit_id: unit.id,
        model_name: model.to_owned(),
        chassis_number: unit.chassis_number.clone(),
        status,
        requested_at: at,
        requested_on: asked_on,
        sent_on: on(&[Status::InTransit, Status::Received]),
        received_on: on(&[Status::Received]),
        cancelled_on: on(&[Status::Cancelled]),
        notes: None,
        created_at: at,
        updated_at: noon(until),
    };
    let receiving = Model {
        id: id(b"receiving"),
        branch_id: to.id,
        side: Side::Receiving,
        other_branch_id: from.id,
        other_branch_code: from.code.clone(),
        ..sending.clone()
    };
    [sending, receiving]
}

fn noon(day: NaiveDate) -> DateTime<Utc> {
    day.and_time(NaiveTime::MIN).and_utc() + TimeDelta::hours(7)
}

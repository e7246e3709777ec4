//! Transfers between branches of a dealership. Each branch has a row of its own, its side; both change together.
//!
//! The transaction reaches both branches, the person who asks may reach one: whatever an input names is compared with the
//! asker's own reach ([`Desk::reaches`]), and what lies outside of it is not found.

use entity::stock_transfer::{Column, Entity, Model, Side, Status};
use entity::{bike_model, bike_unit, branch};
use sea_orm::{ActiveEnum, ColumnTrait, QueryFilter, QueryOrder, QuerySelect, Select};
use serde::Serialize;
use uuid::Uuid;

use super::bike_unit::{NOTES_LENGTH, NUMBER_LENGTH};
use super::{Change, Check, Desk, Event, States, not_found, step};
use crate::error::{Error, Refusal, RefusalCode, Result};
use crate::permission::Permission;
use crate::scope::Scope;
use crate::store::load::Key;
use crate::text;

const REASON: &str = "a transfer concerns two branches";

impl States for Status {
    const NOUN: &'static str = "transfer";
    const TABLE: &'static [(Self, &'static [Self])] = &[
        (Self::Requested, &[Self::InTransit, Self::Cancelled]),
        (Self::InTransit, &[Self::Received, Self::Cancelled]),
    ];
}

/// A branch of the dealership, which the asker need not reach.
#[derive(Debug, Serialize)]
pub enum Elsewhere {
    /// By its id.
    Id(Key),
    /// By its code, e.g. `BR02`.
    Code(String),
}

/// Asks another branch for a unit, known by its chassis.
#[derive(Debug, Serialize)]
pub struct RequestTransfer {
    /// The branch that wants it; needed by those who act in all branches.
    pub branch: Option<Key>,
    /// The unit's.
    pub chassis_number: String,
    /// The branch that has it.
    pub from: Elsewhere,
    /// For both branches.
    pub notes: Option<String>,
}

/// Offers a unit to another branch.
#[derive(Debug, Serialize)]
pub struct OfferTransfer {
    /// The unit.
    pub unit: Key,
    /// The branch that is to have it.
    pub to: Elsewhere,
    /// For both branches.
    pub notes: Option<String>,
}

/// Sends the unit on its way.
#[derive(Debug, Serialize)]
pub struct SendTransfer {
    /// Either side.
    pub transfer: Key,
}

/// Takes the unit in.
#[derive(Debug, Serialize)]
pub struct ReceiveTransfer {
    /// Either side.
    pub transfer: Key,
}

/// Gives a transfer up; a unit on its way goes back.
#[derive(Debug, Serialize)]
pub struct CancelTransfer {
    /// Either side.
    pub transfer: Key,
}

impl Change for RequestTransfer {
    type Outcome = Key;
    const NAME: &'static str = "requestTransfer";
    const PERMISSION: Permission = Permission::WriteStock;

    fn scope(&self, asker: &Scope) -> Result<Scope> {
        Ok(asker.spanning_branches(REASON))
    }

    async fn apply(&self, desk: &Desk<'_>) -> Result<Key> {
        let mut check = Check::default();
        let chassis = check.line("chassisNumber", &self.chassis_number, NUMBER_LENGTH);
        let notes = check.notes("notes", self.notes.as_deref(), NOTES_LENGTH);
        check.done()?;
        let to = desk.branch(self.branch).await?;
        let from = self.from.find(desk, "from").await?;
        // What another branch has sold, keeps for somebody or never had answers alike.
        let unit = desk
            .tx
            .select::<bike_unit::Entity>()
            .filter(bike_unit::Column::DealershipId.eq(from.dealership_id))
            .filter(bike_unit::Column::BranchId.eq(from.id))
            .filter(bike_unit::Column::ChassisKey.eq(text::search_key(&chassis)))
            .filter(bike_unit::Column::Status.eq(bike_unit::Status::Available))
            .filter(bike_unit::Column::DeletedAt.is_null())
            .order_by_asc(bike_unit::Column::Id);
        let unit = desk.one_locked(unit).await?.ok_or_else(|| not_found("chassisNumber"))?;
        ask(desk, &unit, [&from, &to], ("from", "chassisNumber"), notes).await
    }
}

impl Change for OfferTransfer {
    type Outcome = Key;
    const NAME: &'static str = "offerTransfer";
    const PERMISSION: Permission = Permission::WriteStock;

    fn scope(&self, asker: &Scope) -> Result<Scope> {
        Ok(asker.spanning_branches(REASON))
    }

    async fn apply(&self, desk: &Desk<'_>) -> Result<Key> {
        let mut check = Check::default();
        let notes = check.notes("notes", self.notes.as_deref(), NOTES_LENGTH);
        check.done()?;
        let unit = desk.find_locked::<bike_unit::Entity>("unit", self.unit).await?;
        if !desk.reaches(unit.branch_id) || unit.deleted_at.is_some() {
            return Err(not_found("unit").into());
        }
        step("unit", unit.status, bike_unit::Status::InTransit)?;
        let to = self.to.find(desk, "to").await?;
        let from =
            desk.find::<branch::Entity>("unit", Key { dealership: unit.dealership_id, id: unit.branch_id }).await?;
        ask(desk, &unit, [&from, &to], ("to", "unit"), notes).await
    }
}

impl Change for SendTransfer {
    type Outcome = Key;
    const NAME: &'static str = "sendTransfer";
    const PERMISSION: Permission = Permission::ApproveTransfers;

    fn scope(&self, asker: &Scope) -> Result<Scope> {
        Ok(asker.spanning_branches(REASON))
    }

    async fn apply(&self, desk: &Desk<'_>) -> Result<Key> {
        let open = Open::locked(desk, self.transfer, Some(Side::Sending)).await?;
        step("transfer", open.sending.status, Status::InTransit)?;
        open.destination(desk).await?;
        let unit = &open.unit;
        if unit.status != bike_unit::Status::Available || unit.deleted_at.is_some() {
            let message = "This unit is not for sale any more, so it cannot be sent.";
            return Err(Refusal::new(RefusalCode::UnitNotAvailable, "transfer", message).into());
        }
        let unit = bike_unit::Model { status: bike_unit::Status::InTransit, ..unit.clone() };
        open.step(desk, Status::InTransit, unit, "transfer_sent").await
    }
}

impl Change for ReceiveTransfer {
    type Outcome = Key;
    const NAME: &'static str = "receiveTransfer";
    const PERMISSION: Permission = Permission::WriteStock;

    fn scope(&self, asker: &Scope) -> Result<Scope> {
        Ok(asker.spanning_branches(REASON))
    }

    /// What it cost and when it first came in stay with the unit: its age is the dealership's.
    async fn apply(&self, desk: &Desk<'_>) -> Result<Key> {
        let open = Open::locked(desk, self.transfer, Some(Side::Receiving)).await?;
        step("transfer", open.sending.status, Status::Received)?;
        open.destination(desk).await?;
        let branch_id = open.receiving.branch_id;
        let unit = bike_unit::Model { status: bike_unit::Status::Available, branch_id, ..open.unit.clone() };
        open.step(desk, Status::Received, unit, "transfer_received").await
    }
}

impl Change for CancelTransfer {
    type Outcome = Key;
    const NAME: &'static str = "cancelTransfer";
    const PERMISSION: Permission = Permission::WriteStock;

    fn scope(&self, asker: &Scope) -> Result<Scope> {
        Ok(asker.spanning_branches(REASON))
    }

    async fn apply(&self, desk: &Desk<'_>) -> Result<Key> {
        let open = Open::locked(desk, self.transfer, None).await?;
        step("transfer", open.sending.status, Status::Cancelled)?;
        let unit = match open.sending.status {
            Status::InTransit => {
                open.require(desk, Side::Sending)?;
                bike_unit::Model { status: bike_unit::Status::Available, ..open.unit.clone() }
            }
            _ => open.unit.clone(),
        };
        open.step(desk, Status::Cancelled, unit, "transfer_cancelled").await
    }
}

impl Elsewhere {
    /// The branch, wherever in the dealership, if it trades. Whatever else is named is not found: nothing tells a foreign one.
    async fn find(&self, desk: &Desk<'_>, field: &str) -> Result<branch::Model> {
        match self {
            Self::Id(key) => desk.open_branch(field, *key).await,
            Self::Code(code) => {
                let query = desk
                    .tx
                    .select::<branch::Entity>()
                    .filter(branch::Column::DealershipId.eq(desk.dealership_id()?))
                    .filter(branch::Column::Code.eq(code.as_str()));
                let branch = desk.tx.one(query).await?.ok_or_else(|| not_found(field))?;
                desk.open_branch(field, Key { dealership: branch.dealership_id, id: branch.id }).await
            }
        }
    }
}

/// Makes both sides of a transfer of a locked unit. `fields` are those that named the other branch and the unit.
async fn ask(
    desk: &Desk<'_>,
    unit: &bike_unit::Model,
    [from, to]: [&branch::Model; 2],
    fields: (&str, &str),
    notes: Option<String>,
) -> Result<Key> {
    if from.id == to.id {
        return Err(Refusal::new(RefusalCode::Invalid, fields.0, "Please choose another branch.").into());
    }
    let open = of_unit(desk, unit.id).filter(Column::Status.is_in([Status::Requested, Status::InTransit])).limit(1);
    if desk.tx.one(open).await?.is_some() {
        let message = "A transfer of this unit is asked for already.";
        return Err(Refusal::new(RefusalCode::Taken, fields.1, message).into());
    }
    let model = Key { dealership: unit.dealership_id, id: unit.model_id };
    let model = desk.find::<bike_model::Entity>(fields.1, model).await?;
    let sending = Model {
        dealership_id: unit.dealership_id,
        id: desk.fresh_id(),
        branch_id: from.id,
        transfer_id: desk.fresh_id(),
        side: Side::Sending,
        other_branch_id: to.id,
        other_branch_code: to.code.clone(),
        unit_id: unit.id,
        model_name: model.name,
        chassis_number: unit.chassis_number.clone(),
        status: Status::Requested,
        requested_at: desk.now,
        requested_on: desk.today().await?,
        sent_on: None,
        received_on: None,
        cancelled_on: None,
        notes,
        created_at: desk.now,
        updated_at: desk.now,
    };
    let receiving = Model {
        id: desk.fresh_id(),
        branch_id: to.id,
        side: Side::Receiving,
        other_branch_id: from.id,
        other_branch_code: from.code.clone(),
        ..sending.clone()
    };
    desk.insert::<Entity>(vec![sending.clone(), receiving.clone()]).await?;
    told(desk, "transfer_requested", &sending, &receiving).await
}

/// The transfers of a unit.
fn of_unit(desk: &Desk<'_>, unit: Uuid) -> Select<Entity> {
    desk.tx.select::<Entity>().filter(Column::UnitId.eq(unit))
}

/// A transfer with both sides and its unit, locked.
struct Open {
    unit: bike_unit::Model,
    sending: Model,
    receiving: Model,
}

impl Open {
    /// The transfer that an input names by a side within the asker's reach, for somebody who acts for `side`.
    ///
    /// # Errors
    /// A `NOT_FOUND` refusal of a side out of reach, as of an unknown one.
    async fn locked(desk: &Desk<'_>, key: Key, side: Option<Side>) -> Result<Self> {
        let named = desk.find::<Entity>("transfer", key).await?;
        if !desk.reaches(named.branch_id) {
            return Err(not_found("transfer").into());
        }
        let unit = Key { dealership: named.dealership_id, id: named.unit_id };
        let unit = desk.find_locked::<bike_unit::Entity>("transfer", unit).await?;
        let half = async |side: Side| {
            let query = of_unit(desk, named.unit_id)
                .filter(Column::DealershipId.eq(named.dealership_id))
                .filter(Column::TransferId.eq(named.transfer_id))
                .filter(Column::Side.eq(side));
            desk.one_locked(query).await?.ok_or_else(|| Error::internal(anyhow::anyhow!("a transfer lacks a side")))
        };
        let open = Self { unit, sending: half(Side::Sending).await?, receiving: half(Side::Receiving).await? };
        side.map_or(Ok(()), |side| open.require(desk, side))?;
        Ok(open)
    }

    /// Checks that the asker acts for a side: the other one is seen, not moved on.
    fn require(&self, desk: &Desk<'_>, side: Side) -> Result<()> {
        let (branch, message) = match side {
            Side::Sending => (self.sending.branch_id, "Only the branch that gives the unit can do this."),
            Side::Receiving => (self.receiving.branch_id, "Only the branch that gets the unit can do this."),
        };
        if desk.reaches(branch) {
            return Ok(());
        }
        Err(Refusal::new(RefusalCode::Invalid, "transfer", message).into())
    }

    /// Checks that the branch that gets the unit trades, and keeps it so.
    async fn destination(&self, desk: &Desk<'_>) -> Result<()> {
        let branch = Key { dealership: self.receiving.dealership_id, id: self.receiving.branch_id };
        desk.open_branch("transfer", branch).await.map(drop)
    }

    /// Takes both sides to a state, and the unit with them.
    async fn step(self, desk: &Desk<'_>, to: Status, unit: bike_unit::Model, action: &'static str) -> Result<Key> {
        let today = Some(desk.today().await?);
        let moved = |side: Model| match to {
            Status::Requested => side,
            Status::InTransit => Model { sent_on: today, ..side },
            Status::Received => Model { received_on: today, ..side },
            Status::Cancelled => Model { cancelled_on: today, ..side },
        };
        let moved = |side| Model { status: to, updated_at: desk.now, ..moved(side) };
        let (sending, receiving) = (moved(self.sending), moved(self.receiving));
        desk.save::<Entity>(sending.clone()).await?;
        desk.save::<Entity>(receiving.clone()).await?;
        if unit != self.unit {
            desk.save::<bike_unit::Entity>(bike_unit::Model { updated_at: desk.now, ..unit }).await?;
        }
        told(desk, action, &sending, &receiving).await
    }
}

/// Enters a step into the audit trail of both branches; gives the side to show to the asker.
async fn told(desk: &Desk<'_>, action: &'static str, sending: &Model, receiving: &Model) -> Result<Key> {
    let event = |side: &Model| Event {
        action,
        table: "stock_transfer",
        row: side.id,
        branch: Some(side.branch_id),
        summary: format!("{} {}", side.chassis_number, side.side.to_value().to_lowercase()),
    };
    desk.audit_all(vec![event(sending), event(receiving)])?;
    let shown = if desk.reaches(sending.branch_id) { sending } else { receiving };
    Ok(Key { dealership: shown.dealership_id, id: shown.id })
}

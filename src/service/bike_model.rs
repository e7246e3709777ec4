//! The catalogue: models entered, repriced, retired and taken up again. Documents keep what was written on them.

use entity::bike_model::{Column, Entity, Model};
use entity::bike_unit;
use entity::kind::VehicleClass;
use sea_orm::{ColumnTrait, QueryFilter, QueryTrait};
use serde::Serialize;

use super::check::MAX_AMOUNT;
use super::idempotency::as_kept;
use super::{Change, Check, Desk, Event};
use crate::error::{Refusal, RefusalCode, Result};
use crate::permission::Permission;
use crate::store::load::Key;
use crate::text;

/// Most characters of a model's name.
const NAME_LENGTH: usize = 80;

/// Enters a model.
#[derive(Debug, Serialize)]
pub struct CreateBikeModel {
    /// Unique in the dealership, whatever its case.
    pub name: String,
    /// Decides its charges, and stays.
    #[serde(serialize_with = "as_kept")]
    pub vehicle_class: VehicleClass,
    /// List price in minor units, registration charges excluded.
    pub list_price_minor: i64,
    /// Whether leasing companies finance it.
    pub leasable: bool,
}

/// Corrects or reprices a model; issued documents keep their prices.
#[derive(Debug, Serialize)]
pub struct UpdateBikeModel {
    /// Which.
    pub model: Key,
    /// Unique in the dealership, whatever its case.
    pub name: String,
    /// List price in minor units, registration charges excluded.
    pub list_price_minor: i64,
    /// Whether leasing companies finance it.
    pub leasable: bool,
}

/// Takes a model out of the catalogue.
#[derive(Debug, Serialize)]
pub struct RetireBikeModel {
    /// Which.
    pub model: Key,
}

/// Takes a retired model up again.
#[derive(Debug, Serialize)]
pub struct RestoreBikeModel {
    /// Which.
    pub model: Key,
}

impl Change for CreateBikeModel {
    type Outcome = Key;
    const NAME: &'static str = "createBikeModel";
    const PERMISSION: Permission = Permission::Administer;

    async fn apply(&self, desk: &Desk<'_>) -> Result<Key> {
        let blank = Model {
            dealership_id: desk.dealership_id()?,
            id: desk.fresh_id(),
            name: String::new(),
            name_key: String::new(),
            vehicle_class: self.vehicle_class,
            list_price_minor: 0,
            currency: desk.dealership().await?.currency.clone(),
            leasable: false,
            retired_at: None,
            created_at: desk.now,
            updated_at: desk.now,
        };
        let row = described(desk, blank, &self.name, self.list_price_minor, self.leasable).await?;
        let (key, event) = (key(&row), event("bike_model_created", &row));
        desk.insert::<Entity>(vec![row]).await?;
        desk.audit(event)?;
        Ok(key)
    }
}

impl Change for UpdateBikeModel {
    type Outcome = Key;
    const NAME: &'static str = "updateBikeModel";
    const PERMISSION: Permission = Permission::Administer;

    async fn apply(&self, desk: &Desk<'_>) -> Result<Key> {
        let row = desk.find_locked::<Entity>("model", self.model).await?;
        let row = described(desk, row, &self.name, self.list_price_minor, self.leasable).await?;
        save(desk, row, "bike_model_updated").await
    }
}

impl Change for RetireBikeModel {
    type Outcome = Key;
    const NAME: &'static str = "retireBikeModel";
    const PERMISSION: Permission = Permission::Administer;

    /// Only once none is left: nobody could sell what is left of a model that is sold no more.
    async fn apply(&self, desk: &Desk<'_>) -> Result<Key> {
        let row = desk.find_locked::<Entity>("model", self.model).await?;
        if row.retired_at.is_some() {
            return Err(settled("This model is retired already.").into());
        }
        let unsold = desk
            .tx
            .select::<bike_unit::Entity>()
            .filter(bike_unit::Column::DealershipId.eq(row.dealership_id))
            .filter(bike_unit::Column::ModelId.eq(row.id))
            .filter(bike_unit::Column::Status.ne(bike_unit::Status::Sold))
            .filter(bike_unit::Column::DeletedAt.is_null());
        match desk.tx.count(unsold.into_query()).await? {
            0 => save(desk, Model { retired_at: Some(desk.now), ..row }, "bike_model_retired").await,
            units => {
                let message =
                    format!("Units of this model in stock: {units}. Sell them or take them out of stock first.");
                Err(settled(message).into())
            }
        }
    }
}

impl Change for RestoreBikeModel {
    type Outcome = Key;
    const NAME: &'static str = "restoreBikeModel";
    const PERMISSION: Permission = Permission::Administer;

    async fn apply(&self, desk: &Desk<'_>) -> Result<Key> {
        let row = desk.find_locked::<Entity>("model", self.model).await?;
        match row.retired_at {
            Some(_) => save(desk, Model { retired_at: None, ..row }, "bike_model_restored").await,
            None => Err(settled("This model is not retired.").into()),
        }
    }
}

/// The row with checked input in it.
///
/// # Errors
/// Everything that is wrong with the input; `TAKEN` for the name of another model.
async fn described(desk: &Desk<'_>, row: Model, name: &str, list_price_minor: i64, leasable: bool) -> Result<Model> {
    let mut check = Check::default();
    let name = check.line("name", name, NAME_LENGTH);
    let list_price_minor = check.amount("listPriceMinor", list_price_minor, 1..=MAX_AMOUNT);
    let name_key = text::search_key(&name);
    let other = desk
        .tx
        .select::<Entity>()
        .filter(Column::DealershipId.eq(row.dealership_id))
        .filter(Column::NameKey.eq(name_key.as_str()))
        .filter(Column::Id.ne(row.id));
    if desk.tx.one(other).await?.is_some() {
        check.refuse(RefusalCode::Taken, "name", "Another model has this name, perhaps a retired one.");
    }
    check.done()?;
    Ok(Model { name, name_key, list_price_minor, leasable, ..row })
}

fn settled(message: impl Into<std::borrow::Cow<'static, str>>) -> Refusal {
    Refusal::new(RefusalCode::InvalidTransition, "model", message)
}

async fn save(desk: &Desk<'_>, row: Model, action: &'static str) -> Result<Key> {
    let (key, event) = (key(&row), event(action, &row));
    desk.save::<Entity>(Model { updated_at: desk.now, ..row }).await?;
    desk.audit(event)?;
    Ok(key)
}

fn key(row: &Model) -> Key {
    Key { dealership: row.dealership_id, id: row.id }
}

fn event<'a>(action: &'static str, row: &Model) -> Event<'a> {
    let summary = format!("{} {} {}", row.name, row.list_price_minor, row.currency);
    Event { action, table: "bike_model", row: row.id, branch: None, summary }
}

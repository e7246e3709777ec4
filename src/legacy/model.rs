//! `bike_models`: the catalogue.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use entity::bike_model;
use entity::kind::VehicleClass;
use uuid::Uuid;

use super::document::Document;
use super::ground::{CURRENCY, Ground};
use super::load::Rows;
use super::note::{Notes, Rejection, required};
use super::page;
use crate::database::Tx;
use crate::error::Result;
use crate::text;

const UNKNOWN: &str = "Unknown model";

/// The models of the dealership.
pub(super) struct Models<'a> {
    ground: &'a Ground<'a>,
    by_name: HashMap<String, Uuid>,
    rows: Vec<bike_model::Model>,
}

impl<'a> Models<'a> {
    pub(super) async fn open(ground: &'a Ground<'a>, tx: &Tx) -> Result<Self> {
        let mut by_name = HashMap::new();
        let query = tx.select::<bike_model::Entity>();
        page::each(
            tx,
            query,
            bike_model::Column::Id,
            |row| row.id,
            |row| {
                by_name.insert(row.name_key, row.id);
            },
        )
        .await?;
        Ok(Self { ground, by_name, rows: Vec::new() })
    }

    /// The model called `name`.
    pub(super) fn named(&self, name: &str) -> Option<Uuid> {
        self.by_name.get(&text::search_key(name)).copied()
    }

    /// The model of units whose own is not there; made once.
    pub(super) fn unknown(&mut self, at: DateTime<Utc>) -> Uuid {
        match self.named(UNKNOWN) {
            Some(id) => id,
            None => {
                let row = bike_model::Model {
                    dealership_id: self.ground.dealership,
                    id: self.ground.id(at, &["bike_model", UNKNOWN]),
                    name: UNKNOWN.to_owned(),
                    name_key: text::search_key(UNKNOWN),
                    vehicle_class: VehicleClass::EMotorcycle,
                    list_price_minor: 0,
                    currency: CURRENCY.to_owned(),
                    leasable: false,
                    retired_at: None,
                    created_at: at,
                    updated_at: at,
                };
                self.add(row)
            }
        }
    }

    fn add(&mut self, row: bike_model::Model) -> Uuid {
        let id = row.id;
        self.by_name.insert(row.name_key.clone(), id);
        self.rows.push(row);
        id
    }
}

impl Rows for Models<'_> {
    fn take(&mut self, document: &Document<'_>, notes: &mut Notes) -> Result<Uuid, Rejection> {
        let name = required(document.text("name"), "name")?;
        let list_price_minor = required(document.money("price", notes)?, "price")?;
        let (created_at, updated_at) = required(document.times(None), "createdAt")?;
        if let Some(known) = self.named(&name) {
            let why = format!("there is a model called {name} already; what refers to this one refers to that");
            return Err(Rejection { why, stand_in: Some(known) });
        }
        let flag = |field| document.flag(field).unwrap_or(false);
        Ok(self.add(bike_model::Model {
            dealership_id: self.ground.dealership,
            id: self.ground.id(created_at, &["bike_models", &notes.origin.id]),
            name_key: text::search_key(&name),
            name,
            vehicle_class: class_of(flag("is_tricycle"), flag("is_ebicycle")),
            list_price_minor,
            currency: CURRENCY.to_owned(),
            leasable: flag("can_be_leased"),
            retired_at: None,
            created_at,
            updated_at,
        }))
    }

    async fn write(&mut self, tx: &Tx) -> Result<()> {
        tx.insert::<bike_model::Entity>(std::mem::take(&mut self.rows)).await
    }
}

/// The class that the old system kept as two flags.
pub(super) fn class_of(is_tricycle: bool, is_ebicycle: bool) -> VehicleClass {
    match (is_tricycle, is_ebicycle) {
        (true, _) => VehicleClass::ETricycle,
        (false, true) => VehicleClass::EMotorbicycle,
        (false, false) => VehicleClass::EMotorcycle,
    }
}

//! Customers, found again by their NIC across bills, quotations and imports.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use entity::{customer, customer_term};
use sea_orm::{ActiveValue::Set, ColumnTrait, QueryFilter};
use uuid::Uuid;

use super::document::Document;
use super::ground::Ground;
use super::note::{Notes, Origin};
use super::page;
use super::personal::{self, Fields};
use crate::crypto::Place;
use crate::database::Tx;
use crate::error::Result;
use crate::identity::{self, Identity};
use crate::text;

const PERSONAL: Fields = Fields { nic: "customerNIC", phone: "customerPhone", address: "customerAddress" };

/// The customer as written on one document.
pub(super) struct Buyer {
    pub(super) name: String,
    pub(super) identity: Identity,
}

impl Buyer {
    pub(super) fn read(document: &Document<'_>, ground: &Ground<'_>, notes: &mut Notes) -> Self {
        let name = document.text("customerName").unwrap_or_else(|| {
            notes.repair("customerName", "called Unknown customer", "is missing");
            "Unknown customer".to_owned()
        });
        Self { name, identity: personal::identity(document, &PERSONAL, ground.passphrases, notes) }
    }

    /// The snapshot for a cell of the document's own row.
    pub(super) fn seal(&self, ground: &Ground<'_>, place: Place) -> Option<Vec<u8>> {
        (!personal::is_empty(&self.identity)).then(|| self.identity.seal(ground.keys, place))
    }
}

/// The customers of the branch.
pub(super) struct Customers<'a> {
    ground: &'a Ground<'a>,
    by_nic: HashMap<Vec<u8>, Known>,
    rows: Vec<customer::Model>,
    terms: Vec<customer_term::Model>,
    fills: Vec<(Uuid, customer::ActiveModel)>,
}

#[derive(Clone, Copy)]
struct Known {
    id: Uuid,
    has_phone: bool,
    has_address: bool,
}

impl<'a> Customers<'a> {
    pub(super) async fn open(ground: &'a Ground<'a>, tx: &Tx) -> Result<Self> {
        let query = tx
            .select::<customer::Entity>()
            .filter(customer::Column::BranchId.eq(ground.branch))
            .filter(customer::Column::NicIndex.is_not_null());
        let mut by_nic = HashMap::new();
        page::each(
            tx,
            query,
            customer::Column::Id,
            |row| row.id,
            |row| {
                if let Some(index) = row.nic_index {
                    let known =
                        Known { id: row.id, has_phone: row.phone.is_some(), has_address: row.address.is_some() };
                    by_nic.entry(index).or_insert(known);
                }
            },
        )
        .await?;
        Ok(Self { ground, by_nic, rows: Vec::new(), terms: Vec::new(), fills: Vec::new() })
    }

    /// The customer that `buyer` is: known by NIC, or new. Without a NIC each document has a customer of its own.
    pub(super) fn of(&mut self, buyer: &Buyer, origin: &Origin, at: DateTime<Utc>) -> Uuid {
        let index =
            buyer.identity.nic.as_ref().map(|nic| identity::nic_index(self.ground.keys, self.ground.dealership, nic));
        match index.as_ref().and_then(|index| self.by_nic.get(index).copied()) {
            Some(known) => {
                let known = self.fill(known, &buyer.identity, at);
                index.map(|index| self.by_nic.insert(index, known));
                known.id
            }
            None => self.add(buyer, index, origin, at),
        }
    }

    /// Adds what was not known yet; what is known stays.
    fn fill(&mut self, known: Known, identity: &Identity, at: DateTime<Utc>) -> Known {
        let phone = identity.phone.as_deref().filter(|_| !known.has_phone);
        let address = identity.address.as_deref().filter(|_| !known.has_address);
        if phone.is_none() && address.is_none() {
            return known;
        }
        let mut row = customer::ActiveModel { updated_at: Set(at), ..Default::default() };
        if let Some(phone) = phone {
            row.phone = Set(Some(self.seal("phone", known.id, phone)));
            row.phone_index = Set(Some(self.phone_index(phone)));
        }
        if let Some(address) = address {
            row.address = Set(Some(self.seal("address", known.id, address)));
        }
        self.fills.push((known.id, row));
        Known {
            has_phone: known.has_phone || phone.is_some(),
            has_address: known.has_address || address.is_some(),
            ..known
        }
    }

    fn add(&mut self, buyer: &Buyer, nic_index: Option<Vec<u8>>, origin: &Origin, at: DateTime<Utc>) -> Uuid {
        let Buyer { name, identity } = buyer;
        let id = self.ground.id(at, &["customer", origin.collection.name(), &origin.id]);
        self.rows.push(customer::Model {
            dealership_id: self.ground.dealership,
            id,
            branch_id: self.ground.branch,
            name: name.clone(),
            name_key: text::search_key(name),
            nic: identity.nic.as_deref().map(|nic| self.seal("nic", id, nic)),
            nic_index: nic_index.clone(),
            phone: identity.phone.as_deref().map(|phone| self.seal("phone", id, phone)),
            phone_index: identity.phone.as_deref().map(|phone| self.phone_index(phone)),
            address: identity.address.as_deref().map(|address| self.seal("address", id, address)),
            created_at: at,
            updated_at: at,
        });
        let text_id = id.to_string();
        self.terms.extend(text::words(name).into_iter().map(|term| customer_term::Model {
            dealership_id: self.ground.dealership,
            id: self.ground.id(at, &["customer_term", &text_id, &term]),
            branch_id: self.ground.branch,
            customer_id: id,
            term,
        }));
        if let Some(index) = nic_index {
            let known = Known { id, has_phone: identity.phone.is_some(), has_address: identity.address.is_some() };
            self.by_nic.insert(index, known);
        }
        id
    }

    fn seal(&self, column: &'static str, row: Uuid, value: &str) -> Vec<u8> {
        self.ground.keys.seal(self.ground.place("customer", column, row), value.as_bytes())
    }

    fn phone_index(&self, phone: &str) -> Vec<u8> {
        identity::phone_index(self.ground.keys, self.ground.dealership, phone)
    }

    /// Writes what was added and filled in.
    pub(super) async fn write(&mut self, tx: &Tx) -> Result<()> {
        tx.insert::<customer::Entity>(std::mem::take(&mut self.rows)).await?;
        tx.insert::<customer_term::Entity>(std::mem::take(&mut self.terms)).await?;
        for (id, row) in std::mem::take(&mut self.fills) {
            tx.update(tx.scope().update::<customer::Entity>().filter(customer::Column::Id.eq(id)).set(row)).await?;
        }
        Ok(())
    }
}

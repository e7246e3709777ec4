//! Reading what is printed, in the scope of whoever has it printed.

use std::collections::HashMap;

use chrono::{NaiveDate, NaiveDateTime};
use entity::tenant::Tenant;
use entity::{bike_unit, branch, dealership, finance_company, membership};
use sea_orm::{ColumnTrait, QueryFilter};
use uuid::Uuid;

use crate::app::App;
use crate::calendar;
use crate::crypto::Place;
use crate::database::Tx;
use crate::document::Party;
use crate::error::{Error, Result};
use crate::identity::Identity;
use crate::service::not_found;
use crate::store;
use crate::store::load::{self, Key};

/// Reads rows in one transaction.
pub(super) struct Reading<'a> {
    pub(super) app: &'a App,
    pub(super) tx: &'a Tx,
    pub(super) dealership: dealership::Model,
}

impl<'a> Reading<'a> {
    pub(super) async fn open(app: &'a App, tx: &'a Tx) -> Result<Self> {
        let id = tx.scope().dealership()?;
        let dealership = store::dealership::named(tx, Some(id)).await?.pop().ok_or(Error::NotFound)?;
        Ok(Self { app, tx, dealership })
    }

    /// The dealership's day.
    pub(super) fn today(&self) -> Result<NaiveDate> {
        store::dealership::day(&self.dealership, self.app.now())
    }

    /// The row that an input names.
    pub(super) async fn row<E: Tenant>(&self, field: &str, key: Key) -> Result<E::Model> {
        self.tx.one(load::one::<E>(self.tx, key)).await?.ok_or_else(|| not_found(field).into())
    }

    /// The row that another refers to.
    pub(super) async fn follow<E: Tenant>(&self, id: Option<Uuid>) -> Result<Option<E::Model>> {
        let Some(id) = id else { return Ok(None) };
        self.tx.one(load::one::<E>(self.tx, Key { dealership: self.dealership.id, id })).await
    }

    /// The time, as clocks show it there.
    pub(super) fn clock(&self) -> Result<NaiveDateTime> {
        let zone = calendar::zone(&self.dealership.time_zone).map_err(Error::internal)?;
        Ok(self.app.now().with_timezone(&zone).naive_local())
    }

    /// The code of what a report is about, and its reach in words: of a branch, or of the dealership.
    pub(super) fn about<'b>(&'b self, branch: Option<&'b branch::Model>) -> (&'b str, String) {
        match branch {
            Some(branch) => (&branch.code, branch.name.clone()),
            None => (&self.dealership.code, "All branches".to_owned()),
        }
    }

    /// What the branches of the dealership are called, as far as the scope reaches.
    pub(super) async fn branch_names(&self) -> Result<HashMap<Uuid, String>> {
        let branches = self.tx.select::<branch::Entity>().filter(branch::Column::DealershipId.eq(self.dealership.id));
        Ok(self.tx.all(branches).await?.into_iter().map(|row| (row.id, row.name)).collect())
    }

    pub(super) async fn branch(&self, id: Uuid) -> Result<branch::Model> {
        self.follow::<branch::Entity>(Some(id)).await?.ok_or(Error::NotFound)
    }

    pub(super) async fn unit(&self, id: Option<Uuid>) -> Result<Option<bike_unit::Model>> {
        self.follow::<bike_unit::Entity>(id).await
    }

    pub(super) async fn financier(&self, id: Option<Uuid>) -> Result<Option<Party>> {
        let company = self.follow::<finance_company::Entity>(id).await?;
        Ok(company.map(|company| Party { name: company.name, address: company.address, ..Party::default() }))
    }

    /// What a member of staff is called.
    pub(super) async fn staff(&self, id: Option<Uuid>) -> Result<Option<String>> {
        match self.follow::<membership::Entity>(id).await? {
            Some(membership::Model { name: Some(name), .. }) => Ok(Some(name)),
            Some(member) => Ok(load::people(self.tx, &[member.user_id]).await?.pop().map(|person| person.name)),
            None => Ok(None),
        }
    }

    /// Whom a document is for, in clear: whoever reads this has the permission.
    pub(super) fn buyer(
        &self,
        (table, row): (&'static str, Uuid),
        name: &str,
        sealed: Option<&Vec<u8>>,
    ) -> Result<Party> {
        let place = Place { dealership: self.dealership.id, table, column: "buyer", row };
        let open = |sealed: &Vec<u8>| Identity::open(self.app.keys(), place, sealed);
        let Identity { nic, phone, address } = sealed.map(open).transpose()?.unwrap_or_default();
        Ok(Party { name: name.to_owned(), address, phone, nic, tin: None })
    }
}

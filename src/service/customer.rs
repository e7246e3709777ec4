//! Customers: entered once a branch, found again by NIC, warned about rather than refused.

use entity::customer::{self, Column, Entity};
use entity::customer_term;
use sea_orm::{ColumnTrait, QueryFilter, QueryOrder};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{Change, Check, Desk, Event};
use crate::crypto::Place;
use crate::error::{Error, Result};
use crate::identity::{self, Identity};
use crate::permission::Permission;
use crate::store::load::Key;
use crate::text;

/// Who a customer is, as typed.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Person {
    /// Name.
    pub name: String,
    /// National identity card number in either form; an odd one is kept with a warning.
    pub nic: Option<String>,
    /// Phone number, Sri Lankan or international.
    pub phone: Option<String>,
    /// Postal address.
    pub address: Option<String>,
}

/// A customer that was written, and what to look at again.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Entered {
    /// The customer.
    pub customer: Key,
    /// What to look at again.
    pub warnings: Vec<Warning>,
}

/// Something that is unusual, and kept all the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Warning {
    /// The NIC has neither nine digits with V or X nor twelve digits, or names no day of a year.
    UnusualNic,
    /// Another customer within reach has the same NIC, in either form.
    SameNic(Key),
}

/// Enters a customer.
#[derive(Debug, Serialize)]
pub struct CreateCustomer {
    /// Where; needed by those who act in all branches.
    pub branch: Option<Key>,
    /// Who.
    pub person: Person,
}

/// Corrects a customer; bills keep what was written on them.
#[derive(Debug, Serialize)]
pub struct UpdateCustomer {
    /// Which.
    pub customer: Key,
    /// What to be called from now on.
    pub person: Person,
}

impl Change for CreateCustomer {
    type Outcome = Entered;
    const NAME: &'static str = "createCustomer";
    const PERMISSION: Permission = Permission::WriteCustomers;

    async fn apply(&self, desk: &Desk<'_>) -> Result<Entered> {
        let person = self.person.checked(Check::default(), "")?;
        let branch = desk.branch(self.branch).await?;
        let (row, warnings) = enter(desk, branch.id, &person).await?;
        Ok(Entered { customer: Key { dealership: row.dealership_id, id: row.id }, warnings })
    }
}

impl Change for UpdateCustomer {
    type Outcome = Entered;
    const NAME: &'static str = "updateCustomer";
    const PERMISSION: Permission = Permission::WriteCustomers;

    async fn apply(&self, desk: &Desk<'_>) -> Result<Entered> {
        let person = self.person.checked(Check::default(), "")?;
        let known = desk.find_locked::<Entity>("customer", self.customer).await?;
        let row = sealed(desk, known.clone(), &person);
        let warnings = warnings(desk, &row, &person).await?;
        desk.save::<Entity>(row.clone()).await?;
        if known.name_key != row.name_key {
            let old = desk
                .tx
                .scope()
                .delete::<customer_term::Entity>()
                .filter(customer_term::Column::DealershipId.eq(row.dealership_id))
                .filter(customer_term::Column::CustomerId.eq(row.id));
            desk.tx.delete(old).await?;
            desk.insert::<customer_term::Entity>(terms(desk, &row)).await?;
        }
        desk.audit(event("customer_updated", &row))?;
        Ok(Entered { customer: self.customer, warnings })
    }
}

impl Person {
    /// The person in the form in which it is kept. `within` is where the fields are in the input.
    ///
    /// # Errors
    /// Everything that is wrong with it, and whatever `check` holds already.
    pub(super) fn checked(&self, mut check: Check, within: &str) -> Result<Self> {
        check.within(within);
        let name = check.line("name", &self.name, 120);
        let nic = check.optional_line("nic", self.nic.as_deref(), 20).map(|nic| nic.to_uppercase());
        let phone = check.phone("phone", self.phone.as_deref(), "071 234 5678 or +94 71 234 5678");
        let address = check.optional_line("address", self.address.as_deref(), 300);
        check.within("");
        check.done()?;
        Ok(Self { name, nic, phone, address })
    }
}

/// Enters a checked person as a customer of a branch.
pub(super) async fn enter(desk: &Desk<'_>, branch: Uuid, person: &Person) -> Result<(customer::Model, Vec<Warning>)> {
    let blank = customer::Model {
        dealership_id: desk.dealership_id()?,
        id: desk.fresh_id(),
        branch_id: branch,
        name: String::new(),
        name_key: String::new(),
        nic: None,
        nic_index: None,
        phone: None,
        phone_index: None,
        address: None,
        created_at: desk.now,
        updated_at: desk.now,
    };
    let row = sealed(desk, blank, person);
    let warnings = warnings(desk, &row, person).await?;
    desk.insert::<Entity>(vec![row.clone()]).await?;
    desk.insert::<customer_term::Entity>(terms(desk, &row)).await?;
    desk.audit(event("customer_created", &row))?;
    Ok((row, warnings))
}

/// What identifies a customer, in clear.
pub(super) fn opened(desk: &Desk<'_>, row: &customer::Model) -> Result<Identity> {
    let open = |column, sealed: &Option<Vec<u8>>| {
        let place = Place { dealership: row.dealership_id, table: "customer", column, row: row.id };
        let open = |sealed| String::from_utf8(desk.keys().open(place, sealed)?).map_err(Error::internal);
        sealed.as_deref().map(open).transpose()
    };
    Ok(Identity {
        nic: open("nic", &row.nic)?,
        phone: open("phone", &row.phone)?,
        address: open("address", &row.address)?,
    })
}

/// The row with a checked person in it.
fn sealed(desk: &Desk<'_>, row: customer::Model, person: &Person) -> customer::Model {
    let (keys, dealership) = (desk.keys(), row.dealership_id);
    let place = |column| Place { dealership, table: "customer", column, row: row.id };
    let seal = |column, value: &Option<String>| Some(keys.seal(place(column), value.as_ref()?.as_bytes()));
    customer::Model {
        name: person.name.clone(),
        name_key: text::search_key(&person.name),
        nic: seal("nic", &person.nic),
        nic_index: person.nic.as_ref().map(|nic| identity::nic_index(keys, dealership, nic)),
        phone: seal("phone", &person.phone),
        phone_index: person.phone.as_ref().map(|phone| identity::phone_index(keys, dealership, phone)),
        address: seal("address", &person.address),
        updated_at: desk.now,
        ..row
    }
}

fn terms(desk: &Desk<'_>, row: &customer::Model) -> Vec<customer_term::Model> {
    let term = |term| customer_term::Model {
        dealership_id: row.dealership_id,
        id: desk.fresh_id(),
        branch_id: row.branch_id,
        customer_id: row.id,
        term,
    };
    text::words(&row.name).into_iter().map(term).collect()
}

async fn warnings(desk: &Desk<'_>, row: &customer::Model, person: &Person) -> Result<Vec<Warning>> {
    let mut warnings = Vec::new();
    let Some(nic) = &person.nic else { return Ok(warnings) };
    if !identity::is_usual_nic(nic) {
        warnings.push(Warning::UnusualNic);
    }
    let same = desk
        .tx
        .select::<Entity>()
        .filter(Column::DealershipId.eq(row.dealership_id))
        .filter(Column::NicIndex.eq(row.nic_index.clone()))
        .filter(Column::Id.ne(row.id))
        .order_by_asc(Column::Id);
    if let Some(other) = desk.tx.one(same).await? {
        warnings.push(Warning::SameNic(Key { dealership: other.dealership_id, id: other.id }));
    }
    Ok(warnings)
}

fn event<'a>(action: &'static str, row: &customer::Model) -> Event<'a> {
    Event { action, table: "customer", row: row.id, branch: Some(row.branch_id), summary: String::new() }
}

//! Customers.

mod change;

pub(super) use change::CustomerMutation;

use std::sync::Arc;

use async_graphql::{Context, Enum, ID, InputObject, Object};
use chrono::{DateTime, Utc};
use entity::customer::{Column, Entity, Model};
use uuid::Uuid;

use super::branch::Branch;
use super::connection::{PageArgs, Rows, connect};
use super::context::{Cx, cx};
use super::eager::Eager;
use super::global_id::{self, Tag};
use super::node::noun;
use crate::crypto::Place;
use crate::error::{Error, Result};
use crate::permission::Permission;
use crate::store::load::Key;
use crate::store::{Order, customer};

noun! {
    /// A customer.
    Customer of customer, by customer, needs ReadCustomers
}

impl Customer {
    fn unsealed(&self, cx: &Cx, column: &'static str, sealed: Option<&Vec<u8>>) -> Result<Option<String>> {
        let place = Place { dealership: self.0.dealership_id, table: "customer", column, row: self.0.id };
        let open = |sealed: &Vec<u8>| String::from_utf8(cx.app().keys().open(place, sealed)?).map_err(Error::internal);
        cx.reveal(place, column, sealed.map(open).transpose()?)
    }
}

/// A customer of a branch.
#[Object]
impl Customer {
    /// Global id.
    pub(super) async fn id(&self) -> ID {
        global_id::encode(Tag::Customer, Key { dealership: self.0.dealership_id, id: self.0.id })
    }

    /// Name.
    async fn name(&self) -> &str {
        &self.0.name
    }

    /// National identity card number; masked (`••••••••2941`) for roles that may not read it.
    async fn nic(&self, ctx: &Context<'_>) -> async_graphql::Result<Option<String>> {
        Ok(self.unsealed(cx(ctx), "nic", self.0.nic.as_ref())?)
    }

    /// Phone number in E.164; masked for roles that may not read it.
    async fn phone(&self, ctx: &Context<'_>) -> async_graphql::Result<Option<String>> {
        Ok(self.unsealed(cx(ctx), "phone", self.0.phone.as_ref())?)
    }

    /// Postal address; masked for roles that may not read it.
    async fn address(&self, ctx: &Context<'_>) -> async_graphql::Result<Option<String>> {
        Ok(self.unsealed(cx(ctx), "address", self.0.address.as_ref())?)
    }

    /// When first seen.
    async fn created_at(&self) -> DateTime<Utc> {
        self.0.created_at
    }

    /// The branch whose customer this is.
    async fn branch(&self, ctx: &Context<'_>) -> async_graphql::Result<Eager<Branch>> {
        Ok(cx(ctx).follow_required(self.0.dealership_id, self.0.branch_id).await?)
    }
}

/// Which customers; absent parts do not narrow.
#[derive(InputObject, Default)]
pub(super) struct CustomerFilter {
    /// Of this dealership.
    dealership: Option<ID>,
    /// Of this branch.
    branch: Option<ID>,
    /// Each word begins a word of the name, in any case.
    search: Option<String>,
}

impl CustomerFilter {
    fn resolve(self) -> Result<customer::Filter> {
        Ok(customer::Filter {
            dealership: global_id::row(Tag::Dealership, self.dealership.as_ref())?,
            branch: global_id::row(Tag::Branch, self.branch.as_ref())?,
            search: self.search,
        })
    }
}

/// The order of customers.
#[derive(Enum, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum CustomerOrder {
    /// By name.
    #[default]
    NameAsc,
    /// By name, backwards.
    NameDesc,
    /// First seen first.
    CreatedAsc,
    /// Last seen first.
    CreatedDesc,
}

impl From<CustomerOrder> for Order<Entity> {
    fn from(order: CustomerOrder) -> Self {
        let (by, descending) = match order {
            CustomerOrder::NameAsc => (Column::NameKey, false),
            CustomerOrder::NameDesc => (Column::NameKey, true),
            CustomerOrder::CreatedAsc => (Column::CreatedAt, false),
            CustomerOrder::CreatedDesc => (Column::CreatedAt, true),
        };
        Self { by, descending }
    }
}

#[derive(Default)]
pub(super) struct CustomerQuery;

#[Object]
impl CustomerQuery {
    /// Customers.
    #[expect(clippy::too_many_arguments, reason = "a connection has four of its own")]
    async fn customers(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "At most so many rows from the list's beginning, 0 to 100; 20 if left out.")] first: Option<
            i32,
        >,
        #[graphql(desc = "Only rows behind this cursor.")] after: Option<String>,
        #[graphql(desc = "At most so many rows from the list's end.")] last: Option<i32>,
        #[graphql(desc = "Only rows before this cursor.")] before: Option<String>,
        #[graphql(desc = "Which ones.")] filter: Option<CustomerFilter>,
        #[graphql(desc = "In which order.")] order_by: Option<CustomerOrder>,
    ) -> async_graphql::Result<Rows<Customer>> {
        let cx = cx(ctx);
        let query = customer::query(&*cx.tx().await?, &filter.unwrap_or_default().resolve()?);
        connect(cx, PageArgs { first, after, last, before }, query, order_by.unwrap_or_default().into()).await
    }

    /// The customers with this NIC, in either form, for roles that may read it: the oldest first, 20 at most.
    async fn customers_by_nic(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "National identity card number in either form.", secret)] nic: String,
        #[graphql(desc = "In this dealership; needed if you act in several.")] dealership: Option<ID>,
    ) -> async_graphql::Result<Vec<Eager<Customer>>> {
        let (cx, dealership) = (cx(ctx), in_one(cx(ctx), dealership.as_ref())?);
        let nic = usable("nic", "a NIC", &nic, 20)?;
        let rows = customer::by_nic(&*cx.tx().await?, cx.app().keys(), nic, dealership).await?;
        Ok(told(cx, rows.into_iter(), "nic")?)
    }

    /// The customers with this phone number, however it is written, for roles that may read it: the oldest first, 20 at most.
    async fn customers_by_phone(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Phone number, e.g. `071 234 5678`.", secret)] phone: String,
        #[graphql(desc = "In this dealership; needed if you act in several.")] dealership: Option<ID>,
    ) -> async_graphql::Result<Vec<Eager<Customer>>> {
        let (cx, dealership) = (cx(ctx), in_one(cx(ctx), dealership.as_ref())?);
        let phone = usable("phone", "a phone number", &phone, 30)?;
        let rows = customer::by_phone(&*cx.tx().await?, cx.app().keys(), phone, dealership).await?;
        Ok(told(cx, rows.into_iter(), "phone")?)
    }
}

/// Whoever is found by a NIC or a phone number has told it: whose role may not read it may not try numbers either.
fn in_one(cx: &Cx, dealership: Option<&ID>) -> Result<Option<Uuid>> {
    cx.permit::<Customer>()?;
    cx.scope()?.require(Permission::ReadIdentity)?;
    global_id::row(Tag::Dealership, dealership)
}

/// Customers who were found by their `nic` or `phone`; each find enters the audit trail as a reveal does.
pub(super) fn told(cx: &Cx, found: impl Iterator<Item = Model>, field: &'static str) -> Result<Vec<Eager<Customer>>> {
    let told = |row: Model| {
        let customer = Customer::from(Arc::new(row));
        let sealed = if field == "phone" { customer.0.phone.as_ref() } else { customer.0.nic.as_ref() };
        customer.unsealed(cx, field, sealed)?;
        Ok(Eager(customer))
    };
    found.map(told).collect()
}

fn usable<'a>(field: &'static str, what: &str, text: &'a str, most: usize) -> Result<&'a str> {
    match text.trim() {
        text if text.is_empty() || text.len() > most => {
            Err(Error::bad_input(field, format!("Please enter {what} of {most} characters at most.")))
        }
        text => Ok(text),
    }
}

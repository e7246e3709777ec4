//! Customers.

mod change;

pub(super) use change::CustomerMutation;

use std::sync::Arc;

use async_graphql::{Context, Enum, ID, InputObject, Object};
use chrono::{DateTime, Utc};
use entity::customer::{Column, Entity};

use super::branch::Branch;
use super::connection::{PageArgs, Rows, connect};
use super::context::{Cx, cx};
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
    async fn branch(&self, ctx: &Context<'_>) -> async_graphql::Result<Branch> {
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
    ) -> async_graphql::Result<Vec<Customer>> {
        Ok(with_nic(cx(ctx), &nic, dealership.as_ref()).await?)
    }
}

/// Whoever is found by a NIC has told it: whose role may not read it may not try numbers either, and each find enters the
/// audit trail as a reveal does.
async fn with_nic(cx: &Cx, nic: &str, dealership: Option<&ID>) -> Result<Vec<Customer>> {
    cx.permit::<Customer>()?;
    cx.scope()?.require(Permission::ReadIdentity)?;
    let nic = usable_nic(nic)?;
    let dealership = global_id::row(Tag::Dealership, dealership)?;
    let rows = customer::by_nic(&*cx.tx().await?, cx.app().keys(), nic, dealership).await?;
    let found = rows.into_iter().map(|row| Customer::from(Arc::new(row)));
    let told = |customer: Customer| {
        customer.unsealed(cx, "nic", customer.0.nic.as_ref())?;
        Ok(customer)
    };
    found.map(told).collect()
}

fn usable_nic(nic: &str) -> Result<&str> {
    const MAX: usize = 20;
    match nic.trim() {
        nic if nic.is_empty() || nic.len() > MAX => {
            Err(Error::bad_input("nic", format!("Please enter a NIC of {MAX} characters at most.")))
        }
        nic => Ok(nic),
    }
}

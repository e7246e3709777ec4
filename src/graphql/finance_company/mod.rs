//! Leasing and insurance companies.

mod change;

pub(super) use change::FinanceCompanyMutation;

use async_graphql::{Context, ID, InputObject, Object};
use chrono::{DateTime, Utc};
use entity::finance_company::Column;

use super::connection::{PageArgs, Rows, connect};
use super::context::cx;
use super::dealership::Dealership;
use super::eager::Eager;
use super::global_id::{self, Tag};
use super::node::noun;
use crate::error::Result;
use crate::store::load::Key;
use crate::store::{Order, finance_company};

noun! {
    /// A finance company.
    FinanceCompany of finance_company, by finance_company, needs ReadBills
}

/// A leasing or insurance company that a dealership works with.
#[Object]
impl FinanceCompany {
    /// Global id.
    pub(super) async fn id(&self) -> ID {
        global_id::encode(Tag::FinanceCompany, Key { dealership: self.0.dealership_id, id: self.0.id })
    }

    /// Name, unique in the dealership.
    async fn name(&self) -> &str {
        &self.0.name
    }

    /// Postal address.
    async fn address(&self) -> Option<&str> {
        self.0.address.as_deref()
    }

    /// Phone number of its office; often a landline.
    async fn contact(&self) -> Option<&str> {
        self.0.contact.as_deref()
    }

    /// Since when it is worked with no longer; absent while it is.
    async fn retired_at(&self) -> Option<DateTime<Utc>> {
        self.0.retired_at
    }

    /// Whose partner.
    async fn dealership(&self, ctx: &Context<'_>) -> async_graphql::Result<Eager<Dealership>> {
        Ok(cx(ctx).follow_required(self.0.dealership_id, self.0.dealership_id).await?)
    }
}

/// Which companies; absent parts do not narrow.
#[derive(InputObject, Default)]
pub(super) struct FinanceCompanyFilter {
    /// Of this dealership.
    dealership: Option<ID>,
    /// No longer worked with, or still.
    retired: Option<bool>,
    /// Whose name begins so, in any case.
    search: Option<String>,
}

impl FinanceCompanyFilter {
    fn resolve(self) -> Result<finance_company::Filter> {
        let Self { dealership, retired, search } = self;
        let dealership = global_id::row(Tag::Dealership, dealership.as_ref())?;
        Ok(finance_company::Filter { dealership, retired, search })
    }
}

#[derive(Default)]
pub(super) struct FinanceCompanyQuery;

#[Object]
impl FinanceCompanyQuery {
    /// Leasing and insurance companies, by name.
    async fn finance_companies(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "At most so many rows from the list's beginning, 0 to 100; 20 if left out.")] first: Option<
            i32,
        >,
        #[graphql(desc = "Only rows behind this cursor.")] after: Option<String>,
        #[graphql(desc = "At most so many rows from the list's end.")] last: Option<i32>,
        #[graphql(desc = "Only rows before this cursor.")] before: Option<String>,
        #[graphql(desc = "Which ones.")] filter: Option<FinanceCompanyFilter>,
    ) -> async_graphql::Result<Rows<FinanceCompany>> {
        let cx = cx(ctx);
        let query = finance_company::query(&*cx.tx().await?, &filter.unwrap_or_default().resolve()?);
        let order = Order { by: Column::NameKey, descending: false };
        connect(cx, PageArgs { first, after, last, before }, query, order).await
    }
}

//! Leasing and insurance companies.

use async_graphql::{Context, ID, Object};

use super::context::cx;
use super::dealership::Dealership;
use super::global_id::{self, Tag};
use super::node::noun;
use crate::store::load::Key;

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

    /// Whose partner.
    async fn dealership(&self, ctx: &Context<'_>) -> async_graphql::Result<Dealership> {
        Ok(cx(ctx).follow_required(self.0.dealership_id, self.0.dealership_id).await?)
    }
}

//! Staff.

use async_graphql::{Context, Enum, ID, Object};

use super::branch::Branch;
use super::context::cx;
use super::dealership::Dealership;
use super::global_id::{self, Tag};
use super::node::noun;
use crate::store::load::Key;

noun! {
    /// A member of a dealership's staff.
    StaffMember of membership, by membership
}

/// What a person does.
#[derive(Enum, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "entity::kind::Role")]
pub(super) enum Role {
    /// HQ director: compares and administers dealerships.
    HqAdmin,
    /// HQ analyst: compares dealerships, sees no customer's identity.
    HqAnalyst,
    /// Dealer principal: one dealership, all branches.
    DealerAdmin,
    /// Branch manager: the own branch with its margins.
    BranchManager,
    /// Sales executive: the own branch.
    Sales,
    /// Inventory coordinator: the own branch's stock, no money beyond the list price.
    Inventory,
    /// Insurance liaison or workshop: claim quotations and their invoices.
    Service,
    /// Auditor: one dealership, reads only.
    Auditor,
}

/// A person in a role at a dealership or one of its branches.
#[Object]
impl StaffMember {
    /// Global id.
    pub(super) async fn id(&self) -> ID {
        global_id::encode(Tag::StaffMember, Key { dealership: self.0.dealership_id, id: self.0.id })
    }

    /// The person's name.
    async fn name(&self, ctx: &Context<'_>) -> async_graphql::Result<Option<String>> {
        let person = cx(ctx).loaders().person.load(self.0.user_id).await?;
        Ok(person.map(|person| person.name.clone()))
    }

    /// What the person does there.
    async fn role(&self) -> Role {
        self.0.role.into()
    }

    /// Where.
    async fn dealership(&self, ctx: &Context<'_>) -> async_graphql::Result<Dealership> {
        Ok(cx(ctx).follow_required(self.0.dealership_id, self.0.dealership_id).await?)
    }

    /// At which branch; absent for all of them.
    async fn branch(&self, ctx: &Context<'_>) -> async_graphql::Result<Option<Branch>> {
        Ok(cx(ctx).follow(self.0.dealership_id, self.0.branch_id).await?)
    }
}
